"""What a person takes away on Train and Weights."""

import json

import numpy as np
import pytest

from nncore.export import EXPORTS
from pages.parts.own.run_file import run_text
from pages.parts.page.snapshot.take_away import file_of, table_of
from tests.pages.conftest import open_app


@pytest.mark.parametrize("page", ["", "weights"])
def test_a_language_is_picked_and_its_file_offered(page):
    app = open_app(page, frame="3")
    (box,) = (box for box in app.selectbox if box.label == "Which language?")
    assert box.options == [entry.label for entry in EXPORTS.values()]
    box.select("onnx").run()
    assert not app.exception
    labels = [button.proto.label for button in app.get("download_button")]
    assert [label for label in labels if label.startswith("Download for")] == ["Download for ONNX"]
    session = app.session_state["glassbox"]
    assert "after 3 epochs" in file_of(session, "numpy") and isinstance(file_of(session, "onnx"), bytes)


def test_numbers_and_the_whole_run_are_offered_and_the_test_set_stays_sealed():
    app = open_app("", frame="3")
    labels = [button.proto.label for button in app.get("download_button")]
    assert {"Losses", "Data", "Predictions", "The whole run"} <= set(labels)
    session = app.session_state["glassbox"]
    assert len(table_of(session, "losses").splitlines()) == 5
    sealed = table_of(session, "predictions")
    session.tests.open(session.run, session.frame)
    opened = table_of(session, "predictions")
    assert sealed.count(",,") > opened.count(",,") == 0


def test_a_file_that_cannot_hold_all_of_a_run_says_so():
    app = open_app("", frame="3", dataset="circle", samples="60", hidden="3")
    says = "its file holds what came before that"
    assert not any(says in caption.value for caption in app.caption)
    session = app.session_state["glassbox"]
    parameters = np.zeros(session.run.experiment.n_parameters)
    session.show(session.run.with_parameters(3, parameters), 3)
    app.run()
    assert not app.exception and any(says in caption.value for caption in app.caption)
    assert "branches" not in json.loads(run_text(session))["link"]
