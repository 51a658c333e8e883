"""Catching up: a frame that is not recorded yet is trained before a page shows it, which is seen as it goes on."""

import streamlit as st

from nncore import Run
from pages.parts.fields.labels import summarise
from pages.parts.page.server import chunk_store


def training_words(run: Run, at: int, frame: int) -> str:
    """What is said while `run`, recorded up to frame `at`, is trained to `frame`."""
    return f"Training {summarise(run.experiment)}: snapshot {at:,} of {frame:,}. Any change calls it off."


def train_until(run: Run, frame: int) -> int:
    """`frame`, or the last one of `run` if training stops before it, once all frames up to it are recorded.

    Until then a bar says what is trained and how far it is; it takes one place on the page, in either case. A click calls
    the rest off.
    """
    store, place = chunk_store(), st.empty()
    at = store.held(run)
    while at < frame:
        place.progress(at / frame, training_words(run, at, frame))
        chunk, first = store.chunk_at(run, at + 1)
        last = first + len(chunk.epochs) - 1
        if last >= frame or chunk.stop is not None:
            break
        at = max(last, at + 1)
    place.empty()
    return store.reached(run, frame)

