import math

import numpy as np
import pytest

from nncore import check_gradient
from nncore.experiments.recording.recording import record_all
from nncore.words.corpus import CATEGORIES, category_of
from nncore.words.skipgram import (
    Embedding,
    SkipGram,
    SkipGramSettings,
    context_pairs,
    guessing_loss,
    noise_shares,
)
from nncore.words.vectors import cosines, nearest

WORDS = [word for category in CATEGORIES.values() for word in category]


def learned(**settings) -> Embedding:
    return record_all(SkipGramSettings(**settings))


def test_the_loss_of_one_pair_by_hand():
    model = SkipGram(2, 1)
    embedding, context = model.matrices()
    embedding[:, 0], context[:, 0] = [2.0, 0.0], [0.5, -1.0]
    # Centre 0 with neighbour 0 (score 1) and the noise word 1 (score -2).
    loss, gradient = model.loss_and_gradient(np.array([0]), np.array([[0, 1]]))
    sigma = lambda score: 1 / (1 + math.exp(-score))  # noqa: E731
    assert loss == pytest.approx(-math.log(sigma(1)) - math.log(sigma(2)))
    pull, push = sigma(1) - 1, sigma(-2)
    assert gradient == pytest.approx([pull * 0.5 + push * -1.0, 0.0, pull * 2.0, push * 2.0])


def test_the_gradient_agrees_with_finite_differences():
    rng = np.random.default_rng(5)
    model = SkipGram(7, 3, seed=1, deviation=0.8)
    X, y = rng.integers(0, 7, 40), rng.integers(0, 7, (40, 4))
    assert check_gradient(model, X, y).worst_error < 1e-6


def test_a_large_score_does_not_overflow():
    model = SkipGram(2, 1)
    model.parameters[:] = [100.0, 0.0, -100.0, 0.0]
    loss, gradient = model.loss_and_gradient(np.array([0]), np.array([[0, 1]]))
    assert loss == pytest.approx(10_000 + math.log(2)) and np.isfinite(gradient).all()


def test_pairs_are_the_neighbours_within_the_window():
    pairs = context_pairs([(4, 5, 6), (7,)], window=1)
    assert pairs.tolist() == [[4, 5], [5, 4], [5, 6], [6, 5]]
    assert len(context_pairs([(4, 5, 6)], window=2)) == 6


def test_noise_is_drawn_by_the_neighbours_counts_to_the_power_of_three_quarters():
    # Word 1 is a neighbour 16 times, word 2 once, word 0 never: 16^0.75 = 8 against 1 against 0.
    pairs = np.array([[0, 1]] * 16 + [[0, 2]])
    assert noise_shares(pairs, 3) == pytest.approx([0.0, 8 / 9, 1 / 9])


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_words_of_one_category_become_nearest_neighbours(seed):
    embedding = learned(seed=seed)
    W = embedding.frames[-1][list(embedding.vocabulary.indices(WORDS))].astype(float)
    similar = cosines(W)
    np.fill_diagonal(similar, -np.inf)
    kinds = np.array([category_of(word) for word in WORDS])
    # By chance one neighbour of eight would be of the same kind.
    assert (kinds[similar.argmax(axis=1)] == kinds).mean() >= 0.95
    same = (kinds[:, None] == kinds) & ~np.eye(len(WORDS), dtype=bool)
    assert similar[same].mean() > similar[kinds[:, None] != kinds].mean() + 0.4


def test_before_training_neighbours_are_chance():
    embedding = learned(epochs=1)
    W = embedding.frames[0][list(embedding.vocabulary.indices(WORDS))].astype(float)
    right = [category_of(nearest(word, WORDS, W, 1)[0][0]) == category_of(word) for word in WORDS]
    assert np.mean(right) < 0.4


def test_the_first_loss_is_that_of_six_coins_and_it_falls():
    embedding = learned(epochs=5)
    assert embedding.losses[0] == pytest.approx(6 * math.log(2), abs=0.01)
    assert embedding.frames.shape == (6, len(embedding.vocabulary), 8)
    assert embedding.losses[-1] < 0.6 * embedding.losses[0]


def test_all_losses_are_measured_on_the_same_noise_words():
    # At this rate the weights move by 1e-5 a step and the loss by about as much; another draw would change it by 1e-4.
    falls = -np.diff(learned(epochs=4, learning_rate=1e-5, batch_size=4096).losses)
    assert ((falls > 0) & (falls < 5e-5)).all()


def test_every_epoch_learns_from_new_noise_words():
    # With one draw for all epochs the model would learn it by heart, and end at 1.78.
    assert learned().losses[-1] == pytest.approx(1.815, abs=0.01)


def test_the_same_settings_give_the_same_embedding():
    assert np.array_equal(learned(epochs=2).frames, learned(epochs=2).frames)


def test_settings_out_of_range_are_refused():
    with pytest.raises(ValueError, match="window must be at most 5, got 9"):
        SkipGramSettings(window=9)


def test_guessing_costs_what_the_model_is_charged_for_it():
    assert guessing_loss(5, 1 / 2) == pytest.approx(6 * math.log(2))
    assert guessing_loss(5, 1 / 6) == pytest.approx(math.log(6) + 5 * math.log(6 / 5))
    model = SkipGram(10, 3)
    model.parameters[:] = 0.0  # every answer is 1/2
    loss, _ = model.loss_and_gradient(np.array([0, 1]), np.array([[1, 2, 3, 4, 5, 6], [2, 3, 4, 5, 6, 7]]))
    assert loss == pytest.approx(guessing_loss(5, 1 / 2))
