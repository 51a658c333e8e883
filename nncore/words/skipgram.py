"""Skip-gram: words become vectors by guessing their neighbours.

A centre word's vector v is a row of one matrix, a context word's vector u a row of a second one. For a pair that stands
together in the corpus, training moves sigma(u v) towards 1; for the same centre with words drawn at random (negative
sampling), towards 0. Words with similar neighbours end up with similar rows: the weight matrix is the embedding.
Source: Mikolov et al., 2013, "Distributed Representations of Words and Phrases and their Compositionality".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from nncore.arguments import check_fields, checked, each, number, positive, whole
from nncore.cache import cached
from nncore.checks import require_array, require_number, require_whole, require_wholes, shown
from nncore.experiments.recording.recording import Recording, train_to
from nncore.handed_out import handed_out
from nncore.training.trainer import Trainer
from nncore.words.corpus import toy_corpus
from nncore.words.text import Vocabulary, build_vocabulary, tokenise

Array = np.ndarray

WORDS = 110  # about as many has the corpus
UPDATES_AT_ONCE = 10  # they take a few milliseconds
MAX_WORDS, MAX_DIMENSIONS = 10_000, 4096
LAST_ROW = 2**62  # a word's row is a whole number of the machine
NOISE_POWER = 0.75  # noise words are drawn by their counts to this power, as in the paper


class SkipGram:
    """The model: `embedding` (V, d) of the words as centres and `context` (V, d) of the words as neighbours.

    Both are views of `parameters` (2Vd,) and start as normal numbers of deviation `deviation`.
    """

    def __init__(self, n_words: int, dimensions: int, seed: int = 0, deviation: float = 0.1):
        n_words = require_whole("n_words", n_words, 2, MAX_WORDS)
        dimensions = require_whole("dimensions", dimensions, 1, MAX_DIMENSIONS)
        seed = require_whole("seed", seed, 0)
        deviation = require_number("deviation", deviation, 0, 10)
        self.n_words, self.dimensions = n_words, dimensions
        self.parameters = np.random.default_rng(seed).normal(0.0, deviation, 2 * n_words * dimensions)

    def matrices(self, flat: Array | None = None) -> tuple[Array, Array]:
        """The two matrices (V, d) as views of a flat vector (2Vd,), by default the model's own."""
        flat = self.parameters if flat is None else require_array("flat", flat, self.parameters.size)
        return tuple(flat.reshape(2, self.n_words, self.dimensions))

    @property
    def embedding(self) -> Array:
        """The words' vectors (V, d): row i belongs to word i."""
        return self.matrices()[0]

    def loss_and_gradient(self, X: Array, y: Array) -> tuple[float, Array]:
        """Mean over B pairs of -log sigma(u v) - sum over noise words of log sigma(-u v), and its gradient (2Vd,).

        X (B,) are centre words, y (B, 1 + k) the true neighbour and then k noise words, all as rows of the vocabulary.
        """
        X = require_wholes("X", X, 0, self.n_words - 1, "B")
        y = require_wholes("y", y, 0, self.n_words - 1, len(X), "k")
        centres, contexts = self.matrices()
        # The scores of all pairs of words, (V, V): cheaper than one product per pair where words are few.
        scores = (centres @ contexts.T).ravel()
        cells = (X[:, None] * self.n_words + y).ravel()
        signs = np.ones(y.shape)
        signs[:, 1:] = -1.0
        margins = signs.ravel() * scores[cells]
        loss = np.logaddexp(0.0, -margins).sum() / len(X)
        # d(-log sigma(m))/dm = -sigma(-m), written with tanh, which does not overflow.
        d_cells = -0.5 * signs.ravel() * (1.0 - np.tanh(0.5 * margins)) / len(X)
        d_scores = np.bincount(cells, d_cells, self.n_words**2).reshape(self.n_words, self.n_words)
        return float(loss), np.concatenate([(d_scores @ contexts).ravel(), (d_scores.T @ centres).ravel()])


@checked(negatives=whole(0, 10**9), share=positive(1))
def guessing_loss(negatives: int, share: float) -> float:
    """The loss of a pair for always answering "yes" with probability `share`, to 1 true neighbour and k noise words."""
    if share == 1 and negatives:
        raise ValueError(f"share must be below 1, got {shown(share)}")
    return float(-np.log(share) - (negatives * np.log1p(-share) if negatives else 0.0))


@checked(sentences=each(each(whole(0, LAST_ROW))))
def context_pairs(sentences: Sequence[Sequence[int]], window: int) -> Array:
    """All pairs (centre, neighbour) (B, 2) of words at most `window` places apart in a sentence of word rows."""
    window = require_whole("window", window, 1)
    pairs = [
        (centre, sentence[j])
        for sentence in sentences
        for i, centre in enumerate(sentence)
        for j in range(max(0, i - window), min(len(sentence), i + window + 1))
        if j != i
    ]
    return np.array(pairs, dtype=int).reshape(-1, 2)


@dataclass(frozen=True)
class SkipGramSettings:
    """Everything that decides how the embedding is learned from the toy corpus: a recorded training, one frame an epoch."""

    dimensions: int = 8
    window: int = 2
    negatives: int = 5
    epochs: int = 40
    learning_rate: float = 0.02
    batch_size: int = 256
    seed: int = 0

    def __post_init__(self):
        for name, high in (("dimensions", 64), ("window", 5), ("negatives", 20), ("epochs", 200), ("batch_size", 4096)):
            check_fields(self, **{name: whole(1, high)})
        check_fields(self, learning_rate=number(1e-5, 1.0), seed=whole(0))

    @property
    def n_frames(self) -> int:
        """Frames of the whole recording."""
        return self.epochs + 1

    @property
    def n_bytes(self) -> int:
        """Memory of the recording and its trainer: a frame holds a number for each word and dimension."""
        return (2 * self.n_frames + 12) * self.dimensions * WORDS * 4 + 4_500_000

    def model(self) -> SkipGram:
        """The model as it starts, with rows for the words of the toy corpus."""
        return SkipGram(len(corpus_pairs(self.window)[0]), self.dimensions, self.seed)

    def record(self) -> Iterator["Embedding | None"]:
        """The embedding so far, after every epoch.

        Each epoch draws new noise words. The loss of a frame is that of all pairs with one fixed draw, so that the curve
        shows learning and not luck.
        """
        vocabulary, pairs = corpus_pairs(self.window)
        rng = np.random.default_rng(self.seed)
        noise = noise_shares(pairs, len(vocabulary))
        model = self.model()
        X, shape = pairs[:, 0], (len(pairs), self.negatives)
        fixed = np.column_stack([pairs[:, 1], rng.choice(len(vocabulary), shape, p=noise)])
        y = fixed.copy()
        trainer = Trainer(model, X, y, "adam", self.learning_rate, self.batch_size, self.seed)
        frames, losses = [], []
        for frame in range(self.n_frames):
            if frame:
                # In place: the trainer reads its batches from this array.
                y[:, 1:] = rng.choice(len(vocabulary), shape, p=noise)
            yield from train_to(trainer, frame * trainer.updates_per_epoch, UPDATES_AT_ONCE)
            frames.append(model.embedding.astype(np.float32))
            losses.append(model.loss_and_gradient(X, fixed)[0])
            yield Embedding(vocabulary, np.array(frames), np.array(losses), self)


@handed_out
@dataclass(frozen=True)
class Embedding:
    """A learned embedding: `frames` (F, V, d) float32, one per epoch from the first weights on, and `losses` (F,).

    `settings` are those that led to it.
    """

    vocabulary: Vocabulary
    frames: Array
    losses: Array
    settings: SkipGramSettings = SkipGramSettings()

    @property
    def n_bytes(self) -> int:
        """What it holds in memory, in bytes."""
        return self.frames.nbytes + self.losses.nbytes

    @property
    def recording(self) -> Recording:
        """The same as a recording: the rows of each epoch as parameters (F, Vd), and its loss as the one score."""
        n_frames, n_pairs = len(self.frames), len(corpus_pairs(self.settings.window)[1])
        per_epoch = -(-n_pairs // self.settings.batch_size)
        return Recording(np.arange(n_frames) * per_epoch, self.frames.reshape(n_frames, -1), self.losses[:, None])


@checked(window=whole(1))
def corpus_pairs(window: int) -> tuple[Vocabulary, Array]:
    """The vocabulary of the toy corpus, and its pairs (centre, neighbour) (B, 2) at most `window` places apart."""
    return cached(_corpus_pairs, window, n_bytes=100_000 * window)


def _corpus_pairs(window: int) -> tuple[Vocabulary, Array]:
    sentences = [tokenise(sentence) for sentence in toy_corpus()]
    vocabulary = build_vocabulary(sentences)
    pairs = context_pairs([vocabulary.indices(sentence) for sentence in sentences], window)
    pairs.flags.writeable = False  # all who ask share them
    return vocabulary, pairs


def noise_shares(pairs: Array, n_words: int) -> Array:
    """The probability of each of V words to be drawn as noise, (V,), from pairs (centre, neighbour) (B, 2).

    It grows with how often a word is a neighbour, to the power 0.75: rare words are drawn more often than they occur.
    """
    counts = np.bincount(pairs[:, 1], minlength=n_words) ** NOISE_POWER
    return counts / counts.sum()
