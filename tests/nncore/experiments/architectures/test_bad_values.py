"""What the trainings of other architectures are asked for by hand: a value that cannot be is refused by its name."""

import numpy as np
import pytest

from nncore.experiments.architectures import CodeRun, PictureRun, SequenceRun, coded_data, repair_filter_branches

PICTURES, CODES, SEQUENCES = PictureRun(), CodeRun("spiral"), SequenceRun()
DATA = coded_data("spiral")


@pytest.mark.parametrize("call, message", [
    (lambda: PICTURES.examples(-1), "count must be at least 1, got -1"),
    (lambda: CODES.examples("abc"), "count must be a whole number of at least 1, got 'abc'"),
    (lambda: SEQUENCES.examples(0), "count must be at least 1, got 0"),
    (lambda: CODES.shown(None), "X must hold numbers, got None"),
    (lambda: CODES.shown(DATA.X, seed=-1), "seed must be at least 0, got -1"),
    (lambda: DATA.raw(np.ones((2, 2))), "X must have the shape (N, 3), N at least 1, got (2, 2)"),
    (lambda: PICTURES.with_branches(3), "branches must be a list, got 3"),
    (lambda: PICTURES.with_branches([3]), "branches[0] must be a Branch, got 3"),
    (lambda: PICTURES.set_by_hand(0, [None]), "edits[0] must be an Edit, got None"),
    (lambda: repair_filter_branches("", CODES), "run must be a PictureRun, got CodeRun("),
    (lambda: repair_filter_branches(3, PICTURES), "text must be a text, got 3"),
])  # fmt: skip
def test_what_cannot_be_is_refused_by_the_arguments_name(call, message):
    with pytest.raises(ValueError) as refused:
        call()
    assert str(refused.value).startswith(message)
