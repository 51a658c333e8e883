"""Arithmetic as it is printed: what stands there, worked out on a calculator, gives what stands there."""

import re
from operator import mul

import numpy as np
import pytest

from nncore.inspection.terms import leading_terms
from pages.parts.attention.cell_text import softmax_hover
from pages.parts.fields.arithmetic import bracketed, dot_text, fixed, operand_digits, significant
from pages.parts.fields.formula_tables import sum_table
from pages.parts.fields.numbers import plain
from pages.parts.figures.ticks import cell, log_axis, log_ticks, share_cell


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


@pytest.mark.parametrize(
    ("values", "step", "said"),
    [((1e-5, 3.0), 1, None), ((1e-20, 1.0), 3, None), ((0.3, 3.0), None, ["0.5", "1", "2"]), ((0.0, np.nan), 1, None)],
)
def test_no_bare_2_and_5_stand_between_the_powers_of_a_log_axis(values, step, said):
    axis = log_axis([np.array(values)])
    assert axis["type"] == "log" and axis.get("dtick") == step and axis.get("ticktext") == said


def test_significant_digits_are_those_that_are_written():
    assert significant([3.14159, -0.0012345, 0.0], 3).tolist() == [3.14, -0.00123, 0.0]


def test_as_many_digits_are_shown_as_a_result_is_computed_from():
    # 2.614 · 3.314 = 8.6628; of three digits each, 2.61 · 3.31 = 8.6391.
    assert operand_digits((2.614, 3.314), mul, 2.614 * 3.314, 3) == 4
    assert operand_digits((2.0, 3.0), mul, 6.0) == 4
    assert operand_digits((1e200, 1e200), mul, np.inf) == 4


def numbers_of(row: str) -> list[float]:
    """The numbers in a row of a table, without the one that counts the rows."""
    cells = [re.sub(r" \\cdot 10\^\{(-?\d+)\}", r"e\1", cell.strip("\\ ")) for cell in row.split("&")[1:]]
    return [float(cell) for cell in cells if cell]


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("size", [0.01, 1.0, 300.0])
def test_a_printed_table_of_products_adds_up_on_a_calculator(seed, size):
    left, right = np.random.default_rng(seed).normal(size=(2, 7)) * [[1.0], [size]]
    total = float(left @ right + 0.7)
    _, body, last = sum_table("jwxp", leading_terms(left, right), [("b", 0.7), ("z", total)]).split(r"\hline")
    *products, bias = map(numbers_of, body.split(r"\\ ")[:8])
    digits = max(len(f"{abs(product):.12e}".split("e")[0].replace(".", "").rstrip("0")) for *_, product in products)
    for first, second, product in products:
        assert plain(first * second, digits) == plain(product, digits)
    shown = sum(product for *_, product in products) + bias[0]
    assert bias == [0.7] and plain(shown) == plain(numbers_of(last.removesuffix(r"\end{array}"))[0]) == plain(total)
