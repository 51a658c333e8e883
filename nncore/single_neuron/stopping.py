""""The weights hardly changed": a stop rule that is right at a minimum and wrong on a plateau."""

from dataclasses import dataclass

import numpy as np

from nncore.arguments import array, check_fields, checked, each, kind_of, number, one_of, positive, whole
from nncore.cache import cached
from nncore.checks import require_array
from nncore.handed_out import handed_out
from nncore.single_neuron.data import POINTS, make_points
from nncore.single_neuron.descent import BEYOND, NeuronSetup, Path, compare_rates
from nncore.single_neuron.kinds import NEURONS
from nncore.single_neuron.neuron import Neuron
from nncore.training.stopping import WeightChange
from nncore.training.trainer import Trainer

Array = np.ndarray

FURTHER_STEPS, FURTHER_RATES = 1000, (0.1, 1.0, 10.0)


@dataclass(frozen=True)
class StopScene:
    """A descent on which the rule is tried: kind, points, first weights, learning rate and epochs."""

    kind: str
    points: str
    start: tuple[float, ...]
    learning_rate: float
    epochs: int

    def __post_init__(self) -> None:
        check_fields(self, kind=one_of(NEURONS), points=one_of(POINTS), start=each(number(), 2), learning_rate=positive(),
                     epochs=whole(1, 100_000))  # fmt: skip


@handed_out
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


def _descend(scene: StopScene) -> tuple[Array, Array]:
    """Losses (E + 1,) and largest weight changes (E,) by epoch, full batch; fewer where the weights diverge."""
    X, y = make_points(scene.points, len(scene.start) - 1)
    neuron = Neuron(scene.kind, scene.start)
    trainer = Trainer(neuron, X, y, learning_rate=scene.learning_rate, epoch_limit=scene.epochs + 1)
    states = [neuron.parameters.copy()]
    for _ in range(scene.epochs):
        trainer.run_epoch()
        if trainer.stopped is not None or np.abs(neuron.parameters).max() > BEYOND:
            break
        states.append(neuron.parameters.copy())
    path = np.array(states)
    losses, changes = np.asarray(Neuron(scene.kind, path).loss(X, y)), np.abs(np.diff(path, axis=0)).max(axis=1)
    for shared in (losses, changes):
        shared.setflags(write=False)
    return losses, changes


@checked(scene=kind_of(StopScene), tolerance=number(0))
def try_stop(scene: StopScene, tolerance: float) -> StopTrial:
    """Where `WeightChange(tolerance)` would have ended the epochs of `scene`, which are run once for all tolerances."""
    losses, changes = cached(_descend, scene, n_bytes=16 * scene.epochs)
    rule = WeightChange(tolerance)
    stops = (rule.judge(float(change), epoch) for epoch, change in enumerate(changes, 1))
    epoch, stop = next(((epoch, stop) for epoch, stop in enumerate(stops, 1) if stop), (None, None))
    return StopTrial(losses, changes, epoch, stop.text if stop else "", _share_left(losses, epoch))


def _share_left(losses: Array, stopped: int | None) -> float:
    fall = float(losses[0] - losses.min())
    if stopped is None or fall <= 0:
        return 0.0
    return float(losses[stopped] - losses[stopped:].min()) / fall


@handed_out
@dataclass(frozen=True)
class Stopped:
    """What the rule would have done on a path: the step (from 1) after which it fired, or None, and how things stood.

    `change` is the largest change of a parameter in that step, in the smallest step where it never fired. The rest is
    as of the stop, or of the end: `loss` and `slope` on the batch (the largest entry of its gradient in size), the
    step's `rate`, and its `sample` (from 0; -1 for the batch).
    """

    fired: int | None
    change: float
    loss: float
    slope: float
    rate: float
    sample: int


@checked(path=kind_of(Path), setup=kind_of(NeuronSetup), tolerance=number(0))
def stop_on(path: Path, setup: NeuronSetup, tolerance: float) -> Stopped:
    """The first step of `path` that moved no parameter by as much as `tolerance`. It must have a step."""
    if len(path.parameters) < 2:
        raise ValueError("path must have at least one step, got none")
    changes = np.abs(np.diff(path.parameters, axis=0)).max(axis=1)
    small = np.flatnonzero(changes < tolerance)
    at = int(small[0]) if len(small) else len(changes) - 1
    X, y = make_points(setup.points, setup.n_inputs, setup.draw)
    gradient = Neuron(setup.kind, path.parameters[at + 1]).gradient(X, y)
    return Stopped(
        at + 1 if len(small) else None, float(changes[at] if len(small) else changes.min()), float(path.losses[at + 1]),
        float(np.abs(gradient).max()), float(path.rates[at]), int(path.samples[at]),
    )  # fmt: skip


@checked(setup=kind_of(NeuronSetup), parameters=array("P"))
def lowest_found(setup: NeuronSetup, parameters: Array) -> float:
    """The lowest batch loss that `FURTHER_STEPS` steps find from `parameters` (P,) and from 0, at each `FURTHER_RATES`.

    Where no other method solves the problem, this is what there is to compare with. On a plateau going on may not be
    enough; near weights of 0 an activation is steep.
    """
    X, y = make_points(setup.points, setup.n_inputs, setup.draw)
    require_array("parameters", parameters, setup.n_inputs + 1)
    rates = np.outer(np.tile(FURTHER_RATES, 2), np.ones(FURTHER_STEPS))
    starts = np.repeat([parameters, np.zeros(setup.n_inputs + 1)], len(FURTHER_RATES), axis=0)
    return float(compare_rates(Neuron(setup.kind, starts), X, y, rates).min())


@checked(first=number(), loss=number(), best=number())
def share_left(first: float, loss: float, best: float) -> float:
    """The part of the way from the `first` loss down to the `best` that is still to come at `loss`; at least 0."""
    return max(0.0, loss - best) / (first - best) if first > best else 0.0
