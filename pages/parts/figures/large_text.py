"""Figures for a projector: the same figure with letters that can be read from the last row, and larger to hold them."""

import re
from typing import Any

import plotly.graph_objects as go

from pages.parts.figures.theme import template

SMALLEST = 24  # pixels of a letter's size in presenter view
GROWTH = 1.75  # of what is larger than the smallest text
EXPONENTS = 28  # of a tick on a log axis: Plotly writes its exponent at 0.875 of it
RAISED = 35  # of a tick whose text raises a part by itself: what is raised has 0.7 of it
TALL = 900  # pixels: what a projector shows below the page's title
LEAST_STRETCH, MOST_STRETCH = 1.7, 2.4
_LENGTHS = ("standoff", "xshift", "yshift", "ax", "ay", "borderpad", "thickness", "arrowsize", "entrywidth")
_STYLED = re.compile(r"font-size: ?(\d+)px")


def large_size(size: float) -> float:
    """The size of a letter in presenter view, in pixels, of one that has `size` on the page."""
    return max(SMALLEST, round(GROWTH * size))


def enlarged(figure: go.Figure, dark: bool) -> go.Figure:
    """A figure like `figure`, with every letter at least 24 pixels high, markers and margins in proportion, and taller."""
    made = figure.to_dict()
    layout = made["layout"]
    height = layout.get("height") or 450  # Plotly's own
    stretch = min(MOST_STRETCH, max(LEAST_STRETCH, TALL / height))
    _grow(made["data"], stretch)
    _grow({name: part for name, part in layout.items() if name != "template"}, stretch)
    layout["height"] = round(stretch * height)
    layout["template"] = template(dark).to_plotly_json()
    base = layout.setdefault("font", {})
    base["size"] = large_size(base.get("size") or 14)
    for name in [name for name in layout if re.fullmatch(r"[xy]axis\d*", name)] or ["xaxis", "yaxis"]:
        axis = layout.setdefault(name, {})
        axis.setdefault("title", {}).setdefault("font", {}).setdefault("size", SMALLEST)
        if "<sup>" in str(axis.get("ticktext", "")):
            axis.setdefault("tickfont", {})["size"] = RAISED
        elif axis.get("type") == "log":
            axis.setdefault("tickfont", {})["size"] = EXPONENTS
        elif axis.get("exponentformat") == "power":  # where it needs one, which nothing here tells, Plotly would raise it
            axis["exponentformat"] = "e"
    layout.setdefault("hoverlabel", {}).setdefault("font", {}).setdefault("size", SMALLEST)
    if "margin" in layout:
        layout["margin"] = {side: round(stretch * room) if isinstance(room, int | float) and room > 8 else room
                            for side, room in layout["margin"].items()}  # fmt: skip
    return go.Figure(made, skip_invalid=True)


def _grow(part: Any, stretch: float) -> None:
    """Enlarges in place every font, marker, line and length within `part`."""
    if isinstance(part, list | tuple):
        for one in part:
            if isinstance(one, dict):
                _grow(one, stretch)
        return
    for name, value in list(part.items()):
        if name in ("font", "textfont", "tickfont", "title_font") and isinstance(value, dict):
            _grow_font(value)
        elif name == "marker" and isinstance(value, dict):
            _grow(value, stretch)
            _multiply(value, "size", 1.6)
        elif name == "line" and isinstance(value, dict):
            _multiply(value, "width", 1.6)
        elif name in _LENGTHS:
            _multiply(part, name, stretch)
        elif isinstance(value, dict | list | tuple):
            _grow(value, stretch)
        elif isinstance(value, str) and "font-size" in value:
            part[name] = _STYLED.sub(lambda found: f"font-size: {large_size(int(found[1]))}px", value)
    if part.get("type") == "heatmap" and "texttemplate" in part:
        # Without a size a cell's number shrinks until it fits; the page's style hides what is then too small to be read.
        part.get("textfont", {}).pop("size", None)


def _grow_font(font: dict) -> None:
    size = font.get("size")
    if isinstance(size, int | float):
        font["size"] = large_size(size)
    elif size is not None:
        font["size"] = [large_size(float(one)) for one in size]


def _multiply(part: dict, name: str, factor: float) -> None:
    value = part.get(name)
    if isinstance(value, int | float) and not isinstance(value, bool):
        part[name] = factor * value
    elif isinstance(value, list | tuple):
        part[name] = [factor * one if isinstance(one, int | float) else one for one in value]
    elif hasattr(value, "dtype"):
        part[name] = factor * value
