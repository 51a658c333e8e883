import numpy as np
import pytest

from nncore.words.skipgram import Embedding
from nncore.words.text import Vocabulary
from nncore.words.vectors import cosines, nearest, principal_plane, word_vectors

FRAMES = np.array([[[0, 0], [0, 0]], [[1, 2], [3, 4]]], dtype=np.float32)
EMBEDDING = Embedding(Vocabulary(("cat", "dog")), FRAMES, np.zeros(2))


def test_a_random_vector_belongs_to_the_word_and_the_seed():
    E = word_vectors(("cat", "dog", "cat", "", "кот"), "random", 4)
    assert E.shape == (5, 4)
    assert np.array_equal(E[0], E[2]) and not np.allclose(E[0], E[1])
    assert not np.allclose(E[0], word_vectors(("cat",), "random", 4, seed=1)[0])


def test_random_numbers_are_normal():
    E = word_vectors([f"w{k}" for k in range(500)], "random", 8)
    assert abs(E.mean()) < 0.05 and E.std() == pytest.approx(1, abs=0.05)


@pytest.mark.parametrize("dimensions", [1, 5])
def test_unit_vectors_have_length_one(dimensions):
    E = word_vectors(("cat", "dog"), "unit", dimensions)
    assert np.linalg.norm(E, axis=1) == pytest.approx([1, 1])


def test_learned_vectors_are_rows_of_the_last_frame_and_zeros_for_unknown_words():
    assert word_vectors(("dog", "emu", "cat"), "learned", 2, embedding=EMBEDDING).tolist() == [[3, 4], [0, 0], [1, 2]]


def test_no_words_give_no_rows():
    assert word_vectors((), "random", 3).shape == (0, 3)


@pytest.mark.parametrize(
    ("kind", "dimensions", "words"),
    [
        ("cats", 2, "kind must be one of random, unit, learned, got 'cats'"),
        ("random", 0, "dimensions must be at least 1, got 0"),
        ("learned", 3, "embedding must hold 3 numbers a word, got one of 2"),
    ],
)
def test_what_cannot_be_is_refused(kind, dimensions, words):
    with pytest.raises(ValueError, match=words):
        word_vectors(("cat",), kind, dimensions, embedding=EMBEDDING)


def test_cosines_by_hand_and_zero_for_a_zero_vector():
    assert cosines(np.array([[3.0, 4.0], [4.0, 3.0], [0.0, 0.0]])) == pytest.approx(
        np.array([[1, 0.96, 0], [0.96, 1, 0], [0, 0, 0]])
    )


def test_nearest_goes_by_direction_and_leaves_the_word_out():
    E = np.array([[1.0, 0.0], [10.0, 1.0], [1.0, 1.0], [-1.0, 0.0]])
    assert [word for word, _ in nearest("a", "abcd", E)] == ["b", "c", "d"]
    with pytest.raises(ValueError, match="word must be one of the 4 words given, got 'z'"):
        nearest("z", "abcd", E)


def test_the_principal_plane_keeps_distances_within_it():
    E = np.array([[0.0, 0, 5], [4, 0, 5], [0, 2, 5], [4, 2, 5]])
    plane = principal_plane(E)
    assert plane.shares == pytest.approx([0.8, 0.2])
    points = plane.project(E)
    assert np.linalg.norm(points[0] - points[3]) == pytest.approx(np.sqrt(20))


def test_the_principal_plane_goes_through_the_mean():
    # The mean is (0, 3, 0): squares 16 + 16 along x and 9 + 1 + 1 + 1 along y, where the first row would see 48.
    E = np.array([[0.0, 0, 0], [-4, 4, 0], [4, 4, 0], [0, 4, 0]])
    plane = principal_plane(E)
    assert plane.mean.tolist() == [0, 3, 0] and plane.shares == pytest.approx([32 / 44, 12 / 44])
    assert plane.directions == pytest.approx(np.eye(3)[:2], abs=1e-12)


def test_each_direction_of_the_plane_has_numbers_with_a_positive_sum():
    for seed in range(8):
        assert (principal_plane(np.random.default_rng(seed).normal(size=(6, 4))).directions.sum(axis=1) > 0).all()


def test_one_number_per_word_lies_on_a_line():
    plane = principal_plane(np.array([[1.0], [3.0]]))
    assert plane.project(np.array([[3.0], [1.0]])).tolist() == [[1, 0], [-1, 0]]
    assert plane.shares.tolist() == [1, 0]
