"""One token on its way through a transformer block: every vector that it is, from its letter to the shares of the answers.

Two parts add to the token's vector and none replaces it (the residual): attention brings numbers from other places, the
feed-forward part works on this place alone. Each reads a copy that layer normalisation brought to mean 0 and deviation 1.
"""

from dataclasses import dataclass

import numpy as np

from nncore.arguments import checked, kind_of, whole, wholes
from nncore.attention.attention import sinusoidal_positions
from nncore.attention.transformer import NormPass, Transformer
from nncore.checks import require_whole, require_wholes
from nncore.handed_out import handed_out

Array = np.ndarray


@handed_out
@dataclass(frozen=True)
class BlockTrace:
    """All stages of one place of a sequence of T tokens, in their order."""

    embedding: Array  # (d,): the token's row
    position: Array  # (d,): sines and cosines of the place
    stream: Array  # (d,): their sum, what the block gets
    norm1: Array  # (d,)
    head_weights: Array  # (heads, T): how much of each place's values each head takes
    attention: Array  # (d,): what attention adds
    after_attention: Array  # (d,)
    norm2: Array  # (d,)
    hidden: Array  # (h,): the feed-forward part's neurons after ReLU
    feed_forward: Array  # (d,): what it adds
    after_feed_forward: Array  # (d,)
    norm3: Array  # (d,)
    answers: Array  # (C,): shares that sum to 1


@checked(model=kind_of(Transformer), sequence=wholes(0, None, "T"), place=whole(0))
def trace_block(model: Transformer, sequence: Array, place: int) -> BlockTrace:
    """The way of the token at `place`, counted from 0, of a `sequence` (T,) of token numbers."""
    require_whole("place", place, 0, len(sequence) - 1)
    require_wholes("sequence", sequence, 0, len(model.views["embedding"]) - 1, "T")
    work, views = model.run(sequence[None]), model.views
    attended = work.attention.joined[0, place] @ model.attention.W_O.T
    hidden = work.hidden[0, place]
    norms = [_read(norm, views[f"gain{k}"], views[f"shift{k}"], place)
             for k, norm in enumerate((work.norm1, work.norm2, work.norm3), 1)]  # fmt: skip
    return BlockTrace(
        views["embedding"][sequence[place]].copy(), sinusoidal_positions(len(sequence), model.d_model)[place],
        work.tokens[0, place], norms[0], work.attention.weights[0, :, place], attended, work.after_attention[0, place],
        norms[1], hidden, hidden @ views["W_2"].T + views["b_2"], work.after_feed_forward[0, place], norms[2],
        np.exp(work.log_probabilities[0, place]),
    )  # fmt: skip


def _read(norm: NormPass, gain: Array, shift: Array, place: int) -> Array:
    """What the next part reads (d,): the normalised numbers times the learned gain, plus the learned shift."""
    return norm.normalised[0, place] * gain + shift
