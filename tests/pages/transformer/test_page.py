"""The Transformer page, as Streamlit runs it."""

import json
from functools import partial

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.fields.labels import choice_words
from tests.pages.conftest import TRAINED, open_app

FRAME = ("Share", "Present", "Stop training")  # the last is hidden while no bar is on the page
open_page = partial(open_app, "transformer")


def watched(app: AppTest) -> AppTest:
    """The page after the training that is on screen was played to its end."""
    assert app.get("bidi_component") and "Notice:" not in words(app)
    app.session_state["block_watch"] = None
    return app.run()


def words(app: AppTest) -> str:
    notes = [note.value.replace("\\", "") for note in app.warning]  # written letter for letter
    return " ".join([*notes, *(element.value for kind in ("markdown", "caption", "error") for element in app.get(kind))])


def labels(app: AppTest) -> list[str]:
    """The buttons of the page, without those of its frame."""
    return [button.label for button in app.button if button.key != "draw_anew" and button.label not in FRAME]


def test_it_opens_on_a_trained_block_and_says_so():
    app = open_page(task="copy")
    assert TRAINED.search(words(app))[1] == "120" and labels(app) == ["Watch it train again"]
    assert "of 8 right" in app.code[0].value and "block" not in app.query_params
    watched(app.button(key="block_rerun").click().run())
    assert not TRAINED.search(words(app)) and "of 8 right" in app.code[0].value


def test_it_waits_for_train_where_the_link_says_so():
    app = open_page(block="0")
    assert labels(app) == ["Train"]
    assert "The task: the letters in the opposite order." in words(app)


@pytest.mark.parametrize(("task", "block"), [("copy", "1"), ("match", "40")])  # to the end, and stopped after 40 updates
def test_a_link_trains_and_shows_the_answer(task, block):
    app = open_page(task=task, block=block, length="12", example="3")
    assert "of 12 right" in app.code[0].value and "Notice:" in words(app)
    shown = {fold.label.rpartition(": ")[2] for fold in app.expander}
    assert {"trace_block", "layer_norm", "run", "compare_paths"} <= shown
    heads = [json.loads(chart.proto.spec) for chart in app.get("plotly_chart") if "attends to" in chart.proto.spec]
    assert [bool(head["layout"].get("shapes")) for head in heads] == [task == "match"] * 2  # what is masked is hatched
    assert ("Hatched cells are masked" in words(app)) == (task == "match")
    app.slider(key="choose_block_frame").set_value(0).run()
    assert not app.exception and "of 12 right" in app.code[0].value


def test_a_stopped_training_keeps_what_was_learned_and_goes_on():
    app = open_page(task="copy", block="40", block_start="5")
    assert "**Stopped after 40 of 120 updates.** What was learned until then is kept." in words(app)
    assert app.slider(key="choose_block_frame").max == 10 and "of 8 right" in app.code[0].value
    watched(app.button(key="block_on").click().run())
    assert not app.exception and "Stopped" not in words(app)
    assert app.slider(key="choose_block_frame").max == 30 and app.query_params["block"] == "1"
    # Another viewer has it trained to the end by now; a link to where it was stopped still shows that.
    assert open_page(task="copy", block="40", block_start="5").slider(key="choose_block_frame").max == 10


def test_it_is_trained_again_to_the_same_numbers():
    app = open_page(task="copy", block="1")
    said = TRAINED.sub("", words(app), 1).replace("  ", " ")
    watched(app.button(key="block_rerun").click().run())
    assert not app.exception and words(app) == said and labels(app) == ["Watch it train again"]


@pytest.mark.parametrize(
    ("task", "name", "typed", "right"),
    [("reverse", "typed_letters", "A, b c", "sequence   a b c"), ("match", "typed_pairs", "a1a2", "sequence   a1 a2")],
)
def test_a_typed_sequence_is_answered(task, name, typed, right):
    app = open_page(**{"task": task, "block": "40", name: typed})
    assert app.code[0].value.startswith(right)
    app.text_input(key=f"choose_{name}").set_value("").run()
    assert "of 8 right" in app.code[0].value and name not in app.query_params


@pytest.mark.parametrize("typed", ["a z", "<script>", "**a**", "🐈", "a" * 10_000, "$x$"])
def test_a_typed_sequence_that_cannot_be_taken_gets_one_sentence(typed):
    app = open_page(task="copy", block="1", typed_letters=typed)
    assert len(app.error) == 1 and "example is shown instead" in app.error[0].value
    assert "of 8 right" in app.code[0].value


@pytest.mark.parametrize(
    ("name", "value"), [("task", "add"), ("block_heads", "5"), ("length", "9"), ("block_frame", "999"), ("block", "-1")]
)
def test_a_bad_value_in_the_link_becomes_the_default(name, value):
    app = open_page(**({"task": "copy", "block": "8"} | {name: value}))
    assert "so it is now" in words(app) and (f"The {choice_words(name)} can" in words(app) or name == "block")
