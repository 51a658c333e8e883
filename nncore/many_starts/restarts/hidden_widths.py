"""Hidden widths compared: how many of several starts succeed with each number of hidden neurons.

A rule of thumb says that a hidden layer should have two thirds of the inputs and outputs together. How much that is worth
for one task can be counted.
"""

from collections.abc import Sequence

import numpy as np

from nncore.arguments import checked, each, kind_of, number, whole
from nncore.experiments.experiment import Experiment
from nncore.experiments.recording.recording import record_all
from nncore.many_starts.restarts.restarts import MAX_EPOCHS, MAX_STARTS, Restarts

MAX_WIDTH = 64


@checked(inputs=whole(1, 10**12), outputs=whole(1, 10**12))
def width_by_rule(inputs: int, outputs: int) -> int:
    """The number of hidden neurons by the rule of thumb: two thirds of the inputs plus the outputs, rounded, at least 1."""
    return max(1, round(2 * (inputs + outputs) / 3))


@checked(
    experiment=kind_of(Experiment), widths=each(whole(1, MAX_WIDTH), 1), starts=whole(1, MAX_STARTS),
    epochs=whole(1, MAX_EPOCHS), threshold=number(0),
)  # fmt: skip
def success_by_width(
    experiment: Experiment, widths: Sequence[int], starts: int, epochs: int, threshold: float
) -> np.ndarray:
    """How many of `starts` starts end at or below the loss `threshold` with one hidden layer of each width, int (W,)."""
    outcomes = map(record_all, plans_by_width(experiment, widths, starts, epochs))
    return np.array([int((outcome.final_losses <= threshold).sum()) for outcome in outcomes])


@checked(
    experiment=kind_of(Experiment), widths=each(whole(1, MAX_WIDTH), 1), starts=whole(1, MAX_STARTS),
    epochs=whole(1, MAX_EPOCHS),
)  # fmt: skip
def plans_by_width(experiment: Experiment, widths: Sequence[int], starts: int, epochs: int) -> list[Restarts]:
    """The same starts with one hidden layer of each width."""
    activation = experiment.activation[:1] or ("tanh",)
    return [Restarts(experiment.with_changes(hidden=(width,), activation=activation), starts, epochs) for width in widths]
