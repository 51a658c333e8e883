"""What is learned on the words page: trained before the viewer's eyes the first time, kept for everyone after that."""

import secrets
from typing import Any

import streamlit as st

from nncore.experiments.recording.recording import RecordedTraining, Repeated
from nncore.experiments.recording.training_store import Recorded
from nncore.words.hidden_diagonal import DiagonalRun, DiagonalTraining, HiddenDiagonalSettings
from nncore.words.skipgram import Embedding, SkipGramSettings
from pages.parts.fields.numbers import short
from pages.parts.figures.words.loss_strip import loss_strip, strip_legend
from pages.parts.page.figure import in_theme
from pages.parts.page.playing.training import Watching, as_picture, watch


def embedding_of(settings: SkipGramSettings) -> Embedding:
    """The embedding of these settings, learned now if nobody has asked for it before."""

    def bar(found: Recorded, left: str) -> str:
        epoch, loss = found.last, float(found.recording.losses[-1])
        return f"Learning the embedding: epoch {epoch} of {settings.epochs}, loss {short(loss, 3)}"

    def picture(embedding: Embedding) -> str:
        return _strip(embedding.losses, ["training"], settings.epochs)

    return _watched("embedding", settings, Watching(picture, bar))


def diagonal_run(settings: HiddenDiagonalSettings, embedding: Embedding | None) -> DiagonalRun:
    """The run of these settings, trained now if nobody has asked for it before; "learned" vectors are of `embedding`."""

    def bar(found: Recorded, left: str) -> str:
        epoch, loss = found.last, float(found.recording.losses[-1, 1])
        return f"Training: epoch {epoch} of {settings.epochs}, validation loss {short(loss, 3)}"

    def picture(run: DiagonalRun) -> str:
        return _strip(run.losses, ["training", "validation"], settings.epochs)

    training = DiagonalTraining(settings, embedding and embedding.settings, embedding)
    return _watched("diagonal", training, Watching(picture, bar))


def again_button(label: str, model: str) -> None:
    """A button after which a model, "embedding" or "diagonal", is trained anew, to be watched."""
    st.button(label, key=f"again_{model}", icon=":material/replay:",
              on_click=lambda: st.session_state.update({f"again_{model}_token": secrets.token_hex(4)}),
              help="The same numbers come out: everything random is drawn from the seed.")


def _watched(model: str, training: RecordedTraining, watching: Watching) -> Any:
    """The recording of `training`; where it is to be seen again, it is trained again for this viewer alone."""
    token = st.session_state.get(f"again_{model}_token")
    if token is not None:
        watch(Repeated(training, token), watching)
        del st.session_state[f"again_{model}_token"]
    return watch(training, watching)


def _strip(losses: Any, names: list[str], epochs: int) -> str:
    done = (len(losses) - 1) / epochs
    picture = in_theme(lambda dark: as_picture(loss_strip(losses, done, dark), "Losses so far"))
    return picture + strip_legend(names)
