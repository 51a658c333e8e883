"""The most frequent pairs of pieces, as bars: the first one is merged next."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from pages.parts.fields.outside_text import chart_text
from pages.parts.figures.palette import POSITIVE, mix, zero
from pages.parts.figures.theme import base_layout

ROW, FRAME = 30, 50  # pixels


def pairs_figure(pairs: Sequence[tuple[str, str]], counts: np.ndarray, dark: bool) -> go.Figure:
    """A bar for each of the `pairs`, the most frequent on top and in full colour, with its number of `counts` (n,)."""
    names = [f"{chart_text(left, 14)} + {chart_text(right, 14)}" for left, right in pairs]
    colours = [POSITIVE] + [mix(zero(dark), POSITIVE, 0.45)] * (len(pairs) - 1)
    figure = go.Figure(
        go.Bar(x=counts, y=list(range(len(names))), orientation="h", marker={"color": colours[: len(names)]},
               text=[f"{count:,}" for count in counts], textposition="outside", cliponaxis=False, hovertext=names,
               hovertemplate="%{hovertext}: %{x:,} times<extra></extra>"),
        base_layout(dark, FRAME + ROW * max(4, len(names))),
    )  # fmt: skip
    figure.update_xaxes(title_text="times in the corpus", range=[0, 1.15 * float(counts.max(initial=1))])
    figure.update_yaxes(tickvals=list(range(len(names))), ticktext=names, autorange="reversed", showgrid=False)
    return figure
