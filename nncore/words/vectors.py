"""Word vectors: three ways to turn a word into d numbers.

Drawn at random, drawn and brought to length 1, or learned: a row of a skip-gram model's matrix. A random vector belongs to
the word's letters and a seed, so that every word has one and has the same one everywhere. A learned matrix has rows for the
words of its corpus alone: an unknown word gets zeros.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nncore.arguments import array, checked, each, kind_of, optional, text, whole
from nncore.checks import require_one_of, require_whole
from nncore.words.skipgram import Embedding

Array = np.ndarray

MAX_DIMENSIONS = 4096


def _words(name: str, value: object, sizes: object) -> tuple[str, ...]:
    """A list of words; a text stands for its letters."""
    return tuple(value) if isinstance(value, str) else each(text)(name, value, {})


VECTORS = {
    "random": "Random",
    "unit": "Random, length 1",
    "learned": "Learned",
}


@checked(words=each(text), seed=whole(0), embedding=optional(kind_of(Embedding)))
def word_vectors(
    words: Sequence[str], kind: str, dimensions: int, seed: int = 0, embedding: Embedding | None = None
) -> Array:
    """Vectors (T, d) of `words`, one row each, of the `kind` of VECTORS.

    "learned" reads the last frame of `embedding`; words that it does not know get zeros. Raises ValueError for an unknown
    kind, fewer than 1 dimension, or "learned" without an embedding of d numbers.
    """
    require_one_of("kind", kind, VECTORS)
    dimensions = require_whole("dimensions", dimensions, 1, MAX_DIMENSIONS)
    if kind == "learned":
        return _learned(words, dimensions, embedding)
    E = np.array([_draw(word, dimensions, seed) for word in words]).reshape(-1, dimensions)
    return E / np.linalg.norm(E, axis=1, keepdims=True) if kind == "unit" else E


def _draw(word: str, dimensions: int, seed: int) -> Array:
    letters = word.encode("utf-8", "replace")
    # The length goes in too, for a seed's trailing zeros are not seen.
    return np.random.default_rng([seed, len(letters), *letters]).normal(size=dimensions)


def _learned(words: Sequence[str], dimensions: int, embedding: Embedding | None) -> Array:
    if embedding is None or embedding.frames.shape[-1] != dimensions:
        got = "none" if embedding is None else f"one of {embedding.frames.shape[-1]}"
        raise ValueError(f"embedding must hold {dimensions} numbers a word, got {got}")
    return rows_of(words, embedding, -1)


@checked(words=each(text), embedding=kind_of(Embedding), frame=whole(-1))
def rows_of(words: Sequence[str], embedding: Embedding, frame: int) -> Array:
    """Learned vectors (T, d) of `words` at a frame of `embedding`; zeros for the unknown ones."""
    frame = require_whole("frame", frame, -1, len(embedding.frames) - 1)
    matrix = embedding.frames[frame]
    padded = np.vstack([matrix, np.zeros(matrix.shape[1])])
    rows = embedding.vocabulary.indices(words)
    return padded[[-1 if row is None else row for row in rows]].astype(float)


@checked(E=array("T?", "d?"))
def cosines(E: Array) -> Array:
    """Cosine similarities (T, T) between the rows of E (T, d): dot products over both lengths; 0 for a zero vector."""
    lengths = np.linalg.norm(E, axis=1, keepdims=True)
    unit = np.divide(E, lengths, out=np.zeros_like(E, dtype=float), where=lengths > 0)
    return unit @ unit.T


@checked(word=text, words=_words, E=array("T", "d"), count=whole(0))
def nearest(word: str, words: Sequence[str], E: Array, count: int = 5) -> list[tuple[str, float]]:
    """The `count` other words whose rows of E (T, d) point most nearly the same way, with their cosines.

    Raises ValueError for a word that is not among `words`.
    """
    if word not in words:
        raise ValueError(f"word must be one of the {len(words)} words given, got {word[:40]!r}")
    if len(E) != len(words):
        raise ValueError(f"E must have a row for each of the {len(words)} words, got {len(E)}")
    at = list(words).index(word)
    similar = cosines(E)[at]
    order = [i for i in np.argsort(-similar, kind="stable") if i != at]
    return [(words[i], float(similar[i])) for i in order[:count]]


@dataclass(frozen=True, eq=False)
class WordPlane:
    """A plane through the space of words: `mean` (d,), two `directions` (2, d), and their `shares` (2,) of the spread."""

    mean: Array
    directions: Array
    shares: Array

    @checked(E=array("T?", "d"))
    def project(self, E: Array) -> Array:
        """Where the rows of E (T, d) lie in the plane, (T, 2)."""
        return (E - self.mean) @ self.directions.T


@checked(E=array("T", "d"))
def principal_plane(E: Array) -> WordPlane:
    """The plane of the two directions in which the rows of E (T, d) spread most.

    For d = 1 the second direction is 0. Signs are fixed: each direction's numbers have a sum of at least 0.
    """
    mean = E.mean(axis=0)
    _, spread, directions = np.linalg.svd(E - mean, full_matrices=False)
    directions = directions[:2] * np.where(directions[:2].sum(axis=1) < 0, -1.0, 1.0)[:, None]
    shares = spread[:2] ** 2 / (float((spread**2).sum()) or 1.0)
    missing = 2 - len(directions)
    return WordPlane(mean, np.pad(directions, ((0, missing), (0, 0))), np.pad(shares, (0, missing)))
