"""Numbers of a column in one way of writing."""

import numpy as np
import pytest

from pages.parts.fields.numbers import alike, counted, percent, power_of_ten


@pytest.mark.parametrize("value, text", [
    (4.74e-5, "4.7·10⁻⁵"), (-1.2e23, "−1.2·10²³"), (1.0, "1.0·10⁰"), (0.0, "0"), (np.inf, "not finite"),
])  # fmt: skip
def test_powers_of_ten(value, text):
    assert power_of_ten(value) == text


def test_a_column_is_written_in_one_way():
    assert alike(np.array([0.5, 0.034, 0.0])) == ["0.5", "0.034", "0"]
    assert alike(np.array([0.5, 3e-4])) == ["5.0·10⁻¹", "3.0·10⁻⁴"]
    assert alike(np.array([1.0, np.inf])) == ["1", "not finite"]


@pytest.mark.parametrize(("share", "digits", "text"), [
    (0, 0, "0"), (1, 0, "100"), (0.16, 0, "16"), (0.9996, 0, "99.9"), (0.996, 0, "99.6"), (0.00001, 0, "0.1"),
    (0.004, 0, "0.4"), (0.99996, 1, "99.99"), (1 - 1e-16, 0, "100"), (1e-17, 1, "0.0"), (0.994, 0, "99"),
])  # fmt: skip
def test_all_and_none_are_said_only_of_all_and_none(share, digits, text):
    assert percent(share, digits) == f"{text}\u00a0%"


def test_one_thing_is_no_several():
    assert [counted(number, "epoch") for number in (0, 1, 2, 1000)] == ["0 epochs", "1 epoch", "2 epochs", "1,000 epochs"]


@pytest.mark.parametrize(("share", "said"), [(-0.003, "0\u00a0%"), (-0.123, "−12\u00a0%"), (-1e-12, "0\u00a0%")])
def test_a_share_below_nothing_has_a_minus_sign_and_nothing_has_none(share, said):
    assert percent(share) == said
