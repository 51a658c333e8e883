"""Head roles: what each head of a transformer block does for the answers, measured in two ways.

How much of its attention lies where the answer stands says where a head attends; how many answers stay right once it is
switched off says whether it matters. The two need not agree: attention by itself explains nothing.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from nncore.arguments import array, bools, checked, each, flag, kind_of, whole, wholes
from nncore.attention.transformer import Transformer
from nncore.checks import require_array, require_whole
from nncore.handed_out import handed_out

Array = np.ndarray


@handed_out
class HeadRoles(NamedTuple):
    """Measured on the same sequences: for each head, and for the block with all and with none of them."""

    on_source: Array  # (heads,): share of attention on the places where the answer stands
    even: float  # the same share if attention were even over all places allowed
    on_itself: Array  # (heads,): share of attention of the same places on themselves
    without: Array  # (heads,): share of places right with this head switched off
    right: float  # share of places right with all heads
    without_all: float  # ... with none


@checked(weights=array("N", "heads", "T", "T"), source=bools("N", "T", "T"))
def share_on(weights: Array, source: Array) -> Array:
    """Mean share of attention (heads,) on `source` (N, T, T), over all places that have one, for weights (N, heads, T, T).

    nan where no place has a source.
    """
    on_it = (weights * source[:, None]).sum(axis=-1)  # (N, heads, T)
    counted = source.any(axis=-1)
    if not counted.any():
        return np.full(weights.shape[1], np.nan)
    return np.moveaxis(on_it, 1, -1)[counted].mean(axis=0)


@checked(source=bools("N", "T", "T"), causal=flag)
def even_share(source: Array, causal: bool) -> float:
    """Mean share of `source` (N, T, T) among the places that each place may look at, where it has one; else nan."""
    n_tokens = source.shape[-1]
    visible = np.arange(1, n_tokens + 1) if causal else np.full(n_tokens, n_tokens)
    counted = source.any(axis=-1)
    shares = source.sum(axis=-1) / visible
    return float(shares[counted].mean()) if counted.any() else float("nan")


@checked(model=kind_of(Transformer), heads=each(whole(0)))
def switched_off(model: Transformer, heads: Sequence[int]) -> Transformer:
    """A copy of `model` in which nothing of these heads' outputs reaches the residual: their columns of W_O are 0."""
    views = model.views
    n_tokens, n_answers = len(views["embedding"]), len(views["b_out"])
    copy = Transformer(n_tokens, n_answers, model.d_model, model.heads, model.causal)
    copy.parameters = model.parameters
    size = model.d_model // model.heads
    for number, head in enumerate(heads):
        require_whole(f"heads[{number}]", head, 0, model.heads - 1)
        copy.attention.W_O[:, head * size : (head + 1) * size] = 0.0
    return copy


@checked(model=kind_of(Transformer), X=wholes(0, None, "N", "T"), y=wholes(0, None, "N", "T"), source=bools("N", "T", "T"))
def head_roles(model: Transformer, X: Array, y: Array, source: Array) -> HeadRoles:
    """The roles of all heads on sequences X (N, T) with answers y (N, T) that stand at `source` (N, T, T)."""
    work = model.run(X)
    return HeadRoles(
        share_on(work.attention.weights, source),
        even_share(source, model.causal),
        share_on(work.attention.weights, source.any(axis=-1, keepdims=True) & np.eye(X.shape[1], dtype=bool)),
        np.array([switched_off(model, [head]).accuracy(X, y) for head in range(model.heads)]),
        float((work.log_probabilities.argmax(axis=-1) == y).mean()),
        switched_off(model, range(model.heads)).accuracy(X, y),
    )


@checked(
    model=kind_of(Transformer), frames=array("F?", "P", keep=True), X=wholes(0, None, "N", "T"),
    source=bools("N", "T", "T"),
)
def share_over_frames(model: Transformer, frames: Array, X: Array, source: Array) -> Array:
    """`share_on` the sequences X at every frame, (F, heads), for recorded parameters `frames` (F, P). Changes `model`."""
    require_array("frames", frames, "F?", model.parameters.size, keep=True)
    shares = []
    for parameters in frames:
        model.parameters = parameters
        shares.append(share_on(model.head_weights(X), source))
    return np.array(shares)
