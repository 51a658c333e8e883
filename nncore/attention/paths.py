"""How far apart two tokens are: a recurrent network has a step for each token between them, attention has one in all.

What the first token can still say at the last place is measured as a derivative: by how much the last output changes with
the first input, against how much it changes with the last input. Through T - 1 recurrent steps T - 1 matrices multiply it,
each of which shrinks or stretches it; attention reads every place by one weighted mean (Vaswani et al., 2017, table 1).
"""

from typing import NamedTuple

import numpy as np

from nncore.arguments import array, checked, kind_of, whole
from nncore.attention.attention import MultiHeadAttention
from nncore.checks import require_array
from nncore.handed_out import handed_out

Array = np.ndarray

WIDTH = 16


@handed_out
class PathCost(NamedTuple):
    """A sequence of `length` tokens: steps that must wait for each other, scores, and what of the first token arrives."""

    length: int
    recurrent_steps: int
    attention_steps: int
    scores: int  # the price of attention: a number for each two places
    recurrent_reach: float
    attention_reach: float


@checked(W=array("H", "H"), U=array("H", "D"), X=array("T", "D"))
def recurrent_jacobians(W: Array, U: Array, X: Array) -> Array:
    """How the last state of h_t = tanh(W h + U x_t), from h = 0, changes with each input: (T, H, D) for inputs X (T, D)."""
    h, slopes = np.zeros(len(W)), []
    for x in X:
        h = np.tanh(W @ h + U @ x)
        slopes.append(1.0 - h**2)
    after, jacobians = np.eye(len(W)), []
    for slope in reversed(slopes):
        jacobians.append((after * slope) @ U)
        after = (after * slope) @ W
    return np.array(jacobians[::-1])


@checked(model=kind_of(MultiHeadAttention))
def attention_jacobians(model: MultiHeadAttention, X: Array) -> Array:
    """How the output at the last place of self-attention changes with each input: (T, D, D) for inputs X (T, D)."""
    d = model.d_model
    X = require_array("X", X, "T", d)
    many = np.broadcast_to(X, (d, *X.shape))
    _, work = model.run(many, many, many)
    d_output = np.zeros((d, *X.shape))
    d_output[np.arange(d), -1, np.arange(d)] = 1.0
    gradients = model.backward(work, d_output, np.zeros_like(model.parameters))
    return np.swapaxes(sum(gradients), 0, 1)


@checked(jacobians=array("T", "H", "D"))
def reach(jacobians: Array) -> float:
    """How strongly the last output depends on the first input, against its dependence on the last one."""
    return float(np.linalg.norm(jacobians[0]) / np.linalg.norm(jacobians[-1]))


@checked(length=whole(2, 256), n_draws=whole(1, 100), seed=whole(0))
def compare_paths(length: int, n_draws: int = 10, seed: int = 0) -> PathCost:
    """Both ways on the same random inputs, with untrained weights; the middle one (median) of `n_draws` draws."""
    drawn = [_reaches(length, np.random.default_rng([seed, draw])) for draw in range(n_draws)]
    recurrent, attention = np.median(drawn, axis=0)
    return PathCost(length, length, 1, length**2, float(recurrent), float(attention))


def _reaches(length: int, rng: np.random.Generator) -> tuple[float, float]:
    """The reach of a recurrent network and of attention with one head, both drawn as they would be before training."""
    X = rng.normal(size=(length, WIDTH))
    W, U = (rng.normal(0.0, 1.0 / np.sqrt(WIDTH), (WIDTH, WIDTH)) for _ in range(2))
    model = MultiHeadAttention(WIDTH, 1, int(rng.integers(2**31)))
    return reach(recurrent_jacobians(W, U, X)), reach(attention_jacobians(model, X))
