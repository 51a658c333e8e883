"""The hidden diagonal: a network learns to fill in the squared lengths that were zeroed.

Every example is a run of T words of a sentence: M = E E^T with its diagonal set to 0. The cells above the diagonal go in,
the diagonal is to come out. It is compared with two baselines: always predicting the mean, and the exact answer, which
exists for 2d + 1 words or more.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from nncore.arguments import array, check_fields, checked, each, kind_of, optional, positive, whole
from nncore.checks import require_one_of
from nncore.data.features import fit_transform
from nncore.experiments.recording.recording import train_to
from nncore.handed_out import handed_out
from nncore.models.dense import Network
from nncore.training.trainer import Trainer
from nncore.words.corpus import toy_sentences
from nncore.words.outer_product import diagonal_from_rest, hide_diagonal, needed_words
from nncore.words.skipgram import Embedding, SkipGramSettings
from nncore.words.text import tokenise
from nncore.words.vectors import VECTORS, word_vectors

Array = np.ndarray

MIN_WORDS, MAX_WORDS = 3, 9  # the grammar's longest sentence has nine words
VALIDATION_EVERY = 4  # every fourth sentence is kept for validation
SHOWN = 200  # validation examples whose predictions are recorded
RUN_BYTES = 18_000_000  # of a recording and its trainer, at most about
UPDATES_AT_ONCE = 50  # they take a few milliseconds


@dataclass(frozen=True)
class HiddenDiagonalSettings:
    """Everything that decides the task and its training; `dimensions` numbers per word, `words` per sentence."""

    kind: str = "random"
    dimensions: int = 2
    words: int = 5
    sentences: int = 1500
    seed: int = 0
    hidden: tuple[int, ...] = (64, 64)
    epochs: int = 60
    learning_rate: float = 0.005

    def __post_init__(self):
        require_one_of("kind", self.kind, VECTORS)
        check_fields(self, dimensions=whole(1, 64))
        check_fields(self, words=whole(MIN_WORDS, MAX_WORDS))
        check_fields(self, sentences=whole(60, 5000))
        check_fields(self, epochs=whole(1, 300))
        check_fields(self, seed=whole(0))
        check_fields(self, hidden=each(whole(1, 1024)), learning_rate=positive())


@dataclass(frozen=True)
class DiagonalTask:
    """Matrices (N, T, T) of all examples, and which of them are kept for validation (N,)."""

    matrices: Array
    validation: Array

    @property
    def inputs(self) -> Array:
        """The cells above the diagonal, (N, T(T - 1)/2), row after row."""
        rows, columns = np.triu_indices(self.matrices.shape[1], 1)
        return self.matrices[:, rows, columns]

    @property
    def standardised_inputs(self) -> Array:
        """`inputs` at mean 0 and deviation 1, as learned from the training rows alone."""
        inputs = self.inputs
        return fit_transform(inputs[~self.validation], scaling="standard")(inputs)

    @property
    def targets(self) -> Array:
        """The diagonals (N, T)."""
        return np.diagonal(self.matrices, axis1=1, axis2=2)


@handed_out
@dataclass(frozen=True)
class DiagonalRun:
    """How the network learned, one frame per epoch: losses (F, 2) of training and validation, mean squared errors.

    `predictions` (F, S, T) are those for the validation diagonals `shown` (S, T); `exact` (S, T) is the closed form, or
    None where there is none. `mean` is that of all training diagonals, `baseline` the validation loss of always predicting
    it, `empty` says that all diagonals are ones; `examples` counts those of training and of validation.
    """

    losses: Array
    predictions: Array
    shown: Array
    exact: Array | None
    mean: float
    baseline: float
    empty: bool
    examples: tuple[int, int]

    @property
    def n_bytes(self) -> int:
        """What it holds in memory, in bytes."""
        return self.losses.nbytes + self.predictions.nbytes + 2 * self.shown.nbytes


@checked(settings=kind_of(HiddenDiagonalSettings), embedding=optional(kind_of(Embedding)))
def make_task(settings: HiddenDiagonalSettings, embedding: Embedding | None = None) -> DiagonalTask:
    """Every run of T words in the grammar's sentences as a matrix; runs of one sentence stay on one side of the split."""
    matrices, validation = [], []
    vectors: dict[str, Array] = {}
    for number, sentence in enumerate(toy_sentences(settings.sentences, seed=settings.seed + 1)):
        words = tokenise(sentence)
        new = [word for word in dict.fromkeys(words) if word not in vectors]
        drawn = word_vectors(new, settings.kind, settings.dimensions, settings.seed, embedding)
        vectors |= dict(zip(new, drawn, strict=True))
        E = np.array([vectors[word] for word in words])
        M = E @ E.T
        for first in range(len(words) - settings.words + 1):
            matrices.append(M[first : first + settings.words, first : first + settings.words])
            validation.append(number % VALIDATION_EVERY == 0)
    return DiagonalTask(np.array(matrices), np.array(validation))


@handed_out
@dataclass(frozen=True)
class DiagonalTraining:
    """The training of these `settings` as a recorded training; "learned" vectors are those of the skip-gram `learned`.

    `embedding` is what `learned` leads to, where it is at hand; otherwise it is learned first.
    """

    settings: HiddenDiagonalSettings
    learned: SkipGramSettings | None = None
    embedding: Embedding | None = field(default=None, compare=False, repr=False)

    n_bytes = RUN_BYTES

    @property
    def n_frames(self) -> int:
        """Frames of the whole recording, one an epoch."""
        return self.settings.epochs + 1

    def record(self) -> Iterator[DiagonalRun | None]:
        """The run so far, after every epoch. Raises ValueError for "learned" vectors of no skip-gram."""
        embedding = self.embedding
        if embedding is None and self.learned is not None:
            for made in self.learned.record():
                embedding = made or embedding
                yield None
        yield from learn_diagonal(self.settings, embedding)


def learn_diagonal(settings: HiddenDiagonalSettings, embedding: Embedding | None = None) -> Iterator[DiagonalRun | None]:
    """The run so far, after every epoch, and None between; "learned" vectors need their `embedding`."""
    task = make_task(settings, embedding)
    train, held = ~task.validation, task.validation
    X = task.standardised_inputs
    # One scale for all places keeps the errors of all words comparable.
    mean, scale = float(task.targets[train].mean()), task.targets[train].std() or 1.0
    y = (task.targets - mean) / scale
    network = Network(
        (X.shape[1], *settings.hidden, settings.words), "relu", "identity", "mse", "he_normal", seed=settings.seed
    )
    trainer = Trainer(network, X[train], y[train], "adam", settings.learning_rate, 32, settings.seed, "exponential")
    shown = task.targets[held][:SHOWN]
    exact = _exact(task.matrices[held][:SHOWN], settings.dimensions)
    baseline = float(((task.targets[held] - mean) ** 2).mean())
    empty = bool(np.allclose(task.targets, 1.0, atol=1e-6))
    losses, predictions = [], []
    for frame in range(settings.epochs + 1):
        yield from train_to(trainer, frame * trainer.updates_per_epoch, UPDATES_AT_ONCE)
        losses.append([scale**2 * network.data_loss(X[part], y[part]) for part in (train, held)])
        predictions.append((mean + scale * network.predict(X[held][:SHOWN])).astype(np.float32))
        yield DiagonalRun(
            np.array(losses), np.array(predictions), shown, exact, mean, baseline, empty,
            (int(train.sum()), int(held.sum())),
        )  # fmt: skip


def _exact(matrices: Array, dimensions: int) -> Array | None:
    """The closed form of the hidden diagonals (S, T), or None with too few words for it."""
    if matrices.shape[1] < needed_words(dimensions):
        return None
    return np.array([diagonal_from_rest(M, dimensions) for M in hide_diagonal(matrices)])


@checked(predicted=array(..., "T", limit=None), true=array(..., "T"))
def root_mean_square(predicted: Array, true: Array) -> float:
    """The root of the mean squared error, in units of the diagonal; cells where `predicted` is NaN are left out."""
    if predicted.shape != true.shape:
        raise ValueError(f"true must have the shape {predicted.shape} of what was predicted, got {true.shape}")
    known = np.isfinite(predicted)
    if not known.any():
        raise ValueError("predicted must hold at least 1 number, got none")
    with np.errstate(over="ignore"):
        return float(np.sqrt(np.mean((predicted[known] - true[known]) ** 2)))
