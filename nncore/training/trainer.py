"""Training: show the data, follow the gradient, repeat.

A Trainer takes a model with `parameters` and `loss_and_gradient`, a training set and an optimizer, and runs epochs or
single updates. It is deterministic: where the work is cut makes no difference to the result.
"""

import time
from collections import deque
from collections.abc import Iterator
from copy import copy
from itertools import repeat
from math import inf

import numpy as np

from nncore.arguments import checked, model, number
from nncore.checks import require_kind, require_number, require_one_of, require_same_rows, require_whole, shown
from nncore.data.batching import BatchOrder, draw_order
from nncore.models.protocol import Model
from nncore.training.divergence import DivergenceGuard
from nncore.training.ending import Ending
from nncore.training.followed_updates import FollowedUpdates
from nncore.training.optimizer_kind import Optimizer, memory_of, remember, settings_of
from nncore.training.optimizers import OPTIMIZERS
from nncore.training.row_batches import RowBatches
from nncore.training.schedules import SCHEDULES
from nncore.training.stopping import EpochEnd, Stop, StopRule, require_rule
from nncore.training.trainer_state import TrainerState
from nncore.training.update_rules import make_updates
from nncore.training.updates import Update

Array = np.ndarray

__all__ = ["COSINE_EPOCHS", "Trainer", "TrainerState"]

COSINE_EPOCHS = 1000


class Trainer:
    """Trains `model` on X (N, D), y by `optimizer`, a name or an object of its own settings.

    `batch_size=None` is full batch, 1 is stochastic. `epoch_limit=None` sets no limit; the cosine then comes to 0 after
    COSINE_EPOCHS. An optimizer object is copied: its settings count, and what it remembers is the trainer's own. A `rule`
    judges one network, not a stack of runs. `stopped` is None until training has ended, then a `Stop` that says why. Raises
    ValueError for settings out of range.
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
            batch_size = require_whole("batch_size", batch_size, 1)
        if epoch_limit is not None:
            epoch_limit = require_whole("epoch_limit", epoch_limit, 0)
        seed = require_whole("seed", seed, 0)
        require_one_of("schedule", schedule, SCHEDULES)
        if not isinstance(optimizer, Optimizer):
            require_one_of("optimizer", optimizer, OPTIMIZERS)
        model("network", network, {})
        require_rule(rule, network)
        self.model = network
        self.X, self.y = X, y = require_same_rows(X, y)
        self._optimizer_name = optimizer if isinstance(optimizer, str) else ""
        self.optimizer = OPTIMIZERS[optimizer]() if isinstance(optimizer, str) else copy(optimizer)
        self.learning_rate, self.batch_size, self.schedule = float(learning_rate), batch_size, schedule
        self.ending = Ending(epoch_limit, rule)
        self.epoch = self.updates = 0
        self.epochs_before: float = 0  # epochs trained in earlier segments of the run, for messages
        self.bound = inf  # training that makes the objective rise above this has diverged, even while it is finite
        self.stopped: Stop | None = None
        self._guard = DivergenceGuard(network, X, y)
        self._generator = np.random.default_rng(seed)
        self.optimizer.start(network.parameters)
        self._batches = network.bind(X, y, batch_size) if hasattr(network, "bind") else RowBatches(network, X, y, batch_size)
        self._followed = FollowedUpdates(network, self.optimizer, self._batches)
        self._next_update = 0
        self._order: Array | None = None  # order of the samples in this epoch; None: as they are

    @property
    def diverged(self) -> bool | Array:
        """Which runs stay at their last finite parameters: bool, or (R,)."""
        return self._guard.diverged

    @property
    def epoch_limit(self) -> int | None:
        """After how many epochs training ends; None without a limit."""
        return self.ending.epoch_limit

    @property
    def updates_per_epoch(self) -> int:
        """How many updates one epoch makes."""
        return self._batches.n_updates

    @property
    def current_learning_rate(self) -> float:
        """The learning rate of this epoch, after the schedule."""
        limit = COSINE_EPOCHS if self.epoch_limit is None else max(1, self.epoch_limit)
        return SCHEDULES[self.schedule].rate(self.learning_rate, self.epoch, limit)

    @property
    def total_epochs(self) -> float:
        """The epoch as a person counts it: since the run's first weights."""
        return self.epochs_before + self.epoch

    def run_update(self) -> None:
        """Makes one update; the last of an epoch ends it."""
        self._run_updates(1)

    def run_epoch(self) -> None:
        """Runs to the end of the current epoch."""
        self._run_updates(self.updates_per_epoch)

    def advance(self, epochs: int | None = None, seconds: float | None = None) -> None:
        """Runs `epochs` epochs, or as many as begin within `seconds` (finite without a limit), or until training stops."""
        if epochs is not None:
            epochs = require_whole("epochs", epochs, 0)
        if seconds is not None:
            seconds = require_number("seconds", seconds, 0, inf)
        if epochs is None and (seconds is None or (seconds == inf and self.epoch_limit is None)):
            raise ValueError(f"advance needs epochs or finite seconds, got {'neither' if seconds is None else seconds}")
        end_epoch = self.epoch + epochs if epochs is not None else float("inf")
        end_time = time.perf_counter() + seconds if seconds is not None else float("inf")
        while self.stopped is None and self.epoch < end_epoch and time.perf_counter() < end_time:
            self.run_epoch()

    def run_updates(self, n_updates: int) -> None:
        """Makes `n_updates` updates, or as many as are left of the current epoch; of 0, nothing is done."""
        if require_whole("n_updates", n_updates, 0):
            self._run_updates(n_updates)

    def _run_updates(self, n_updates: int) -> None:
        deque(self.updates_in_pieces(n_updates), maxlen=0)

    def updates_in_pieces(self, n_updates: int) -> Iterator[None]:
        """Does what `run_updates` does, yielding between pieces of the judging that may end an epoch; run it to its end."""
        if self.stopped is None:
            self.stopped = self.ending.at_limit(self.epoch, self.epochs_before)  # the limit is 0 epochs
        if self.stopped is not None:
            return
        if self._next_update == 0:
            self._start_epoch()
        begin = self._next_update
        end = min(begin + n_updates, self.updates_per_epoch)
        # Numbers may overflow on the way to divergence; the guard deals with what comes of it.
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            rates = repeat(np.array(self.current_learning_rate), end - begin)  # 0-d, which ufuncs take faster than a number
            deque(make_updates(self.optimizer, self.model.parameters, self._batches.gradient, rates, begin), maxlen=0)
            is_safe = self._guard.is_safe()
        is_epoch_end = end == self.updates_per_epoch
        none_left = False if is_safe else (yield from self._guard.hold(is_epoch_end))
        is_bounded = is_epoch_end and self.bound < inf
        if none_left or (is_bounded and (yield from self._guard.hold_above(self.bound))):
            self.stop_diverged(self.total_epochs + 1)
        self.updates += end - begin
        self._next_update = end % self.updates_per_epoch
        if self._next_update == 0 and self.stopped is None:
            self.epoch += 1
            end = EpochEnd(self.model, self.X, self.y, self._guard.kept, self.epoch, self.epochs_before)
            self.stopped = self.ending.after_epoch(end)

    def _start_epoch(self) -> None:
        self._guard.start_epoch()
        self._order = draw_order(self._generator, len(self.X), self.batch_size)
        self._followed.start_epoch()
        self._batches.start_epoch(self._order)

    def look_at_update(self, number: int) -> Update:
        """Update `number` (from 1) of the epoch that begins here, with every number kept; it is made whatever comes of it.

        Afterwards the trainer stands between two updates of an epoch that it does not count: `restore` a state to train
        on. Raises ValueError for an update that the epoch does not have.
        """
        if not 1 <= require_whole("number", number, -(10**9)) <= self.updates_per_epoch:
            raise ValueError(f"number must be from 1 to {self.updates_per_epoch}, got {shown(number)}")
        self._start_epoch()
        rate = self.current_learning_rate
        gradient, before, memory = self._followed.look(number, rate)
        rows = np.arange(len(self.X))[BatchOrder(len(self.X), self.batch_size, self._order).rows(number - 1)]
        return Update(
            self.total_epochs + 1, number, self.updates_per_epoch, rows, self.X[rows], self.y[rows],
            self._optimizer_name, settings_of(self.optimizer), rate,
            gradient, before, self.model.parameters.copy(), memory, memory_of(self.optimizer),
        )  # fmt: skip

    @checked(epoch=number(0))
    def stop_diverged(self, epoch: float) -> None:
        """Ends training because in `epoch` the loss or a parameter left all bounds."""
        self.stopped = self.ending.diverged(epoch, self.learning_rate)

    def repeat_epoch(self) -> Iterator[int]:
        """Makes the updates of the epoch in which a single network diverged once more, yielding the number of each, from 1.

        The model shows the parameters after each update. Afterwards all is as it was, as far as it was followed.
        """
        return self._followed.repeat(self._guard.kept, self.current_learning_rate)

    def state(self) -> TrainerState:
        """A copy of everything that decides how training goes on. Only between epochs."""
        return TrainerState(
            self.model.parameters.copy(),
            memory_of(self.optimizer),
            self._generator.bit_generator.state,
            dict(self.ending.rule.state) if self.ending.rule else {},
            self.epoch,
            self.updates,
            np.array(self.diverged)[()],
            self.epochs_before,
        )

    def restore(self, state: TrainerState) -> None:
        """Goes on from `state`, which is copied, not kept. Raises ValueError for that of another kind of training."""
        require_kind("state", state, TrainerState)
        if state.parameters.shape != self.model.parameters.shape or set(state.optimizer) != set(self.optimizer.state):
            raise ValueError(f"state must be that of a trainer with the same model and optimizer, got {shown(state)}")
        self.model.parameters[...] = state.parameters
        remember(self.optimizer, state.optimizer)
        self._generator.bit_generator.state = state.generator
        if self.ending.rule:
            self.ending.rule.state = dict(state.rule)
        self.epoch, self.updates, self._next_update, self.stopped = state.epoch, state.updates, 0, None
        self.epochs_before = state.epochs_before
        self._guard.diverged = np.array(state.diverged)[()]
