"""Head roles: shares of attention by hand, and heads that are switched off."""

import numpy as np
import pytest

from nncore.attention.head_roles import even_share, head_roles, share_on, share_over_frames, switched_off
from nncore.attention.sequence_tasks import TASKS, make_sequences
from nncore.attention.transformer import Transformer


def test_the_share_on_the_source_counts_only_places_that_have_one():
    weights = np.array([[[[0.25, 0.75], [0.5, 0.5]], [[1.0, 0.0], [0.0, 1.0]]]])  # one sequence, two heads
    source = np.array([[[False, True], [False, False]]])
    assert share_on(weights, source).tolist() == [0.75, 0.0]
    assert np.isnan(share_on(weights, np.zeros_like(source))).all()


def test_even_attention_depends_on_what_may_be_seen():
    source = np.eye(3, dtype=bool)[None]
    assert even_share(source, causal=False) == pytest.approx(1 / 3)
    assert even_share(source, causal=True) == pytest.approx((1 + 1 / 2 + 1 / 3) / 3)
    assert np.isnan(even_share(np.zeros_like(source), causal=True))


def test_a_head_is_switched_off_and_the_others_are_left():
    model = Transformer(8, 8, d_model=12, heads=3, seed=1)
    off = switched_off(model, [1])
    assert not off.attention.W_O[:, 4:8].any() and np.array_equal(off.attention.W_O[:, :4], model.attention.W_O[:, :4])
    assert model.attention.W_O[:, 4:8].any()
    X, _ = make_sequences("copy", 4, 6)
    none = switched_off(model, range(3)).run(X)
    assert np.array_equal(none.after_attention, none.tokens)
    with_rest = model.run(X).attention.joined.copy()
    with_rest[..., 4:8] = 0.0
    assert np.allclose(off.run(X).after_attention - off.run(X).tokens, with_rest @ model.attention.W_O.T)


@pytest.mark.parametrize("task", ["reverse", "match"])
def test_an_untrained_block_looks_nowhere_in_particular(task):
    table = TASKS[task]
    X, y = make_sequences(task, 200, 8)
    model = Transformer(len(table.tokens), len(table.answers), heads=4, causal=table.causal)
    model.attention.W_Q[...] = 0.0  # all scores 0: attention is even
    roles = head_roles(model, X, y, table.source(X))
    assert np.allclose(roles.on_source, roles.even) and roles.right == model.accuracy(X, y)
    # Even attention gives the place itself as much as one other place; a match has one, the mirror image is one.
    assert np.allclose(roles.on_itself, roles.even)


def test_the_share_is_followed_over_the_frames():
    model, table = Transformer(8, 8, heads=2, seed=3), TASKS["reverse"]
    X, _ = make_sequences("reverse", 5, 8)
    first = model.parameters.copy()
    here = share_on(model.head_weights(X), table.source(X))
    shares = share_over_frames(model, np.array([first, np.zeros_like(first)]), X, table.source(X))
    assert np.allclose(shares, [here, [1 / 8, 1 / 8]])
