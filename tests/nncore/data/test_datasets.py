import subprocess
import sys

import numpy as np
import pytest

from nncore.data.datasets import DATASETS, Dataset, load_dataset
from nncore.data.real import enlarge

SYNTHETIC = [kind.name for kind in DATASETS.values() if kind.group != "Real data"]
CLEAN_POSITIONS = ["circle", "xor", "plane", "cones"]
REAL = [kind.name for kind in DATASETS.values() if kind.group == "Real data" and kind.name != "digits28"]


@pytest.mark.parametrize("name", DATASETS)
def test_default_dataset_agrees_with_its_table_entry(name):
    kind, dataset = DATASETS[name], load_dataset(name)
    assert dataset.X.shape == (kind.default_samples, kind.n_inputs)
    assert dataset.X.dtype == np.float64
    assert dataset.y.dtype == (np.float64 if dataset.is_regression else np.int64)
    assert dataset.n_classes == kind.n_classes == (0 if dataset.is_regression else dataset.y.max() + 1)
    assert dataset.feature_names == kind.feature_names
    assert not dataset.X.flags.writeable and not dataset.y.flags.writeable
    assert kind.about and kind.noise_help and kind.title


@pytest.mark.parametrize("name", DATASETS)
def test_same_arguments_give_the_same_data_and_another_seed_other_data(name):
    first, again = (load_dataset(name, noise=20, seed=3) for _ in range(2))
    assert np.array_equal(first.X, again.X) and np.array_equal(first.y, again.y)
    other = load_dataset(name, noise=20, seed=4)
    changed = not np.array_equal(first.X, other.X)
    assert changed == DATASETS[name].noise_matters


@pytest.mark.parametrize("name", [name for name in SYNTHETIC if name != "corners"])
@pytest.mark.parametrize("samples", [20, 21, 23, 2000])
def test_sizes_and_balance(name, samples):
    dataset = load_dataset(name, samples)
    assert len(dataset.X) == len(dataset.y) == samples
    if not dataset.is_regression and name != "xor":
        counts = np.bincount(dataset.y, minlength=dataset.n_classes)
        assert counts.max() - counts.min() <= 1


@pytest.mark.parametrize("name", SYNTHETIC)
def test_clean_points_lie_on_the_display_square(name):
    low, high = DATASETS[name].extent
    X = load_dataset(name, noise=0).X
    assert X.min() >= low and X.max() <= high


@pytest.mark.parametrize("name", DATASETS)
def test_noise_grows_continuously_from_the_same_points(name):
    clean, little, double = (load_dataset(name, noise=noise, seed=1) for noise in (0, 1e-6, 2e-6))
    assert np.allclose(clean.X, little.X, atol=1e-4)
    assert np.allclose(clean.y, little.y, atol=1e-4)
    if name not in ("gauss", "blobs"):  # there the variance, not the deviation, is linear in the noise
        assert np.allclose(double.X - clean.X, 2 * (little.X - clean.X), rtol=1e-3, atol=1e-13)


@pytest.mark.parametrize("name", CLEAN_POSITIONS)
def test_noise_on_the_target_leaves_the_positions(name):
    clean, noisy = load_dataset(name, noise=0), load_dataset(name, noise=40)
    assert np.array_equal(clean.X, noisy.X)
    assert not np.array_equal(clean.y, noisy.y)


@pytest.mark.parametrize("name", ["gauss", "spiral", "moons", "spiral3", "blobs", "rings"])
def test_noise_on_the_positions_leaves_the_labels(name):
    clean, noisy = load_dataset(name, noise=0), load_dataset(name, noise=40)
    assert np.array_equal(clean.y, noisy.y)
    assert not np.array_equal(clean.X, noisy.X)


def test_circle_without_noise():
    dataset = load_dataset("circle", 2000)
    radius = np.hypot(*dataset.X.T)
    assert np.array_equal(dataset.y, radius < 2.5)
    assert radius[dataset.y == 0].min() >= 3.5 and radius.max() <= 5
    assert radius[dataset.y == 1].mean() == pytest.approx(1.25, abs=0.1)  # uniform in radius, not area


def test_xor_without_noise():
    dataset = load_dataset("xor", 2000)
    assert np.array_equal(dataset.y, dataset.X.prod(axis=1) >= 0)
    assert np.abs(dataset.X).min() >= 0.3 and np.abs(dataset.X).max() <= 5.3


def test_corners_are_the_four_points_of_xor_whatever_is_asked():
    dataset = load_dataset("corners", samples=500, noise=30, seed=9)
    assert dataset.X.tolist() == [[-1, -1], [1, -1], [-1, 1], [1, 1]]
    assert dataset.y.tolist() == [1, 0, 0, 1]


@pytest.mark.parametrize("noise, variance", [(0, 0.5), (50, 4.0)])
@pytest.mark.parametrize("name, centres", [
    ("gauss", [(-2, -2), (2, 2)]), ("blobs", [(-3, -3), (3, -3), (-3, 3), (3, 3)]),
])  # fmt: skip
def test_clouds_have_their_centres_and_variance(name, centres, noise, variance):
    dataset = load_dataset(name, 2000, noise)
    for label, centre in enumerate(centres):
        cloud = dataset.X[dataset.y == label]
        assert cloud.mean(axis=0) == pytest.approx(centre, abs=0.25)
        assert cloud.var(axis=0) == pytest.approx([variance, variance], rel=0.15)


def test_spiral_by_hand():
    dataset = load_dataset("spiral", 100)
    i = 10  # of the 50 points on each arm
    radius, angle = 5 * i / 50, 1.75 * 2 * np.pi * i / 50
    expected = [radius * np.sin(angle), radius * np.cos(angle)]
    assert dataset.X[dataset.y == 1][i] == pytest.approx(expected)
    assert dataset.X[dataset.y == 0][i] == pytest.approx([-x for x in expected])


@pytest.mark.parametrize("name", ["spiral", "spiral3"])
def test_spiral_noise_is_at_most_its_fraction(name):
    moved = np.abs(load_dataset(name, noise=50).X - load_dataset(name).X)
    assert 0.45 < moved.max() <= 0.5


# At 30 % noise, moons move by 3.2 times, rings by twice that share of a normal number, the targets of the step by once. A
# point of the plane moves by U(-1.8, 1.8) in both coordinates, each of deviation 1.8 / sqrt(3).
@pytest.mark.parametrize("name, part, deviation", [
    ("moons", "X", 0.96), ("rings", "X", 0.6), ("step", "y", 0.3), ("plane", "y", 2**0.5 * 1.8 / 3**0.5 / 10),
])  # fmt: skip
def test_noise_is_as_wide_as_was_said(name, part, deviation):
    moved = getattr(load_dataset(name, 2000, 30), part) - getattr(load_dataset(name, 2000), part)
    assert moved.std() == pytest.approx(deviation, rel=0.06) and abs(moved.mean()) < 0.05


def test_labels_of_xor_change_within_five_times_the_noise_of_an_axis_and_nowhere_else():
    clean, noisy = load_dataset("xor", 2000), load_dataset("xor", 2000, noise=40)
    changed, distance = clean.y != noisy.y, np.abs(clean.X).min(axis=1)
    assert changed[distance > 1.6].any() and not changed[distance > 2].any()


def test_labels_of_the_circle_are_those_of_points_moved_by_five_times_the_noise():
    clean, noisy = load_dataset("circle", 2000), load_dataset("circle", 2000, noise=40)
    moved = clean.X + np.random.default_rng(1).uniform(-2, 2, (50, *clean.X.shape))
    expected = (np.linalg.norm(moved, axis=-1) < 2.5).mean(axis=0)  # how likely class 1 is, point by point
    for inside in (True, False):
        there = (clean.y == 1) == inside
        assert noisy.y[there].mean() == pytest.approx(expected[there].mean(), abs=0.04)


def test_moons_lie_on_half_circles():
    dataset = load_dataset("moons", 300)
    unit = dataset.X / 3.2 + (0.5, 0.25)
    upper, lower = unit[dataset.y == 0], unit[dataset.y == 1]
    assert np.allclose(np.hypot(*upper.T), 1) and upper[:, 1].min() >= 0
    assert np.allclose(np.hypot(*(lower - (1, 0.5)).T), 1) and lower[:, 1].max() <= 0.5


def test_rings_and_blobs_without_noise():
    rings = load_dataset("rings", 1000)
    assert np.array_equal(rings.y, np.digitize(np.hypot(*rings.X.T), [1.6, 3.5]))
    blobs = load_dataset("blobs", 2000)
    for label, centre in enumerate([(-3, -3), (3, -3), (-3, 3), (3, 3)]):
        assert blobs.X[blobs.y == label].mean(axis=0) == pytest.approx(centre, abs=0.2)


def test_plane_is_a_tenth_of_the_sum():
    dataset = load_dataset("plane")
    assert np.allclose(dataset.y, dataset.X.sum(axis=1) / 10)
    moved = load_dataset("plane", noise=50)
    assert np.abs(moved.y - dataset.y).max() <= 0.5 * 12 / 10


@pytest.mark.parametrize("point, height", [
    ((4, 2.5), 1), ((-4, 2.5), 1), ((0, -2.5), 1), ((0, 2.5), -1), ((4, -2.5), -1), ((-4, -2.5), -1),
    ((3, 2.5), 0.5), ((1.5, 2.5), -0.25), ((0, 0), 0), ((6, 6), 0),
])
def test_cones_by_hand(point, height):
    from nncore.data.synthetic import cone_height

    assert cone_height(np.array([point], dtype=float)) == pytest.approx([height])


def test_curves_without_noise():
    sine, step = load_dataset("sine"), load_dataset("step")
    assert np.allclose(sine.y, np.sin(sine.X[:, 0]))
    assert np.array_equal(step.y, np.where(step.X[:, 0] >= 0, 1, -1))
    error = load_dataset("sine", 2000, noise=30).y - load_dataset("sine", 2000).y
    assert error.std() == pytest.approx(0.3, rel=0.1)


@pytest.mark.parametrize("name", REAL)
def test_real_data_agree_with_scikit_learn(name):
    from sklearn import datasets

    options = {"scaled": False} if name == "diabetes" else {}
    source = getattr(datasets, f"load_{name}")(**options)
    X = source.data / 16 if name == "digits" else source.data
    y = source.target / 100 if name == "diabetes" else source.target
    ours = load_dataset(name)
    rows, expected = np.column_stack([ours.X, ours.y]), np.column_stack([X, y])
    assert np.array_equal(rows[np.lexsort(rows.T)], expected[np.lexsort(expected.T)])
    assert ours.feature_names == tuple(source.feature_names)
    assert ours.class_names == tuple(str(label) for label in getattr(source, "target_names", ()))


def test_the_large_digits_are_the_small_ones_enlarged():
    small, large = load_dataset("digits", 300, seed=4), load_dataset("digits28", 300, seed=4)
    assert large.X.shape == (300, 784) and np.array_equal(small.y, large.y)
    assert large.X.min() >= 0 and large.X.max() <= 1
    # Beyond the outermost centres their value is held.
    assert large.X[0].reshape(28, 28)[0, 0] == small.X[0, 0]
    assert "enlarged" in DATASETS["digits28"].about and "12,730" in DATASETS["digits28"].about


def test_enlarging_by_hand():
    # Two pixels to four: their centres 0.5 and 1.5 of 2, the new ones at 0.25, 0.75, 1.25, 1.75.
    picture = np.array([[0.0, 1.0, 0.0, 1.0]])
    row = [0, 0.25, 0.75, 1]
    assert enlarge(picture, 4).reshape(4, 4).tolist() == [row] * 4


def test_fewer_real_samples_are_a_part_of_more():
    few, more = load_dataset("iris", 40, noise=10), load_dataset("iris", 90, noise=10)
    assert np.array_equal(few.X, more.X[:40]) and np.array_equal(few.y, more.y[:40])


def test_real_noise_is_in_deviations_of_its_column():
    clean, noisy = load_dataset("breast_cancer"), load_dataset("breast_cancer", noise=50)
    ratio = (noisy.X - clean.X).std(axis=0) / clean.X.std(axis=0)
    assert ratio == pytest.approx(np.full(30, 0.5), rel=0.15)


def test_columns_keep_their_order_and_noise():
    whole, part = load_dataset("wine", noise=25), load_dataset("wine", noise=25, columns=(6, 0))
    assert np.array_equal(part.X, whole.X[:, [6, 0]])
    assert part.feature_names == ("flavanoids", "alcohol")


@pytest.mark.parametrize("arguments, message", [
    ({"name": "cirle"}, "name must be one of circle, xor, .*got 'cirle'"),
    ({"name": "circle", "samples": 19}, "samples must be at least 20, got 19"),
    ({"name": "circle", "samples": 2001}, "samples must be .*got 2001"),
    ({"name": "circle", "samples": 100.0}, "samples must be .*got 100.0"),
    ({"name": "iris", "samples": 151}, "samples must be at most 150, got 151"),
    ({"name": "circle", "noise": 51}, "noise must be a number from 0 to 50, got 51"),
    ({"name": "circle", "noise": float("nan")}, "noise must be .*got nan"),
    ({"name": "circle", "noise": "5"}, "noise must be .*got '5'"),
    ({"name": "circle", "seed": -1}, "seed must be at least 0, got -1"),
    ({"name": "circle", "columns": (0,)}, r"columns must be empty for circle.*got \(0,\)"),
    ({"name": "iris", "columns": (0, 4)}, r"columns\[1\] must be at most 3, got 4"),
    ({"name": "iris", "columns": (2, 2)}, r"columns must not repeat, got \(2, 2\)"),
])
def test_errors_name_argument_rule_and_value(arguments, message):
    with pytest.raises(ValueError, match=message):
        load_dataset(**arguments)


@pytest.mark.parametrize("X, y, message", [
    (np.zeros(3), np.zeros(3), r"X must have the shape \(N, D\)"),
    (np.zeros((3, 1)), np.zeros(2), r"y must have the shape \(3,\)"),
    (np.full((3, 1), np.nan), np.zeros(3), "X must hold finite numbers"),
    (np.zeros((3, 1)), np.array([0, 1, 2]), "y must be class labels from 0 to 1, got 0 to 2"),
])
def test_a_dataset_checks_that_its_parts_fit(X, y, message):
    with pytest.raises(ValueError, match=message):
        Dataset("mine", X, y, ("x",), ("no", "yes"))


def test_synthetic_data_do_not_import_scikit_learn():
    code = """import sys
from nncore.data.datasets import load_dataset
from nncore.inspection.map_plane import make_plane
from nncore.data.splits import make_split
make_plane(make_split(load_dataset("moons")))
print("sklearn" in sys.modules)"""
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "False"
