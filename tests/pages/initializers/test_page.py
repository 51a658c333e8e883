"""The Initializers page, as Streamlit runs it, and its figures."""

from dataclasses import replace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from nncore import INITIALIZERS, Experiment
from nncore.experiments.recording.recording import record_all
from nncore.many_starts.initializers.comparison import InitializerRace
from pages.parts.fields.labels import choice_words
from pages.parts.figures.comparison import Curve, curves_figure, leaving
from pages.parts.figures.initializers import boxes_figure, ratio_text, ratios_figure
from pages.parts.initializers.findings import (
    best_words,
    diverged_words,
    fading_words,
    halving_words,
    verdict_of,
)  # fmt: skip
from pages.parts.initializers.rule import rule_words, seeds_table
from tests.pages.conftest import open_app, press

NAMES = list(INITIALIZERS)


def open_page(**link: str) -> AppTest:
    return open_app("initializers", **{"depth": "3", "width": "4", "race_epochs": "3", **link})


def words(app: AppTest) -> str:
    notes = [note.value.replace("\\", "") for note in app.warning]  # written letter for letter
    return "\n".join([*notes, *(text.value for text in [*app.markdown, *app.caption, *app.error, *app.info])])


@pytest.mark.parametrize("view", ["losses", "layers", "formulas", "pairs"])
@pytest.mark.parametrize("link", [{}, {"dataset": "sine"}, {"dataset": "wine"}, {"bend": "relu", "learning_rate": "10.0"}],
                         ids=str)  # fmt: skip
def test_every_finding_opens(view, link):
    app = open_page(initializer_view=view, **link)
    assert not app.error


def test_the_losses_come_with_a_verdict_and_a_table():
    text = words(open_page())
    assert "the lowest training loss" in text
    assert "| zeros | 0.693 | neurons stay identical | 0 | 0 |" in text and "1 of 4" in text


def test_formulas_have_this_network_s_numbers():
    text = words(open_page(initializer_view="formulas", look_at="xavier_normal"))
    assert r"$s = \sqrt{2 / (2 + 4)}$ promises a deviation of **0.5774**" in text


@pytest.mark.parametrize("title, view, depth", [
    ("Ten tanh layers", "losses", "10"), ("Twenty ReLU layers", "losses", "20"), ("Six sigmoid layers", "layers", "6"),
    ("Two layers", "losses", "2"), ("Every pair", "pairs", "10"),
])  # fmt: skip
def test_a_preset_sets_the_network_and_shows_what_it_promises(title, view, depth):
    app = open_page(initializer_view="formulas")
    app.button(key=f"try_{title}").click().run()
    assert not app.exception
    assert app.session_state["glassbox"].choices["initializer_view"] == view
    assert app.session_state["glassbox"].choices["depth"] == depth  # none of them is the default
    assert not app.error


@pytest.mark.parametrize("view, trained", [("losses", True), ("layers", True), ("formulas", False), ("pairs", False)])
def test_activation_and_epochs_are_there_where_they_change_something(view, trained):
    app = open_page(initializer_view=view)
    labels = {one.label for one in [*app.slider, *app.select_slider, *app.selectbox]}
    assert ({"Activation", "Epochs"} <= labels) == trained and {"Hidden layers", "Neurons in each"} <= labels


def test_layers_are_described_by_their_numbers():
    text = words(open_page(initializer_view="layers", look_at="zeros"))
    assert "from **0** in hidden layer 1 to **0** in hidden layer 3 at the start" in text and "The gradient" in text


def test_networks_that_all_diverged_have_no_best():
    outcome = next(filter(None, InitializerRace(Experiment(), 2, 2, "tanh", 1).record()))
    assert best_words(outcome, np.full(len(INITIALIZERS), np.inf)).startswith("Every network diverged")


@pytest.mark.parametrize("name, value", [("width", "x"), ("bend", "step"), ("look_at", "he")])
def test_what_a_link_says_wrongly_becomes_the_default(name, value):
    app = open_page(initializer_view="pairs", **{name: value})
    assert name not in app.query_params
    assert f"{choice_words(name)}" in words(app) and "so it is now" in words(app)


def test_a_depth_beyond_the_limit_becomes_the_nearest():
    app = open_page(initializer_view="pairs", depth="21")
    assert "The depth can be 2 to 20; the link asked for 21, so it is now 20." in words(app)


def test_what_does_not_fit_is_refused_in_a_sentence():
    refused = words(open_page(samples="2000", depth="20", width="32", batch_size="none"))
    assert "must fit into 64 MB" in refused and "on an idle machine" not in refused


@pytest.mark.parametrize("dark", [False, True])
def test_figures_draw_what_they_are_given(dark):
    curves = [Curve("a", np.arange(3), np.array([1.0, np.inf, 0.0])), Curve("b", np.arange(3), np.ones(3))]
    first, second = curves_figure(curves, ("epochs", "loss"), (False, True), dark).data
    assert first.y[0] == 1 and np.isnan(first.y[1:]).all() and first.line.dash != second.line.dash
    before, after = boxes_figure(np.arange(10.0).reshape(2, 5), np.ones((2, 5)), "answers", False, dark).data
    assert list(before.median) == [2, 7] and list(after.q1) == [1, 1] and before.name == "at the start"
    heatmap = ratios_figure(np.array([[0.1, np.nan]]), ["zeros"], ["tanh", "relu"], dark).data[0]
    assert heatmap.z[0][0] == -1 and list(heatmap.text[0]) == ["0.10", "–"]


@pytest.mark.parametrize("ratio, words", [(0.0, "0"), (2.1e-6, "2·10⁻⁶"), (0.834, "0.83"), (412.0, "412"), (7e10, "7·10¹⁰")])
def test_ratios_have_no_letters_for_powers(ratio, words):
    assert ratio_text(ratio) == words


def test_who_diverged_in_words():
    one = np.arange(len(NAMES)) == NAMES.index("zeros")
    assert diverged_words(one) == (f"**zeros** diverged: the numbers grew beyond all bounds. The other {len(NAMES) - 1} of "
                                   f"{len(NAMES)} networks did not.")  # fmt: skip
    assert diverged_words(one | True).startswith("Every network diverged") and diverged_words(one & False) == ""


def test_how_many_halve_their_loss_in_words():
    assert halving_words(3, []) == "none halves its loss"
    assert halving_words(4, [2, 4, 12, 50]) == "all halve their loss, at least half of them by epoch 4"
    assert halving_words(4, [12, 2, 4]) == "3 halve their loss, at least half of them by epoch 4"


def test_layers_of_zeros_are_said_to_be_zero():
    app = open_page(initializer_view="layers", look_at="zeros", race_epochs="2")
    assert "All activations are 0" in words(app) and "All gradients are 0" in words(app)
    assert not app.get("plotly_chart")


@pytest.mark.parametrize("n_in, n_out", [(16, 2), (2, 16), (4, 4)])
def test_orthogonal_is_what_its_formula_says(n_in, n_out):
    weights = INITIALIZERS["orthogonal"].draw(np.random.default_rng(0), n_out, n_in)
    product = weights.T @ weights if n_out >= n_in else weights @ weights.T
    assert product == pytest.approx(np.eye(min(n_in, n_out)), abs=1e-12)
    assert np.sqrt(np.square(weights).mean()) == pytest.approx(1 / np.sqrt(max(n_in, n_out)))


def test_a_network_that_diverges_ends_and_is_named():
    race = InitializerRace(Experiment("plane", learning_rate=0.3), 20, 16, "relu", 4)
    outcome = record_all(race)
    run = NAMES.index("normal")
    assert outcome.diverged[run] and np.isfinite(outcome.losses[0, run]) and np.isnan(outcome.losses[-1, run])
    app = open_page(dataset="plane", learning_rate="0.3", depth="20", width="16", bend="relu", race_epochs="4")
    assert "normal, s = 1" in app.warning[0].value and "diverged" in app.warning[0].value
    assert "✕ where a network diverged" in words(app)


def test_a_curve_that_diverged_ends_in_a_cross_at_the_edge():
    epochs, flat = np.arange(3), np.array([1.0, 1.0, 0.5])
    curves = [Curve("a", epochs, flat), Curve("b", epochs, flat), Curve("c", epochs, np.array([1e8, 1e9, np.nan]), True)]
    figure = curves_figure(curves, ("epochs", "loss"), (False, True), False)
    cross = figure.data[-1]
    assert cross.marker.symbol == "x" and list(cross.x) == [1] and list(cross.y) == [10.0]
    assert figure.layout.yaxis.range[1] == 1.0 and leaving(curves) == ["c"] and leaving(curves[:2]) == []


def test_fading_is_held_against_what_passes():
    losses = np.full((3, len(NAMES)), 1.0)
    losses[1:, NAMES.index("xavier_normal")], losses[2, NAMES.index("small_normal")] = 0.4, 0.5
    outcome = replace(next(filter(None, InitializerRace(Experiment(), 10, 16, "tanh", 2).record())), losses=losses,
                      epochs=np.arange(3))  # fmt: skip
    assert verdict_of(outcome, NAMES.index("small_normal")) == "fades"
    text = fading_words(outcome)
    assert text.startswith("**Fading spread**: of the 1 network whose spread fades, 1 halves its loss, by epoch 2; of the ")
    assert ", 1 halves its loss, by epoch 1. Fading delays training here; it does not prevent it." in text
    flat = fading_words(replace(outcome, losses=np.where(losses == 0.5, 1.0, losses)))
    assert "of the 1 network whose spread fades, none halves its loss; of the " in flat


def test_nothing_is_told_of_the_race_before_it_was_started():
    app = open_app("initializers")
    text = words(app)
    assert "lowest training loss" not in text and not app.get("plotly_chart") and "Make your guess first" in text
    assert "**The rule: draw weights at random" in text and "0.25 for tanh (Xavier) and 0.354 for ReLU (He)" in text
    press(app, "Train")
    assert "lowest training loss" in words(app)


def test_several_seeds_are_trained_on_a_click():
    app = press(open_page(), "Train from 5 seeds")
    table = next(text.value for text in app.markdown if "within 5 % of the best" in text.value)
    assert len(table.splitlines()) == 2 + len(NAMES) and "of 5 |" in table


def test_seeds_in_a_table():
    losses = np.full((3, len(NAMES)), 1.0)
    losses[:, 2], losses[0, 3] = (0.5, 0.3, 0.4), np.inf
    rows = seeds_table(losses).splitlines()[2:]
    assert rows[2].endswith("| 0.3 | 0.4 | 0.5 | 3 of 3 |") and rows[3].endswith("| 1 | 1 | diverged | 0 of 3 |")


def test_the_usual_choice_follows_the_activation():
    race = InitializerRace(Experiment(), 2, 8, "relu", 1)
    assert rule_words(race).endswith("For ReLU the usual choice is He.")
    assert rule_words(replace(race, activation="sigmoid")).endswith("the usual choice is Xavier.")
