"""Derivations line by line end in the numbers that one gets by hand."""

from math import log

from pages.parts.fields.derivations import cross_entropy_lines, sigmoid_lines, softmax_lines, squared_lines


def test_the_sigmoid_at_ln_3_is_three_quarters():
    assert "0.75" in sigmoid_lines(log(3))[-1] and sigmoid_lines(log(3))[-1].endswith("= 0.1875")
    assert sigmoid_lines(-1000.0)[-1].endswith("= 0")


def test_the_error_is_answer_minus_target():
    assert cross_entropy_lines(0.75, 1.0)[-1].endswith("= -0.25")


def test_behind_a_softmax_the_error_is_answer_minus_target_too():
    assert softmax_lines(0.25, 1.0)[-1].endswith("= -0.75")


def test_a_squared_error_keeps_the_slope_of_its_output():
    lines = squared_lines(0.75, 0.25, 0.1875)
    assert lines[1].endswith("= 1") and lines[2].endswith("= 0.1875")
