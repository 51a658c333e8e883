"""Attention: every query is compared with all keys, and the values are averaged by how well they match.

Scaled dot-product attention and its multi-head form (Vaswani et al., 2017, "Attention is all you need"), forward and
backward, by the definitions of PyTorch. Nothing in it knows the order of tokens: `sinusoidal_positions` adds that.
"""

from typing import NamedTuple

import numpy as np

from nncore.arguments import array, checked, kind_of, number, optional, whole
from nncore.checks import LARGEST_ENTRY, require_array, require_whole, shown
from nncore.models.parameters import FlatModel

Array = np.ndarray

MAX_TOKENS, MAX_WIDTH = 10_000, 4096


def scaled_dot_product_attention(
    Q: Array, K: Array, V: Array, mask: Array | None = None, scale: float | None = None
) -> tuple[Array, Array]:
    """Output (..., T_q, d_v) and weights (..., T_q, T_k), whose rows sum to 1, for Q (..., T_q, d), K and V (..., T_k, .).

    `mask` is boolean, broadcastable to the weights, True = may attend; masked weights are exactly 0, and so is every
    weight of a row that may attend to nothing. `scale` multiplies the scores, by default 1 / sqrt(d).
    Raises ValueError for shapes that do not fit.
    """
    Q, K, V = (require_array(name, values) for name, values in (("Q", Q), ("K", K), ("V", V)))
    if V.ndim < 2:
        raise ValueError(f"V must have the shape (..., T_k, d_v), got {V.shape}")
    if min(Q.ndim, K.ndim) < 2 or Q.shape[-1] != K.shape[-1]:
        raise ValueError(f"K must have as many columns as Q, {Q.shape}, got {K.shape}")
    if K.shape[-2] != V.shape[-2]:
        raise ValueError(f"V must have as many rows as K, {K.shape[-2]}, got {V.shape[-2]}")
    _check_leading(K=(K, Q), V=(V, Q))
    scores = attention_scores(Q, K, scale)
    weights = masked_softmax(scores, mask)
    return weights @ V, weights


def _check_leading(**pairs: tuple[Array, Array]) -> None:
    """Raises ValueError unless the axes in front of the last two fit those of Q."""
    for name, (values, Q) in pairs.items():
        try:
            np.broadcast_shapes(values.shape[:-2], Q.shape[:-2])
        except ValueError:
            raise ValueError(f"{name} must have axes in front that fit those of Q, {Q.shape}, got {values.shape}") from None


@checked(Q=array(..., "T", "d"), K=array(..., "S", "d"), scale=optional(number(-LARGEST_ENTRY, LARGEST_ENTRY)))
def attention_scores(Q: Array, K: Array, scale: float | None = None) -> Array:
    """The score of each query with each key, (..., T_q, T_k): Q K^T times `scale`, by default 1 / sqrt(d)."""
    return (Q @ np.swapaxes(K, -1, -2)) * (1.0 / np.sqrt(Q.shape[-1]) if scale is None else scale)


@checked(scores=array(..., "T"))
def masked_softmax(scores: Array, mask: Array | None = None) -> Array:
    """Softmax over the last axis of `scores` (..., T_k), exactly 0 where `mask` is False.

    A row without a True has zeros. Raises ValueError for a mask that is not boolean or does not fit.
    """
    if mask is None:
        exponentials = np.exp(scores - scores.max(axis=-1, keepdims=True))
        return exponentials / exponentials.sum(axis=-1, keepdims=True)
    mask, given = require_array("mask", mask), np.asarray(mask)
    if given.dtype.kind != "b":
        raise ValueError(f"mask must be boolean, True = may attend, got {given.dtype}")
    mask = mask.astype(bool)
    try:
        mask = np.broadcast_to(mask, scores.shape)
    except ValueError:
        raise ValueError(f"mask must fit the weights' shape {scores.shape}, got {mask.shape}") from None
    # The largest unmasked score: a huge masked score would make all the others underflow to 0.
    largest = np.max(scores, axis=-1, keepdims=True, where=mask, initial=-np.inf)
    shifted = np.where(mask, scores - np.where(np.isfinite(largest), largest, 0.0), -np.inf)
    exponentials = np.exp(shifted)
    totals = exponentials.sum(axis=-1, keepdims=True)
    return np.divide(exponentials, totals, out=np.zeros(scores.shape), where=totals > 0)


@checked(
    Q=array(..., "T", "d"), K=array(..., "S", "d"), V=array(..., "S", "e"), weights=array(..., "T", "S"),
    d_output=array(..., "T", "e"), scale=optional(number()),
)
def attention_gradient(
    Q: Array, K: Array, V: Array, weights: Array, d_output: Array, scale: float | None = None
) -> tuple[Array, Array, Array]:
    """Gradients with respect to Q, K and V, given that of the output and the weights of the forward pass.

    A masked weight is 0, which makes its gradient 0 too: the mask itself is not needed.
    """
    scale = 1.0 / np.sqrt(Q.shape[-1]) if scale is None else scale
    d_weights = d_output @ np.swapaxes(V, -1, -2)
    # The softmax's own derivative: a weight rises at the cost of its row's mean.
    d_scores = weights * (d_weights - (weights * d_weights).sum(axis=-1, keepdims=True)) * scale
    return d_scores @ K, np.swapaxes(d_scores, -1, -2) @ Q, np.swapaxes(weights, -1, -2) @ d_output


@checked(n_tokens=whole(0, MAX_TOKENS))
def causal_mask(n_tokens: int) -> Array:
    """Boolean (T, T): each token may attend to itself and to those before it."""
    return np.tri(n_tokens, dtype=bool)


@checked(n_queries=whole(0, MAX_TOKENS), n_tokens=whole(0, MAX_TOKENS), n_real=whole(0))
def padding_mask(n_queries: int, n_tokens: int, n_real: int) -> Array:
    """Boolean (T_q, T): every query may attend to the first `n_real` tokens, the rest being padding."""
    return np.broadcast_to(np.arange(n_tokens) < n_real, (n_queries, n_tokens))


@checked(n_tokens=whole(0, MAX_TOKENS), d_model=whole(1, MAX_WIDTH))
def sinusoidal_positions(n_tokens: int, d_model: int) -> Array:
    """Positions as vectors (T, d_model): sines in even columns, cosines in odd ones, of ever longer waves.

    Wavelengths run from 2 pi to 10000 * 2 pi (Vaswani et al., 2017, section 3.5).
    """
    columns = np.arange(d_model)
    angles = np.arange(n_tokens)[:, None] / 10_000.0 ** (2 * (columns // 2) / d_model)
    return np.where(columns % 2 == 0, np.sin(angles), np.cos(angles))


class AttentionPass(NamedTuple):
    """What a forward pass of MultiHeadAttention leaves for the backward pass; heads are the third axis from the end."""

    inputs: tuple[Array, Array, Array]  # query, key, value (..., T, d_model)
    Q: Array  # (..., heads, T_q, d_head)
    K: Array
    V: Array
    weights: Array  # (..., heads, T_q, T_k)
    joined: Array  # (..., T_q, d_model): the heads' outputs side by side


class MultiHeadAttention(FlatModel):
    """`heads` attentions side by side, each on its own part of the d_model columns, and one matrix that combines them.

    `W_Q, W_K, W_V, W_O` are views (d_model, d_model) of `parameters`, row i = the weights of output i; no biases.
    They start Xavier uniform, drawn from `seed`. Raises ValueError unless `heads` divides `d_model`.
    """

    NAMES = ("W_Q", "W_K", "W_V", "W_O")

    def __init__(self, d_model: int, heads: int, seed: int = 0):
        self.d_model = require_whole("d_model", d_model, 1, MAX_WIDTH)
        self.heads = require_whole("heads", heads, 1)
        seed = require_whole("seed", seed, 0)
        if self.d_model % self.heads:
            raise ValueError(f"heads must divide d_model, {self.d_model}, got {shown(heads)}")
        super().__init__(dict.fromkeys(self.NAMES, (self.d_model, self.d_model)))
        bound = np.sqrt(3.0 / self.d_model)
        self.parameters[...] = np.random.default_rng(seed).uniform(-bound, bound, self.parameters.size)
        self._name_matrices()

    def rebase(self, vector: Array) -> None:
        """Takes `vector` (P,) for its parameters from now on: a part of a larger model's own vector."""
        super().rebase(vector)
        self._name_matrices()

    def _name_matrices(self) -> None:
        self.W_Q, self.W_K, self.W_V, self.W_O = (self.views[name] for name in self.NAMES)

    def forward(self, query: Array, key: Array, value: Array, mask: Array | None = None) -> tuple[Array, Array]:
        """Output (..., T_q, d_model) and weights (..., heads, T_q, T_k) for arrays (..., T, d_model).

        `mask` is boolean, True = may attend: (T_q, T_k) or (..., T_q, T_k) for all heads alike, or with the heads'
        own axis.
        """
        output, work = self.run(query, key, value, mask)
        return output, work.weights

    def run(self, query: Array, key: Array, value: Array, mask: Array | None = None) -> tuple[Array, AttentionPass]:
        """The output (..., T_q, d_model) and what `backward` needs. Raises ValueError for shapes that do not fit."""
        given = {"query": query, "key": key, "value": value}
        inputs = tuple(require_array(name, values, ..., "T", self.d_model) for name, values in given.items())
        if inputs[1].shape[-2] != inputs[2].shape[-2]:
            raise ValueError(f"value must have as many rows as key, {inputs[1].shape[-2]}, got {inputs[2].shape[-2]}")
        _check_leading(key=(inputs[1], inputs[0]), value=(inputs[2], inputs[0]))
        Q, K, V = (
            self._split_heads(values @ matrix.T)
            for values, matrix in zip(inputs, (self.W_Q, self.W_K, self.W_V), strict=True)
        )
        if mask is not None and 2 < require_array("mask", mask).ndim < Q.ndim:
            mask = np.expand_dims(mask, -3)  # (..., 1, T_q, T_k): the same for all heads
        attended, weights = scaled_dot_product_attention(Q, K, V, mask)
        joined = self._join_heads(attended)
        return joined @ self.W_O.T, AttentionPass(inputs, Q, K, V, weights, joined)

    @checked(work=kind_of(AttentionPass), d_output=array(..., "T", "d"), gradient=array("P"))
    def backward(self, work: AttentionPass, d_output: Array, gradient: Array) -> tuple[Array, Array, Array]:
        """Gradients with respect to query, key and value; those of the matrices go into `gradient` (P,)."""
        into = self.split(gradient)
        into["W_O"][...] = _outer(d_output, work.joined)
        d_heads = self._split_heads(d_output @ self.W_O)
        d_parts = attention_gradient(work.Q, work.K, work.V, work.weights, d_heads)
        d_inputs = []
        for name, inputs, d_part in zip(self.NAMES, work.inputs, d_parts, strict=False):
            d_projected = self._join_heads(d_part)
            into[name][...] = _outer(d_projected, inputs)
            d_inputs.append(d_projected @ self.views[name])
        return tuple(d_inputs)

    def loss_and_gradient(self, X: Array, y: Array) -> tuple[float, Array]:
        """Mean squared error of self-attention on X (..., T, d_model) against y of the same shape, and its gradient (P,)."""
        X = require_array("X", X, ..., "T", self.d_model)
        output, work = self.run(X, X, X)
        error = output - require_array("y", y, *output.shape)
        gradient = np.zeros_like(self.parameters)
        self.backward(work, 2.0 * error / error.size, gradient)
        return float(np.mean(error**2)), gradient

    def _split_heads(self, joined: Array) -> Array:
        """(..., T, d_model) -> (..., heads, T, d_head): each head has consecutive columns."""
        return np.swapaxes(joined.reshape(*joined.shape[:-1], self.heads, self.d_model // self.heads), -2, -3)

    def _join_heads(self, heads: Array) -> Array:
        """(..., heads, T, d_head) -> (..., T, d_model)."""
        swapped = np.swapaxes(heads, -2, -3)
        return swapped.reshape(*swapped.shape[:-2], self.d_model)


def _outer(d_output: Array, inputs: Array) -> Array:
    """Gradient (n_out, n_in) of a matrix W in `inputs @ W.T`, summed over all leading axes."""
    return d_output.reshape(-1, d_output.shape[-1]).T @ inputs.reshape(-1, inputs.shape[-1])
