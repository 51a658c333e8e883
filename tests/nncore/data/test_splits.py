import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nncore.data.datasets import Dataset, load_dataset
from nncore.data.splits import FEATURES, InputTransform, fit_transform, make_split, scarce_classes, split_indices

shares = st.tuples(st.integers(0, 99), st.integers(0, 99)).filter(lambda pair: sum(pair) <= 99)


@settings(max_examples=150)
@given(y=st.lists(st.integers(0, 3), min_size=3, max_size=200), share=shares, seed=st.integers(0, 5),
       stratify=st.booleans())
def test_parts_are_disjoint_complete_and_of_the_right_size(y, share, seed, stratify):
    parts = split_indices(np.array(y), *share, seed, stratify)
    assert np.array_equal(np.sort(np.concatenate(parts)), np.arange(len(y)))
    assert len(parts[0]) >= 1
    for part, percent in zip(parts[1:], share, strict=True):
        assert (len(part) > 0) == (percent > 0)
        # Rounded, less the one each other part needs and what training lacks for one of each class.
        assert abs(len(part) - len(y) * percent / 100) < 2 + stratify * (len(set(y)) - 1)


@settings(max_examples=100)
@given(sizes=st.lists(st.integers(2, 80), min_size=2, max_size=4), share=shares, seed=st.integers(0, 5))
def test_each_class_is_cut_in_proportion(sizes, share, seed):
    y = np.repeat(np.arange(len(sizes)), sizes)
    for part in split_indices(y, *share, seed, stratify=True):
        counts = np.bincount(y[part], minlength=len(sizes))
        fair = len(part) * np.array(sizes) / len(y)
        # Rounded, and a small class that must leave one row to training has a larger one stand in for it.
        assert np.abs(counts - fair).max() < 3


def test_stratified_sizes_by_hand():
    y = np.repeat([0, 1], [75, 25])
    train, validation, test = split_indices(y, 40, 20, seed=0, stratify=True)
    counts = [np.bincount(y[part]).tolist() for part in (train, validation, test)]
    assert counts == [[30, 10], [30, 10], [15, 5]]


def test_what_is_left_over_goes_to_the_class_with_the_largest_remainder():
    # Two of ten are 1.4 of the seven and 0.6 of the three: one each.
    y = np.repeat([0, 1], [7, 3])
    assert sorted(y[split_indices(y, 0, 20, seed=0, stratify=True)[2]]) == [0, 1]


@pytest.mark.parametrize("percent, size", [(24, 2), (27, 3), (33, 3), (38, 4)])
def test_shares_of_ten_examples_are_rounded(percent, size):
    assert len(split_indices(np.zeros(10, dtype=int), 0, percent, seed=0, stratify=False)[2]) == size


@settings(deadline=None, max_examples=200)
@given(sizes=st.lists(st.integers(1, 12), min_size=2, max_size=5), share=shares, seed=st.integers(0, 5))
def test_training_keeps_one_of_each_class_where_it_has_room(sizes, share, seed):
    y = np.repeat(np.arange(len(sizes)), sizes)
    if len(y) < 3:
        return
    train, *_ = split_indices(y, *share, seed, stratify=True)
    assert len(np.unique(y[train])) == min(len(sizes), len(train))


def test_a_class_of_two_keeps_one_for_training():
    # 40 % of each for validation and for test leaves 20 of 100 and, rounded, none of 2.
    y = np.repeat([0, 1], [100, 2])
    train, validation, test = split_indices(y, 40, 40, seed=0, stratify=True)
    assert np.bincount(y[train]).tolist() == [len(train) - 1, 1]
    assert (len(train), len(validation), len(test)) == (20, 41, 41)


@pytest.mark.parametrize("counts, validation, test, sizes", [
    ((5, 1), 45, 45, (2, 1, 3)), ((3, 3), 45, 45, (2, 1, 3)), ((2, 2, 2), 40, 40, (3, 1, 2)),
    ((1, 1, 1, 1), 50, 0, (3, 1, 0)),
    ((2, 2, 1), 0, 80, (3, 0, 2)), ((1, 1, 1), 40, 40, (1, 1, 1)), ((30, 2), 40, 40, (6, 13, 13)),
])  # fmt: skip
def test_training_has_room_for_every_class_of_a_small_table(counts, validation, test, sizes):
    y = np.repeat(np.arange(len(counts)), counts)
    for seed in range(20):
        parts = split_indices(y, validation, test, seed, True)
        assert tuple(map(len, parts)) == sizes
        assert len(np.unique(y[parts[0]])) == min(len(counts), sizes[0])


def test_labels_may_be_any_whole_numbers():
    y = np.repeat([0, 1, 2], [60, 30, 2])
    for labels in (y - 1, 1000 * y, np.array(y, dtype=np.uint8)):
        for part, same in zip(split_indices(labels, 30, 20, 0, True), split_indices(y, 30, 20, 0, True), strict=True):
            assert np.array_equal(part, same)


def test_a_class_of_which_training_has_few_is_named():
    dataset = Dataset("own", np.zeros((102, 1)), np.repeat([0, 1], [100, 2]), ("x",), ("many", "rare"))
    assert scarce_classes(make_split(dataset, validation=40, test=40)) == [("rare", 1, 2)]
    assert scarce_classes(make_split(dataset, validation=0, test=0)) == []
    single = Dataset("own", np.zeros((101, 1)), np.repeat([0, 1], [100, 1]), ("x",), ("many", "one"))
    assert scarce_classes(make_split(single, validation=30, test=0)) == [("one", 1, 1)]
    assert scarce_classes(make_split(single, validation=0, test=0)) == []
    assert scarce_classes(make_split(load_dataset("corners"))) == []
    assert scarce_classes(make_split(load_dataset("plane"))) == []


def test_the_split_follows_its_seed_alone():
    y = np.arange(100) % 2
    first, again, other = (split_indices(y, 30, 20, seed, True) for seed in (1, 1, 2))
    assert all(np.array_equal(a, b) for a, b in zip(first, again, strict=True))
    assert not np.array_equal(first[0], other[0])


def test_the_test_set_stays_when_the_validation_share_changes():
    y = np.arange(90) % 3
    assert np.array_equal(*(np.sort(split_indices(y, share, 20, 0, True)[2]) for share in (10, 40)))


@pytest.mark.parametrize(
    "samples, share", [(3, (49, 49)), (3, (90, 5)), (2, (99, 0)), (1, (0, 0)), (4, (1, 98))]
)
def test_tiny_sets_leave_no_part_empty(samples, share):
    parts = split_indices(np.zeros(samples, dtype=int), *share, 0, True)
    assert [len(part) > 0 for part in parts] == [True, share[0] > 0, share[1] > 0]


@pytest.mark.parametrize("arguments, message", [
    ((np.zeros(9, int), 60, 40, 0, True), r"validation \+ test must be at most 99 percent, got 60 \+ 40"),
    ((np.zeros(9, int), -1, 0, 0, True), "validation must be a number from 0 to 99, got -1"),
    ((np.zeros(9, int), 0, float("nan"), 0, True), "test must be a number from 0 to 99, got nan"),
    ((np.zeros(9, int), 30, 20, 1.5, True), "seed must be a whole number of at least 0, got 1.5"),
    ((np.zeros(9), 30, 20, 0, True), "stratify must be False .*got y of float64"),
    ((np.zeros(2, int), 30, 20, 0, True), "y must have at least 3 examples for 3 parts, got 2"),
])
def test_split_errors_name_argument_rule_and_value(arguments, message):
    with pytest.raises(ValueError, match=message):
        split_indices(*arguments)


def test_features_by_hand():
    X = np.array([[2.0, -3.0]])
    expected = [2, -3, 4, 9, -6, np.sin(2), np.sin(-3)]
    assert [feature.formula(X)[0] for feature in FEATURES.values()] == pytest.approx(expected)
    with_one_input = [name for name, feature in FEATURES.items() if feature.inputs_needed == 1]
    assert with_one_input == ["x1", "x1_squared", "sin_x1"]


def test_input_transform_by_hand():
    transform = InputTransform(("x1_x2", "x1"), np.array([1.0, 2.0]), np.array([5.0, 2.0]))
    assert transform(np.array([[2.0, 3.0], [0.0, 7.0]])).tolist() == [[1, 0], [-0.2, -1]]
    assert transform.labels(("a", "b")) == ("a · b", "a")


@pytest.mark.parametrize("names, labels", [
    (("x₁", "x₂"), "x₁,x₂,x₁²,x₂²,x₁x₂,sin x₁,sin x₂"), (("x",), "x,x²,sin x"),
    (("height", "w"), "height,w,height²,w²,height · w,sin height,sin w"),
    # A table may call its columns as if they stood in the other order.
    (("x₂", "x₁"), "x₂,x₁,x₂²,x₁²,x₂ · x₁,sin x₂,sin x₁"),
])  # fmt: skip
def test_features_are_called_after_the_columns_that_they_are_made_of(names, labels):
    features = tuple(name for name, feature in FEATURES.items() if feature.inputs_needed <= len(names))
    transform = InputTransform(features, np.zeros(len(features)), np.ones(len(features)))
    assert transform.labels(names) == tuple(labels.split(","))


def test_raw_columns_without_scaling_pass_unchanged():
    X = np.array([[2.0, 3.0, 4.0], [0.0, 7.0, 1.0]])
    transform = fit_transform(X)
    assert np.array_equal(transform(X), X)
    assert transform.labels(("a", "b", "c")) == ("a", "b", "c")


def test_standard_scaling_agrees_with_scikit_learn():
    from sklearn.preprocessing import StandardScaler

    dataset = load_dataset("wine")
    split = make_split(dataset, scaling="standard")
    scaler = StandardScaler().fit(dataset.X[split.train])
    assert np.allclose(split.X_train, scaler.transform(dataset.X[split.train]))
    assert np.allclose(split.X_test, scaler.transform(dataset.X[split.test]))


def test_a_constant_column_is_only_centred():
    X = np.column_stack([np.full(7, 0.1), np.arange(7.0)])
    transform = fit_transform(X, scaling="standard")
    assert transform.scale.tolist() == [1, 2]
    assert np.allclose(transform(X)[:, 0], 0)


def test_scaling_knows_the_training_set_alone():
    dataset = load_dataset("gauss", 100)
    split = make_split(dataset, ("x1", "x2_squared"), "standard", seed=5)
    X = dataset.X.copy()
    X[np.concatenate([split.validation, split.test])] += 1000
    changed = make_split(Dataset("gauss", X, dataset.y, dataset.feature_names, dataset.class_names),
                         ("x1", "x2_squared"), "standard", seed=5)
    assert np.array_equal(split.transform.mean, changed.transform.mean)
    assert np.array_equal(split.transform.scale, changed.transform.scale)
    assert np.array_equal(split.X_train, changed.X_train)
    assert not np.array_equal(split.X_validation, changed.X_validation)


def test_a_split_holds_the_rows_it_names():
    dataset = load_dataset("circle")
    split = make_split(dataset, features=("x1", "x2", "x1_squared"))
    assert [len(part) for part in (split.train, split.validation, split.test)] == [250, 150, 100]
    for part, X, y in ((split.train, split.X_train, split.y_train), (split.test, split.X_test, split.y_test),
                       (split.validation, split.X_validation, split.y_validation)):
        assert np.array_equal(X, split.transform(dataset.X[part])) and np.array_equal(y, dataset.y[part])
        assert not X.flags.writeable and not y.flags.writeable and not part.flags.writeable


def test_the_four_corners_are_all_training():
    split = make_split(load_dataset("corners"), validation=30, test=20)
    assert len(split.train) == 4 and len(split.X_validation) == len(split.X_test) == 0
    assert split.X_validation.shape == (0, 2)


def test_regression_is_split_by_rows():
    split = make_split(load_dataset("sine"), ("x1", "sin_x1"), "standard")
    assert split.X_train.shape == (100, 2) and split.y_train.dtype == np.float64


@pytest.mark.parametrize("name, arguments, message", [
    ("circle", {"features": ("x3",)}, r"features\[0\] must be one of x1, .*got 'x3'"),
    ("circle", {"features": ("x1", "x1")}, "features must not repeat"),
    ("sine", {"features": ("x1", "x1_x2")}, r"features\[1\] must need 1 input at most, got 'x1_x2'"),
    ("iris", {"features": ("x1",)}, r"features must be empty for 4 inputs .*got \('x1',\)"),
    ("circle", {"scaling": "minmax"}, "scaling must be one of none, standard, got 'minmax'"),
    ("corners", {"validation": 100}, "validation must be a number from 0 to 99, got 100"),
])
def test_make_split_errors(name, arguments, message):
    with pytest.raises(ValueError, match=message):
        make_split(load_dataset(name), **arguments)
