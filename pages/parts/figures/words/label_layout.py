"""Labels that keep apart: names above their points, moved up or down where they would cover each other.

A figure is as wide as its reader's screen, which is not known here. So names move vertically alone, and as far as the
narrowest and lowest picture needs: on a larger one the points, and with them the names, are farther apart still.
"""

from collections.abc import Sequence

import numpy as np

NARROWEST, LOWEST = 300, 380  # pixels of the plot on a phone
LETTER, LINE = 7.6, 17.0  # pixels of a bold letter of size 13, and of a line of them
ABOVE = 15.0  # pixels from a point to the middle of its name
ROUNDS = 300


def spread_labels(places: np.ndarray, letters: Sequence[int]) -> np.ndarray:
    """How far above its point each label's middle stands, in pixels (n,); negative is below.

    `places` (n, 2) are the points, 0 to 1 from left to right and from bottom to top of the plot; `letters` are the labels'
    lengths. No two labels overlap, and labels that could stand in the order of their points.
    """
    widths = LETTER * np.asarray(letters, dtype=float) + 4
    x, y = places[:, 0] * NARROWEST, places[:, 1] * LOWEST
    heights = y + ABOVE
    order = np.lexsort((x, y))  # from the bottom
    for _ in range(ROUNDS):
        moved = False
        for rank, low in enumerate(order):
            for high in order[rank + 1 :]:
                missing = LINE - (heights[high] - heights[low])
                if missing > 0.01 and abs(x[low] - x[high]) < (widths[low] + widths[high]) / 2:
                    heights[low] -= missing / 2
                    heights[high] += missing / 2
                    moved = True
        if not moved:
            break
    return heights - y
