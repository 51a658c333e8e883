"""Attention stage by stage: every matrix between a sentence and what attention makes of it, and how the numbers arise.

Two constructions are kept apart: the plain product A B^T of two sentences' word vectors, and today's scaled dot-product
attention with learned projections, a mask and heads.
"""

import zlib
from dataclasses import dataclass

import numpy as np

from nncore.arguments import array, check_fields, checked, each, flag, kind_of, positive, text, whole, wholes
from nncore.attention.attention import MAX_WIDTH, MultiHeadAttention, attention_scores, masked_softmax
from nncore.checks import require_array, require_wholes
from nncore.handed_out import handed_out
from nncore.words.graphemes import graphemes
from nncore.words.text import MAX_TOKENS, MAX_WORD, words_of

Array = np.ndarray


@checked(name=text, sentence=text)
def split_words(name: str, sentence: str) -> list[str]:
    """The words of a sentence, cut by the rule of `nncore.words.text`.

    Raises ValueError that calls the sentence `name`, unless there are 1 to 32 words of at most 40 letters.
    """
    words = words_of(sentence)
    if not words:
        lack = "holds no word, only punctuation" if sentence.strip() else "is empty"
        raise ValueError(f"{name} {lack}: type at least one word")
    if len(words) > MAX_TOKENS:
        raise ValueError(f"{name} has {len(words):,} words: type at most {MAX_TOKENS}")
    longest = max(len(graphemes(word)) for word in words)
    if longest > MAX_WORD:
        raise ValueError(f"{name} has a word of {longest:,} letters: type words of at most {MAX_WORD}")
    return words


@checked(words=each(text, 1), d_model=whole(1, MAX_WIDTH), seed=whole(0))
def word_vectors(words: list[str], d_model: int, seed: int = 0) -> Array:
    """A random unit vector for each word, (T, d_model): the same word has the same vector everywhere."""
    numbers = [zlib.crc32(word.encode(errors="surrogatepass")) for word in words]
    vectors = np.array([np.random.default_rng([seed, number]).normal(size=d_model) for number in numbers])
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@dataclass(frozen=True)
class AttentionSettings:
    """How scores become weights. `temperature` divides the scores; `scaled` divides them by sqrt(d_head) first."""

    scaled: bool = True
    temperature: float = 1.0

    def __post_init__(self):
        check_fields(self, scaled=flag, temperature=positive())

    @checked(d_head=whole(1, 1_000_000))
    def scale(self, d_head: int) -> float:
        """What the dot products are multiplied by."""
        return (1.0 / np.sqrt(d_head) if self.scaled else 1.0) / self.temperature


@handed_out
@dataclass(frozen=True)
class Stages:
    """Every matrix of self-attention on one sentence of T tokens; H heads of d_head columns each."""

    tokens: Array  # E (T, d_model), positions included
    Q: Array  # (H, T, d_head)
    K: Array  # (H, T, d_head)
    V: Array  # (H, T, d_head)
    scores: Array  # (H, T, T), before the mask
    weights: Array  # (H, T, T)
    attended: Array  # (H, T, d_head)
    joined: Array  # (T, d_model): the heads side by side
    output: Array  # (T, d_model)


@checked(tokens=array("T", "d"), model=kind_of(MultiHeadAttention), settings=kind_of(AttentionSettings))
def attention_stages(
    tokens: Array, model: MultiHeadAttention, settings: AttentionSettings, mask: Array | None = None
) -> Stages:
    """Every stage of self-attention of `model` on tokens (T, d_model)."""
    require_array("tokens", tokens, "T", model.d_model)
    heads, d_head = model.heads, model.d_model // model.heads
    Q, K, V = (
        np.swapaxes((tokens @ matrix.T).reshape(len(tokens), heads, d_head), 0, 1)
        for matrix in (model.W_Q, model.W_K, model.W_V)
    )
    scores = attention_scores(Q, K, settings.scale(d_head))
    weights = masked_softmax(scores, mask)
    attended = weights @ V
    joined = np.swapaxes(attended, 0, 1).reshape(tokens.shape)
    return Stages(tokens, Q, K, V, scores, weights, attended, joined, joined @ model.W_O.T)


@checked(model=kind_of(MultiHeadAttention))
def with_one_matrix(model: MultiHeadAttention) -> MultiHeadAttention:
    """A copy of `model` in which W_Q stands for W_K and W_V too: query, key and value of a word are the same vector."""
    copy = MultiHeadAttention(model.d_model, model.heads)
    copy.parameters[...] = model.parameters
    copy.W_K[...] = copy.W_V[...] = model.W_Q
    return copy


@checked(weights=array(..., "T"))
def entropy(weights: Array) -> Array:
    """The entropy of each row of weights, in bits (...,): 0 for one key word alone, log2 T for all T alike."""
    logs = np.log2(weights, out=np.zeros_like(weights), where=weights > 0)
    return np.maximum(-(weights * logs).sum(axis=-1), 0.0)


@checked(n_tokens=whole(1, MAX_TOKENS))
def even_entropy(mask: Array | None, n_tokens: int) -> float:
    """The mean of `entropy` over the rows, for attention spread evenly over all that each of T queries may attend to."""
    return float(entropy(masked_softmax(np.zeros((n_tokens, n_tokens)), mask)).mean())


@checked(n_tokens=whole(0, MAX_TOKENS), seed=whole(0))
def shuffled_order(n_tokens: int, seed: int = 1) -> Array:
    """An order (T,) of the places 0 to T - 1 that is not the one they are in, but for a single token."""
    order = np.random.default_rng(seed).permutation(n_tokens)
    return np.roll(order, 1) if (order == np.arange(n_tokens)).all() else order


@checked(before=kind_of(Stages), after=kind_of(Stages), order=wholes(0, None, "T"))
def order_gap(before: Stages, after: Stages, order: Array) -> float:
    """How much the words' outputs change when the sentence is shuffled: the largest difference of any number.

    Word i of the sentence of `after` was word `order[i]` of that of `before`.
    """
    require_wholes("order", order, 0, len(before.output) - 1, len(after.output))
    return float(np.abs(after.output - before.output[order]).max())
