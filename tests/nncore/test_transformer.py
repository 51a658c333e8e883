"""The transformer block: its parts by hand, its gradients, and what it learns."""

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from nncore import check_gradient
from nncore.attention_runs import LENGTH, TransformerRun, accuracy_by_length
from nncore.sequence_tasks import TASKS, make_sequences
from nncore.transformer import Transformer, layer_norm


@pytest.fixture(autouse=True, scope="module")
def one_thread():
    """As on the server: a pool of threads makes matrices as small as these many times slower."""
    with threadpool_limits(1):
        yield


def test_layer_norm_by_hand():
    output, work = layer_norm(np.array([[1.0, 3.0]]), np.array([2.0, 2.0]), np.array([0.5, 0.0]))
    assert np.allclose(work.normalised, [[-1, 1]], atol=1e-5)
    assert np.allclose(output, [[-1.5, 2.0]], atol=2e-5)


@pytest.mark.parametrize("causal", [False, True])
@pytest.mark.parametrize("heads", [1, 2, 4])
def test_every_gradient_agrees_with_differences(heads, causal):
    X, y = make_sequences("match", 5, 6)
    model = Transformer(16, 5, d_model=8, heads=heads, causal=causal, seed=2)
    # Away from 0 and 1, so that gains and shifts are tested too.
    model.parameters += np.random.default_rng(0).normal(0.0, 0.1, model.parameters.size)
    assert check_gradient(model, X, y).worst_error < 1e-6


def test_a_causal_block_does_not_look_ahead():
    X, _ = make_sequences("match", 3, 8)
    changed = X.copy()
    changed[:, 5:] = (changed[:, 5:] + 1) % 16
    model = Transformer(16, 5, causal=True)
    assert np.allclose(model.run(X).log_shares[:, :5], model.run(changed).log_shares[:, :5], atol=1e-14)
    weights = model.head_weights(X)
    assert (weights[..., ~np.tri(8, dtype=bool)] == 0).all()
    assert np.abs(weights.sum(axis=-1) - 1).max() < 1e-12


@pytest.mark.parametrize("task", TASKS)
def test_every_task_is_learned_on_held_out_sequences(task):
    run = TransformerRun(task)
    *_, recording = run.record()
    assert recording.scores[-1, 2] > 0.95
    assert recording.parameters.nbytes == run.n_bytes
    shares = accuracy_by_length(run, recording.parameters[-1], (LENGTH, 16))
    assert shares[0] > 0.95
    if task == "reverse":  # learned for the places of one length
        assert shares[1] < 0.3
    if task == "copy":  # and without a look at any other token
        model, (X, y) = run.model(recording.parameters[-1]), run.sequences()[1]
        model.attention.W_O[...] = 0.0
        assert shares[1] == model.accuracy(X, y) == 1.0


def test_held_out_sequences_are_not_among_the_learned_ones():
    train, held = TransformerRun("sort").sequences()
    assert not {*map(tuple, train.X)} & {*map(tuple, held.X)}


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"task": "add"}, "task must be one of copy, reverse, sort, match, got 'add'"),
        ({"heads": 3}, "heads must be 1, 2 or 4, got 3"),
    ],
)
def test_what_cannot_be_is_said(settings, words):
    with pytest.raises(ValueError, match=words):
        TransformerRun(**settings)
