"""Lines of a figure that only their colours tell apart: nobody sees which is which in greyscale, or with other eyes."""

from collections.abc import Iterator
from itertools import combinations

import plotly.graph_objects as go

WIDER = 1.4  # times as wide a line looks like another one


def alike_lines(figure: go.Figure) -> list[tuple[str, str]]:
    """The names of each two lines on the same axes that differ in colour, and neither in dash nor marker nor width."""
    return [(name, other) for (name, axes, colour, look, width), (other, *rest) in combinations(_lines(figure), 2)
            if rest[0] == axes and rest[1] != colour and rest[2] == look
            and max(width, rest[3]) < WIDER * min(width, rest[3])]  # fmt: skip


def _lines(figure: go.Figure) -> Iterator[tuple[str, tuple, str, tuple, float]]:
    """Each line that is seen: its name, axes, colour, dash and marker, and width."""
    for number, trace in enumerate(figure.data):
        if trace.type not in ("scatter", "scattergl", "scatter3d") or trace.visible is False:
            continue
        n_points = 0 if trace.y is None else len(trace.y)
        if "lines" not in (trace.mode or "lines") or trace.line.width == 0 or n_points < 2:
            continue
        axes = (trace.xaxis, trace.yaxis) if trace.type != "scatter3d" else (trace.scene,)
        marker = trace.marker.symbol or "circle" if "markers" in (trace.mode or "") else None
        yield (trace.name or f"trace {number}", axes, str(trace.line.color), (trace.line.dash or "solid", str(marker)),
               float(trace.line.width or 2))  # fmt: skip
