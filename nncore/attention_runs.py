"""Trainings of the attention models: settings that a person picks, and the recording that follows from them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from nncore.checks import require_one_of, require_whole
from nncore.optimizers import OPTIMIZERS
from nncore.recordings import Recording, record_updates
from nncore.sequence_tasks import TASKS, make_sequences
from nncore.training import Trainer
from nncore.transformer import Transformer
from nncore.translation import Pairs, Translator, encode, split_phrases

Array = np.ndarray

TRANSLATION_UPDATES, TRANSLATION_EVERY = 1000, 10
LENGTH, N_TRAINING, N_HELD_OUT, BATCH = 8, 2000, 500, 64
SCORED = 200  # sequences on which a frame is scored while it trains

# Updates in all and between frames: copying is learned at once, the match slowly.
TRANSFORMER_UPDATES = {"copy": (120, 4), "reverse": (400, 8), "sort": (640, 16), "match": (1200, 24)}
# How each setting trains: the optimizer with its own settings, and the learning rate.
TRANSLATION_SETTINGS = {
    "steady": ("adamw", {"weight_decay": 0.1}, 0.01),
    "hasty": ("adam", {}, 0.02),
}


@dataclass(frozen=True)
class TranslationRun:
    """One training of the translator: how ("steady" or "hasty") and from which first weights."""

    setting: str = "steady"
    seed: int = 0

    def __post_init__(self):
        require_one_of("setting", self.setting, TRANSLATION_SETTINGS)
        require_whole("seed", self.seed, 0, 9)

    @property
    def n_bytes(self) -> int:
        """Memory of the recording."""
        return (TRANSLATION_UPDATES // TRANSLATION_EVERY + 1) * Translator().parameters.size * 4

    def model(self, parameters: Array | None = None) -> Translator:
        """The translator as it starts, or with recorded `parameters`."""
        model = Translator(seed=self.seed)
        if parameters is not None:
            model.parameters = parameters
        return model

    def record(self) -> Iterator[Recording]:
        """The recording as it grows; scores are training loss, and the share of whole phrases right (training, held out)."""
        name, options, rate = TRANSLATION_SETTINGS[self.setting]
        model, (train, held) = self.model(), split_phrases()
        trainer = Trainer(
            model, train.X, train.y, OPTIMIZERS[name](**options), rate, epoch_limit=TRANSLATION_UPDATES + 1
        )

        def score() -> tuple[float, ...]:
            loss = model.loss_and_gradient(train.X, train.y)[0]
            return loss, model.accuracy(train.X, train.y), model.accuracy(held.X, held.y)

        return record_updates(trainer, TRANSLATION_UPDATES, TRANSLATION_EVERY, score)


@dataclass(frozen=True)
class TransformerRun:
    """One training of the transformer block: task, heads and first weights."""

    task: str = "reverse"
    heads: int = 2
    seed: int = 0

    def __post_init__(self):
        require_one_of("task", self.task, TASKS)
        if self.heads not in (1, 2, 4):
            raise ValueError(f"heads must be 1, 2 or 4, got {self.heads}")
        require_whole("seed", self.seed, 0, 9)

    @property
    def n_bytes(self) -> int:
        """Memory of the recording."""
        n_updates, every = TRANSFORMER_UPDATES[self.task]
        return (n_updates // every + 1) * self.model().parameters.size * 4

    def model(self, parameters: Array | None = None) -> Transformer:
        """The block as it starts, or with recorded `parameters`."""
        task = TASKS[self.task]
        model = Transformer(
            len(task.tokens), len(task.answers), heads=self.heads, causal=task.causal, seed=self.seed
        )
        if parameters is not None:
            model.parameters = parameters
        return model

    def sequences(self) -> tuple[Pairs, Pairs]:
        """Training sequences and held-out ones, none of which is among them."""
        X, y = make_sequences(self.task, N_TRAINING + N_HELD_OUT, LENGTH)
        return Pairs(X[:N_TRAINING], y[:N_TRAINING]), Pairs(X[N_TRAINING:], y[N_TRAINING:])

    def record(self) -> Iterator[Recording]:
        """The recording as it grows; scores are training loss, and the share of places right (training, held out)."""
        model, (train, held) = self.model(), self.sequences()
        trainer = Trainer(model, train.X, train.y, "adam", 0.003, BATCH, seed=self.seed)

        def score() -> tuple[float, ...]:
            loss = model.loss_and_gradient(train.X[:SCORED], train.y[:SCORED])[0]
            shares = [model.accuracy(pairs.X[:SCORED], pairs.y[:SCORED]) for pairs in (train, held)]
            return loss, *shares

        return record_updates(trainer, *TRANSFORMER_UPDATES[self.task], score)


def accuracy_by_length(run: TransformerRun, parameters: Array, lengths: tuple[int, ...]) -> Array:
    """Share of places right on fresh sequences of each length: held-out ones at the training length."""
    model, shares = run.model(parameters), []
    for length in lengths:
        X, y = run.sequences()[1] if length == LENGTH else make_sequences(run.task, 200, length, seed=length)
        shares.append(model.accuracy(X, y))
    return np.array(shares)


def encode_phrase(article: str, adjective: str, noun: str) -> Array:
    """One English phrase as word numbers (1, 3)."""
    return encode([(article, adjective, noun)]).X
