"""What is said of classes that hardly train."""

import numpy as np
import pytest

from nncore import Dataset
from nncore.data.splits import make_split
from pages.parts.page.snapshot.told import scarce_words

FEW_THERE = "The training set holds only 1 of the 2 samples of class rare: too few"
ONE_IN_ALL = "There is only 1 sample of class one in all, and training has it: too little"


@pytest.mark.parametrize(("counts", "said", "unsaid"), [
    ((100, 2, 40), [FEW_THERE], ["in all"]), ((100, 40, 1), [ONE_IN_ALL], ["larger share"]),
    ((100, 2, 1), [FEW_THERE, ONE_IN_ALL], []),
])  # fmt: skip
def test_a_class_is_named_that_hardly_trains_or_that_no_score_can_judge(counts, said, unsaid):
    y = np.repeat([0, 1, 2], counts)
    dataset = Dataset("own", np.zeros((len(y), 1)), y, ("x",), ("many", "rare", "one"))
    words = scarce_words(make_split(dataset, validation=40, test=40))
    assert all(sentence in words for sentence in said) and not any(part in words for part in unsaid)


def test_nothing_is_said_where_every_class_has_samples_to_learn_from():
    y = np.repeat([0, 1], 50)
    assert scarce_words(make_split(Dataset("own", np.zeros((100, 1)), y, ("x",), ("a", "b")))) == ""
