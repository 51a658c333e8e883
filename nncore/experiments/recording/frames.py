"""Frames: the recorded moments of a Run, like those of a film.

A frame is the parameter vector at one epoch, with its losses and scores. Which epochs are recorded follows from the
setting alone, never from a clock: every epoch at first, while much happens, then every second, fourth, ... one.
Frames are computed and sent in chunks of 40, or of fewer where an epoch takes long; each chunk goes on from the state in
which the one before ended.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from nncore.arguments import check_fields, checked, kind_of, networks, number, positive, whole
from nncore.data.splits import Split
from nncore.handed_out import handed_out
from nncore.metrics import accuracy, r_squared
from nncore.models.dense import Network
from nncore.models.passes import Workspace, with_bias_input
from nncore.training.stopping import Stop
from nncore.training.trainer import TrainerState

Array = np.ndarray

CHUNK_FRAMES = 40
MAX_FRAMES = 600
MAX_BYTES = 16_000_000
CHUNK_SECONDS = 0.2
CHUNK_SIZES, LONGEST_CHUNK_SECONDS = (40, 20, 10, 5, 2, 1), 2.0  # each size divides CHUNK_FRAMES
MOST_DOUBLINGS, MOST_EPOCHS = 60, 10**7
OUTPUTS_AT_ONCE = 200_000  # numbers of all layers that are computed in one piece of work: even of a dear activation 20 ms
OUTPUTS_KEPT = 20_000  # numbers of all layers whose buffers, of some 0.5 MB, are kept from frame to frame


@checked(batch_size=whole(1, 10**12), n_neurons=whole(1, 10**12), n_parameters=whole(1, 10**12))
def update_seconds(batch_size: int, n_neurons: int, n_parameters: int) -> float:
    """The time that one update is taken to need: a model, not a clock, so that frames fall alike everywhere."""
    return 12e-6 + 5e-9 * batch_size * n_neurons + 0.15e-9 * batch_size * n_parameters


@checked(epoch_seconds=number(0))
def chunk_size(epoch_seconds: float) -> int:
    """How many frames are computed in one go where an epoch takes so long: at most 40, and at most about two seconds' worth.

    Whoever waits for a frame waits for its chunk.
    """
    return next((size for size in CHUNK_SIZES if size * epoch_seconds <= LONGEST_CHUNK_SECONDS), 1)


@dataclass(frozen=True)
class FrameSchedule:
    """At which epoch of a segment frame f is recorded: the distance doubles every 40 frames, at most `cap` times."""

    cap: int

    def __post_init__(self):
        check_fields(self, cap=whole(0, MOST_DOUBLINGS))

    @classmethod
    @checked(updates_per_epoch=whole(1, 10**12), seconds_per_update=positive())
    def for_cost(cls, updates_per_epoch: int, seconds_per_update: float) -> "FrameSchedule":
        """The schedule whose chunks of 40 frames cost at most 0.2 s by the model, if one epoch a frame does."""
        for cap in range(MOST_DOUBLINGS):
            if CHUNK_FRAMES * 2 ** (cap + 1) * updates_per_epoch * seconds_per_update > CHUNK_SECONDS:
                return cls(cap)
        return cls(MOST_DOUBLINGS)

    @checked(frame=whole(0))
    def epoch_of(self, frame: int) -> int:
        """The epoch (0-based count of epochs done) of frame `frame`."""
        doublings = min(frame // CHUNK_FRAMES, self.cap)
        return CHUNK_FRAMES * (2**doublings - 1) + (frame - CHUNK_FRAMES * doublings) * 2**doublings

    @checked(epoch=whole(0, MOST_EPOCHS))
    def frame_of(self, epoch: int) -> int:
        """The first frame at or after `epoch`."""
        # No frame lies before the epoch of its own number, so the frame's is at most the epoch's.
        return bisect_left(range(epoch), epoch, key=self.epoch_of)


@dataclass(frozen=True)
class EndingSchedule(FrameSchedule):
    """A schedule that ends with frame `last` at epoch `end`, wherever that frame would lie otherwise."""

    last: int
    end: int

    def __post_init__(self):
        super().__post_init__()
        check_fields(self, last=whole(1), end=whole(0))

    @checked(frame=whole(0))
    def epoch_of(self, frame: int) -> int:
        """The epoch of frame `frame`."""
        return self.end if frame >= self.last else super().epoch_of(frame)


@checked(n_parameters=whole(1))
def max_frames(n_parameters: int) -> int:
    """The largest number of frames, frame 0 included, that a run of this many parameters may record."""
    return min(MAX_FRAMES, MAX_BYTES // (4 * n_parameters))


@handed_out
@dataclass(frozen=True)
class Chunk:
    """Consecutive frames of a segment, counted from its start; frame `first` is row 0.

    `epochs` (F,) are epochs of the run; the last updates of an epoch that diverged count as parts of one. `parameters`
    (F, P) are float32, `scores` (F, 4) training loss, validation loss, training score, validation score (nan without
    validation). `state` continues the training, where it is kept; `stop` says why it ends.
    """

    first: int
    epochs: Array
    parameters: Array
    scores: Array
    state: TrainerState | None
    stop: Stop | None

    @property
    def n_bytes(self) -> int:
        """Size in memory, in bytes, near enough to keep count."""
        state = 0
        if self.state is not None:
            state = self.state.parameters.nbytes + sum(array.nbytes for array in self.state.optimizer.values())
        return self.parameters.nbytes + self.scores.nbytes + self.epochs.nbytes + state + 2000


@handed_out
@dataclass(frozen=True)
class History:
    """A whole run: epochs (F,), parameters (F, P) float32, losses and scores (F,), and why it stopped."""

    epochs: Array
    parameters: Array
    training_loss: Array
    validation_loss: Array
    training_score: Array
    validation_score: Array
    stop: Stop | None


@checked(network=networks, split=kind_of(Split))
def evaluate(network: Network, split: Split) -> Array:
    """Training loss, validation loss, training score and validation score, (4,), or (4, R) with runs.

    The loss is the data loss, without penalties. Raises ValueError for a network that takes other inputs.
    """
    if split.X_train.shape[1] != network.sizes[0]:
        raise ValueError(f"network must take the split's {split.X_train.shape[1]} inputs, got one of {network.sizes[0]}")
    *_, scores = Evaluation(network, split).in_pieces()
    return scores


class Evaluation:
    """What `evaluate` gives, of one network frame after frame: all that does not change with its parameters is made once.

    `network` keeps its array of parameters, which the trainer changes in place.
    """

    def __init__(self, network: Network, split: Split):
        self._network, self._is_regression = network, split.dataset.is_regression
        self._runs = () if network.runs is None else (network.runs,)
        self._sets = [(y, list(self._parts(X, y))) for X, y in
                      ((split.X_train, split.y_train), (split.X_validation, split.y_validation))]  # fmt: skip

    def _parts(self, X: Array, y: Array) -> Iterator[tuple[Array, Array, Workspace | None]]:
        """Inputs (D + 1, B) and targets (K, B) that are computed in one piece, and the buffers for it if they are small."""
        neurons = sum(self._network.sizes[1:])
        at_once = max(1, OUTPUTS_AT_ONCE // neurons)
        for begin in range(0, len(y), at_once):
            part = slice(begin, begin + at_once)
            inputs, targets = with_bias_input(X[part]).T, self._network.targets(y[part]).T
            is_small = len(y) * neurons <= OUTPUTS_KEPT
            yield inputs, targets, self._workspace(inputs) if is_small else None

    def _workspace(self, inputs: Array) -> Workspace:
        return Workspace(self._network.architecture, self._network.matrices(), inputs.shape[-1], keep_z="output")

    def in_pieces(self) -> Iterator[Array | None]:
        """None between pieces of the work, and then training loss, validation loss, training and validation score (4,)."""
        losses, scores, done = [], [], 0
        for y, parts in self._sets:
            loss, outputs = 0.0, [np.empty((*self._runs, 0, self._network.sizes[-1]))]
            for inputs, targets, workspace in parts:
                n_outputs = inputs.shape[-1] * sum(self._network.sizes[1:])
                done += n_outputs
                if done > OUTPUTS_AT_ONCE and done > n_outputs:
                    yield None
                    done = n_outputs
                workspace = workspace or self._workspace(inputs)
                with np.errstate(over="ignore", invalid="ignore"):
                    outputs.append(workspace.forward(inputs).mT)
                    loss += workspace.loss(targets) * (inputs.shape[-1] / len(y))
            with np.errstate(over="ignore", invalid="ignore"):
                losses.append(loss if len(y) else np.full(self._runs, np.nan))
                scores.append(_score(self._network, np.concatenate(outputs, axis=-2), y, self._is_regression))
        yield np.array(losses + scores)


def _score(network: Network, outputs: Array, y: Array, is_regression: bool) -> float:
    return r_squared(outputs, y) if is_regression else accuracy(outputs, y, network.output)
