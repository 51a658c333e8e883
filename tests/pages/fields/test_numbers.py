"""Numbers of a column in one way of writing."""

import numpy as np
import pytest

from pages.parts.fields.numbers import alike, counted, fine_percent, percent, power_of_ten


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
    (0, 0, "0"), (1, 0, "100"), (0.16, 0, "16"), (0.9996, 0, "99.96"), (0.996, 0, "99.6"), (0.00001, 0, "0.001"),
    (0.004, 0, "0.4"), (0.99996, 1, "99.996"), (1 - 1e-16, 0, "100"), (1e-17, 1, "0.0"), (0.994, 0, "99"),
    (1e-6, 0, "under 0.001"), (1 - 1e-6, 0, "over 99.999"), (1e-6, 1, "0.0001"), (0.00049, 0, "0.05"),
])  # fmt: skip
def test_all_and_none_are_said_only_of_all_and_none(share, digits, text):
    assert percent(share, digits) == f"{text}\u00a0%"


@pytest.mark.parametrize(("share", "text"), [
    (0, "0"), (1e-12, "under 0.0001"), (0.0001, "0.01"), (0.0012, "0.1"), (0.0099, "1.0"), (0.0149, "1"), (0.876, "88"),
    (0.993, "99.3"), (0.9996, "99.96"), (1 - 1e-12, "over 99.9999"), (1, "100"),
])  # fmt: skip
def test_a_share_near_none_or_all_has_a_digit_more(share, text):
    assert fine_percent(share) == f"{text}\u00a0%"


def test_one_thing_is_no_several():
    assert [counted(number, "epoch") for number in (0, 1, 2, 1000)] == ["0 epochs", "1 epoch", "2 epochs", "1,000 epochs"]


@pytest.mark.parametrize(("share", "said"), [(-0.003, "0\u00a0%"), (-0.123, "−12\u00a0%"), (-1e-12, "0\u00a0%")])
def test_a_share_below_nothing_has_a_minus_sign_and_nothing_has_none(share, said):
    assert percent(share) == said
