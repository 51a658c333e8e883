"""Trainings of an autoencoder: what a person picks of it, and the recording that follows from that.

The inputs are the targets. To denoise, the inputs are damaged and the clean ones stay the targets.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from nncore.arguments import array, check_fields, checked, flag, kind_of, one_of, text, whole
from nncore.experiments.architectures.inputs import DIGITS, CodedData, coded_data
from nncore.experiments.costs import TrainingCost
from nncore.experiments.recording.recording import Recording, record_updates
from nncore.models.autoencoder import Autoencoder
from nncore.training.trainer import Trainer

Array = np.ndarray

BATCH, RATE = 32, 0.01
N_UPDATES, EVERY = 2400, 40
SCORED = 300  # of the training set, for the loss of a frame
COPIES = 4  # of every training sample, each damaged in its own way
DAMAGES = ("none", "noise", "hidden")
NOISE = 0.6  # deviation of what is added to an input, whose own deviation is about 1
HIDDEN = 0.4  # share of the inputs that are replaced by their mean
WIDTH, WIDEST_CODE = 48, 64


@dataclass(frozen=True)
class CodeRun:
    """One training of an autoencoder: of which data, through how many numbers (the code), and how.

    `data` is one of BUILT_IN or a table's name; `code` is made no larger than the number of inputs. A `linear` one has no
    hidden layer but the code, and no activations. `damage`, one of DAMAGES, is done to what it is shown, not to what it is
    asked for. Class number `left_out` is in no training set (-1: all are).
    """

    data: str = DIGITS
    code: int = 2
    linear: bool = False
    damage: str = "none"
    left_out: int = -1
    seed: int = 0

    def __post_init__(self):
        check_fields(self, data=text, code=whole(1, WIDEST_CODE), linear=flag, damage=one_of(DAMAGES),
                     left_out=whole(-1, 99), seed=whole(0, 9))  # fmt: skip

    @property
    def n_updates(self) -> int:
        """Updates of the whole training."""
        return N_UPDATES

    @property
    def n_frames(self) -> int:
        """Frames of the whole recording."""
        return N_UPDATES // EVERY + 1

    @property
    def n_bytes(self) -> int:
        """Memory of the recording and of its training, in bytes."""
        # What is shown, and what is asked for, where the two are not the data themselves.
        damaged = 0 if self.damage == "none" else 2 * 8 * self.cost.n_train * self.samples().X.shape[1]
        model, scoring = self.model(), SCORED * self.model().architecture.bytes_per_sample
        return self.n_frames * model.n_parameters * 4 + self.cost.n_bytes + damaged + scoring

    @property
    def cost(self) -> TrainingCost:
        """What its training takes."""
        model, n_rows = self.model(), len(self.samples().X)
        n_train = n_rows if self.damage == "none" else COPIES * n_rows
        return TrainingCost(model.sizes, model.activations, "adam", BATCH, n_train)

    @property
    def seconds(self) -> float:
        """Time that it takes, by a model, in seconds."""
        return self.cost.seconds(self.n_updates, (2 * self.n_frames, SCORED))

    def samples(self) -> CodedData:
        """What it is trained on, and what is held out."""
        return coded_data(self.data, self.left_out)

    def model(self, parameters: Array | None = None) -> Autoencoder:
        """The network as it starts, or with recorded `parameters` (P,)."""
        D = self.samples().X.shape[1]
        d = min(self.code, D)
        if self.linear:
            model = Autoencoder((D, d, D), "identity", seed=self.seed)
        else:
            wide = max(d, min(WIDTH, 8 * D))
            kinds = ("relu", "identity", "relu") if self.samples().side else ("tanh", "identity", "tanh")
            model = Autoencoder((D, wide, d, wide, D), kinds, seed=self.seed)
        if parameters is not None:
            model.parameters = parameters
        return model

    @checked(X=array("N", "D"), seed=whole(0))
    def shown(self, X: Array, seed: int = 1) -> Array:
        """Inputs X (N, D) as the network is shown them: damaged, if that was picked, always in the same way for a seed."""
        return damaged(X, self.damage, np.random.default_rng([seed, len(X)]))

    def training_set(self) -> tuple[Array, Array]:
        """What the trainer gets: inputs as they are shown, and the clean ones that are asked for, both (N, D)."""
        X = self.samples().X
        if self.damage == "none":
            return X, X
        clean = np.tile(X, (COPIES, 1))
        return self.shown(clean), clean

    @checked(count=whole(1))
    def examples(self, count: int) -> tuple[Array, Array]:
        """The first `count` training examples, as the trainer gets them: inputs (N, D) and what is asked for (N, D)."""
        shown, clean = self.training_set()
        return shown[:count], clean[:count]

    def record(self) -> Iterator[Recording | None]:
        """The recording as it grows; scores are the mean squared error (training, held out)."""
        model, data = self.model(), self.samples()
        X, clean = self.training_set()
        epochs = 1 + N_UPDATES * BATCH // len(X)  # the cosine comes to its end as the training does
        trainer = Trainer(model, X, clean, "adam", RATE, BATCH, self.seed, "cosine", max(2, epochs + 1))
        some, held = (self.shown(each) for each in (data.X[:SCORED], data.held[:SCORED]))

        def score() -> tuple[float, ...]:
            return model.data_loss(some, data.X[:SCORED]), model.data_loss(held, data.held[:SCORED])

        return record_updates(trainer, N_UPDATES, EVERY, score)


@checked(X=array("N", "D"), damage=one_of(DAMAGES), rng=kind_of(Generator))
def damaged(X: Array, damage: str, rng: Generator) -> Array:
    """Inputs X (N, D) with noise of deviation NOISE, or with a share HIDDEN of them set to 0, which is their mean here."""
    if damage == "noise":
        return X + NOISE * rng.standard_normal(X.shape)
    if damage == "hidden":
        return np.where(rng.random(X.shape) < HIDDEN, 0.0, X)
    return X


@checked(model=kind_of(Autoencoder), shown=array("N", "D"), clean=array("N", "D"))
def errors_of(model: Autoencoder, shown: Array, clean: Array) -> Array:
    """Of each row of `shown` (N, D) the mean squared error (N,) of what comes out against `clean` (N, D)."""
    return ((model.predict(shown) - clean) ** 2).mean(axis=1)
