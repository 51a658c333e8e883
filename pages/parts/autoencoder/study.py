"""The autoencoder at work: pick data, code and damage, train it, and what is on screen of it."""

from dataclasses import dataclass, replace

import numpy as np
import streamlit as st

from nncore.data.own import TABLE, read_table_name
from nncore.experiments.architectures import CodedData, CodeRun, coded_data
from nncore.experiments.recording.recording import Recording
from nncore.models.autoencoder import Autoencoder
from pages.parts.autoencoder.looks import DRAWN, looks_of
from pages.parts.fields.numbers import fine_percent
from pages.parts.fields.outside_text import cut, literal
from pages.parts.own.table import WAY, table_controls
from pages.parts.own.taking import show_said
from pages.parts.page.choices import Span, bind_choice, choice
from pages.parts.page.playing.learning import frame_slider, recording_of
from pages.parts.page.session import Session

DATA = {"digits": "Digits, 8×8", "spiral": "Spiral in 3-D", "table": "Your own table"}
KINDS = {"curved": "with hidden layers", "linear": "linear"}
DAMAGES = {"none": "as they are", "noise": "with noise", "hidden": "with gaps"}
CODES = (1, 2, 3, 4, 8, 16, 32, 64)
NOBODY = -1


@dataclass(frozen=True)
class Look:
    """What is on screen: a run, its data, its recording, and its network at one frame."""

    session: Session
    run: CodeRun
    data: CodedData
    recording: Recording
    frame: int
    model: Autoencoder


def pick_run(session: Session) -> CodeRun | None:
    """The run that is picked; None where it needs a table that is not there, or cannot be, which is then said."""
    kind = choice(session, "coded", "str", "digits", DATA)
    st.segmented_control("Inputs", list(DATA), format_func=DATA.get, required=True,
                         **bind_choice(session, "coded", kind, "digits"))  # fmt: skip
    name = kind if kind != "table" else _own_table(session)
    if name is None:
        return None
    try:
        data = coded_data(name)
        run = CodeRun(name)
        run.model()
    except ValueError as error:
        st.warning(literal(f"{error}."), icon=":material/info:")
        return None
    return _settings(session, data, run)


def _own_table(session: Session) -> str | None:
    """The name of the table on screen in *Train*; None, with the field that takes one, where there is none."""
    experiment = session.run.experiment
    is_there = experiment.dataset.startswith(TABLE)
    # A table that is there makes room for what is learned from it.
    with st.expander(_table_words(experiment.dataset), icon=":material/table:") if is_there else st.container(border=True):
        table_controls(session, experiment)
    show_said(WAY)
    if not is_there:
        st.markdown("**Bring a table first.** The autoencoder is given its columns, all but the one that would be "
                    "predicted.")
        return None
    return experiment.dataset


def _table_words(name: str) -> str:
    """What is written on the fold with the table called `name`."""
    return f"Your table “{literal(cut(read_table_name(name).file_name))}”: its columns, or another one"


def _settings(session: Session, data: CodedData, run: CodeRun) -> CodeRun:
    D, n_classes = data.X.shape[1], len(data.classes)
    sizes = (*(d for d in CODES if d < D), D)
    code = choice(session, "code", "int", min(2, D), Span(1, D))
    way = choice(session, "coder", "str", "curved", KINDS)
    damage = choice(session, "damage", "str", "none", DAMAGES)
    left_out = choice(session, "left_out", "int", NOBODY, Span(NOBODY, n_classes - 1)) if n_classes > 1 else NOBODY
    seed = choice(session, "code_start", "int", 0, Span(0, 9))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox("Numbers in the code", sorted({*sizes, code}), help="All that the decoder is told of an input.",
                     format_func=lambda d: f"{d}, no bottleneck" if d == D else str(d),
                     **bind_choice(session, "code", code, min(2, D)))  # fmt: skip
        st.segmented_control("Inputs are shown", list(DAMAGES), format_func=DAMAGES.get, required=True,
                             help="The clean ones are asked for in any case.",
                             **bind_choice(session, "damage", damage, "none"))  # fmt: skip
        with st.popover("More", icon=":material/tune:"):
            st.segmented_control("The network", list(KINDS), format_func=KINDS.get, required=True,
                                 **bind_choice(session, "coder", way, "curved"))  # fmt: skip
            if n_classes > 1:
                st.selectbox("Never shown", [NOBODY, *range(n_classes)],
                             format_func=lambda k: "no class is left out" if k < 0 else cut(data.classes[k]),
                             **bind_choice(session, "left_out", left_out, NOBODY))  # fmt: skip
            st.selectbox("First weights", range(10), format_func=lambda number: f"start {number}",
                         **bind_choice(session, "code_start", seed, 0))  # fmt: skip
    return replace(run, code=code, linear=way == "linear", damage=damage, left_out=left_out, seed=seed)


def train(session: Session, run: CodeRun) -> Recording | None:
    """Trains the network in front of the viewer, with its code plane; None before Train is pressed."""
    return recording_of(session, "coding", run, looks_of(run))


def pick_look(session: Session, run: CodeRun, recording: Recording) -> Look:
    """The frame on screen, with its slider."""
    frame = frame_slider(session, "coding_frame", recording)
    return Look(session, run, run.samples(), recording, frame, run.model(recording.parameters[frame]))


def answer_words(look: Look) -> str:
    """How many numbers the code has, and what is lost through it."""
    D, d = look.model.sizes[0], look.model.sizes[look.model.code_layer]
    kept = 1 - look.recording.scores[look.frame, 1] / float((look.data.held**2).mean())
    kind = "linear, without hidden layers" if look.run.linear else "with a hidden layer on either side"
    numbers = "one number" if d == 1 else f"{d} numbers"
    return (f"**{D} numbers go in, {numbers} pass through the middle, {D} come out.** This network, {kind}, has never seen "
            "the held-out samples; of what tells them apart from the mean, it gives back "
            f"**{fine_percent(max(0.0, kept))}** (share of the squared deviation).")  # fmt: skip


def sample_rows(data: CodedData, count: int = DRAWN) -> np.ndarray:
    """The numbers of the first `count` held-out samples."""
    return np.arange(min(count, len(data.held)))
