"""Counts at a snapshot: how many updates a run has had, and what the losses that are shown hold."""

import numpy as np
import streamlit as st

from nncore import LOSSES, Run
from nncore.experiments.experiment import Experiment


def updates_done(run: Run, epochs: np.ndarray) -> int:
    """How many updates the run has made by the last of its frames 0 to F - 1, of which the epochs (F,) are given."""
    segments = run.segments[: run.segment_of(len(epochs) - 1) + 1]
    ends = [epochs[segment.start] for segment in segments[1:]] + [epochs[-1]]
    # A branch may leave in the middle of an epoch, where training diverged; its own epochs are whole ones from there.
    return round(sum(
        (end - int(epochs[segment.start])) * segment.experiment.updates_per_epoch
        for segment, end in zip(segments, ends, strict=True)
    ))


def loss_words(e: Experiment) -> str:
    """What the losses that are shown hold and leave out."""
    half = " of (ŷ − y)², with no factor ½" if LOSSES[e.loss].is_quadratic else ""
    penalty = _penalty(e)
    left_out = f"; {penalty}, which training lowers too, is not in it" if penalty else ""
    return f"the loss is the mean over the samples{half}{left_out}"


def penalty_words(*settings: Experiment, is_in: bool = False) -> str:
    """That the losses beside these words are without the penalty of these `settings`, or that it `is_in` them.

    "" where none of them has one.
    """
    penalty = _penalty(*settings)
    if not penalty:
        return ""
    if is_in:
        return f"The loss here is what training lowers: that of the samples and {penalty} together."
    return f"The losses are without {penalty}, which training lowers too."


def note_penalty(*settings: Experiment, is_in: bool = False) -> None:
    """Writes `penalty_words` beside losses, where there is a penalty."""
    if words := penalty_words(*settings, is_in=is_in):
        st.caption(words)


def _penalty(*settings: Experiment) -> str:
    """What the penalties of these settings are called: "the L2 penalty", or ""."""
    names = [name.upper() for name in ("l1", "l2") if any(getattr(one, name) for one in settings)]
    return f"the {' and the '.join(names)} penalty" if names else ""
