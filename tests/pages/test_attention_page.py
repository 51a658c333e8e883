"""The Attention page, as Streamlit runs it, and its figures."""

from pathlib import Path

import numpy as np
import plotly.graph_objects as go
import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.attention_words import dot_text, labels_of, product_hover, softmax_hover
from pages.parts.figures.attention import (
    Axes,
    heads_figure,
    learning_figure,
    lengths_figure,
    share_figure,
    signed_figure,
)

ROOT = Path(__file__).parents[2]


def open_page(**link: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.run()
    for name, value in link.items():
        app.query_params[name] = value
    app.switch_page("pages/attention.py").run()
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    return " ".join(element.value for kind in ("markdown", "caption", "error", "warning") for element in app.get(kind))


@pytest.mark.parametrize("step", ["two", "learned", "numbers", "matrices", "explain"])
def test_every_step_opens_by_link(step):
    app = open_page(step=step)
    assert not app.error and not app.warning
    assert "Where does a network look?" in [title.value for title in app.title]


def test_two_sentences_are_not_symmetric_and_one_with_itself_is():
    assert "5×6: not symmetric" in words(open_page())
    assert "2×2: symmetric" in words(open_page(first="a dog", second="a dog"))


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        (" ", "first sentence must have from 1 to 32 words, got 0."),
        ("x" * 10_000, "first sentence must have words of at most 40 letters, got one of 10,000."),
        ("a " * 5_000, "first sentence must have from 1 to 32 words, got 5,000."),
    ],
)
def test_a_sentence_that_cannot_be_taken_gets_one_sentence(sentence, said):
    assert [error.value for error in open_page(first=sentence).error] == [said]


@pytest.mark.parametrize("sentence", ["🐈 снег <b>bold</b> & co", "<script>alert(1)</script>", "one", "w " * 32])
def test_strange_sentences_are_taken_as_they_are(sentence):
    for step in ("two", "numbers"):
        assert not open_page(step=step, first=sentence, sentence=sentence, heads="4").error


def test_training_by_link_shows_the_swap_and_the_score():
    app = open_page(step="learned", translate="1")
    assert "**the green house** → **la maison verte** · right" in words(app)
    app.slider(key="choose_translation_frame").set_value(0).run()
    assert not app.exception and "At this frame" in words(app)


def test_the_hasty_setting_says_that_it_is_stuck():
    assert "Stuck in a local minimum" in words(open_page(step="learned", setting="hasty", translate="1"))


def test_train_is_a_button_and_its_result_stays():
    app = open_page(step="learned", start_from="7")
    app.button(key="translate_start").click().run()
    assert not app.exception and "held-out phrases are right" in words(app)


@pytest.mark.parametrize("stage", ["E", "Q", "K", "V", "scores", "masked", "heads", "output"])
def test_every_stage_opens_with_heads_masks_and_positions(stage):
    app = open_page(step="numbers", stage=stage, heads="3", head="2", mask="causal", positions="1", scaled="0")
    assert "with positions, order matters" in words(app)


def test_a_row_that_may_look_at_nothing_is_said():
    assert "**5 rows may look at nothing**" in words(open_page(step="numbers", mask="padding", real_words="0"))


def test_a_matrix_is_changed_and_put_back():
    app = open_page(step="matrices")
    app.button(key="matrix_Zeros").click().run()
    assert not app.exception and "rank 0" in words(app)
    app.button(key="matrix_undo").click().run()
    assert "rank 12" in words(app)


def test_other_attention_gives_the_same_words():
    assert "without changing the word: *la*" in words(open_page(step="explain", translate="1"))


@pytest.mark.parametrize(
    ("name", "value"), [("step", "three"), ("first", None), ("temperature", "0"), ("heads", "7"), ("mask", "all")]
)
def test_a_bad_value_in_the_link_becomes_the_default(name, value):
    app = open_page(**({"step": "numbers"} | ({name: value} if value else {})))
    assert (f"{name} cannot be" in words(app)) == (value is not None)


def test_figures_show_the_numbers_they_are_given():
    axes = Axes(["a", "b"], ["c", "d", "e"], "rows", "columns")
    weights = np.array([[0.2, 0.8, 0.0], [1.0, 0.0, 0.0]])
    figure = share_figure(weights, axes, dark=False)
    (trace,) = figure.data
    assert isinstance(trace, go.Heatmap) and np.array_equal(trace.z, weights)
    assert (trace.zmin, trace.zmax) == (0, 1) and len(figure.layout.annotations) == 6
    assert figure.layout.yaxis.autorange == "reversed"
    masked = signed_figure(np.array([[1.0, -np.inf, -4.0]]), Axes(["a"], ["c", "d", "e"]), dark=True)
    assert (masked.data[0].zmin, masked.data[0].zmax) == (-4, 4)
    assert [note.text for note in masked.layout.annotations] == ["1.00", "×", "−4.00"]


def test_figures_of_heads_learning_and_lengths():
    assert len(heads_figure(np.zeros((4, 3, 3)), Axes("abc", "abc"), dark=False).data) == 4
    learning = learning_figure(np.arange(3), np.zeros((3, 3)), 1, ("loss", "right"), dark=True)
    assert [trace.name for trace in learning.data] == ["loss", "training", "held out"]
    lengths = lengths_figure((4, 8), np.array([0.5, 1.0]), 8, 0.1, dark=False)
    assert list(lengths.data[0].x) == ["4", "8 (trained)"] and list(lengths.data[0].y) == [0.5, 1.0]


def test_arithmetic_is_written_out_and_words_are_escaped():
    assert dot_text(np.array([1.0, 2.0]), np.array([0.5, -1.0])) == "1.00·0.50  + 2.00·−1.00<br>= -1.5000"
    assert labels_of(["<b>", "x" * 20]) == ["&lt;b&gt;", "xxxxxxxxxxx…"]
    hover = product_hover(np.eye(2), np.eye(2), ["a", "b"], ["c", "d"], 0.5)
    assert hover[0][0].startswith("a · c<br>") and hover[0][0].endswith("× 0.5 = 0.5000")
    texts = softmax_hover(np.array([[1.0, 0.0]]), np.array([[1.0, 0.0]]), ["a"], ["c", "d"])
    assert texts == [["a → c<br>exp(1.000 − 1.000) / 1.000 = 1.0000", "a → d<br>masked: 0"]]
