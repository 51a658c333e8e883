"""Names on a map keep apart."""

import numpy as np
import pytest

from pages.parts.figures.words.label_layout import ABOVE, LETTER, LINE, LOWEST, NARROWEST, spread_labels


def overlaps(places, letters, offsets, width, height):
    """Pairs of labels that cover each other in a plot of this size."""
    x, y = places[:, 0] * width, places[:, 1] * height + offsets
    widths = LETTER * np.array(letters)
    return [
        (i, j) for i in range(len(x)) for j in range(i)
        if abs(y[i] - y[j]) < LINE - 1 and abs(x[i] - x[j]) < (widths[i] + widths[j]) / 2
    ]  # fmt: skip


def test_a_label_alone_stands_above_its_point():
    assert spread_labels(np.array([[0.5, 0.5]]), [3]).tolist() == [ABOVE]
    assert spread_labels(np.zeros((0, 2)), []).shape == (0,)


def test_two_labels_at_one_point_part_evenly():
    low, high = spread_labels(np.array([[0.5, 0.5], [0.5, 0.5]]), [3, 3])
    assert high - low == pytest.approx(LINE) and high + low == pytest.approx(2 * ABOVE)


@pytest.mark.parametrize("spread", [0.0, 0.05, 1.0])
@pytest.mark.parametrize("seed", range(5))
def test_no_labels_overlap_on_a_phone_or_on_a_wide_screen(seed, spread):
    rng = np.random.default_rng(seed)
    places, letters = 0.5 + spread * (rng.random((20, 2)) - 0.5), rng.integers(2, 12, 20).tolist()
    offsets = spread_labels(places, letters)
    for width, height in ((NARROWEST, LOWEST), (700, 470), (1100, 480)):
        assert overlaps(places, letters, offsets, width, height) == []
