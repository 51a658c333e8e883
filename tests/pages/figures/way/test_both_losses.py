"""The losses over the epochs: an axis that says what the heights are, also where they lie within one power of ten."""

import numpy as np
import pytest

from pages.parts.figures.way.both_losses import losses_course


@pytest.mark.parametrize(("high", "low"), [(0.69, 0.19), (0.7, 1e-6), (0.5, 0.5), (np.inf, 3.0)])
def test_the_axis_has_numbers_within_what_is_shown(high, low):
    losses = np.array([high, (high + low) / 2 if np.isfinite(high) else 4.0, low])
    axis = losses_course(np.arange(3), losses, np.full(3, np.nan), "loss", 260, False).layout.yaxis
    assert axis.type == "log" and len(axis.tickvals) >= (1 if high == low else 2)
    assert all(0.8 * low <= value <= 1.2 * min(high, 4.0) for value in axis.tickvals) and all(axis.ticktext)
