"""DataFrames, float32, booleans, masked and object arrays: taken where they are numbers, refused by name where not."""

import datetime
import warnings
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from nncore import Autoencoder, ConvNet, Network, Recurrent, Trainer
from nncore.estimators import NetworkClassifier, NetworkRegressor

X = np.arange(20.0).reshape(10, 2) / 7 - 1
Y = np.arange(10) % 2
HOLE = np.arange(20).reshape(10, 2) == 0
NAN = np.where(HOLE, np.nan, X)


def put(value):
    """X as objects, with `value` in its first place."""
    changed = X.astype(object)
    changed[0, 0] = value
    return changed


# Holds numbers: the same answers as from the array of floats that it stands for.
TAKEN = {
    "list": X.tolist(), "tuple": tuple(map(tuple, X)), "float32": X.astype("f4"), "float16": X.astype("f2"),
    "long double": X.astype(np.longdouble), "whole": X.astype("i1"), "unsigned": (X + 1).astype("u2"), "boolean": X > 0,
    "objects": X.astype(object), "Decimal": put(Decimal("1.5")), "Fraction": put(Fraction(1, 2)), "a boolean": put(True),
    "nothing masked": np.ma.masked_array(X, mask=False), "Fortran": np.asfortranarray(X), "big-endian": X.astype(">f8"),
    "matrix": np.matrix(X), "view": np.repeat(X, 2, axis=0)[::2],
    "frame": pd.DataFrame(X, columns=["a", "b"]), "Int64": pd.DataFrame({"a": pd.array(range(10), dtype="Int64"), "b": Y}),
    "Float32": pd.DataFrame(X, columns=["a", "b"], dtype="Float32"), "booleans": pd.DataFrame({"a": Y > 0, "b": Y}),
    "categories of numbers": pd.DataFrame({"a": pd.Categorical(Y), "b": Y}), "frame of objects": pd.DataFrame(put(2)),
}  # fmt: skip

# Holds none: what the message must say after "X must ".
REFUSED = {
    "none": (None, "hold numbers, got None"),
    "no number": (put(None), "hold numbers, got None"),
    "numbers as texts": (X.astype(str), "hold numbers, got <U"),
    "a number as text": (put("1.5"), "hold numbers, got '1.5'"),
    "a word": (put("cat"), "hold numbers, got 'cat'"),
    "bytes": (X.astype("S4"), "hold numbers, got |S4"),
    "dates": (X.astype("i8").astype("M8[D]"), "hold numbers, got datetime64[D] (dates)"),
    "a date": (put(datetime.date(2020, 1, 1)), "hold numbers, got datetime.date(2020, 1, 1)"),
    "spans of time": (X.astype("i8").astype("m8[s]"), "hold numbers, got timedelta64[s]"),
    "complex": (X + 1j, "hold numbers, got complex128"),
    "a complex object": (put(1j), "hold numbers, got 1j"),
    "records": (np.zeros(10, "f8,f8"), "hold numbers, got [('f0'"),
    "too large": (put(10**400), "hold numbers of a size up to 1.8e+308, got"),
    "nan": (NAN, "hold finite numbers, got nan or inf"),
    "inf": (np.where(HOLE, np.inf, X), "hold finite numbers, got nan or inf"),
    "minus inf": (np.where(HOLE, -np.inf, X), "hold finite numbers, got nan or inf"),
    "nan as an object": (put(float("nan")), "hold finite numbers, got nan or inf"),
    "both infinities": ([[np.inf, -np.inf]] * 10, "hold finite numbers, got nan or inf"),
    "masked": (np.ma.masked_array(X, mask=HOLE), "have a"),
    "sparse matrix": (sparse.csr_matrix(X), "be"),
    "sparse array": (sparse.coo_array(X), "be"),
    "frame with NA": (pd.DataFrame({"a": pd.array([None, *range(9)], dtype="Int64"), "b": Y}), "hold numbers, got <NA>"),
    "frame with words": (pd.DataFrame({"a": list("abcdefghij"), "b": Y}), "hold numbers, got 'a'"),
    "frame with dates": (pd.DataFrame({"a": pd.date_range("2020", periods=10), "b": Y}), "hold numbers, got Timestamp("),
    "frame of texts": (pd.DataFrame(X.astype(str)), "hold numbers, got '"),
    "categories of words": (pd.DataFrame({"a": pd.Categorical(list("ab") * 5), "b": Y}), "hold numbers, got 'a'"),
    "one axis": (X[:, 0], "have "),
    "three axes": (X[:, :, None], "have "),
    "a series": (pd.Series(X[:, 0]), "have "),
    "a number": (3, "have "),
    "no rows": (np.zeros((0, 2)), "have "),
    "empty": ([], "have "),
    "ragged": ([[1], [2, 3]], "hold numbers in rows of the same length, got [[1], [2, 3]]"),
    "a text": ("cat", "hold numbers, got"),
    "a dictionary": ({"a": 1}, "hold numbers, got {'a': 1}"),
    "a set": ({1, 2}, "hold numbers, got {1, 2}"),
    "a function": (len, "hold numbers, got <built-in function len>"),
}
# A y that holds no classes or no numbers: what classifier and regressor say after "y must "; None where they take it.
REFUSED_Y = {
    "nan": (np.where(Y == 0, np.nan, Y), "hold finite numbers", "hold finite numbers"),
    "inf": (np.where(Y == 0, -np.inf, Y), "hold finite numbers", "hold finite numbers"),
    "two columns": (np.c_[Y, Y], "have the shape (N,), got (10, 2)", "have the shape (N,), got (10, 2)"),
    "too short": (Y[:5], "have as many rows as X, 10, got 5", "have as many rows as X, 10, got 5"),
    "masked": (np.ma.masked_array(Y, mask=Y > 0), "have a value everywhere", "have a value everywhere"),
    "sparse": (sparse.csr_matrix(Y[:, None]), "be dense", "be dense"),
    "complex": (Y + 1j, "hold numbers, got complex128", "hold numbers, got complex128"),
    "bytes": (np.array([b"a", b"b"])[Y], "hold numbers, got |S1", "hold numbers, got |S1"),
    "numbers and words": (np.array([0, "a"] * 5, object), "hold labels of one kind, numbers or texts, got 'a'",
                          "hold numbers, got 'a'"),
    "a gap": ([None, *Y[1:]], "hold labels of one kind, numbers or texts, got None", "hold numbers, got None"),
    "a missing one": (pd.Series([None, *Y[1:]], dtype="Int64"), "hold finite numbers", "hold finite numbers"),
    "numbers and words in a list": ([0, "a"] * 5, "hold labels of one kind, numbers or texts, got 'a'", "hold numbers, got"),
    "a word missing": (pd.Series([None, *"ababababa"]), "have a label for each row, got ", "hold numbers, got"),
    "a category missing": (pd.Categorical([None, *"ababababa"]), "have a label for each row, got nan", "hold numbers, got"),
    "a missing text": (pd.Series([pd.NA, *"ababababa"], dtype="string"), "have a label for each row, got <NA>",
                       "hold numbers, got"),
    "a date missing": (np.array(["NaT", "2021-01-01"], "M8[D]")[Y], "have a label for each row, got NaT", "hold numbers"),
    "a text": ("cat", "have the shape (N,), got ()", "hold numbers, got"),
    "a dictionary": ({"a": 1}, "have the shape (N,), got ()", "hold numbers, got {'a': 1}"),
    "measured": (X[:, 0], "hold labels, whole numbers or texts, got array([", None),
    "measured, large": (X[:, 0] * 1e200, "hold labels, whole numbers or texts, got array([", "hold numbers from -1e+100"),
    "words": (np.array(["a", "b"])[Y], None, "hold numbers, got <U1"),
    "numbers as texts": (Y.astype(str), None, "hold numbers, got <U"),
    "dates": (np.array(["2020-01-01", "2021-01-01"], "M8[D]")[Y], None, "hold numbers, got datetime64[D]"),
}  # fmt: skip
FITS = {
    "Network": lambda X: Trainer(Network((2, 3, 1)), X, Y).run_epoch(),
    "Network.predict": Network((2, 3, 1)).predict,
    "Autoencoder": lambda X: Trainer(Autoencoder((2, 1, 2)), X, X).run_epoch(),
}  # fmt: skip


def estimator(kind, **settings):
    return kind(**({"hidden": (2,), "epochs": 2, "random_state": 0} | settings))


def messages(call, *arguments):
    """What the call says in a ValueError, or None where it answers; a warning counts as an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            call(*arguments)
        except ValueError as error:
            return str(error)


@pytest.mark.parametrize("kind", [NetworkClassifier, NetworkRegressor])
@pytest.mark.parametrize("name", TAKEN)
def test_numbers_of_any_kind_are_taken_as_what_they_are(kind, name):
    given = TAKEN[name]
    floats = np.array(given.to_numpy() if hasattr(given, "to_numpy") else given, np.float64)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        model, same = estimator(kind).fit(given, Y), estimator(kind).fit(floats, Y)
        assert np.array_equal(model.predict(given), same.predict(floats)) and model.score(given, Y) == same.score(floats, Y)
    assert np.array_equal(model.network_.parameters, same.network_.parameters)


@pytest.mark.parametrize("name", REFUSED)
def test_what_holds_no_numbers_is_refused_by_its_name_everywhere(name):
    given, rule = REFUSED[name]
    for kind in (NetworkClassifier, NetworkRegressor):
        model = estimator(kind).fit(X, Y)
        said = [messages(estimator(kind).fit, given, Y), messages(model.predict, given), messages(model.score, given, Y)]
        assert [text[: len(rule) + 7] for text in said] == [f"X must {rule}"] * 3, said
    for fit in FITS.values():
        said = messages(fit, given)
        ways = (f"X must {rule}", "X and y must have the same number of rows, at least 1")
        assert (said or "").startswith(ways) or (name == "no rows" and said is None), said


@pytest.mark.parametrize("columns, rule", [
    (["a", 1], "whose names are all texts, got 1 among them"), (["a", "a"], "of different names, got 'a' twice"),
])  # fmt: skip
def test_columns_that_cannot_be_called_by_their_names_are_refused(columns, rule):
    for kind in (NetworkClassifier, NetworkRegressor):
        said = messages(estimator(kind).fit, pd.DataFrame(X, columns=columns), Y)
        assert (said or "").startswith(f"X must have columns {rule}")


def test_a_frame_with_a_sparse_column_is_refused_with_what_makes_it_dense():
    frame = pd.DataFrame({"a": pd.arrays.SparseArray(X[:, 0]), "b": Y})
    for kind in (NetworkClassifier, NetworkRegressor):
        said = messages(estimator(kind).fit, frame, Y)
        assert said == "X must be dense, got a sparse DataFrame: X.astype(float) makes it so"
        assert messages(estimator(kind).fit, frame.astype(float), Y) is None


@pytest.mark.parametrize("kind", [NetworkClassifier, NetworkRegressor])
def test_rows_far_beyond_those_of_the_training_are_refused_by_their_size(kind):
    model = estimator(kind).fit(X * 1e-290, Y)
    assert messages(model.predict, X * 1e-290) is None
    assert (messages(model.predict, X * 1e30) or "").startswith("X must be of a size that fits the scale ")


@pytest.mark.parametrize("name", REFUSED_Y)
def test_a_y_that_cannot_be_is_refused_by_its_name(name):
    given, *rules = REFUSED_Y[name]
    for kind, rule in zip((NetworkClassifier, NetworkRegressor), rules, strict=True):
        if rule is not None:
            assert (messages(estimator(kind).fit, X, given) or "").startswith(f"y must {rule}")
            assert (messages(estimator(kind).fit(X, Y).score, X, given) or "").startswith(f"y must {rule}")


@pytest.mark.parametrize("labels", [Y > 0, Y.astype(object), [Decimal(int(k)) for k in Y], pd.Series(Y), pd.Categorical(Y),
                                    np.array(["no", "yes"], object)[Y], np.array(["no", "yes"])[Y].tolist()])  # fmt: skip
def test_labels_of_any_one_kind_are_taken(labels):
    model = estimator(NetworkClassifier)
    assert messages(model.fit, X, labels) is None and len(model.classes_) == 2
    assert 0 <= model.score(X, labels) <= 1


def test_a_score_knows_the_kind_of_the_labels():
    model = estimator(NetworkClassifier).fit(X, np.array(["no", "yes"])[Y])
    assert messages(model.score, X, Y) == "y must hold labels such as 'no', as in fit, got 0"


@pytest.mark.parametrize("state", ["x", -1, 1.5, True, [1, 2], np.random.default_rng(0)])
def test_a_random_state_is_called_so(state):
    assert messages(estimator(NetworkRegressor, random_state=state).fit, X, Y).startswith("random_state must be")


def test_pictures_and_sequences_are_refused_by_their_names():
    pictures, steps = X.reshape(2, 1, 2, 5), X.reshape(2, 5, 2)
    taken = {ConvNet((1, 2, 5), ((2, 3, 1),), n_outputs=2): pictures, Recurrent(2, 3, 2): steps}
    for model, right in taken.items():
        assert messages(model.predict, right.astype("f4")) is None and messages(model.predict, right.tolist()) is None
        for wrong in (right.astype(str), np.where(right == right.flat[0], np.inf, right), right + 1j, put(None)):
            assert messages(lambda X, model=model: Trainer(model, X, [0, 1]), wrong).startswith("X must hold ")


@pytest.mark.parametrize("kind", [NetworkClassifier, NetworkRegressor])
@pytest.mark.parametrize(("weights", "rule"), [
    ([0.0] * 10, "hold numbers of at least 0, and one above 0, got only 0"), ([-1.0] * 10, "hold numbers of at least 0"),
    ([1.0] * 9, "have the shape"), (np.ones((10, 1)), "have the shape"), (2.0, "have the shape"), ("x", "hold numbers"),
    ([None] * 10, "hold numbers"), ([np.nan] * 10, "hold finite numbers"),
])  # fmt: skip
def test_weights_of_a_score_are_refused_by_name(kind, weights, rule):
    model = estimator(kind).fit(X[:10], Y[:10])
    assert messages(lambda X, y: model.score(X, y, weights), X[:10], Y[:10]).startswith(f"sample_weight must {rule}")
    assert model.score(X[:10], Y[:10], [2] * 10) == pytest.approx(model.score(X[:10], Y[:10]))
