"""Arithmetic as it is printed: what stands there, worked out on a calculator, gives what stands there."""

import re

import numpy as np
import pytest

from pages.parts.attention.cell_text import softmax_hover
from pages.parts.fields.arithmetic import bracketed, dot_text, fixed, significant
from pages.parts.figures.ticks import cell, log_ticks, share_cell


def worked_out(text: str) -> float:
    """The value of a printed formula."""
    return eval(text.replace("−", "-").replace("·", "*").replace("<br>", ""))


@pytest.mark.parametrize("factor", [1.0, 12**-0.5, 10 * 12**-0.5, 0.1])
@pytest.mark.parametrize("size", [0.1, 1.0, 40.0])
def test_a_printed_dot_product_agrees_with_a_calculator(factor, size):
    rng = np.random.default_rng(0)
    for _ in range(50):
        first, second = size * rng.normal(size=(2, 12))
        terms, total, *rest = dot_text(first, second, factor).replace("<br>+", "+").split("<br>")
        places = len(total.partition(".")[2])
        assert fixed(worked_out(terms), places) == total.removeprefix("= ")
        if rest:
            times, result = rest[0].removeprefix("× ").split(" = ")
            assert fixed(worked_out(total.removeprefix("= ")) * float(times), 3) == result


def test_a_printed_softmax_agrees_with_a_calculator():
    scores = 3 * np.random.default_rng(1).normal(size=(20, 6))
    weights = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    names = list("abcdef")
    for line, shares in zip(softmax_hover(scores, weights, [""] * 20, names), weights, strict=True):
        for text, share in zip(line, shares, strict=True):
            left, _, right = text.partition("<br>")[2].partition(" = ")
            value = worked_out(left.replace("exp", "np.exp"))
            assert value == pytest.approx(share, rel=0.01)
            if "·10" not in right:
                assert fixed(value, 3) == right


def test_numbers_are_written_with_one_minus_and_none_before_zero():
    assert [fixed(-0.001, 2), fixed(-0.2, 2), bracketed("−1"), bracketed("1")] == ["0.00", "−0.20", "(−1)", "1"]


@pytest.mark.parametrize(
    ("value", "said"), [(0, "0"), (0.64, "0.64"), (-0.007, "−0.01"), (-1e-3, "≈0"), (-np.inf, ""), (-12.4, "−12.40")]
)
def test_cells_are_written_in_one_way(value, said):
    assert cell(value) == said


def test_a_small_share_is_not_written_as_a_power():
    assert [share_cell(value) for value in (0, 7e-3, 0.64, 1)] == ["0", "<0.01", "0.64", "1.00"]


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(0.3, 13, ["0.5", "1", "2", "5", "10"]), (1e-3, 1e3, ["0.001", "0.01", "0.1", "1", "10", "100", "1000"]),
     (1.8, 4.2, ["1.8", "2.4", "3.2", "4.2"]), (2.0, 2.0, ["2"])],
)  # fmt: skip
def test_a_log_axis_has_its_numbers_in_full(low, high, said):
    ticks = log_ticks(low, high)
    assert ticks["ticktext"] == said and len(ticks["tickvals"]) == len(said)
    assert not re.search("e[+-]", " ".join(said))


def test_significant_digits_are_those_that_are_written():
    assert significant([3.14159, -0.0012345, 0.0], 3).tolist() == [3.14, -0.00123, 0.0]
