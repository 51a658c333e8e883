"""What is learned on the words page: trained before the viewer's eyes the first time, kept for everyone after that."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

import streamlit as st

from nncore.words.hidden_diagonal import DiagonalRun, HiddenDiagonalSettings, learn_diagonal
from nncore.words.skipgram import Embedding, SkipGramSettings, learn_embedding
from pages.parts.fields.numbers import short
from pages.parts.page.cache import memo
from pages.parts.page.watch import Progress, watch

T = TypeVar("T")

# The corpus has about a hundred words; a frame holds one number of 4 bytes for each word and dimension.
_BYTES_A_DIMENSION = 110 * 4
_RUN_BYTES = 400_000


def embedding_of(settings: SkipGramSettings) -> Embedding:
    """The embedding of these settings, learned now if nobody has asked for it before."""
    n_bytes = (settings.epochs + 1) * settings.dimensions * _BYTES_A_DIMENSION
    return _fetch("embedding", repr(settings), lambda: _watch_embedding(settings), n_bytes)


def diagonal_run(settings: HiddenDiagonalSettings, embedding: Embedding | None) -> DiagonalRun:
    """The run of these settings, trained now if nobody has asked for it before."""
    return _fetch("diagonal", repr(settings), lambda: _watch_diagonal(settings, embedding), _RUN_BYTES)


def again_button(label: str, model: str) -> None:
    """A button after which a model, "embedding" or "diagonal", is trained anew, to be watched."""
    st.button(label, key=f"again_{model}", icon=":material/replay:",
              on_click=partial(st.session_state.update, {"words_again": model}),
              help="The same numbers come out: everything random is drawn from the seed.")


def _fetch(model: str, key: str, make: Callable[[], T], n_bytes: int) -> T:
    if st.session_state.get("words_again") == model:
        del st.session_state["words_again"]
        return memo().keep(key, make(), n_bytes)
    return memo().fetch(key, make, n_bytes)


def _watch_embedding(settings: SkipGramSettings) -> Embedding:
    def describe(embedding: Embedding) -> Progress:
        epoch, loss = len(embedding.losses) - 1, float(embedding.losses[-1])
        text = f"Learning the embedding: epoch {epoch} of {settings.epochs}, loss {short(loss, 3)}"
        return Progress(epoch / settings.epochs, text, embedding.losses, ["training"])

    return watch(learn_embedding(settings), describe)


def _watch_diagonal(settings: HiddenDiagonalSettings, embedding: Embedding | None) -> DiagonalRun:
    def describe(run: DiagonalRun) -> Progress:
        epoch, loss = len(run.losses) - 1, float(run.losses[-1, 1])
        text = f"Training: epoch {epoch} of {settings.epochs}, validation loss {short(loss, 3)}"
        return Progress(epoch / settings.epochs, text, run.losses, ["training", "validation"])

    return watch(learn_diagonal(settings, embedding), describe)
