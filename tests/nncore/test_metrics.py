import numpy as np
import pytest

from nncore.metrics import accuracy, confusion_matrix, decision_threshold, fastest_gain, predicted_labels, r_squared


@pytest.mark.parametrize("output, threshold", [("sigmoid", 0.5), ("identity", 0.5), ("tanh", 0.0)])
def test_a_single_output_is_judged_at_the_middle_of_its_targets(output, threshold):
    assert decision_threshold(output) == threshold
    outputs = np.array([[threshold - 0.1], [threshold + 0.1]])
    assert predicted_labels(outputs, output).tolist() == [0, 1]
    assert predicted_labels(np.array([[threshold]]), output).tolist() == [0]  # class 1 has to be above it


def test_accuracy_by_hand():
    outputs = np.array([[0.2, 0.5, 0.3], [0.6, 0.3, 0.1], [0.1, 0.1, 0.8], [0.4, 0.5, 0.1]])
    assert predicted_labels(outputs, "softmax").tolist() == [1, 0, 2, 1]
    assert accuracy(outputs, np.array([1, 0, 2, 0]), "softmax") == 0.75


def test_accuracy_of_runs_is_one_number_a_run():
    outputs = np.array([[[0.9], [0.1]], [[0.9], [0.9]]])
    assert accuracy(outputs, np.array([1, 0]), "sigmoid").tolist() == [1.0, 0.5]


def test_r_squared_by_hand():
    # Targets 1, 2, 3 spread 2 around their mean; the residuals 0, 1, 0 leave 1 - 1/2.
    targets = np.array([1.0, 2.0, 3.0])
    assert r_squared(np.array([[1.0], [3.0], [3.0]]), targets) == pytest.approx(0.5)
    assert r_squared(targets[:, None], targets) == 1.0
    assert r_squared(np.full((3, 1), 2.0), targets) == 0.0
    assert r_squared(np.array([[0.1], [0.3], [0.3]]), targets / 10) == pytest.approx(0.5)  # whatever the unit


def test_r_squared_of_two_columns_takes_the_mean_of_each():
    # Each column spreads 1 + 1 around its own mean, 2 and 102; the residuals are 0, 0, 0 and 1.
    targets = np.array([[1.0, 101.0], [3.0, 103.0]])
    assert r_squared(np.array([[1.0, 101.0], [3.0, 102.0]]), targets) == pytest.approx(1 - 1 / 4)
    assert r_squared(np.array([[2.0, 102.0], [2.0, 102.0]]), targets) == 0.0  # no better than the means


def test_metrics_agree_with_scikit_learn():
    from sklearn import metrics

    rng = np.random.default_rng(0)
    truth, guess = rng.integers(0, 4, 60), rng.integers(0, 4, 60)
    values, outputs = rng.normal(size=60), rng.normal(size=(60, 1))
    assert r_squared(outputs, values) == pytest.approx(metrics.r2_score(values, outputs[:, 0]), rel=1e-12)
    many, predicted = rng.normal([0, 5, 50], 1, (60, 3)), rng.normal([0, 5, 50], 1, (60, 3))
    expected = metrics.r2_score(many, predicted, multioutput="variance_weighted")  # all columns' squares in one sum
    assert r_squared(predicted, many) == pytest.approx(expected, rel=1e-12)
    assert np.array_equal(confusion_matrix(truth, guess, 4), metrics.confusion_matrix(truth, guess))
    assert accuracy(np.eye(4)[guess], truth, "softmax") == metrics.accuracy_score(truth, guess)


def test_r_squared_of_runs_is_one_number_a_run():
    outputs = np.array([[[1.0], [3.0]], [[2.0], [2.0]]])
    assert r_squared(outputs, np.array([1.0, 3.0])).tolist() == [1.0, 0.0]


@pytest.mark.parametrize("targets", [[2.0, 2.0], [0.1, 0.1]])
def test_r_squared_of_targets_that_are_all_alike_is_not_defined(targets):
    assert np.isnan(r_squared(np.array([[2.0], [3.0]]), np.array(targets)))
    assert np.isnan(r_squared(np.zeros((3, 2, 1)), np.array(targets))).tolist() == [True] * 3


def test_r_squared_of_one_sample_is_not_defined():
    assert np.isnan(r_squared(np.array([[2.0]]), np.array([2.0])))


def test_metrics_of_no_samples_are_not_numbers():
    nothing = np.empty((0, 1))
    assert np.isnan(accuracy(nothing, np.empty(0), "sigmoid")) and np.isnan(r_squared(nothing, np.empty(0)))


def test_confusion_has_a_row_for_every_class_even_an_absent_one():
    counts = confusion_matrix(np.array([0, 0, 1]), np.array([0, 1, 1]), 3)
    assert counts.tolist() == [[1, 1, 0], [0, 1, 0], [0, 0, 0]]


def test_half_of_the_gain_came_in_the_shortest_stretch_that_holds_it():
    # From 0.5 to 0.9 the gain is 0.4; 0.2 of it comes between epochs 3 and 4.
    assert fastest_gain([0, 1, 2, 3, 4, 10], [0.5, 0.52, 0.55, 0.6, 0.8, 0.9]) == (3, 4)
    assert fastest_gain([0, 8, 16], [0.0, 0.5, 1.0]) == (0, 8)


def test_without_a_gain_there_is_no_stretch():
    assert fastest_gain([0, 1], [0.5, 0.5]) is None and fastest_gain([0, 1], [0.5, 0.2]) is None


def test_epochs_without_their_scores_are_named():
    with pytest.raises(ValueError, match="scores"):
        fastest_gain([0, 1], [0.5])


def test_an_answer_that_is_no_number_is_wrong_whichever_class_it_falls_to():
    assert accuracy(np.full((4, 1), np.nan), [0, 0, 1, 1], "sigmoid") == 0.0
    assert accuracy([[0.2], [np.nan], [0.9], [0.9]], [0, 0, 1, 0], "sigmoid") == 0.5
    assert accuracy([[np.nan, 1.0], [1.0, 0.0]], [0, 0], "softmax") == 0.5
