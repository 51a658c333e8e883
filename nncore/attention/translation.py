"""Learned attention: a toy translation from English into French, by one head that learns which English word to read.

Phrases of an article, an adjective and a noun. In French the adjective stands behind the noun, and both article and
adjective agree with the noun's gender. So the first word needs the article *and* the noun, the second the noun alone,
the third the adjective and the noun: an attention matrix that does all this can be read like a grammar.
"""

import itertools
from typing import NamedTuple

import numpy as np

from nncore.arguments import array, checked, each, text, whole
from nncore.attention.attention import MAX_WIDTH, attention_gradient, scaled_dot_product_attention
from nncore.checks import require_number, require_one_of, require_whole, require_wholes
from nncore.models.parameters import FlatModel

Array = np.ndarray

ARTICLES = {"the": ("le", "la"), "a": ("un", "une")}
ADJECTIVES = {
    "green": ("vert", "verte"), "black": ("noir", "noire"), "white": ("blanc", "blanche"),
    "grey": ("gris", "grise"), "round": ("rond", "ronde"), "hot": ("chaud", "chaude"),
}  # fmt: skip
# A noun and its gender: 0 masculine, 1 feminine.
NOUNS = {
    "cat": ("chat", 0), "dog": ("chien", 0), "book": ("livre", 0), "train": ("train", 0),
    "house": ("maison", 1), "table": ("table", 1), "apple": ("pomme", 1), "car": ("voiture", 1),
}  # fmt: skip

SOURCE_WORDS = (*ARTICLES, *ADJECTIVES, *NOUNS)
TARGET_WORDS = tuple(
    itertools.chain(*ARTICLES.values(), *ADJECTIVES.values(), (french for french, _ in NOUNS.values()))
)
N_PHRASES = len(ARTICLES) * len(ADJECTIVES) * len(NOUNS)
N_WORDS = 3


@checked(phrase=each(text, 3, 3))
def translate(phrase: tuple[str, str, str]) -> tuple[str, str, str]:
    """The French (article, noun, adjective) of an English (article, adjective, noun), by the grammar."""
    article, adjective, noun = phrase
    for name, word, table in (("article", article, ARTICLES), ("adjective", adjective, ADJECTIVES), ("noun", noun, NOUNS)):
        require_one_of(name, word, table)
    french, gender = NOUNS[noun]
    return ARTICLES[article][gender], french, ADJECTIVES[adjective][gender]


def all_phrases() -> list[tuple[str, str, str]]:
    """Every English phrase of the grammar, (article, adjective, noun)."""
    return list(itertools.product(ARTICLES, ADJECTIVES, NOUNS))


class Pairs(NamedTuple):
    """Word numbers: X (N, 3) into SOURCE_WORDS, y (N, 3) into TARGET_WORDS."""

    X: Array
    y: Array


@checked(phrases=each(each(text, 3, 3), 1))
def encode(phrases: list[tuple[str, str, str]]) -> Pairs:
    """Phrases and their translations as word numbers."""
    y = [[TARGET_WORDS.index(word) for word in translate(phrase)] for phrase in phrases]
    X = [[SOURCE_WORDS.index(word) for word in phrase] for phrase in phrases]
    return Pairs(np.array(X, dtype=int), np.array(y, dtype=int))


@checked(seed=whole(0))
def split_phrases(seed: int = 0) -> tuple[Pairs, Pairs]:
    """Three quarters of all phrases for training, and those held out."""
    phrases = all_phrases()
    order = np.random.default_rng(seed).permutation(N_PHRASES)
    cut = N_PHRASES * 3 // 4
    return encode([phrases[i] for i in order[:cut]]), encode([phrases[i] for i in order[cut:]])


class TranslationPass(NamedTuple):
    """One forward pass over N phrases."""

    tokens: Array  # (N, 3, d): word plus position
    Q: Array  # (3, d): one query for each place of the French phrase
    K: Array  # (N, 3, d)
    V: Array  # (N, 3, d)
    weights: Array  # (N, 3, 3): row = query (French place), column = key (English word)
    context: Array  # (N, 3, d)
    log_probabilities: Array  # (N, 3, words): log of the probability of each French word


class Translator(FlatModel):
    """Single-head cross-attention from three position queries: which English words to read, then which French one to write.

    English words and places have embeddings (`words`, `places`), the French places have queries (`queries`);
    `W_Q, W_K, W_V` (d, d) project them and `W_O` (French words, d) reads the answer. All start normal with `deviation`,
    but `queries` with a third of it, so that no row of attention is decided before training has begun, and `places`
    at 0: with places to tell the words by, some starts end with a matrix that is right but cannot be read.
    """

    def __init__(self, d_model: int = 16, deviation: float = 0.3, seed: int = 0):
        d = require_whole("d_model", d_model, 1, MAX_WIDTH)
        deviation = require_number("deviation", deviation, 0, 100)
        seed = require_whole("seed", seed, 0)
        super().__init__({
            "words": (len(SOURCE_WORDS), d), "places": (N_WORDS, d), "queries": (N_WORDS, d),
            "W_Q": (d, d), "W_K": (d, d), "W_V": (d, d), "W_O": (len(TARGET_WORDS), d),
        })  # fmt: skip
        self.parameters[...] = np.random.default_rng(seed).normal(0.0, deviation, self.parameters.size)
        self.views["queries"] /= 3.0
        self.views["places"][...] = 0.0

    def run(self, X: Array) -> TranslationPass:
        """Every stage for phrases X (N, 3)."""
        X, views = require_wholes("X", X, 0, len(SOURCE_WORDS) - 1, "N", N_WORDS), self.views
        tokens = views["words"][X] + views["places"]
        Q = views["queries"] @ views["W_Q"].T
        K, V = tokens @ views["W_K"].T, tokens @ views["W_V"].T
        context, weights = scaled_dot_product_attention(Q, K, V)
        return TranslationPass(tokens, Q, K, V, weights, context, log_softmax(context @ views["W_O"].T))

    def attention(self, X: Array) -> Array:
        """Weights (N, 3, 3): row = place in the French phrase, column = English word."""
        return self.run(X).weights

    def predict(self, X: Array) -> Array:
        """The most likely French word (N, 3) at each place."""
        return self.run(X).log_probabilities.argmax(axis=-1)

    def accuracy(self, X: Array, y: Array) -> float:
        """Share of phrases of which every word is right."""
        predicted = self.predict(X)
        return float((predicted == require_wholes("y", y, 0, len(TARGET_WORDS) - 1, *predicted.shape)).all(axis=1).mean())

    def loss_and_gradient(self, X: Array, y: Array) -> tuple[float, Array]:
        """Mean cross-entropy over all words of phrases X (N, 3), y (N, 3), and its gradient (P,)."""
        X = require_wholes("X", X, 0, len(SOURCE_WORDS) - 1, "N", N_WORDS)
        work, views = self.run(X), self.views
        loss, d_logits = cross_entropy(work.log_probabilities, y)
        gradient = np.zeros_like(self.parameters)
        into = self.split(gradient)
        into["W_O"][...] = np.einsum("nto,ntd->od", d_logits, work.context)
        Q = np.broadcast_to(work.Q, work.K.shape)
        d_Q, d_K, d_V = attention_gradient(Q, work.K, work.V, work.weights, d_logits @ views["W_O"])
        d_Q = d_Q.sum(axis=0)  # (3, d): all phrases share the queries
        into["W_Q"][...] = d_Q.T @ views["queries"]
        into["queries"][...] = d_Q @ views["W_Q"]
        flat_tokens = work.tokens.reshape(-1, work.tokens.shape[-1])
        into["W_K"][...] = d_K.reshape(flat_tokens.shape).T @ flat_tokens
        into["W_V"][...] = d_V.reshape(flat_tokens.shape).T @ flat_tokens
        d_tokens = d_K @ views["W_K"] + d_V @ views["W_V"]
        into["places"][...] = d_tokens.sum(axis=0)
        np.add.at(into["words"], X, d_tokens)
        return loss, gradient


@checked(logits=array(..., "C"))
def log_softmax(logits: Array) -> Array:
    """Log of the softmax over the last axis, without overflow."""
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


@checked(log_probabilities=array(..., "N", "C", limit=None))
def cross_entropy(log_probabilities: Array, y: Array) -> tuple[float, Array]:
    """Mean of -log probability of the true classes y (...,), and the gradient at the logits (..., N, C)."""
    y = require_wholes("y", y, 0, log_probabilities.shape[-1] - 1, *log_probabilities.shape[:-1])
    picked = np.take_along_axis(log_probabilities, y[..., None], axis=-1)
    d_logits = np.exp(log_probabilities)
    np.put_along_axis(d_logits, y[..., None], np.exp(picked) - 1.0, axis=-1)
    return float(-picked.mean()), d_logits / y.size
