"""Stop rules: when training is over.

Nothing in gradient descent says that it is done. Each rule here is a guess, and each can be wrong: on a plateau, with
dead neurons or with a tiny learning rate the weights hardly change either. A rule looks once after every epoch.
"""

from dataclasses import dataclass, field
from math import inf
from typing import ClassVar, NamedTuple, Protocol

import numpy as np

from nncore.arguments import array, check_fields, checked, kind_of, model, number, rows, text, whole
from nncore.checks import LARGEST, require_array, require_kind, require_number, require_whole, shown
from nncore.models.protocol import Model

Array = np.ndarray


@dataclass(frozen=True)
class Stop:
    """Why training ended: the `rule`'s name, what happened as `text` for the person, and `advice` against it, if any."""

    rule: str
    text: str
    advice: str = ""

    def __post_init__(self):
        check_fields(self, rule=text, text=text, advice=text)

    @property
    def whole(self) -> str:
        """What happened and what to do, for a place where nothing else advises."""
        return f"{self.text} {self.advice}".strip()


def epoch_number(epoch: float) -> float:
    """An epoch as a sentence says it: whole, or with two decimals where a branch left between two of them."""
    return int(epoch) if float(epoch).is_integer() else round(float(epoch), 2)


class EpochEnd(NamedTuple):
    """What a rule is shown after an epoch: the model, its training set X (N, D), y, and its parameters `before` it (P,).

    `epoch` counts the epochs of this training, `epochs_before` those of the run that lie before it.
    """

    model: Model
    X: Array
    y: Array
    before: Array
    epoch: int
    epochs_before: float = 0

    @property
    def total_epochs(self) -> float:
        """The epoch as a person counts it: since the run's first weights."""
        return self.epochs_before + self.epoch


def epoch_end(name: str, value: object, sizes: object) -> EpochEnd:
    """An `EpochEnd` of a model and of parameters of its shape, as it is: a rule for arguments."""
    end = require_kind(name, value, EpochEnd)
    parameters = model(f"{name}.model", end.model, {}).parameters
    require_array(f"{name}.before", end.before, *parameters.shape, limit=LARGEST)
    require_whole(f"{name}.epoch", end.epoch, 0)
    require_number(f"{name}.epochs_before", end.epochs_before, 0)
    return end


class StopRule(Protocol):
    """A rule keeps all it remembers between epochs in `state`."""

    state: dict[str, float]

    def check(self, end: EpochEnd) -> Stop | None:
        """A Stop when training should end with this epoch."""
        ...


@dataclass
class _WithTolerance:
    """A rule that stops as soon as something falls below its `tolerance`."""

    watches_loss: ClassVar[bool] = False
    tolerance: float = 1e-4
    state: dict[str, float] = field(default_factory=dict)

    def __post_init__(self):
        check_fields(self, tolerance=number(0), state=kind_of(dict))


def _below(value: float, tolerance: float) -> str:
    """`value` with two digits, or with as many as show that it lies below the tolerance."""
    texts = (f"{value:.{digits}g}" for digits in range(2, 17))
    return next((text for text in texts if float(text) < tolerance), repr(value))


def _loss_text(loss: float) -> str:
    """A loss with four decimals; a small one with four digits, as 0.0000 would say that there is none."""
    return f"{loss:.4g}" if 0 < abs(loss) < 1e-3 else f"{loss:.4f}"


@dataclass
class WeightChange(_WithTolerance):
    """Stops when no parameter moved by more than `tolerance` in an epoch."""

    label: ClassVar[str] = "weights hardly change"

    @checked(end=epoch_end)
    def check(self, end: EpochEnd) -> Stop | None:
        """A Stop when the largest change is below the tolerance."""
        return self.judge(float(np.abs(end.model.parameters - end.before).max()), end.total_epochs)

    @checked(change=number(0, inf), epoch=number(0))
    def judge(self, change: float, epoch: float) -> Stop | None:
        """A Stop when the largest `change` of a parameter in `epoch` (from 1) is below the tolerance."""
        if change >= self.tolerance:
            return None
        return Stop(
            "weight_change",
            f"The weights hardly changed: at most {_below(change, self.tolerance)} in epoch {epoch_number(epoch)}, "
            f"below the tolerance {self.tolerance:g}. That can also be a plateau or a small learning rate.",
        )


@dataclass
class SmallGradient(_WithTolerance):
    """Stops when the gradient's length on the whole training set is below `tolerance`."""

    label: ClassVar[str] = "gradient nearly 0"

    @checked(end=epoch_end)
    def check(self, end: EpochEnd) -> Stop | None:
        """A Stop when the gradient is shorter than the tolerance."""
        length = float(np.linalg.norm(end.model.loss_and_gradient(end.X, end.y)[1]))
        if length >= self.tolerance:
            return None
        return Stop(
            "small_gradient",
            f"The gradient's length is {_below(length, self.tolerance)} in epoch {epoch_number(end.total_epochs)}, "
            f"below the tolerance {self.tolerance:g}: a minimum, a saddle or a plateau.",
        )


@dataclass
class Patience:
    """Stops when the loss on a set (N, D), (N,) has not improved for `patience` epochs (early stopping).

    The loss before the first epoch counts too, as that of epoch 0. `watched` is what the set is called: "validation", or
    "training" where there is no other.
    """

    label: ClassVar[str] = "validation loss stops improving"
    watches_loss: ClassVar[bool] = True
    X: Array
    y: Array
    patience: int = 50
    watched: str = "validation"
    state: dict[str, float] = field(default_factory=lambda: {"best": float("inf"), "best_epoch": 0.0})

    def __post_init__(self):
        check_fields(self, X=array("N", "D"), y=rows, patience=whole(1), watched=text, state=kind_of(dict))

    @checked(end=epoch_end)
    def check(self, end: EpochEnd) -> Stop | None:
        """A Stop when the best loss lies `patience` epochs back."""
        if self.state["best"] == float("inf"):
            self.state = {"best": self._loss_before(end), "best_epoch": float(end.epoch - 1)}
        loss = end.model.data_loss(self.X, self.y)
        if loss < self.state["best"]:
            self.state = {"best": loss, "best_epoch": float(end.epoch)}
        if end.epoch - self.state["best_epoch"] < self.patience:
            return None
        waited = "1 epoch" if self.patience == 1 else f"{self.patience} epochs"
        return Stop(
            "patience",
            f"The {self.watched} loss has not improved for {waited}: its best, {_loss_text(self.state['best'])}, "
            f"was in epoch {epoch_number(end.epochs_before + self.state['best_epoch'])} (early stopping).",
        )

    def _loss_before(self, end: EpochEnd) -> float:
        """The watched loss as it was when the epoch began; the model is left as it is."""
        parameters = end.model.parameters
        now = parameters.copy()
        parameters[...] = end.before
        try:
            return end.model.data_loss(self.X, self.y)
        finally:
            parameters[...] = now


# Classes, of which those that watch a loss are made from a set and a patience, the others from a tolerance.
STOP_RULES = {"none": None, "weight_change": WeightChange, "small_gradient": SmallGradient, "patience": Patience}


def require_rule(rule: StopRule | None, model: Model) -> None:
    """Raises ValueError unless `rule` is a stop rule, or None, that can judge the `model`: one network, no stack of runs."""
    if rule is not None and not callable(getattr(rule, "check", None)):
        raise ValueError(f"rule must be a stop rule or None, got {shown(rule)}")
    if rule is not None and model.parameters.ndim > 1:
        raise ValueError(f"rule must be None for a stack of runs, got {type(rule).__name__}")
