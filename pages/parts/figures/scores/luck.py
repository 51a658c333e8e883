"""Luck: the best of many guessers, by formula and in truth; and what tuning by a test set does to it and to fresh rows."""

import numpy as np
import plotly.graph_objects as go

from pages.parts.figures.palette import TEST, VALIDATION, mix, text, zero
from pages.parts.figures.theme import LEGEND_ABOVE, axis, base_layout

HEIGHT = 320

Array = np.ndarray


def luck_figure(simulated: Array, expected: tuple[Array, Array], bound: Array, dark: bool) -> go.Figure:
    """The best share right (S, m) so far of each of S repetitions; `expected` (numbers of guessers, shares) and `bound`
    there."""
    figure = go.Figure(layout=base_layout(dark, HEIGHT) | LEGEND_ABOVE)
    at = np.unique(np.geomspace(1, simulated.shape[1], 60).round().astype(int))
    for row, shares in enumerate(simulated):
        figure.add_scatter(
            x=at, y=shares[at - 1], mode="lines", showlegend=row == 0, name="simulated, several times", hoverinfo="skip",
            line={"color": mix(zero(dark), TEST.colour(dark), 0.45), "width": 1, "shape": "hv"},
        )  # fmt: skip
    lines = (("on average", expected[1], TEST.colour(dark), "solid"), ("upper estimate", bound, text(dark), "dash"))
    for name, shares, colour, dash in lines:
        figure.add_scatter(
            x=expected[0], y=shares, mode="lines", name=name, line={"color": colour, "dash": dash, "width": 2.4},
            hovertemplate=f"best of %{{x:,}}<br>{name} %{{y:.1%}}<extra></extra>",
        )  # fmt: skip
    figure.update_layout(
        xaxis=axis("guessers asked", type="log", dtick=1, range=[0, max(0.3, float(np.log10(simulated.shape[1])))]),
        yaxis=axis("best test score so far", tickformat=".0%", range=[0.45, min(1.02, float(bound.max()) + 0.04)]),
    )
    return figure


def tuning_figure(on_test: Array, on_fresh: Array, dark: bool) -> go.Figure:
    """The share right (L,) of a model that is built by looking at the test set, there and on fresh rows, after each look."""
    figure, looks = go.Figure(layout=base_layout(dark, HEIGHT) | LEGEND_ABOVE), np.arange(1, len(on_test) + 1)
    for name, shares, style in (("on the test set", on_test, TEST), ("on fresh rows", on_fresh, VALIDATION)):
        figure.add_scatter(
            x=looks, y=shares, mode="lines", name=name,
            line={"color": style.colour(dark), "dash": style.dash if name[3] == "t" else "solid", "width": 2.4},
            hovertemplate=f"%{{x:,}} looks<br>{name} %{{y:.1%}}<extra></extra>",
        )  # fmt: skip
    figure.add_hline(y=0.5, line={"color": text(dark), "dash": "dot", "width": 1})
    figure.update_layout(
        xaxis=axis("looks at the test set"),
        yaxis=axis("share right", tickformat=".0%", range=[0.4, max(0.7, float(on_test.max()) + 0.03)]),
    )
    return figure
