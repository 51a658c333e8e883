"""What a person takes away on Train and Weights."""

import json

import numpy as np
import pytest

from nncore.export import EXPORTS
from pages.parts.own.run_file import run_text
from pages.parts.page.server import chunk_store
from pages.parts.page.snapshot.take_away import file_of, table_of
from tests.pages.conftest import link_value, open_app, warnings


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


def test_the_file_of_a_run_brings_back_more_weights_set_by_hand_than_a_link_can_hold():
    app = open_app("", frame="3", dataset="circle", samples="60", hidden="3")
    session = app.session_state["glassbox"]
    parameters = np.linspace(-1, 1, session.run.experiment.n_parameters)
    run = session.run.with_parameters(3, parameters).edited(4, [(0, 1, 2, 0.1)]).changed(6, session.run.settings)
    session.show(run, 5)
    app.run()
    assert not app.exception and "branches" not in session.link
    other = open_app()
    other.pills(key="own_way").set_value("file").run()
    file = run_text(session).encode()
    other.file_uploader(key="own_run_file").set_value(("glassbox-run.json", file, "application/json")).run()
    found = other.session_state["glassbox"]
    assert not other.exception and found.run == run and found.frame == 5 and found.notes == []
    assert "weights" not in other.query_params and link_value(other, "edited") == found.token
    np.testing.assert_array_equal(chunk_store().frame(found.run, 5), chunk_store().frame(run, 5))
    broken = json.loads(file)
    broken["link"]["weights"] = broken["link"]["weights"][:-8]
    other.file_uploader(key="own_run_file").set_value(("x.json", json.dumps(broken).encode(), "application/json")).run()
    assert not other.exception and other.session_state["glassbox"].run.branches == ()
    assert "weights must be 13 numbers" in warnings(other).casefold()
