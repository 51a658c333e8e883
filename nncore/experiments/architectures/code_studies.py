"""What an autoencoder's error is worth: beside principal components, by the size of its code, on a class it never saw.

Both studies are recorded trainings of which each frame is one more network, trained to its end.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from nncore.arguments import array, check_fields, checked, kind_of, number, whole
from nncore.cache import cached
from nncore.experiments.architectures.code_run import SCORED, CodeRun
from nncore.experiments.architectures.principal import LinearEnd, expected_passes, linear_end_in_pieces, principal_errors
from nncore.experiments.recording.recording import record_all
from nncore.training.lbfgs import MEMORY

Array = np.ndarray

STARTS = 3
# Of a pass of a linear network over the data, of each input in it, and of each weight.
PASS_SECONDS, INPUT_SECONDS, WEIGHT_SECONDS = 3.6e-4, 2e-6, 2e-8
CODES = (1, 2, 4, 8, 16, 32, 64)


@dataclass(frozen=True)
class LinearEnds:
    """Linear autoencoders of the data and the code of `run`, trained from STARTS starts to where each ends."""

    run: CodeRun

    def __post_init__(self):
        check_fields(self, run=kind_of(CodeRun))

    @property
    def n_frames(self) -> int:
        """One for each start, and one before."""
        return STARTS + 1

    @property
    def n_bytes(self) -> int:
        """Memory that it takes at its height, in bytes."""
        n_rows, D = self.run.samples().X.shape
        # Copies of the data for their principal components, and the steps that the descent remembers.
        return 8 * (6 * n_rows * D + 2 * (MEMORY + 5) * self._n_parameters)

    @property
    def seconds(self) -> float:
        """Time that it takes, by a model, in seconds."""
        passes = cached(_passes, self.run, n_bytes=100)
        D = self.run.samples().X.shape[1]
        return STARTS * passes * (PASS_SECONDS + INPUT_SECONDS * D + WEIGHT_SECONDS * self._n_parameters)

    @property
    def _n_parameters(self) -> int:
        D = self.run.samples().X.shape[1]
        d = min(self.run.code, D)
        return 2 * D * d + D + d

    def record(self) -> Iterator[tuple[LinearEnd, ...] | None]:
        """The ends as they are reached; None after every pass over the data between."""
        X, ends = self.run.samples().X, ()
        yield ends
        for seed in range(STARTS):
            for found in linear_end_in_pieces(X, min(self.run.code, *X.shape), seed):
                ends += () if found is None else (found,)
                yield None if found is None else ends


def _passes(run: CodeRun) -> float:
    """Passes over the data of `run` that one of its linear ends is expected to take."""
    X = run.samples().X
    return expected_passes(X, min(run.code, *X.shape))


class CodeScore(NamedTuple):
    """A code of d numbers: the squared error left in training and on held-out samples, and what d principal components
    leave in training."""

    d: int
    training: float
    held_out: float
    principal: float


@dataclass(frozen=True)
class Bottlenecks:
    """The autoencoder of `run` with one code after the other, from one number to as many as there are inputs."""

    run: CodeRun

    def __post_init__(self):
        check_fields(self, run=kind_of(CodeRun))

    @property
    def codes(self) -> tuple[int, ...]:
        """The sizes of the code; the last one is no bottleneck."""
        D = self.run.samples().X.shape[1]
        return (*(d for d in CODES if d < D), D)

    @property
    def n_frames(self) -> int:
        """One for each size, and one before."""
        return len(self.codes) + 1

    @property
    def n_bytes(self) -> int:
        """Memory that it takes at its height, in bytes."""
        return replace(self.run, code=self.codes[-1], damage="none").n_bytes

    @property
    def seconds(self) -> float:
        """Time that it takes, by a model, in seconds."""
        return sum(replace(self.run, code=d, damage="none").seconds for d in self.codes)

    def record(self) -> Iterator[tuple[CodeScore, ...] | None]:
        """The scores as they come, after each training to its end."""
        scores, principal = (), principal_errors(self.run.samples().X[:SCORED])
        yield scores
        for d in self.codes:
            recording = None
            for found in replace(self.run, code=d, damage="none").record():
                recording = found or recording
                yield None
            scores += (CodeScore(d, *map(float, recording.scores[-1]), float(principal[d])),)
            yield scores


@checked(run=kind_of(CodeRun))
def trained_parameters(run: CodeRun) -> Array:
    """The parameters (P,) of `run` at its end, trained here and now."""
    return record_all(run).parameters[-1]


@checked(known=array("N"), unseen=array("M"), bins=whole(2, 1000))
def overlap(known: Array, unseen: Array, bins: int = 30) -> float:
    """The share that two histograms have in common, from 0 (apart) to 1 (the same): the sum over bins of the smaller share.

    Both have the same `bins`, from the least value to the largest of `known` (N,) and `unseen` (M,).
    """
    both = np.concatenate([known, unseen])
    edges = np.linspace(both.min(), both.max(), bins + 1)
    shares = [np.histogram(values, edges)[0] / len(values) for values in (known, unseen)]
    return float(np.minimum(*shares).sum())


@checked(known=array("N"), unseen=array("M"))
def pairs_in_order(known: Array, unseen: Array) -> float:
    """Of all pairs of a known sample and an unseen one the share in which the unseen has the larger error; ties count half.

    It is the area under the ROC curve (Hanley and McNeil, 1982): 0.5 is no better than chance.
    """
    ordered = np.sort(known)
    below = np.searchsorted(ordered, unseen, "left") + np.searchsorted(ordered, unseen, "right")
    return float(below.mean() / (2 * len(known)))


@checked(known=array("N"), unseen=array("M"), ordered=number(0, 1))
def order_interval(known: Array, unseen: Array, ordered: float) -> tuple[float, float]:
    """The 95 % interval (low, high) of the share that `pairs_in_order` gives, from how much it depends on each sample.

    The spread of each sample's own share, among the known and among the unseen, gives the variance (DeLong, DeLong and
    Clarke-Pearson, 1988). Where all pairs are ordered alike the
    variance is 0; half a sample of the smaller group then stands for what has not been seen.
    """
    above = (unseen[:, None] > known).astype(float) + 0.5 * (unseen[:, None] == known)
    variance = float(above.mean(axis=1).var() / len(unseen) + above.mean(axis=0).var() / len(known))
    half = 1.96 * max(variance, 0.25 / (min(len(known), len(unseen)) + 1) ** 2) ** 0.5
    return max(0.0, ordered - half), min(1.0, ordered + half)
