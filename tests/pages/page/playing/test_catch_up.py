"""Catching up: what is said while frames are trained that a page is to show."""

import pytest
import streamlit as st

from nncore import ChunkStore, Experiment, Run
from pages.parts.page.playing import catch_up


@pytest.fixture
def said(monkeypatch) -> list[str]:
    """All that the bar says."""
    texts: list[str] = []

    class Place:
        def progress(self, share: float, text: str) -> None:
            assert 0 <= share <= 1
            texts.append(text)

        def empty(self) -> None:
            texts.append("gone")

    store = ChunkStore()
    monkeypatch.setattr(st, "empty", Place)
    monkeypatch.setattr(catch_up, "chunk_store", lambda: store)
    return texts


def test_it_says_what_is_trained_and_how_far_it_is_and_nothing_of_what_is_there(said):
    run = Run(Experiment("xor", hidden=(2,)))
    assert catch_up.train_until(run, 100) == 100
    assert [text.rpartition(": ")[2].partition(".")[0] for text in said[:-1]] == [
        f"snapshot {at} of 100" for at in (0, 40, 80)
    ]
    assert said.pop() == "gone"
    said.clear()
    assert catch_up.train_until(run, 70) == 70
    assert said == ["gone"]


def test_training_that_stops_before_the_frame_ends_there(said):
    assert catch_up.train_until(Run(Experiment("xor", hidden=(2,), epoch_limit=10)), 300) == 10
    assert said[-1] == "gone"
