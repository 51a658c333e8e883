"""Numbers of a column in one way of writing."""

import numpy as np
import pytest

from pages.parts.fields.numbers import alike, power_of_ten


@pytest.mark.parametrize("value, text", [
    (4.74e-5, "4.7·10⁻⁵"), (-1.2e23, "−1.2·10²³"), (1.0, "1.0·10⁰"), (0.0, "0"), (np.inf, "not finite"),
])  # fmt: skip
def test_powers_of_ten(value, text):
    assert power_of_ten(value) == text


def test_a_column_is_written_in_one_way():
    assert alike(np.array([0.5, 0.034, 0.0])) == ["0.5", "0.034", "0"]
    assert alike(np.array([0.5, 3e-4])) == ["5.0·10⁻¹", "3.0·10⁻⁴"]
    assert alike(np.array([1.0, np.inf])) == ["1", "not finite"]
