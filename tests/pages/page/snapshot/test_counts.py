"""What losses hold is said beside them: on every page where a penalty can be set, and only where one is set."""

import pytest

from nncore.experiments.experiment import Experiment
from pages.parts.page.snapshot.counts import loss_words, penalty_words
from tests.pages.conftest import open_app

SAYS = "The losses are without the L2 penalty, which training lowers too."
HOLDS = "The loss here is what training lowers: that of the samples and the L2 penalty together."
SMALL = {"dataset": "xor_corners", "hidden": "2", "validation": "0", "test": "0"}
# What shows losses, and what must be done or picked to see them; the last is how often the words stand there.
STARTS = SMALL | {"trained": "yes", "starts": "4", "restart_epochs": "5"}
BATCHES = {"samples": "40", "hidden": "2", "trained": "yes", "batch_epochs": "2"}
PLACES = [
    ("restarts", STARTS, SAYS),
    ("restarts", STARTS | {"restart_view": "twins"}, HOLDS),
    ("batches", BATCHES, SAYS),
    ("batches", BATCHES | {"batch_view": "paths"}, HOLDS),
    ("initializers", SMALL | {"trained": "yes", "race_epochs": "2"}, SAYS),
    ("weights", SMALL | {"section": "trends", "frame": "2"}, SAYS),
    ("weights", SMALL | {"section": "edit", "frame": "2"}, SAYS),
    ("backprop", SMALL | {"microscope": "batch", "frame": "2"}, SAYS),
]


def said(page: str, link: dict[str, str]) -> str:
    app = open_app(page, **link)
    return "\n".join(one.value for one in app.caption)


@pytest.mark.parametrize(("page", "link", "words"), PLACES)
def test_losses_say_that_the_penalty_is_left_out_where_there_is_one(page, link, words):
    assert words in said(page, link | {"l2": "0.1"})
    assert "penalty" not in said(page, link)


def test_so_do_the_curves_with_a_penalty_of_their_own():
    assert SAYS in said("overfitting", {"guess": "rises", "remedy": "l2"})
    assert SAYS not in said("overfitting", {"guess": "rises", "remedy": "small"})
    curves = {"score_view": "curves", "curve_along": "samples", "curve_guess": "samples-grows"}
    assert SAYS in said("scores", curves | {"curve_l2": "0.03"})


def test_the_words_name_the_penalties_that_are_set():
    assert penalty_words(Experiment()) == penalty_words(Experiment(), is_in=True) == ""
    assert penalty_words(Experiment(l1=0.1, l2=0.1)).startswith("The losses are without the L1 and the L2 penalty, ")
    assert penalty_words(Experiment(), Experiment(l1=0.1)) == SAYS.replace("L2", "L1")
    assert "; the L1 penalty, which training lowers too, is not in it" in loss_words(Experiment(l1=0.1))
    assert "penalty" not in loss_words(Experiment())
