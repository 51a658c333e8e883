"""What all figures share: an explicit template for light and for dark pages, so no default shows through."""

from functools import cache
from typing import Any

import plotly.graph_objects as go

from pages.parts.figures.palette import CLASSES, mix, text, zero

TRANSPARENT = "rgba(0, 0, 0, 0)"
# Layout arguments for a line of legend above the axes.
LEGEND_ABOVE = {"showlegend": True,
                "legend": {"orientation": "h", "yanchor": "bottom", "y": 1.0, "x": 0, "font": {"size": 12}}}  # fmt: skip


def _axis(dark: bool) -> dict:
    grid = mix(zero(dark), text(dark), 0.06)
    return {
        "gridcolor": grid, "linecolor": grid, "zerolinecolor": grid, "showline": True,
        "automargin": True, "ticks": "", "title": {"standoff": 8, "font": {"size": 13}},
    }  # fmt: skip


@cache
def template(dark: bool) -> go.layout.Template:
    """The Plotly template for a dark or a light page: transparent, a quiet grid, the classes' colours."""
    return go.layout.Template(
        layout={
            "paper_bgcolor": TRANSPARENT,
            "plot_bgcolor": TRANSPARENT,
            "font": {"family": "Source Sans, Source Sans Pro, sans-serif", "size": 14, "color": text(dark)},
            "colorway": list(CLASSES),
            "xaxis": _axis(dark),
            "yaxis": _axis(dark),
            "hoverlabel": {"bgcolor": zero(dark), "font": {"color": text(dark)}},
            "margin": {"l": 8, "r": 20, "t": 8, "b": 8},  # half of an axis' last number stands beyond its end
        }
    )


def base_layout(dark: bool, height: int) -> dict:
    """Layout arguments that every figure starts from; `height` is in pixels."""
    return {"template": template(dark), "height": height, "showlegend": False, "dragmode": False}


def axis(title: str, **style: Any) -> dict:
    """The layout of an axis, to be given with the layout: each update of a figure that is made is checked anew."""
    return {"title": {"text": title}} | style
