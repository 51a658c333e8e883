"""The page What is a score worth?: nothing is shown before the guess, and what it says is what the core found."""

import json

import numpy as np
import pytest

from nncore import Experiment
from nncore.evaluation import LEAKS, LeakStudy, LearningCurve, Search, SearchOutcome, Tuning
from nncore.evaluation.leak_study import LeakOutcome
from nncore.evaluation.learning_curves import CurveOutcome
from pages.parts.scores.choosing import best_columns, cell_words, spread_words, together_words
from pages.parts.scores.curves import FEW, gap_words, stop_words
from pages.parts.scores.curves import truth as gap_truth
from pages.parts.scores.leakage import WORDS, leak_words, truth
from pages.parts.scores.peeking import tuning_words
from tests.pages.conftest import charts, link_value, open_app, press, warnings

SMALL = {"dataset": "moons", "samples": "60", "hidden": "3", "optimizer": "adam"}


def said(app):
    return " ".join(one.value for one in [*app.markdown, *app.info, *app.caption])


def test_nothing_is_measured_before_the_guess():
    app = open_app("scores")
    assert charts(app) == 0 and "when you have guessed" in said(app)
    assert set(WORDS) == set(LEAKS)


def test_a_guess_is_held_against_what_leaked():
    app = open_app("scores", leak="filling_by_class", leak_guess="filling_by_class-fair")
    assert charts(app) == 1 and "You guessed: *About right*. It is: *More than 10 points too high*." in said(app)
    app.selectbox(key="choose_leak").set_value("scaling").run()
    assert charts(app) == 0 and link_value(app, "leak") == "scaling"


def test_the_answer_follows_from_the_gain():
    def found(gain):
        return LeakOutcome(LeakStudy("scaling", 2), np.array([[0.6 + gain, 0.6, 0.6, 0.6]] * 2))

    assert [truth(found(gain)) for gain in (0.3, 0.05, 0.0)] == ["far", "little", "fair"]
    assert "30 points too high" in leak_words(found(0.3))


def test_the_gap_is_said_with_its_ends():
    curve = LearningCurve(FEW, "width", (1, 4), 5, 2)
    found = CurveOutcome(curve, np.array([[[0.3, 0.3], [0.4, 0.4]], [[0.1, 0.1], [0.6, 0.6]]]))
    assert gap_truth(found) == "grows" and "At 1 hidden neuron the gap is **0.1**, at 4 it is **0.5**" in gap_words(found)
    assert "lowest at 1 hidden neuron, 0.4" in stop_words(found)
    assert "Far more neurons than that learn the noise." in stop_words(found)


def test_what_follows_from_curves_is_said_only_where_they_bear_it():
    def along(name, rows):
        places = tuple(range(1, len(rows) + 1))
        return CurveOutcome(LearningCurve(FEW if name != "samples" else FEW.with_changes(samples=400), name, places, 5, 2),
                            np.array(rows))  # fmt: skip

    # The starts' validation losses differ by 0.3 at the lowest mean, so that a rise of 0.1 says nothing.
    close = along("width", [[[0.3, 0.3], [0.4, 0.7]], [[0.1, 0.5], [0.5, 0.8]]])
    assert "five starts differ by as much" in stop_words(close) and "learn the noise" not in stop_words(close)
    assert "The intervals overlap" in gap_words(close)
    falls = along("width", [[[0.3, 0.3], [0.9, 0.9]], [[0.1, 0.1], [0.4, 0.4]], [[0.0, 0.0], [0.8, 0.8]]])
    assert "far fewer cannot draw the border" in stop_words(falls) and "overlap" not in gap_words(falls)
    lowest_at_last = along("epochs", [[[0.3, 0.3], [0.9, 0.9]], [[0.1, 0.1], [0.4, 0.4]]])
    assert stop_words(lowest_at_last).startswith("The validation loss is lowest at 2 epochs, 0.4.")
    assert "not risen again" in stop_words(lowest_at_last) and "rises" not in stop_words(lowest_at_last)
    rises = along("samples", [[[0.3, 0.3], [0.4, 0.4]], [[0.1, 0.1], [0.5, 0.5]]])
    assert "of no clear help here" in stop_words(rises)


def test_a_leak_that_chance_explains_is_not_called_one():
    scores = np.array([[0.60, 0.61, 0.6, 0.6], [0.61, 0.60, 0.6, 0.6], [0.58, 0.61, 0.6, 0.6]])
    text = leak_words(LeakOutcome(LeakStudy("scaling", 3), scores))
    # 59.666... and 60.666... differ by 1, as what is shown of them does.
    assert "**60\u00a0%** where its networks get **61\u00a0%**" in text and "−1 to 3" not in text
    assert "1 point too low" in text and "it holds 0, so that this may be chance" in text


SEARCH = SMALL | {"score_view": "choosing", "search_across": "l2", "search_upwards": "learning_rate", "search_epochs": "20"}


def test_a_cell_of_the_search_opens_on_train():
    app = open_app("scores", trained="no", **SEARCH)
    awaited = json.loads(app.get("plotly_chart")[0].proto.spec)["data"]
    assert charts(app) == 1 and {*awaited[0]["text"]} == {"?"} and "Make your guess first" in said(app)
    app = press(app, "Train")
    assert charts(app) == 1 and "**The best:**" in said(app)
    app = press(open_app("scores", trained="yes", search_cell="8", **SEARCH), "Open this network on Train")
    assert link_value(app, "l2") == "0.001" and link_value(app, "learning_rate") == "0.003"
    assert app.button_group(key="choose_answers")  # which Train has
    assert charts(app.switch_page("pages/scores.py").run()) == 1  # the same search, done already


def test_the_best_row_is_cross_validated_on_a_click():
    app = open_app("scores", trained="yes", search_way="random", search_folds="True", **SEARCH)
    assert "*Nested*" in said(app) and "together, L2 **" in said(app)


@pytest.mark.parametrize(("link", "sentence"), [
    ({"validation": "0"}, "this run has none. On the Train page, under *Data*, give it a share."),
    ({"dataset": "corners"}, "is not split: pick another one on the Train page."),
    ({"search_upwards": "learning_rate"}, "**Learning rate** is picked twice. Pick another setting"),
])  # fmt: skip
def test_a_search_that_cannot_be_is_refused_in_a_sentence(link, sentence):
    app = open_app("scores", score_view="choosing", **SMALL | link)
    assert charts(app) == 0 and sentence in app.error[0].value


def test_it_is_said_which_networks_are_trained_at_once():
    app = open_app("scores", trained="no", **SEARCH)
    assert "All 36 have the same shape and batches, so they are trained at once" in said(app)
    e = Experiment("moons", samples=60)
    assert "12 networks in 4 stacks, up to 3 in one" in together_words(
        Search(e, "learning_rate", "hidden", (0.1, 0.2, 0.3), (1, 2, 3, 4), 1))  # fmt: skip
    assert "All 4 differ in shape or in batches" in together_words(Search(e, "batch_size", "hidden", (5, 6), (1, 2), 1))


def test_the_words_of_a_search():
    search = Search(Experiment("moons", samples=60), "learning_rate", "l2", (0.1, 0.2), (0.0,), 1)
    scores = np.array([[[0.1, 0.5, 0.9, 0.8], [0.1, 0.52, 0.9, 0.7]]])
    found = SearchOutcome(search, scores, 2)
    assert "learning rate 0.1 and L2 0" in cell_words(found, 0, 0) and "on the validation set" in cell_words(found, 0, 0)
    assert "1 other combination of 2" in spread_words(found) and best_columns(found) == ["0"]
    level = np.array([[[0.1, 0.5, 0.9, 0.8], [0.1, 0.5004, 0.9, 0.7]]])
    assert best_columns(SearchOutcome(search, level, 2)) == ["0", "1"]
    assert "diverged" in cell_words(SearchOutcome(search, np.full((1, 2, 4), np.nan), 2), 0, 1)


def test_the_peek_meter_and_the_ladder():
    asked = said(open_app("scores", score_view="sealed"))
    assert "Each alone has about half" in asked and "The best of" not in asked
    assert "Each alone" not in said(open_app("scores", score_view="sealed", peek_guessers="1"))
    app = open_app("scores", score_view="sealed", peek_guess="100of100-more")
    assert charts(app) == 2 and "62.5" in said(app) and "and so it is" in said(app) and "65.2" in said(app)
    assert "The test set is sealed" in said(app)
    app.button_group(key="choose_peek_ladder").set_value("yes").run()
    assert "The ladder told a score" in said(app) and link_value(app, "peek_ladder") == "yes"


def test_tuning_is_said_with_both_sets():
    said = tuning_words(Tuning(np.array([0.8]), np.array([0.5]), np.array([0.6])), 100, None)
    assert "**80" in said and "100 rows" in said


def test_the_test_set_of_the_run_is_opened_here_too():
    app = press(open_app("scores", score_view="sealed", frame="8", **SMALL), "Open the test set, once")
    assert link_value(app, "opened") == "8" and "**Test set** (12 samples)" in said(app)


@pytest.mark.parametrize(("name", "text"), [("leak", "magic"), ("leak_guess", "scaling-no"), ("search_cell", "99")])
def test_a_wrong_link_is_told_in_a_sentence(name, text):
    link = SEARCH | {"trained": "yes"} if name == "search_cell" else SMALL
    assert warnings(open_app("scores", **{name: text}, **link))
