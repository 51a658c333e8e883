"""Counts at a snapshot: how many updates a run has had, and what the losses that are shown hold."""

import numpy as np

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
    names = " and ".join(name.upper() for name in ("l1", "l2") if getattr(e, name))
    left_out = f"; the {names} penalty, which training lowers too, is not in it" if names else ""
    return f"the loss is the mean over the samples{half}{left_out}"
