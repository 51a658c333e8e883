"""Trainings of the attention models: settings that a person picks, and the recording that follows from them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from nncore.arguments import check_fields, checked, one_of, whole
from nncore.attention.translation import ADJECTIVES, ARTICLES, NOUNS, Translator, encode, split_phrases
from nncore.checks import require_one_of
from nncore.experiments.recording.recording import Recording, record_updates
from nncore.training.optimizers import OPTIMIZERS
from nncore.training.trainer import Trainer

Array = np.ndarray

TRAINING_BYTES = 400_000
TRANSLATION_UPDATES, TRANSLATION_EVERY = 1000, 10
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
        check_fields(self, seed=whole(0, 9))

    @property
    def n_updates(self) -> int:
        """Updates of the whole training."""
        return TRANSLATION_UPDATES

    @property
    def n_frames(self) -> int:
        """Frames of the whole recording."""
        return TRANSLATION_UPDATES // TRANSLATION_EVERY + 1

    @property
    def n_bytes(self) -> int:
        """Memory of the recording and of its training, in bytes."""
        return self.n_frames * Translator().parameters.size * 4 + TRAINING_BYTES

    def model(self, parameters: Array | None = None) -> Translator:
        """The translator as it starts, or with recorded `parameters`."""
        model = Translator(seed=self.seed)
        if parameters is not None:
            model.parameters = parameters
        return model

    def record(self) -> Iterator[Recording | None]:
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


@checked(article=one_of(ARTICLES), adjective=one_of(ADJECTIVES), noun=one_of(NOUNS))
def encode_phrase(article: str, adjective: str, noun: str) -> Array:
    """One English phrase as word numbers (1, 3)."""
    return encode([(article, adjective, noun)]).X
