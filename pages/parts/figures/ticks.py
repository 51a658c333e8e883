"""Numbers at axes and in cells, all written in one way."""

from collections.abc import Iterable

import numpy as np

from pages.parts.fields.arithmetic import fixed
from pages.parts.fields.numbers import percent, power_of_ten, short

LADDER = (1, 2, 5)
FEWEST_TICKS, MOST_TICKS = 3, 7
FEW_DECADES = 1.5  # up to which an axis has numbers between its powers of ten


def cell(value: float) -> str:
    """A number for a heatmap's cell: "0.64", "−1.20"; "≈0" for one that would read 0.00; nothing for one not finite."""
    if not np.isfinite(value):
        return ""
    if 0 < abs(value) < 0.01:
        return fixed(value, 2) if abs(value) >= 0.005 else "≈0"
    return short(value)


def share_cell(value: float) -> str:
    """A share for a heatmap's cell: "0.64"; "<0.01" for a small one."""
    return "<0.01" if 0 < value < 0.01 else short(value)


def share_ticks() -> dict:
    """An axis from 0 to 1 in percent, as the sentences write it."""
    values = [0, 0.25, 0.5, 0.75, 1]
    return {"tickvals": values, "ticktext": [percent(value) for value in values]}


def log_axis(values: Iterable[np.ndarray]) -> dict:
    """Arguments of a logarithmic axis for these values: powers of ten alone where they span many.

    Plotly by itself would write a bare 2 and a bare 5 between the powers, as if these were numbers of the axis.
    """
    known = np.concatenate([np.ravel(part) for part in values])
    known = known[np.isfinite(known) & (known > 0)]
    decades = float(np.log10(known.max() / known.min())) if known.size else 0.0
    if known.size and decades <= FEW_DECADES:
        return {"type": "log"} | log_ticks(float(known.min()), float(known.max()))
    return {"type": "log", "exponentformat": "power", "dtick": max(1, int(np.ceil(decades / 8)))}


def log_ticks(low: float, high: float) -> dict:
    """A logarithmic axis for numbers from `low` to `high`, above 0: steps of 1, 2, 5, each written out in full."""
    exponents = range(int(np.floor(np.log10(low))), int(np.ceil(np.log10(high))) + 1)
    ladder = [digit * 10.0**exponent for exponent in exponents for digit in LADDER]
    inside = [value for value in ladder if 0.9 * low <= value <= 1.1 * high]
    if len(inside) > MOST_TICKS:
        inside = [value for value in inside if f"{value:.0e}"[0] == "1"]
    if len(inside) < FEWEST_TICKS:
        inside = sorted({float(f"{value:.1e}") for value in np.geomspace(low, high, 4)})
    return {"tickvals": inside, "ticktext": [_tick(value) for value in inside]}


def _tick(value: float) -> str:
    return f"{value:.4g}" if 1e-4 <= value < 1e4 else power_of_ten(value, 1)
