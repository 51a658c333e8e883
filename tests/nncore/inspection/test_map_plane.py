from dataclasses import replace

import numpy as np
import pytest

from nncore.data.datasets import load_dataset
from nncore.data.splits import make_split
from nncore.inspection.map_plane import enclosed_class, make_plane, principal_components


def test_two_inputs_are_their_own_map():
    split = make_split(load_dataset("circle"), ("x1", "x1_x2"), "standard")
    plane = make_plane(split)
    assert (plane.kind, plane.x_range, plane.y_range, plane.note) == ("features", (-6, 6), (-6, 6), "")
    assert plane.labels == ("x₁", "x₂")
    uv = plane.project(split.dataset.X[split.train])
    assert np.array_equal(plane.to_inputs(uv), split.X_train)


def test_one_input_is_a_curve():
    dataset = load_dataset("step", noise=0)
    split = make_split(dataset, ("x1", "x1_squared"))
    plane = make_plane(split)
    assert (plane.kind, plane.labels, plane.x_range) == ("curve", ("x", "target"), (-6, 6))
    assert plane.y_range == pytest.approx((-1.16, 1.16))
    assert plane.project(dataset.X).shape == (200, 1)
    assert plane.to_inputs(np.array([[3.0, 99.0]])).tolist() == [[3, 9]]


def test_one_column_of_classes_has_heights_from_0_to_1():
    plane = make_plane(make_split(load_dataset("iris", columns=(2,))))
    assert plane.kind == "curve" and plane.y_range == pytest.approx((-0.08, 1.08))


def test_real_columns_are_shown_with_a_margin():
    dataset = load_dataset("iris", columns=(2, 3))
    plane = make_plane(make_split(dataset))
    assert plane.x_range == pytest.approx((1 - 0.08 * 5.9, 6.9 + 0.08 * 5.9))
    assert plane.labels == ("petal length (cm)", "petal width (cm)")


@pytest.mark.parametrize("scaling", ["none", "standard"])
def test_two_columns_with_the_others_at_their_training_mean(scaling):
    split = make_split(load_dataset("wine"), scaling=scaling)
    plane = make_plane(split, (12, 3))
    raw = np.tile(split.dataset.X[split.train].mean(axis=0), (2, 1))
    raw[:, [12, 3]] = [[500, 12], [900, 20]]
    assert np.allclose(plane.to_inputs(np.array([[500, 12], [900, 20]])), split.transform(raw))
    assert np.array_equal(plane.project(split.dataset.X), split.dataset.X[:, [12, 3]])
    assert plane.labels == ("proline", "alcalinity_of_ash")
    assert "other 11 inputs" in plane.note


@pytest.mark.parametrize("name", ["wine", "digits"])
def test_principal_components_agree_with_scikit_learn(name):
    from sklearn.decomposition import PCA

    split = make_split(load_dataset(name), scaling="standard")
    plane = make_plane(split)
    pca = PCA(2, svd_solver="full").fit(split.X_train)
    sign = np.sign((pca.components_ * [plane.along_x, plane.along_y]).sum(axis=1))
    expected = pca.transform(split.X_validation) * sign
    assert np.allclose(plane.project(split.dataset.X[split.validation]), expected)
    assert np.allclose(plane.to_inputs(expected), pca.inverse_transform(expected * sign))
    assert f"{pca.explained_variance_ratio_[0]:.0%}" in plane.labels[0]
    drawn = plane.project(split.dataset.X)
    assert plane.x_range[0] < drawn[:, 0].min() and plane.y_range[1] > drawn[:, 1].max()


def test_principal_components_of_a_single_example():
    components, shares = principal_components(np.ones((1, 4)))
    assert np.allclose(components @ components.T, np.eye(2)) and shares.tolist() == [0, 0]


@pytest.mark.parametrize("axes, message", [
    ("tsne", 'axes must be "pca" or two column indices, got \'tsne\''),
    ((0, 1, 2), "axes must be .*got \\(0, 1, 2\\)"),
    ((0, 4), r"axes\[1\] must be at most 3, got 4"),
    ((1, 1), "axes must be two different columns, got 1 twice"),
])
def test_axes_errors(axes, message):
    with pytest.raises(ValueError, match=message):
        make_plane(make_split(load_dataset("iris")), axes)


def test_a_components_largest_number_is_positive():
    for seed in range(8):
        components, _ = principal_components(np.random.default_rng(seed).normal(size=(20, 5)))
        assert (components[[0, 1], np.abs(components).argmax(axis=1)] > 0).all()


def test_a_constant_column_is_shown_with_a_width():
    X = np.column_stack([np.arange(6.0), np.full(6, 2.0)])
    dataset = replace(load_dataset("iris", columns=(2, 3)), X=X, y=np.arange(6) % 3, name="brought along")
    assert make_plane(make_split(dataset, validation=0, test=0)).y_range == (1.5, 2.5)


def test_a_class_is_enclosed_where_it_touches_no_edge():
    labels = np.zeros((5, 5), int)
    assert enclosed_class(labels) is None
    labels[2, 1:4] = 1
    assert enclosed_class(labels) == 1
    labels[2, 4] = 1
    assert enclosed_class(labels) is None


def test_of_two_classes_inside_neither_is_named():
    labels = np.zeros((5, 5), int)
    labels[1, 1], labels[3, 3] = 1, 2
    assert enclosed_class(labels) is None


def test_labels_of_no_square_are_named():
    with pytest.raises(ValueError, match="labels"):
        enclosed_class(np.zeros((2, 3), int))
