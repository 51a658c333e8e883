"""What is worth studying when playing pauses: what went wrong, updates, answers against the truth."""

import numpy as np
import streamlit as st

from nncore import Run
from nncore.data.splits import Split
from nncore.experiments.experiment import Experiment, build_split
from pages.parts.fields.numbers import epoch_text
from pages.parts.fields.source import show_source
from pages.parts.page.choices import bind_choice, choice
from pages.parts.page.server import chunk_store
from pages.parts.page.session import Session
from pages.parts.page.snapshot.answers import answers_picture, sets_of
from pages.parts.page.snapshot.counts import loss_words, updates_done
from pages.parts.page.snapshot.scrubber import network_of
from pages.parts.page.snapshot.sealed import test_seal
from pages.parts.page.snapshot.told import told
from pages.parts.train.next_steps import next_steps, show_next_steps


def details(session: Session) -> None:
    """For the snapshot at which playing paused: a diagnosis, the counts, and the confusion matrix or the residuals."""
    run = session.run
    said, parameters = told(run, session.frame), chunk_store().frame(run, session.frame)
    settings = run.prefix(run.segment_of(session.frame)).settings
    with st.container(key="details"):
        words, picture = st.columns([1, 1], gap="large")
    with words:
        began = "" if session.frame else ", before any training"
        st.subheader(f"At epoch {epoch_text(said.epochs[-1])}{began}", anchor=False)
        st.markdown(f"**{said.happened}**")
        if said.stopped:
            st.info(said.stopped, icon=":material/flag:")
        show_next_steps(session, next_steps(settings, said.scores, said.stop))
        if said.scarce:
            st.warning(said.scarce, icon=":material/group_off:")
        for finding in said.findings:
            st.warning(finding.text, icon=":material/stethoscope:")
        _counts(run, session.frame, said.epochs)
        first = build_split(run.experiment).X_train[:1]
        show_source(network_of(run, session.frame).forward, key="forward_code", once_open=True, X=first)
    with picture:
        _answers(session, settings, build_split(run.experiment), parameters)


def _counts(run: Run, frame: int, epochs: np.ndarray) -> None:
    settings = run.prefix(run.segment_of(frame)).settings
    segment = run.segments[run.segment_of(frame)]
    step = segment.schedule.epoch_of(frame - segment.start + 1) - segment.schedule.epoch_of(frame - segment.start)
    n_train, per_epoch = len(build_split(settings).train), settings.updates_per_epoch
    st.markdown(
        f"- all {settings.n_parameters:,} weights and biases have had **{updates_done(run, epochs):,} updates**; one "
        f"epoch is {per_epoch:,} update{'' if per_epoch == 1 else 's'}\n"
        f"- {loss_words(settings)}\n"
        f"- every epoch shows all **{n_train:,} training samples** once\n"
        f"- snapshot {frame:,} of at most {run.segments[-1].last_frame:,}, here one every "
        f"{f'{step:,} epochs' if step > 1 else 'epoch'}"
    )
    for branch in run.branches:
        if branch.frame <= min(frame, len(epochs) - 1):
            st.caption(f"Branch at epoch {epoch_text(epochs[branch.frame])}: settings changed there; the "
                       "optimizer, the batch order and the schedule's clock started again from the beginning.")


def answers_set(session: Session) -> tuple[dict[str, str], str, str]:
    """The sets that there are, the one shown by default and the one picked; a bad one in the link is noted."""
    split = build_split(session.run.experiment)
    sets = sets_of(split)
    default = "validation" if "validation" in sets else "training"
    return sets, default, choice(session, "answers", "str", default, sets)


def _answers(session: Session, settings: Experiment, split: Split, parameters: np.ndarray) -> None:
    sets, default, part = answers_set(session)
    st.segmented_control(
        "Answers on which set?", list(sets), required=True, format_func=lambda name: f"{name} set",
        help="The training set is what the weights are fitted to; the validation set shows how it does on new points. The "
             "test set is sealed until it is opened, once per run.",
        **bind_choice(session, "answers", part, default),
    )
    if part == "test" and not test_seal(session):
        return
    st.html(answers_picture(settings, split, parameters, part))
