"""Learning curves: training and validation loss against the length of training, the width, and the number of samples.

Where the two part, the network learns its samples by heart. Longer training and more weights push them apart; more samples
bring them together.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from nncore.arguments import check_fields, each, one_of, set_fields, whole
from nncore.checks import require_kind
from nncore.evaluation.intervals import interval_of
from nncore.evaluation.together import Recipe, Together, together_bytes
from nncore.experiments.experiment import Experiment, build_network, build_split
from nncore.experiments.stacks import mean_losses, stack
from nncore.handed_out import handed_out

Array = np.ndarray

AXES = {"epochs": (0, 5, 10, 20, 50, 100, 200, 400), "width": (1, 2, 4, 8, 16, 32), "samples": (10, 20, 40, 80, 160)}
MOST_PLACES, MOST_STARTS, MOST_EPOCHS = 12, 20, 2000


@dataclass(frozen=True)
class LearningCurve:
    """What is measured: both losses at the `places` of one axis (see `AXES`), from `starts` first weights each.

    `samples` are those of the training set, the first of it. A recorded training with a frame for each place. Raises
    ValueError out of range.
    """

    experiment: Experiment
    along: str = "samples"
    places: tuple[int, ...] = AXES["samples"]
    epochs: int = 200
    starts: int = 5

    def __post_init__(self):
        require_kind("experiment", self.experiment, Experiment)
        check_fields(self, along=one_of(AXES), epochs=whole(1, MOST_EPOCHS), starts=whole(1, MOST_STARTS))
        low, high = {"epochs": (0, MOST_EPOCHS), "width": (1, 64), "samples": (1, None)}[self.along]
        check_fields(self, places=each(whole(low, high), 2, MOST_PLACES))
        split = build_split(self.experiment)
        if not len(split.validation):
            raise ValueError("validation must be above 0 percent, got a split without a validation set")
        if self.along == "samples" and max(self.places) > len(split.train):
            raise ValueError(f"places must be at most {len(split.train)} training samples, got {max(self.places)}")
        set_fields(self, places=tuple(sorted(set(self.places))), experiment=self.experiment.without_stop_rule())

    @property
    def n_frames(self) -> int:
        """Frames of the whole recording."""
        return max(2, len(self.places))

    @property
    def n_bytes(self) -> int:
        """Memory that it takes at its height, in bytes."""
        places, judged = [self._at(place) for place in self.places], len(build_split(self.experiment).validation)
        return 200_000 + max(together_bytes(e, self.starts, max(rows, judged)) for e, rows, _ in places)

    def record(self) -> Iterator["CurveOutcome | None"]:
        """The losses so far, after every place."""
        losses, split = [], build_split(self.experiment)
        for place in self.places:
            e, rows, epochs = self._at(place)
            network = stack(e, build_network(e, self.starts).parameters)
            recipe = Recipe(epochs, e.optimizer, e.batch_size, e.batch_seed, e.schedule)
            X, y = split.X_train[:rows], split.y_train[:rows]
            yield from Together(network, X, y, recipe, e.learning_rate, (e.l1, e.l2)).train()
            losses.append([mean_losses(network, X, y), mean_losses(network, split.X_validation, split.y_validation)])
            yield CurveOutcome(self, np.array(losses))

    def _at(self, place: int) -> tuple[Experiment, int, int]:
        """Experiment, training samples and epochs at a place."""
        e, rows = self.experiment, len(build_split(self.experiment).train)
        if self.along == "width":
            e = e.with_changes(hidden=(place,) * max(1, len(e.hidden)))
        return e, place if self.along == "samples" else rows, place if self.along == "epochs" else self.epochs


@handed_out
@dataclass(frozen=True, eq=False)
class CurveOutcome:
    """Training and validation losses (places so far, 2, starts)."""

    curve: LearningCurve
    losses: Array

    @property
    def n_bytes(self) -> int:
        """Memory that is held, in bytes."""
        return self.losses.nbytes

    @property
    def means(self) -> Array:
        """Mean losses (places so far, 2) over the starts; nan where one diverged."""
        return self.losses.mean(axis=2)

    @property
    def gap(self) -> Array:
        """Mean, low and high end (places so far, 3) of validation minus training loss, over the starts."""
        gaps = self.losses[:, 1] - self.losses[:, 0]
        return np.array([interval_of(row) if np.isfinite(row).all() else (np.nan,) * 3 for row in gaps])
