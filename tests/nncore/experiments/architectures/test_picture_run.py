"""Trainings on pictures: what the filters learn, and what a dense network of the same size does not."""

import itertools

import numpy as np
import pytest

from nncore import Trainer
from nncore.experiments.architectures import (
    BothOrders,
    PictureRun,
    UnseenPlaces,
    dense_twin,
    edit_filters,
    kernel_edits,
    repair_filter_branches,
    scores_by_shift,
    twin_score,
)
from nncore.experiments.branches import Branch, write_branches
from nncore.experiments.edits import Edit, merged
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


@pytest.fixture(scope="module")
def edited():
    """A short way into a training two filters are set by hand, and training goes on."""
    run = PictureRun().set_by_hand(3, (*kernel_edits("vertical", 2), Edit(0, 0, 9, 0.1)))
    return run, record_all(run)


def test_a_training_goes_on_from_the_filters_that_were_set(edited):
    run, recording = edited
    assert run.n_updates == 3 * 4 + 240 == recording.updates[-1] and run.n_frames == 3 + 2 + 60 == len(recording.updates)
    assert recording.updates[:6].tolist() == [0, 4, 8, 12, 12, 16] and np.array_equal(recording.updates, run.frame_updates)
    before, after, on = (run.model(recording.parameters[frame]) for frame in (3, 4, 5))
    # Worked by hand: ink left of none. All that was not set stays as it was recorded.
    assert after.filters[0][2, 0].tolist() == [[1, 0, -1]] * 3 and after.filter_biases[0][0] == np.float32(0.1)
    same = np.ones(run.model().n_parameters, dtype=bool)
    same[[9, *range(20, 30)]] = False
    assert np.array_equal(before.parameters[same], after.parameters[same])
    # The first update moves every weight by at most Adam's rate: training went on from there and from nowhere else.
    assert 0 < np.abs(on.parameters - after.parameters).max() <= 4 * 0.0101
    assert recording.scores[4, 0] > recording.scores[3, 0] > recording.scores[-1, 0]


def test_trained_on_is_what_a_trainer_at_rest_does_with_those_parameters(edited):
    run, recording = edited
    model, (train, _) = run.model(recording.parameters[4]), run.split()
    Trainer(model, train.X, train.y, "adam", 0.01, 32, run.seed).run_updates(8)
    assert np.array_equal(np.float32(model.parameters), recording.parameters[6])


def test_what_was_set_later_is_left_out_before_it(edited):
    run, _ = edited
    again = run.set_by_hand(10, kernel_edits("blur", 0))
    assert [branch.frame for branch in again.branches] == [3, 10] and again.n_frames == 10 + 2 + 60
    assert again.until(10) == run and run.until(3) == PictureRun() == run.with_branches(())
    assert run.set_by_hand(2, kernel_edits("blur", 0)).branches[0].frame == 2


def test_a_filter_of_the_second_block_is_set_on_one_map_and_trained_on_from():
    run = PictureRun("shapes")
    assert run.filter_sizes == ((9, 8), (72, 8)) and PictureRun().filter_sizes == ((9, 8),)
    edits = (*kernel_edits("vertical", 5, 1, 3), Edit(1, 5, 72, 0.5), Edit(0, 2, 9, 0.25))
    model, before = run.model(), run.model()
    edit_filters(model, edits)
    assert model.filters[1][5, 3].tolist() == [[1, 0, -1]] * 3 and model.filter_biases[1][5] == 0.5
    assert model.filter_biases[0][2] == 0.25 and (model.parameters != before.parameters).sum() <= 11
    # By hand: its map changes by what the new window on map 3 adds to the old one, place by place.
    maps, old = model.forward(run.split()[1].X[:1]), before.forward(run.split()[1].X[:1])
    came = np.pad(maps.pooled[0][0], ((0, 0), (1, 1), (1, 1)))
    there = (came[:, 1:4, 2:5] * model.filters[1][5]).sum() + 0.5
    assert maps.z[1][0, 5, 1, 2] == pytest.approx(there) and there != pytest.approx(old.z[1][0, 5, 1, 2])
    text = write_branches((Branch(2, (), edits),), run.filter_sizes)
    assert repair_filter_branches(text, run) == ((Branch(2, (), merged(edits)),), [])
    frames = record_all(run.set_by_hand(2, edits)).parameters
    after = run.model(frames[3])
    assert after.filters[1][5, 3].tolist() == [[1, 0, -1]] * 3 and not np.array_equal(frames[4], frames[3])


def test_branches_come_back_from_their_text(edited):
    run, _ = edited
    text = write_branches(run.branches, run.filter_sizes)
    assert repair_filter_branches(text, PictureRun()) == (run.branches, [])


@pytest.mark.parametrize(("text", "says"), [
    ("x", "The filters set by hand cannot be “x”"),
    ("5:edits=1,9,1,2", "no weight at the place “1,9,1,2”"),
    ("5:edits=1,1,11,2", "no weight at the place “1,1,11,2”"),
    ("5:learning_rate=0.1", "filters alone can be set"),
    ("61:edits=1,1,1,2", "this training ends at snapshot 60"),
    ("-1:edits=1,1,1,2", "There is no snapshot -1"),
    ("|".join(f"{k}:edits=1,1,1,{k}" for k in range(0, 18, 2)), "8 times in one training"),
])  # fmt: skip
def test_a_link_that_asks_for_filters_in_vain_says_so(text, says):
    branches, problems = repair_filter_branches(text, PictureRun())
    assert len(branches) == (8 if "|" in text else 0) and says in problems[0] and len(problems) == 1


def test_what_cannot_be_set_is_refused():
    with pytest.raises(ValueError, match="frame must be at most 60, got 61"):
        PictureRun().set_by_hand(61, kernel_edits("blur", 0))
    with pytest.raises(ValueError, match="row must be at most 7, got 8"):
        PictureRun().set_by_hand(0, kernel_edits("blur", 8))
    with pytest.raises(ValueError, match="layer must be at most 0, got 1"):
        PictureRun().set_by_hand(0, kernel_edits("blur", 0, 1))
    with pytest.raises(ValueError, match="column must be at most 72, got 73"):
        PictureRun("shapes").set_by_hand(0, kernel_edits("blur", 0, 1, 8))
    with pytest.raises(ValueError, match="must hold edits of filters alone"):
        PictureRun().set_by_hand(0, ())
    with pytest.raises(ValueError, match="name must be one of horizontal, vertical"):
        kernel_edits("cats", 0)


def test_known_filters_answer_where_they_say():
    # A bar of ink in column 3 of 8: its left edge, its right edge, and the mean around its middle, worked by hand.
    picture = np.zeros((1, 1, 8, 8))
    picture[..., 3] = 1.0
    model = PictureRun().model()
    for number, name in enumerate(("vertical", "blur", "sharpen", "outline", "horizontal")):
        edit_filters(model, kernel_edits(name, number))
    row = model.forward(picture).z[0][0, :, 4]
    assert row[0, 2:5].tolist() == [-3, 0, 3] and row[1, 2:5].tolist() == [0.25, 0.5, 0.25]
    assert row[2, 2:5].tolist() == [-1, 3, -1] and row[3, 2:5].tolist() == [-3, 6, -3] and not row[4].any()


def test_what_filters_and_twin_know_is_worked_out_in_many_small_pieces(shapes):
    run, recording = shapes
    made = list(UnseenPlaces(run, recording.parameters[-1]).record())
    frames = [each for each in made if each is not None]
    assert [len(each) for each in frames] == list(range(UnseenPlaces(run, recording.parameters[-1]).n_frames))
    assert list(frames[-1]) == scores_by_shift(run, recording.parameters[-1])
    # The twin's updates are made in pieces of at most 50, and 400 pictures of each distance are looked at 50 at a time.
    assert made.count(None) >= run.n_updates / 50 + 8 * (len(frames) - 1)
    longest = max(len(list(group)) for is_none, group in itertools.groupby(made, lambda each: each is None) if is_none)
    assert longest >= run.n_updates / 50  # nothing comes before the twin is trained


def test_both_orders_are_those_of_two_studies_and_the_filters_lose_by_shuffling():
    run = PictureRun()
    parameters = record_all(run).parameters[-1]
    ordered, mixed = record_all(BothOrders(run, parameters))
    assert ordered == twin_score(run, parameters)
    other = PictureRun(shuffled=True)
    assert mixed == twin_score(other, record_all(other).parameters[-1])
    assert ordered.convolution > mixed.convolution
