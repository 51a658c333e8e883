"""The toy translation: its grammar, its gradients, and that it learns to look at the right words."""

from functools import cache

import numpy as np
import pytest

from nncore import check_gradient
from nncore.attention.translation import (
    N_PHRASES,
    TARGET_WORDS,
    Translator,
    all_phrases,
    cross_entropy,
    encode,
    log_softmax,
    split_phrases,
    translate,
)
from nncore.attention.translation_probe import farthest_attention, mean_distance, simplex_grid
from nncore.attention.translation_run import TranslationRun, encode_phrase


@cache
def last(run: TranslationRun):
    """The whole recording; each run is trained once for all tests."""
    *_, recording = run.record()
    return recording


@pytest.fixture(scope="module")
def trained():
    run = TranslationRun()
    return run.model(last(run).parameters[-1])


def test_the_grammar_swaps_and_agrees():
    assert translate(("the", "green", "house")) == ("la", "maison", "verte")
    assert translate(("a", "black", "cat")) == ("un", "chat", "noir")
    assert len(set(all_phrases())) == N_PHRASES == 96
    assert [TARGET_WORDS[i] for i in encode([("the", "hot", "car")]).y[0]] == ["la", "voiture", "chaude"]


def test_three_quarters_are_learned_and_none_of_those_held_out():
    train, held = split_phrases()
    assert (len(train.X), len(held.X)) == (72, 24)
    assert not {*map(tuple, train.X)} & {*map(tuple, held.X)}


def test_cross_entropy_by_hand():
    log_probabilities = log_softmax(np.log([[[0.25, 0.75], [0.5, 0.5]]]))
    loss, gradient = cross_entropy(log_probabilities, np.array([[0, 1]]))
    assert loss == pytest.approx((np.log(4) + np.log(2)) / 2)
    assert np.allclose(gradient, [[[-0.375, 0.375], [0.25, -0.25]]])


def test_a_phrase_is_right_when_all_its_words_are():
    train, _ = split_phrases()
    model = Translator(d_model=8, seed=1)
    y = model.predict(train.X[:4])
    y[0, 2] = (y[0, 2] + 1) % len(TARGET_WORDS)
    assert model.accuracy(train.X[:4], y) == 0.75


@pytest.mark.parametrize("deviation", [0.3, 1.0])
def test_every_gradient_agrees_with_differences(deviation):
    train, _ = split_phrases()
    model = Translator(d_model=8, deviation=deviation, seed=1)
    assert check_gradient(model, train.X[:9], train.y[:9], limit=1000).worst_error < 1e-6


@pytest.mark.parametrize("seed", range(5))
def test_it_learns_held_out_phrases_and_the_swap_shows(seed):
    run = TranslationRun(seed=seed)
    recording = last(run)
    _, held = split_phrases()
    weights = run.model(recording.parameters[-1]).attention(held.X)
    assert recording.scores[-1, 2] > 0.95
    assert (weights[:, 1].argmax(axis=1) == 2).all()  # the second French word looks at the noun
    assert (weights[:, 2].argmax(axis=1) == 1).all()  # the third at the adjective
    # Article and adjective look at the noun as well: they agree with it.
    assert (weights[:, [0, 2], 2].mean(axis=0) > 0.08).all()
    assert np.abs(weights.sum(axis=-1) - 1).max() < 1e-12


def test_the_hasty_setting_gets_stuck():
    run = TranslationRun("hasty")
    recording = last(run)
    assert recording.scores[-1, 2] < 0.5
    assert recording.first_at(2, 0.95) is None
    train, _ = split_phrases()
    assert run.model(recording.parameters[-1]).attention(train.X)[:, 0, 2].max() < 0.01  # never looks at the noun


def test_most_starts_of_the_hasty_setting_never_look_at_the_noun():
    train, _ = split_phrases()
    runs = [TranslationRun("hasty", seed) for seed in range(10)]
    ends = [run.model(last(run).parameters[-1]) for run in runs]
    blind = [model for model in ends if model.attention(train.X)[:, 0, 2].max() < 0.01]
    assert len(blind) > len(runs) / 2
    assert all(model.accuracy(train.X, train.y) < 0.95 for model in blind)


def test_the_same_run_gives_the_same_recording():
    run = TranslationRun(seed=3)
    *_, again = run.record()
    assert np.array_equal(last(run).parameters, again.parameters)
    assert last(run).parameters.nbytes < run.n_bytes < last(run).parameters.nbytes + 1_000_000  # the training takes some


def test_other_attention_gives_the_same_word(trained):
    phrase = encode_phrase("the", "green", "house")[0]
    for place in range(3):
        found = farthest_attention(trained, phrase, place)
        values = trained.run(phrase[None]).V[0]
        assert TARGET_WORDS[int((found.other @ values @ trained.views["W_O"].T).argmax())] == found.word
        assert found.distance == pytest.approx(np.abs(found.other - found.learned).sum() / 2)
        logits = found.other @ values @ trained.views["W_O"].T
        assert found.shares[1] == pytest.approx(np.exp(logits).max() / np.exp(logits).sum())
        assert found.shares[0] == pytest.approx(np.exp(trained.run(phrase[None]).log_probabilities[0, place].max()))
    assert (mean_distance(trained, split_phrases()[1].X) > 0.2).all()


def test_the_grid_holds_all_shares():
    grid = simplex_grid(4)
    assert len(grid) == 15 and np.allclose(grid.sum(axis=1), 1)


@pytest.mark.parametrize(
    ("settings", "words"),
    [({"setting": "fast"}, "setting must be one of steady, hasty, got 'fast'"), ({"seed": 10}, "seed must be")],
)
def test_what_cannot_be_is_said(settings, words):
    with pytest.raises(ValueError, match=words):
        TranslationRun(**settings)


@pytest.mark.parametrize("bound", [0.01, 0.05, 0.2])
def test_other_attention_keeps_the_probabilities_within_the_bound(trained, bound):
    phrase = encode_phrase("the", "green", "house")[0]
    for place in range(3):
        found = farthest_attention(trained, phrase, place, bound)
        work = trained.run(phrase[None])
        logits = found.other @ work.V[0] @ trained.views["W_O"].T
        shares = np.exp(logits - logits.max()) / np.exp(logits - logits.max()).sum()
        moved = 0.5 * np.abs(shares - np.exp(work.log_probabilities[0, place])).sum()
        assert moved == pytest.approx(found.change, abs=1e-12) and moved <= bound
        assert found.distance <= farthest_attention(trained, phrase, place).distance


def test_a_bound_that_is_no_share_is_refused(trained):
    with pytest.raises(ValueError, match=r"bound must be a number from 0 to 1, got 1\.5"):
        farthest_attention(trained, encode_phrase("the", "green", "house")[0], 0, 1.5)
