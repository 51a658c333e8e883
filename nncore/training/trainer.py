"""Training: show the data, follow the gradient, repeat.

A Trainer takes a model with `parameters` and `loss_and_gradient`, a training set and an optimizer, and runs epochs or
single updates. It is deterministic: where the work is cut makes no difference to the result.
"""

import time
from copy import copy
from dataclasses import dataclass
from typing import Any

import numpy as np

from nncore.checks import require_number, require_one_of, require_whole
from nncore.data.batching import batch_slices, epoch_order
from nncore.models.protocol import Model
from nncore.training.optimizers import OPTIMIZERS, SCHEDULES, Optimizer
from nncore.training.stopping import EpochEnd, Stop, StopRule

Array = np.ndarray

COSINE_EPOCHS = 1000
SAFE = 1e12  # squared length of the parameters: below it not even 20 layers lead to a loss that overflows


@dataclass(frozen=True)
class TrainerState:
    """Everything that decides how training goes on, as copies that nobody else holds."""

    parameters: Array
    optimizer: dict[str, Array]
    generator: dict[str, Any]
    rule: dict[str, float]
    epoch: int
    updates: int
    diverged: bool | Array = False


class Trainer:
    """Trains `model` on X (N, D), y by `optimizer`, a name or an object of its own settings.

    `batch_size=None` is full batch, 1 is stochastic. `epoch_limit=None` sets no limit; the cosine then comes to 0 after
    COSINE_EPOCHS. An optimizer object is copied: its settings count, and what it remembers is the trainer's own. A `rule`
    judges one network, not a stack of runs. `stopped` is None until training has ended, then a `Stop` that
    says why; `diverged` marks runs (bool, or (R,)) that stay at their last finite parameters. Raises ValueError for
    settings out of range.
    """

    def __init__(
        self,
        network: Model,
        X: Array,
        y: Array,
        optimizer: str | Optimizer = "sgd",
        learning_rate: float = 0.1,
        batch_size: int | None = None,
        seed: int = 0,
        schedule: str = "constant",
        epoch_limit: int | None = None,
        rule: StopRule | None = None,
    ):
        if require_number("learning_rate", learning_rate, 0) == 0:
            raise ValueError(f"learning_rate must be above 0, got {learning_rate}")
        if batch_size is not None:
            require_whole("batch_size", batch_size, 1)
        if epoch_limit is not None:
            require_whole("epoch_limit", epoch_limit, 0)
        require_whole("seed", seed, 0)
        require_one_of("schedule", schedule, SCHEDULES)
        if not isinstance(optimizer, Optimizer):
            require_one_of("optimizer", optimizer, OPTIMIZERS)
        X, y = np.asarray(X), np.asarray(y)
        if X.ndim == 0 or y.ndim == 0 or len(X) == 0 or len(X) != len(y):
            rows = " and ".join(str(len(values) if values.ndim else values[()]) for values in (X, y))
            raise ValueError(f"X and y must have the same number of rows, at least 1, got {rows}")
        if rule is not None and network.parameters.ndim > 1:
            raise ValueError(f"rule must be None for a stack of runs, got {type(rule).__name__}")
        self.model, self.X, self.y = network, X, y
        self.optimizer = OPTIMIZERS[optimizer]() if isinstance(optimizer, str) else copy(optimizer)
        self.learning_rate, self.batch_size, self.schedule = learning_rate, batch_size, schedule
        self.epoch_limit, self.rule = epoch_limit, rule
        self.epoch = self.updates = 0
        self.epochs_before = 0  # epochs of the run that lie before this trainer's first, for what is said to people
        self.limit_text = "The epoch limit of {epoch:,} is reached."
        self.stopped: Stop | None = None
        self.diverged: bool | Array = np.zeros(network.parameters.shape[:-1], dtype=bool)[()]
        self._generator = np.random.default_rng(seed)
        self.optimizer.start(network.parameters)
        self._batches = network.bind(X, y, batch_size) if hasattr(network, "bind") else _Batches(self)
        self._kept = network.parameters.copy()
        self._next_update = 0

    @property
    def updates_per_epoch(self) -> int:
        """How many updates one epoch makes."""
        return self._batches.n_updates

    @property
    def current_learning_rate(self) -> float:
        """The learning rate of this epoch, after the schedule."""
        limit = COSINE_EPOCHS if self.epoch_limit is None else self.epoch_limit
        return self.learning_rate * float(SCHEDULES[self.schedule](self.epoch, limit))

    @property
    def total_epochs(self) -> int:
        """The epoch as a person counts it: since the run's first weights."""
        return self.epochs_before + self.epoch

    def run_update(self) -> None:
        """Makes one update; the last of an epoch ends it."""
        self.run_updates(1)

    def run_epoch(self) -> None:
        """Runs to the end of the current epoch."""
        self.run_updates(self.updates_per_epoch)

    def advance(self, epochs: int | None = None, seconds: float | None = None) -> None:
        """Runs `epochs` epochs, or as many as begin within `seconds`, or until training stops."""
        if epochs is None and seconds is None:
            raise ValueError("advance needs epochs or seconds, got neither")
        if epochs is not None:
            require_whole("epochs", epochs, 0)
        if seconds is not None:
            require_number("seconds", seconds, 0, float("inf"))
        end_epoch = self.epoch + epochs if epochs is not None else float("inf")
        end_time = time.perf_counter() + seconds if seconds is not None else float("inf")
        while self.stopped is None and self.epoch < end_epoch and time.perf_counter() < end_time:
            self.run_epoch()

    def run_updates(self, n_updates: int) -> None:
        """Makes `n_updates` updates, or as many as are left of the current epoch; of 0, nothing is done."""
        if n_updates < 1:
            return
        if self.stopped is None and self._is_at_limit:  # a limit that lies before the first epoch
            self._stop_at_limit()
        if self.stopped is not None:
            return
        if self._next_update == 0:
            self._kept[...] = self.model.parameters
            self._batches.start_epoch(epoch_order(self._generator, len(self.X), self.batch_size))
        # As a 0-d array, which ufuncs take faster than a number.
        rate, begin = np.array(self.current_learning_rate), self._next_update
        end = min(begin + n_updates, self.updates_per_epoch)
        step, gradient, parameters = self.optimizer.step, self._batches.gradient, self.model.parameters
        # Numbers may overflow on the way to divergence; _hold_diverged deals with what comes of it.
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            for update in range(begin, end):
                step(parameters, gradient(update), rate)
            self._hold_diverged()
        self.updates += end - begin
        self._next_update = end % self.updates_per_epoch
        if self._next_update == 0 and self.stopped is None:
            self.epoch += 1
            self._apply_rules()

    def _hold_diverged(self) -> None:
        """Puts diverged runs back to where this epoch began; training stops when none is left."""
        parameters = self.model.parameters
        # Below SAFE every number is finite, and so is the loss; nan is not below. `all` as a method is the cheap one.
        is_safe = np.vecdot(parameters, parameters) < SAFE
        if is_safe.all() and not self.diverged.any():
            return
        if not (is_safe | self.diverged).all():
            finite = np.isfinite(parameters).all(axis=-1) & np.isfinite(self.model.loss_and_gradient(self.X, self.y)[0])
            self.diverged = self.diverged | ~finite
        parameters[...] = np.where(np.expand_dims(self.diverged, -1), self._kept, parameters)
        if self.diverged.all():
            self.stop_diverged(self.total_epochs + 1)

    def stop_diverged(self, epoch: int) -> None:
        """Ends training because in `epoch` the loss or a parameter was no longer a finite number."""
        self.stopped = Stop(
            "divergence",
            f"Training diverged in epoch {epoch}: the numbers grew beyond all bounds. The last finite state "
            f"is kept. Turn the learning rate down from {self.learning_rate:g}.",
        )

    def _apply_rules(self) -> None:
        if self.rule is not None:
            # The numbers may be about to diverge: a rule then sees an infinite loss, which is none of its business.
            with np.errstate(over="ignore", invalid="ignore"):
                end = EpochEnd(self.model, self.X, self.y, self._kept, self.epoch, self.epochs_before)
                self.stopped = self.rule.check(end)
        if self.stopped is None and self._is_at_limit:
            self._stop_at_limit()

    @property
    def _is_at_limit(self) -> bool:
        return self.epoch_limit is not None and self.epoch >= self.epoch_limit

    def _stop_at_limit(self) -> None:
        self.stopped = Stop("epoch_limit", self.limit_text.format(epoch=self.epochs_before + self.epoch_limit))

    def state(self) -> TrainerState:
        """A copy of everything that decides how training goes on. Only between epochs."""
        return TrainerState(
            self.model.parameters.copy(),
            {name: array.copy() for name, array in self.optimizer.state.items()},
            self._generator.bit_generator.state,
            dict(self.rule.state) if self.rule else {},
            self.epoch,
            self.updates,
            np.array(self.diverged)[()],
        )

    def restore(self, state: TrainerState) -> None:
        """Goes on from `state`, which is copied, not kept."""
        self.model.parameters[...] = state.parameters
        for name, array in state.optimizer.items():
            self.optimizer.state[name][...] = array
        self._generator.bit_generator.state = state.generator
        if self.rule:
            self.rule.state = dict(state.rule)
        self.epoch, self.updates, self._next_update, self.stopped = state.epoch, state.updates, 0, None
        self.diverged = np.array(state.diverged)[()]


class _Batches:
    """The inner loop's form of a model without `bind`: picks the rows of each batch and asks for its gradient."""

    def __init__(self, trainer: Trainer):
        self._model, self._X, self._y = trainer.model, trainer.X, trainer.y
        self._slices = batch_slices(len(trainer.X), trainer.batch_size)
        self._order = np.arange(len(trainer.X))
        self.n_updates = len(self._slices)

    def start_epoch(self, order: Array | None) -> None:
        """Takes the order (N,) of this epoch's samples; None keeps it."""
        self._order = self._order if order is None else order

    def gradient(self, update: int) -> Array:
        """The objective's gradient on batch `update`."""
        rows = self._order[self._slices[update]]
        return self._model.loss_and_gradient(self._X[rows], self._y[rows])[1]
