"""What is worth studying when playing pauses: what went wrong, updates, answers against the truth."""

import numpy as np
import streamlit as st

from nncore import LOSSES, Run
from nncore.data.splits import Split, scarce_classes
from nncore.experiments.experiment import Experiment, build_network, build_split
from nncore.inspection.diagnosis import diagnose
from nncore.inspection.unit_health import join_words
from nncore.metrics import confusion_matrix, predicted_labels
from pages.parts.fields.numbers import epoch_text
from pages.parts.figures.train.confusion import confusion_table
from pages.parts.figures.train.residuals import residuals_picture
from pages.parts.page.choices import bind_choice, choice
from pages.parts.page.server import chunk_store
from pages.parts.page.session import Session
from pages.parts.page.snapshot.sealed import test_seal
from pages.parts.train.next_steps import next_steps, show_next_steps
from pages.parts.train.story import story

SETS = {"training": "train", "validation": "validation", "test": "test"}


def details(session: Session) -> None:
    """For the snapshot at which playing paused: a diagnosis, the counts, and the confusion matrix or the residuals."""
    run, store = session.run, chunk_store()
    epochs, scores, stop = store.scores(run, session.frame)
    parameters = store.frame(run, session.frame)
    settings = run.prefix(run.segment_of(session.frame)).settings
    with st.container(key="details"):
        words, picture = st.columns([1, 1], gap="large")
    with words:
        st.subheader(f"At epoch {epoch_text(epochs[-1])}{'' if session.frame else ', before any training'}", anchor=False)
        st.markdown(f"**{story(run, session.frame, epochs, scores)}**")
        if stop is not None:
            st.info(stop.text, icon=":material/flag:")
        show_next_steps(session, next_steps(settings, scores, stop))
        _scarce(build_split(run.experiment))
        for finding in diagnose(settings, parameters, scores, epochs, stop):
            if stop is None or finding.text != stop.text:
                st.warning(finding.text, icon=":material/stethoscope:")
        _counts(run, session.frame, epochs)
    with picture:
        _answers(session, settings, build_split(run.experiment), parameters)


def loss_words(e: Experiment) -> str:
    """What the losses that are shown hold and leave out."""
    half = " of (ŷ − y)², with no factor ½" if LOSSES[e.loss].is_quadratic else ""
    names = " and ".join(name.upper() for name in ("l1", "l2") if getattr(e, name))
    left_out = f"; the {names} penalty, which training lowers too, is not in it" if names else ""
    return f"the loss is the mean over the samples{half}{left_out}"


def _scarce(split: Split) -> None:
    """Warns of classes of which the training set holds next to nothing."""
    scarce = scarce_classes(split)
    if scarce:
        counts = join_words([f"{there} of the {count} samples of class {name}" for name, there, count in scarce])
        st.warning(
            f"The training set holds only {counts}: too few to learn from, and an average over all samples hardly shows it. "
            "Give training a larger share, or take more samples.", icon=":material/group_off:",
        )  # fmt: skip


def updates_done(run: Run, epochs: np.ndarray) -> int:
    """How many updates the run has made by the last of its frames 0 to F - 1, of which the epochs (F,) are given."""
    segments = run.segments[: run.segment_of(len(epochs) - 1) + 1]
    ends = [epochs[segment.start] for segment in segments[1:]] + [epochs[-1]]
    # A branch may leave in the middle of an epoch, where training diverged; its own epochs are whole ones from there.
    return round(sum(
        (end - int(epochs[segment.start])) * segment.experiment.updates_per_epoch
        for segment, end in zip(segments, ends, strict=True)
    ))


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
    sets = {name: attribute for name, attribute in SETS.items() if len(getattr(split, attribute))}
    default = "validation" if "validation" in sets else "training"
    return sets, default, choice(session, "answers", "str", default, sets)


def _answers(session: Session, settings: Experiment, split: Split, parameters: np.ndarray) -> None:
    sets, default, part = answers_set(session)
    st.segmented_control(
        "Answers on", list(sets), required=True, format_func=lambda name: f"{name} set",
        help="The training set is what the weights are fitted to; the validation set shows how it does on new points. The "
             "test set is sealed until it is opened, once per run.",
        **bind_choice(session, "answers", part, default),
    )
    if part == "test" and not test_seal(session):
        return
    X, y = (getattr(split, f"{letter}_{sets[part]}") for letter in "Xy")
    network = build_network(settings)
    network.parameters = parameters
    outputs = network.predict(X)
    dataset = split.dataset
    if settings.is_regression:
        spoken = f"Predicted against true {dataset.target_name} on the {part} set, and the residuals."
        st.html(residuals_picture(outputs[:, 0], y, dataset.target_name, spoken))
        return
    counts = confusion_matrix(y, predicted_labels(outputs, settings.output), dataset.n_classes)
    spoken = f"Confusion matrix on the {part} set: {np.trace(counts)} of {counts.sum()} right."
    st.html(confusion_table(counts, dataset.class_names, spoken))
