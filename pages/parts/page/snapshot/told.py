"""Everything that is said of a run at a snapshot: what happened, why it stopped, and what is wrong with it."""

from dataclasses import dataclass

import numpy as np

from nncore import Run
from nncore.data.splits import Split, scarce_classes
from nncore.experiments.experiment import build_split
from nncore.inspection.diagnosis import Finding, diagnose
from nncore.inspection.unit_health import join_words
from nncore.training.stopping import Stop
from pages.parts.fields.labels import class_words
from pages.parts.fields.numbers import counted
from pages.parts.page.server import chunk_store
from pages.parts.page.snapshot.story import story


@dataclass(frozen=True, eq=False)
class Told:
    """`epochs` (F,) and `scores` (F, 4) up to the snapshot, and what they say.

    `happened` is one sentence, `stop` the rule that fired, `scarce` a warning of classes that hardly train or "", and
    `findings` are what the diagnosis says besides.
    """

    epochs: np.ndarray
    scores: np.ndarray
    happened: str
    stop: Stop | None
    scarce: str
    findings: list[Finding]

    @property
    def stopped(self) -> str:
        """Why training ended, or ""; what to do about it is said once, by the diagnosis where that has found a cause."""
        return "" if self.stop is None else self.stop.text if self.findings else self.stop.whole


def told(run: Run, frame: int) -> Told:
    """What is said of `run` at its snapshot `frame`."""
    store, settings = chunk_store(), run.prefix(run.segment_of(frame)).settings
    epochs, scores, stop = store.scores(run, frame)
    findings = diagnose(settings, store.frame(run, frame), scores, epochs, stop)
    scarce = scarce_words(build_split(run.experiment))
    diverged = stop is not None and stop.rule == "divergence"
    return Told(epochs, scores, story(run, frame, epochs, scores, diverged), stop, scarce, findings)


def scarce_words(split: Split) -> str:
    """A warning of classes of which the training set holds next to nothing, or all there is; "" where there is none."""
    scarce = scarce_classes(split)
    split_up = [f"{there} of the {count} samples of {class_words(name)}" for name, there, count in scarce if there < count]
    said = [
        f"The training set holds only {join_words(split_up)}: too few to learn from, and an average over all samples hardly "
        "shows it. Give training a larger share, or take more samples."
    ] if split_up else []  # fmt: skip
    if whole := [f"{counted(count, 'sample')} of {class_words(name)}" for name, there, count in scarce if there == count]:
        said.append(f"There is only {join_words(whole)} in all, and training has it: too little to learn from, and none is "
                    "left that a score could be measured on. Only more samples help.")  # fmt: skip
    return " ".join(said)
