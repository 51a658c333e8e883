"""A link that names a frame far into a long training asks before it trains."""

import re

import pytest

from nncore import ChunkStore
from pages.parts.page import server
from tests.pages.conftest import link_value, open_app, press

# An epoch of 1,000 updates: 599 frames take some 17 s by the model, 40 frames one.
FAR = {"dataset": "circle", "samples": "2000", "batch_size": "1", "hidden": "8", "frame": "599"}


@pytest.fixture(autouse=True)
def fresh_store(monkeypatch):
    monkeypatch.setattr(server, "_STORE", ChunkStore())


@pytest.mark.parametrize("page", ["", "weights"])
def test_a_far_frame_of_a_long_training_waits_for_a_click(page):
    app = open_app(page, **FAR)
    assert server.chunk_store().computed <= 1
    (words,) = [info.value for info in app.info if "Training up to snapshot 599" in info.value]
    assert re.search("takes about 1[0-9] s", words) and "Until then snapshot 0 is shown" in words
    app.run()  # and still so when the page is drawn again
    (words,) = [info.value for info in app.info if "Training up to snapshot 599" in info.value]
    assert "Until then snapshot 0 is shown" in words
    assert link_value(app, "frame") in (None, "0")


def test_once_asked_for_it_is_trained(monkeypatch):
    monkeypatch.setattr("pages.parts.page.snapshot.far_frame.LONG_SECONDS", 0.01)
    link = {"dataset": "corners", "hidden": "2", "samples": "4", "frame": "90"}
    app = open_app("weights", **link)
    press(app, "Train to snapshot 90")
    assert link_value(app, "frame") == "90" and not [button for button in app.button if button.key == "train_far"]


def test_what_is_opened_far_away_is_asked_for_before_it_is_trained():
    app = open_app("scores", score_view="sealed", peek_guess="100of100-more", opened="599", **FAR)
    assert server.chunk_store().computed <= 1
    assert [info for info in app.info if "Training up to snapshot 599" in info.value]
    assert not [text for text in app.markdown if "**Test set** (" in text.value]


def test_overfitting_asks_before_a_training_that_takes_long(monkeypatch):
    monkeypatch.setattr("pages.parts.page.snapshot.far_frame.LONG_SECONDS", 0.001)
    app = open_app("overfitting", guess="rises")
    assert [info for info in app.info if "Training up to snapshot 120" in info.value]
    press(app, "Train to snapshot 120")
    assert [text for text in app.markdown if "So it did" in text.value]
