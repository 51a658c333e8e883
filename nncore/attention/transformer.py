"""A transformer block: tokens look at each other (attention), then each thinks for itself (feed-forward).

Both parts add to what was there (the residual), and layer normalisation keeps the numbers in bounds. This is the block
of Vaswani et al. (2017) with the normalisation before each part, as today's models have it (Xiong et al., 2020).
"""

from typing import NamedTuple

import numpy as np

from nncore.arguments import array, checked, flag, kind_of
from nncore.attention.attention import (
    MAX_TOKENS,
    AttentionPass,
    MultiHeadAttention,
    causal_mask,
    sinusoidal_positions,
)
from nncore.attention.translation import cross_entropy, log_softmax
from nncore.checks import require_whole, require_wholes
from nncore.models.parameters import FlatModel

Array = np.ndarray

NORM_EPSILON = 1e-5  # PyTorch's


class NormPass(NamedTuple):
    """What layer normalisation leaves for its backward pass."""

    normalised: Array  # (..., d): mean 0, deviation 1 in each row
    deviation: Array  # (..., 1)


@checked(x=array(..., "d"), gain=array("d"), shift=array("d"))
def layer_norm(x: Array, gain: Array, shift: Array) -> tuple[Array, NormPass]:
    """Each row of x (..., d) brought to mean 0 and deviation 1, then times `gain` plus `shift` (d,) (Ba et al., 2016)."""
    centred = x - x.mean(axis=-1, keepdims=True)
    deviation = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + NORM_EPSILON)
    normalised = centred / deviation
    return normalised * gain + shift, NormPass(normalised, deviation)


@checked(work=kind_of(NormPass), gain=array("d"), d_output=array(..., "d"))
def layer_norm_gradient(work: NormPass, gain: Array, d_output: Array) -> tuple[Array, Array, Array]:
    """Gradients with respect to x (..., d), gain (d,) and shift (d,)."""
    axes = tuple(range(d_output.ndim - 1))
    d_normalised = d_output * gain
    mean = d_normalised.mean(axis=-1, keepdims=True)
    along = (d_normalised * work.normalised).mean(axis=-1, keepdims=True)
    d_x = (d_normalised - mean - work.normalised * along) / work.deviation
    return d_x, (d_output * work.normalised).sum(axis=axes), d_output.sum(axis=axes)


class BlockPass(NamedTuple):
    """One forward pass over N sequences of T tokens, stage by stage."""

    tokens: Array  # (N, T, d): embedding plus position
    norm1: NormPass
    attention: AttentionPass
    after_attention: Array  # (N, T, d): with the residual
    norm2: NormPass
    feed_forward_input: Array  # (N, T, d): after layer normalisation
    hidden: Array  # (N, T, h), after ReLU
    after_feed_forward: Array  # (N, T, d): with the residual
    norm3: NormPass
    read: Array  # (N, T, d): after layer normalisation, the input of the last matrix
    log_probabilities: Array  # (N, T, answers)


class Transformer(FlatModel):
    """One transformer block between an embedding of `n_tokens` tokens and `n_answers` answers for every place.

    Positions are sinusoidal, so that it takes sequences longer than those it was trained on; `causal` hides later
    tokens. Raises ValueError for sizes below 1, or `heads` that do not divide `d_model`.
    """

    def __init__(
        self, n_tokens: int, n_answers: int, d_model: int = 32, heads: int = 2, causal: bool = False, seed: int = 0
    ):
        n_tokens = require_whole("n_tokens", n_tokens, 1, MAX_TOKENS)
        n_answers = require_whole("n_answers", n_answers, 1, MAX_TOKENS)
        seed = require_whole("seed", seed, 0)
        attention = MultiHeadAttention(d_model, heads, seed)
        d, h = attention.d_model, 2 * attention.d_model
        super().__init__({
            "embedding": (n_tokens, d), "attention": (attention.parameters.size,),
            "gain1": (d,), "shift1": (d,), "gain2": (d,), "shift2": (d,), "gain3": (d,), "shift3": (d,),
            "W_1": (h, d), "b_1": (h,), "W_2": (d, h), "b_2": (d,), "W_out": (n_answers, d), "b_out": (n_answers,),
        })  # fmt: skip
        self.heads, self.d_model, self.causal = attention.heads, d, flag("causal", causal, {})
        self._initialise(attention.parameters, np.random.default_rng([seed, 1]))
        attention.rebase(self.views["attention"])
        self.attention = attention

    def _initialise(self, attention: Array, generator: np.random.Generator) -> None:
        """Embeddings normal, matrices Xavier normal, biases and shifts 0, gains 1."""
        self.views["attention"][...] = attention
        self.views["embedding"][...] = generator.normal(size=self.views["embedding"].shape)
        for name in ("W_1", "W_2", "W_out"):
            n_out, n_in = self.views[name].shape
            self.views[name][...] = generator.normal(0.0, np.sqrt(2.0 / (n_in + n_out)), (n_out, n_in))
        for name in ("gain1", "gain2", "gain3"):
            self.views[name][...] = 1.0

    def part_sizes(self) -> dict[str, int]:
        """How many parameters each part of the block has; together they are all of them."""
        size = {name: view.size for name, view in self.views.items()}
        return {
            "embedding": size["embedding"], "attention": size["attention"],
            "feed-forward": sum(size[name] for name in ("W_1", "b_1", "W_2", "b_2")),
            "answers": size["W_out"] + size["b_out"],
            "layer normalisation": sum(n for name, n in size.items() if name.startswith(("gain", "shift"))),
        }  # fmt: skip

    def run(self, X: Array) -> BlockPass:
        """Every stage for token numbers X (N, T)."""
        X, views = self._tokens(X), self.views
        tokens = views["embedding"][X] + sinusoidal_positions(X.shape[1], self.d_model)
        mask = causal_mask(X.shape[1]) if self.causal else None
        attention_input, norm1 = layer_norm(tokens, views["gain1"], views["shift1"])
        attended, attention = self.attention.run(attention_input, attention_input, attention_input, mask)
        after_attention = tokens + attended
        feed_forward_input, norm2 = layer_norm(after_attention, views["gain2"], views["shift2"])
        hidden = np.maximum(feed_forward_input @ views["W_1"].T + views["b_1"], 0.0)
        after = after_attention + hidden @ views["W_2"].T + views["b_2"]
        read, norm3 = layer_norm(after, views["gain3"], views["shift3"])
        log_probabilities = log_softmax(read @ views["W_out"].T + views["b_out"])
        return BlockPass(
            tokens, norm1, attention, after_attention, norm2, feed_forward_input, hidden, after, norm3, read,
            log_probabilities,
        )

    def predict(self, X: Array) -> Array:
        """The most likely answer (N, T) at every place."""
        return self.run(X).log_probabilities.argmax(axis=-1)

    def head_weights(self, X: Array) -> Array:
        """Attention weights (N, heads, T, T), row = query, column = key."""
        return self.run(X).attention.weights

    def accuracy(self, X: Array, y: Array) -> float:
        """Share of places with the right answer."""
        predicted = self.predict(X)
        return float((predicted == require_wholes("y", y, 0, len(self.views["b_out"]) - 1, *predicted.shape)).mean())

    def loss_and_gradient(self, X: Array, y: Array) -> tuple[float, Array]:
        """Mean cross-entropy over all places of X (N, T), y (N, T), and its gradient (P,)."""
        X = self._tokens(X)
        work, views = self.run(X), self.views
        loss, d_logits = self._answers_loss(work.log_probabilities, y)
        gradient = np.zeros_like(self.parameters)
        into = self.split(gradient)
        _matrix_gradient(into, "W_out", "b_out", d_logits, work.read)
        d_after = self._norm_back(work.norm3, "3", d_logits @ views["W_out"], into)
        _matrix_gradient(into, "W_2", "b_2", d_after, work.hidden)
        d_hidden = (d_after @ views["W_2"]) * (work.hidden > 0)
        _matrix_gradient(into, "W_1", "b_1", d_hidden, work.feed_forward_input)
        d_stream = d_after + self._norm_back(work.norm2, "2", d_hidden @ views["W_1"], into)
        d_attention_input = sum(self.attention.backward(work.attention, d_stream, into["attention"]))
        d_tokens = d_stream + self._norm_back(work.norm1, "1", d_attention_input, into)
        # The gradient of a token's row adds up over all places where it stands.
        one_hot = X.reshape(-1)[:, None] == np.arange(len(views["embedding"]))
        into["embedding"][...] = one_hot.T.astype(float) @ d_tokens.reshape(-1, self.d_model)
        return loss, gradient

    def _answers_loss(self, log_probabilities: Array, y: Array) -> tuple[float, Array]:
        """Mean cross-entropy over the answers y (N, T), and its gradient at the logits (N, T, answers)."""
        return cross_entropy(log_probabilities, y)

    def _tokens(self, X: Array) -> Array:
        """Token numbers X (N, T), all of which have a row in the embedding."""
        return require_wholes("X", X, 0, len(self.views["embedding"]) - 1, "N", "T")

    def _norm_back(self, work: NormPass, number: str, d_output: Array, into: dict[str, Array]) -> Array:
        """The gradient before layer normalisation `number`; those of its gain and shift go into `into`."""
        d_x, d_gain, d_shift = layer_norm_gradient(work, self.views[f"gain{number}"], d_output)
        into[f"gain{number}"][...], into[f"shift{number}"][...] = d_gain, d_shift
        return d_x


def _matrix_gradient(into: dict[str, Array], weights: str, biases: str, d_output: Array, inputs: Array) -> None:
    """Puts the gradients of `inputs @ W.T + b` into their places."""
    flat = d_output.reshape(-1, d_output.shape[-1])
    into[weights][...] = flat.T @ inputs.reshape(-1, inputs.shape[-1])
    into[biases][...] = flat.sum(axis=0)
