"""The confusion matrix: which classes are taken for which."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from pages.parts.fields.numbers import percent
from pages.parts.figures.palette import share_scale, text
from pages.parts.figures.theme import base_layout

HEIGHT = 360
WHITE_FROM = 0.8  # share: from here on a cell is blue enough for white text
SHARES_UP_TO = 5  # classes: with more of them, a cell has room for its count alone


def confusion_figure(counts: np.ndarray, class_names: Sequence[str], dark: bool) -> go.Figure:
    """A heatmap of `counts` (C, C), row = true class, coloured by the share within its row.

    Each cell shows its count, and its share where there is room; a class without samples has shares of 0.
    Raises ValueError where counts and names do not fit together.
    """
    counts, n_classes = np.asarray(counts), len(class_names)
    if counts.shape != (n_classes, n_classes):
        raise ValueError(f"counts must have the shape ({n_classes}, {n_classes}), got {counts.shape}")
    totals = counts.sum(axis=1, keepdims=True)
    shares = np.divide(counts, totals, out=np.zeros(counts.shape), where=totals > 0)
    # Positions rather than names: two classes of the same name must not fall together.
    positions = list(range(n_classes))
    heatmap = go.Heatmap(
        x=positions, y=positions, z=shares, zmin=0, zmax=1, colorscale=share_scale(dark), showscale=False,
        xgap=2, ygap=2, text=_hover(counts, shares, class_names), hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip
    figure = go.Figure(heatmap, base_layout(dark, HEIGHT))
    ticks = {"tickvals": positions, "ticktext": [_short(name) for name in class_names], "showgrid": False}
    figure.update_xaxes(title_text="predicted", **ticks)
    figure.update_yaxes(title_text="true", autorange="reversed", **ticks)
    figure.update_layout(annotations=_cells(counts, shares, dark))
    return figure


def _cells(counts: np.ndarray, shares: np.ndarray, dark: bool) -> list[dict]:
    """The text of each cell: white on blue cells, where dark text is hard to read."""
    with_share = len(counts) <= SHARES_UP_TO
    return [
        {
            "x": column, "y": row, "showarrow": False,
            "font": {"color": "#ffffff" if share > WHITE_FROM else text(dark)},
            "text": f"<b>{counts[row, column]}</b>" + (f"<br>{percent(share)}".replace("\u00a0", " ") if with_share else ""),
        }
        for (row, column), share in np.ndenumerate(shares)
    ]  # fmt: skip


def _hover(counts: np.ndarray, shares: np.ndarray, class_names: Sequence[str]) -> list[list[str]]:
    totals = counts.sum(axis=1)
    return [
        [
            f"true: {true}<br>predicted: {predicted}<br>{counts[i, j]} of {totals[i]} samples "
            f"({100 * shares[i, j]:.1f} %)"
            for j, predicted in enumerate(class_names)
        ]
        for i, true in enumerate(class_names)
    ]


def _short(name: str) -> str:
    return name if len(name) <= 12 else f"{name[:11]}…"
