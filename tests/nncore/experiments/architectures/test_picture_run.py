"""Trainings on pictures: what the filters learn, and what a dense network of the same size does not."""

import numpy as np
import pytest

from nncore.experiments.architectures import PictureRun, dense_twin, scores_by_shift, twin_score
from nncore.experiments.recording.recording import record_all


@pytest.fixture(scope="module")
def shapes():
    return PictureRun("shapes"), record_all(PictureRun("shapes"))


def test_filters_know_shapes_at_distances_that_were_never_seen(shapes):
    run, recording = shapes
    assert recording.updates[-1] == run.n_updates and recording.parameters.nbytes < run.n_bytes
    assert recording.scores[-1, 2] > 0.97
    near, _, unseen, _ = scores_by_shift(run, recording.parameters[-1])
    assert near.seen and not unseen.seen and near.convolution > 0.97
    # Not by chance: the whole intervals lie apart, and the dense network is no better than a guess among three.
    assert unseen.convolution_interval[0] > unseen.dense_interval[1] and unseen.dense < 0.5
    assert unseen.convolution_interval[0] < unseen.convolution < unseen.convolution_interval[1]


def test_the_twin_has_about_as_many_parameters(shapes):
    run, recording = shapes
    twin, model = dense_twin(run), run.model()
    one_more = twin.sizes[0] + 1 + twin.sizes[-1]
    assert abs(twin.n_parameters - model.n_parameters) <= one_more / 2
    assert twin_score(run, recording.parameters[-1]).convolution == recording.scores[-1, 2]


def test_shuffled_pictures_have_the_same_pixels_in_one_other_order():
    plain, shuffled = PictureRun(), PictureRun(shuffled=True)
    (X, y), (moved, labels) = plain.split()[0], shuffled.split()[0]
    assert np.array_equal(y, labels) and not np.array_equal(X, moved)
    assert np.array_equal(np.sort(X.reshape(len(X), -1)), np.sort(moved.reshape(len(X), -1)))
    assert np.array_equal(shuffled.arranged(X), moved) and plain.arranged(X) is X


def test_training_and_held_out_digits_are_different_rows():
    train, held = PictureRun().split()
    assert not {each.tobytes() for each in train.X} & {each.tobytes() for each in held.X}


def test_what_is_no_training_is_refused():
    with pytest.raises(ValueError, match="pictures must be one of digits, shapes, got 'cats'"):
        PictureRun("cats")
    with pytest.raises(ValueError, match="seed must be at most 9, got 10"):
        PictureRun(seed=10)
    with pytest.raises(ValueError, match="run must be one on shapes, got 'digits'"):
        scores_by_shift(PictureRun(), PictureRun().model().parameters)
