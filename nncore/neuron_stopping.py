""""The weights hardly changed": a stop rule that fires rightly at a minimum, and wrongly on a plateau."""

from dataclasses import dataclass

import numpy as np

from nncore.neuron import Neuron
from nncore.neuron_data import make_points
from nncore.neuron_descent import BEYOND
from nncore.stopping import WeightChange
from nncore.training import Trainer

Array = np.ndarray


@dataclass(frozen=True)
class StopScene:
    """A descent on which the rule is tried: kind, points, first weights, learning rate and epochs."""

    kind: str
    points: str
    start: tuple[float, ...]
    learning_rate: float
    epochs: int


@dataclass(frozen=True)
class StopTrial:
    """Losses (E + 1,) and largest weight changes (E,) by epoch, as if nobody stopped, and where the rule fired.

    `stopped_epoch` is None and `text` empty if it never did; `share_left` is the part of the lowering of the loss over
    all epochs that was still to come at the stop, 0 to 1.
    """

    losses: Array
    changes: Array
    stopped_epoch: int | None
    text: str
    share_left: float


# At a minimum the gradient is nearly 0, and so it is far out on a sigmoid, where the neuron is as wrong as can be.
STOP_SCENES = {
    "rightly": StopScene("linear", "line", (-1.0, -2.0), 0.1, 120),
    "wrongly": StopScene("sigmoid_squared", "apart", (-7.0, 0.0), 0.3, 2500),
    "too slow": StopScene("linear", "line", (-1.0, -2.0), 2e-5, 2500),
}


def try_stop(scene: StopScene, tolerance: float) -> StopTrial:
    """Runs all epochs of `scene`, full batch, and notes where `WeightChange(tolerance)` would have ended it."""
    X, y = make_points(scene.points, len(scene.start) - 1)
    neuron, rule, stop, stopped = Neuron(scene.kind, scene.start), WeightChange(tolerance), None, None
    trainer = Trainer(neuron, X, y, learning_rate=scene.learning_rate, epoch_limit=scene.epochs + 1)
    states = [neuron.parameters.copy()]
    for _ in range(scene.epochs):
        trainer.run_epoch()
        if trainer.stopped is not None or np.abs(neuron.parameters).max() > BEYOND:
            break
        if stop is None:
            stop = rule.check(trainer, states[-1])
            stopped = trainer.epoch if stop else None
        states.append(neuron.parameters.copy())
    path = np.array(states)
    losses = np.asarray(Neuron(scene.kind, path).loss(X, y))
    changes = np.abs(np.diff(path, axis=0)).max(axis=1)
    return StopTrial(losses, changes, stopped, stop.text if stop else "", _share_left(losses, stopped))


def _share_left(losses: Array, stopped: int | None) -> float:
    fall = float(losses[0] - losses.min())
    if stopped is None or fall <= 0:
        return 0.0
    return float(losses[stopped] - losses[stopped:].min()) / fall
