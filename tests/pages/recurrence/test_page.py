"""The Recurrence page, as Streamlit runs it."""

from functools import partial

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from nncore.experiments.architectures import Course, DistanceScore, SequenceRun
from pages.parts.figures.recurrence.clipping import losses_figure, norms_figure
from pages.parts.recurrence.clipping import better, clip_words
from pages.parts.recurrence.findings import (
    cut_words,
    dependence_words,
    distance_words,
    radius_words,
    reach_words,
    stretch_words,
)
from pages.parts.recurrence.study import states_of
from tests.pages.conftest import TRAINED, link_value, open_app, press, warnings

open_page = partial(open_app, "recurrence")
FAST = {"memory_task": "echo", "cell": "rnn", "sequence_steps": "12"}


def words(app: AppTest) -> str:
    notes = [note.value.replace("\\", "") for note in app.warning]
    return " ".join([*notes, *(element.value.replace("\\", "") for kind in ("markdown", "caption", "error")
                               for element in app.get(kind))])  # fmt: skip


def test_it_opens_on_a_trained_network_and_says_so():
    app = open_page()
    assert TRAINED.search(words(app))[1] == "240" and not app.exception
    assert "it has learned the task" in words(app)
    assert "The gradient that reaches the first state, 19 steps back" in words(app)
    app.button(key="memory_rerun").click().run()
    assert app.get("bidi_component") and "unrolled in time" not in words(app)


def test_before_training_it_has_learned_nothing():
    app = open_page(**FAST, memory_frame="0", sequence="7")
    assert "it has learned little or nothing" in words(app) and not app.exception
    app.slider(key="choose_memory_frame").set_value(40).run()
    assert "it has learned the task" in words(app) and app.query_params.get("memory_frame") is None


@pytest.mark.parametrize(("use", "says", "code"), [
    ("inputs", "The answer after step 12 depends most on", "input_shares"), ("distance", "Make your guess first", ""),
    ("text", "This needs a network that learned letters", ""), ("gradient", "spectral radius", "gradient_by_step"),
    ("sum", "Written out", "step_sum"),
])  # fmt: skip
def test_every_finding_of_a_short_echo(use, says, code):
    app = open_page(**FAST, memory_use=use)
    said = words(app) + " ".join(group.label for group in app.get("button_group"))
    assert not app.exception and says in said
    assert not code or any(fold.label.endswith(code) for fold in app.expander)


def test_after_the_guess_the_training_waits_for_a_click():
    app = open_page(**FAST, memory_use="distance", memory_guess="gated")
    assert not app.exception and "Train" in [button.label for button in app.button]


def test_letters_go_on_and_a_beginning_outside_the_alphabet_gets_a_sentence():
    settings = {"memory_task": "letters", "cell": "rnn", "sequence_steps": "12", "state_size": "8"}
    app = open_page(**settings, beginning="the dog", temperature="0.2")
    assert not app.exception and app.get("code")[0].value.startswith("the dog|")
    assert len(app.get("code")[0].value) == len("the dog|") + 60
    app = open_page(**settings, beginning="größe 7")
    assert "The beginning can have letters a to z, spaces and stops, and" in words(app) and not app.exception


def test_what_a_link_asks_for_in_vain_is_said():
    app = open_page(memory_task="cats", sequence_steps="1000", sequence="0", cell="rnn")
    assert not app.exception and len(app.warning) == 3 and "unrolled in time" in words(app)


def test_it_waits_for_train_where_the_link_says_so():
    app = open_page(memory="0")
    assert "Train" in [button.label for button in app.button] and "1,000 sequences of 20 steps" in words(app)


def test_what_moves_while_it_trains_are_the_states_on_one_sequence():
    run = SequenceRun("parity", n_hidden=5, length=12)
    seen = states_of(run)(run.model().parameters)
    hidden = run.model().forward(run.inputs(run.split()[1].tokens[:1]))[1]
    assert np.allclose(seen.weights[0], hidden[0].T) and len(seen.rows) == 5 and len(seen.columns) == 12


def test_words_say_what_the_gradient_does():
    assert "it vanishes" in reach_words(np.array([1e-6, 1.0]), 0.5) and "1 step back" in reach_words(np.ones(2), 1)
    assert "it explodes" in reach_words(np.array([1e6, 1.0]), 2) and "gets through" in reach_words(np.ones(5), 1)
    assert "no gradient" in reach_words(np.zeros(3), 1)


def test_words_hold_the_guess_against_the_counts():
    scores = [DistanceScore(cell, 40, 4, learned, 0, 1) for cell, learned in (("rnn", 0), ("gru", 4), ("lstm", 2))]
    assert "So it is." in distance_words(scores, 40, "gated") and "*GRU and LSTM*" in distance_words(scores, 40, "rnn")
    scores[2] = DistanceScore("lstm", 40, 4, 1, 0, 1)
    block = DistanceScore("block", 40, 4, 3, 0, 1)
    assert "at once: 3 of 4" in distance_words([*scores, block], 40, "gated")
    assert "GRU" in distance_words(scores, 40, "all") and "block" not in distance_words(scores, 40, "all")
    assert "neither" in distance_words(scores, 40, "gated") and "Not all" in distance_words(scores[:2], 40, "all")


def test_words_say_that_the_comparison_begins_with_the_radius_of_the_training():
    assert radius_words(0) == "" and "W_hh of each cell begins with a spectral radius of 1.5" in radius_words(1.5)


def test_words_say_that_the_comparison_is_truncated_too():
    assert stretch_words(0) == "" and "the gradient of the cells goes back 5 steps at most" in stretch_words(5)


def test_words_say_where_what_counts_lies():
    said = dependence_words(np.array([0.5, 0.25, 0.25, 0.0]), "a bc", 3)
    assert "depends most on a at step 1" in said and "1.2 steps back" in said


def test_a_truncated_training_says_what_it_cannot_learn():
    app = open_page(**FAST, gradient_stretch="2")
    assert "**Truncated:** no update sees" in words(app) and "Behind the cut, 2 steps back" in words(app)
    assert "it has learned little or nothing" in words(app) and not app.exception
    assert cut_words(0, 12) == cut_words(12, 12) == "" and "1 step back" in cut_words(1, 12)


def test_an_exploding_gradient_is_set_up_and_clipping_shown_with_and_without():
    app = open_page(**FAST, memory_use="clip")
    assert "A gradient explodes where W_hh stretches it" in words(app)  # W_hh is as it was drawn
    app = open_page(cell="rnn", start_radius="2", memory_use="clip", clip_asked="no")
    assert "Make your guess first" in app.info[0].value and "Left as it is" not in words(app)
    press(app, "Train both")
    said = words(app)
    assert "Left as it is, the gradient grows to a length of" in said and "clipping tamed it" in said
    assert app.query_params["start_radius"] == "2.0" and app.query_params["clip_asked"] == "yes"
    before = open_page(cell="rnn", sequence_steps="40", start_radius="3", memory_frame="0")
    assert "it explodes" in words(before)


def test_what_is_said_of_clipping_depends_on_what_came():
    course = Course(0.0, np.array([0.5, 0.25]), np.array([0]), np.array([1.0]), 0.05, 300, 0.3, (0.25, 0.35))
    calm = course._replace(limit=1.0)
    assert "clipping changed nothing" in clip_words(course, calm) and better(course, calm) == "alike"
    wild = course._replace(norms=np.array([40.0, 2.0]), longest_step=4.0)
    tamed = calm._replace(right=0.9, interval=(0.86, 0.93), longest_step=0.1)
    said = clip_words(wild, tamed).replace("\u00a0", " ")
    assert "length of 40, and one update moves the weights by 4:** in the end 30 %" in said and "tamed it" in said
    assert "of no clear help" in clip_words(wild, calm)
    assert "is ahead" in clip_words(wild._replace(right=0.9, interval=(0.86, 0.93)), calm)
    lengths, losses = norms_figure((wild, tamed), False), losses_figure((wild, tamed), True)
    assert lengths.layout.yaxis.type == "log" and lengths.layout.shapes[0].y0 == 1.0
    assert list(lengths.data[0].y) == [40.0, 2.0] and [line.name for line in losses.data] == ["as it is", "clipped at 1"]


def test_states_and_gates_move_while_it_trains():
    run = SequenceRun("parity", "gru", n_hidden=5, length=12)
    model = run.model()
    seen = states_of(run)(model.parameters)
    unrolled = model.unroll(run.inputs(run.split()[1].tokens[:1]))
    assert seen.titles == ["hidden state h", "reset gate r", "update gate z"] and seen.weights.shape == (3, 5, 12)
    assert np.allclose(seen.weights[1], unrolled.gates[0, :, 0].T)
    titles = states_of(SequenceRun("parity", "lstm", n_hidden=5, length=12))(
        SequenceRun("parity", "lstm", n_hidden=5, length=12).model().parameters).titles  # fmt: skip
    assert titles == ["hidden state h", "memory c, drawn as tanh(c)", "input gate i", "forget gate f", "output gate o"]


def test_a_thousand_steps_get_a_sentence():
    app = open_page(memory_task="echo", cell="rnn", sequence_steps="1000")
    notes = app.warning[0].value.replace("\\", "")
    assert len(app.warning) == 1 and "number of steps" in notes and "1000" in notes.replace(",", "") and "40" in notes
    assert not app.exception and app.query_params["sequence_steps"] == "40"


def test_a_link_beyond_the_end_of_a_training_shows_its_end_and_says_so():
    app = open_app("recurrence", sequence_steps="12", state_size="4", memory="9" * 60)
    assert "can be 0 to 240 here; the link asked for “9999" in warnings(app) and "so it is now 240" in warnings(app)
    assert link_value(app, "memory") == "240" and not app.exception
