"""Formulas: what they say, where they are wrong, and that nothing but arithmetic can happen."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nncore import Experiment, build_split
from nncore.data import from_expression
from nncore.data.own import FormulaError, read_expression

POINT = (0.7, -1.3)
VALUES = {
    "1 + 2 * 3": 7, "(1 + 2) * 3": 9, "2 ** 3 ** 2": 512, "-2 ** 2": -4, "2 ** -1": 0.5, "8 / 4 / 2": 1, "5 - 2 - 1": 2,
    "- - x": 0.7, "x * y": -0.91, "sin(x)": math.sin(0.7), "cos(y)": math.cos(-1.3), "tan(x)": math.tan(0.7),
    "exp(y)": math.exp(-1.3), "log(x)": math.log(0.7), "sqrt(x)": math.sqrt(0.7), "abs(y)": 1.3, "min(x, y, 3)": -1.3,
    "max(x, y)": 0.7, "pi": math.pi, "1.5e2": 150, ".5": 0.5, "x^2": 0.49, "x² + y³": 0.49 - 2.197,
    "2·x − 1": 0.4, "x > y": 1, "x < y": 0,
    "x >= 0.7": 1,
    "x != 0.7": 0, "x == 0.7": 1, "-2 < y < 0": 1, "-1 < y < 0": 0, "not x > 0": 0, "x > 0 and y > 0": 0,
    "x > 0 or y > 0": 1,
    "x < 0 and x < 0 or y < 0": 1, "not (x < 0 or y > 0)": 1, "(x > 0) + (y < 0)": 2, "-(x > 0)": -1,
}  # fmt: skip


@pytest.mark.parametrize("formula", VALUES)
def test_a_formula_has_its_value(formula):
    expression = read_expression(formula)
    assert expression(np.array([POINT]))[0] == pytest.approx(VALUES[formula], rel=1e-12)
    again = read_expression(expression.text)  # written in one way, it says the same and stays as it is
    assert again.text == expression.text and again(np.array([POINT]))[0] == expression(np.array([POINT]))[0]


@pytest.mark.parametrize("formula, place, why", [
    ("y > sn(x)", 4, "knows no “sn”"), ("x +", 3, "lacks a number"), ("(x", 2, "lacks a closing bracket"),
    ("x)", 1, "cannot go on"),
    ("y = 2", 2, "equality is =="), ("x and y > 1", 0, "needs a comparison"), ("sin x", 4, "lacks a bracket after “sin”"),
    ("min(x)", 0, "2 to 8 arguments"), ("sin(x, y)", 0, "one argument"), ("", 0, "is empty"),
    ("x y", 2, "such as * before “y”"),
    ("2x > y", 1, "such as * before “x”"), ("x (y)", 2, "such as * before “(”"), ("x if y", 2, "cannot go on with “if”"),
    ("1e999 * x", 0, "too large"), ("__import__('os')", 11, "cannot hold “'”"), ("x.__class__", 1, "cannot hold “.”"),
    ("lambda: x", 6, "cannot hold “:”"), ("x[0]", 1, "cannot hold"), ("eval(x)", 0, "knows no “eval”"),
    ("x > 0 and", 9, "lacks"),
    ("(" * 60 + "x" + ")" * 60, 41, "too deep"), ("x" + "+x" * 150, 200, "301 letters"),
])  # fmt: skip
def test_an_error_marks_the_place(formula, place, why):
    with pytest.raises(FormulaError, match=r"^The formula .*▸") as error:
        read_expression(formula)
    assert error.value.place == place and why in str(error.value)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=30), st.lists(st.sampled_from(
    ["x", "y", "(", ")", "+", "-", "*", "**", "/", "<", "==", "and", "or", "not", "sin", "min", ",", "2", "1.5", "pi"]),
    max_size=14).map(" ".join)))  # fmt: skip
def test_whatever_is_typed_is_a_formula_or_an_error_with_its_place(text):
    try:
        expression = read_expression(text)
    except FormulaError as error:
        assert 0 <= error.place <= len(" ".join(text.split())) + 30
        return
    assert expression(np.zeros((3, 2))).shape == (3,) and read_expression(expression.text).text == expression.text


def test_a_comparison_gives_classes_and_anything_else_a_target():
    dataset = from_expression("y>sin( x )", samples=400, seed=2)
    np.testing.assert_array_equal(dataset.y, dataset.X[:, 1] > np.sin(dataset.X[:, 0]))
    assert dataset.class_names == ("does not hold", "holds") and dataset.name == "formula.y > sin(x)"
    dataset = from_expression("sin(x) * y")
    np.testing.assert_allclose(dataset.y, np.sin(dataset.X[:, 0]) * dataset.X[:, 1])
    assert dataset.is_regression and dataset.target_name == "sin(x) * y" and np.abs(dataset.X).max() <= 6
    assert from_expression("sin(x)").X.shape == (500, 1)
    np.testing.assert_array_equal((from_expression("log(x) * y").X > 0)[:, 0], True)  # where it is a number


def test_noise_reads_the_formula_beside_the_point():
    clean, noisy = from_expression("x > 0", seed=1), from_expression("x > 0", noise=20, seed=1)
    wrong = (noisy.X[:, 0] > 0) != noisy.y
    assert 0 < wrong.mean() < 0.2 and np.abs(noisy.X[wrong, 0]).max() <= 1.2
    np.testing.assert_array_equal(clean.X[:, 0] > 0, clean.y)


@pytest.mark.parametrize("formula, message", [
    ("x > 100", "never holds in the square"), ("x < 100", "holds everywhere"), ("2 + 2", "is 4 everywhere"),
    ("log(x - 7)", "hardly anywhere"), ("9 ** 9 ** 9", "hardly anywhere"),
])  # fmt: skip
def test_a_formula_that_teaches_nothing_is_refused(formula, message):
    with pytest.raises(ValueError, match=message):
        from_expression(formula)


def test_an_experiment_and_its_link_hold_the_formula():
    experiment = Experiment(dataset="formula.y>sin(x)", noise=5)
    assert experiment.dataset == "formula.y > sin(x)" == experiment.to_dict()["dataset"]
    assert Experiment.from_dict(experiment.to_dict()) == experiment and build_split(experiment).X_train.shape == (250, 2)
    repaired, problems = Experiment.repair({"dataset": "formula.y > sn(x)", "hidden": "3"})
    assert repaired.dataset == "circle" and repaired.hidden == (3,) and "▸sn(x), so it is now circle" in problems[0]


def test_capital_letters_mean_the_same_as_small_ones():
    assert read_expression("Y > Sin(X) AND NOT X > Pi").text == "y > sin(x) and not x > pi"


@pytest.mark.parametrize(("comma", "point"), [
    ("x > 1,5", "x > 1.5"), ("x>-0,5 and y<2,25", "x>-0.5 and y<2.25"), ("sin(1,5) * x", "sin(1.5) * x"),
    ("max(x; 1,5) > y", "max(x, 1.5) > y"), ("min((x + 0,5), y)", "min((x + 0.5), y)"),
    ("Max(x, y) > 1,5", "max(x, y) > 1.5"),
    ("max(1,5) * x", "max(1, 5) * x"),  # which stays what it was: two numbers
])  # fmt: skip
def test_a_decimal_comma_is_read_as_a_point(comma, point):
    assert read_expression(comma).text == read_expression(point).text


@pytest.mark.parametrize("formula", ["x, y", "x > 1,", "x > ,5", "sin(x, 1)", "x; y", "(1; 2)"])
def test_another_comma_stays_where_it_is_and_is_refused(formula):
    with pytest.raises(FormulaError, match="at the place marked"):
        read_expression(formula)
