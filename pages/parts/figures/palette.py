"""The palette: what each colour, marker and line style means, everywhere in Glassbox.

One diverging scale, orange below zero and blue above, serves outputs, weights and targets alike; its middle
is a light or a dark grey with the page. Classes have colours that stay apart for the colour-blind, and each a
marker shape too, so that colour never carries a meaning alone.
"""

from dataclasses import dataclass

NEGATIVE, POSITIVE = "#f59322", "#0877bd"
ZERO_LIGHT, ZERO_DARK = "#e8eaeb", "#3a3f45"
TEXT_LIGHT, TEXT_DARK = "#31333f", "#fafafa"

# Two classes wear the ends of the diverging scale, on which their one output is drawn. The others follow
# Okabe and Ito (2008), with a purple and a brown added and black replaced by a grey that is seen on dark
# pages as well.
CLASSES = (
    NEGATIVE, POSITIVE, "#009e73", "#cc79a7", "#56b4e9",
    "#e0cc1f", "#d55e00", "#878f96", "#6a4fa3", "#7a4b2a",
)  # fmt: skip
MARKERS = (
    "circle", "square", "triangle", "diamond", "star",
    "plus", "cross", "pentagon", "hexagon", "triangle_down",
)  # fmt: skip
GLYPHS = "●■▲◆★✚✖⬟⬢▼"  # the markers as letters


@dataclass(frozen=True)
class LineStyle:
    """How one of the three sets is drawn: a Plotly dash, and a colour for light and for dark pages."""

    dash: str
    light: str
    dark: str

    def colour(self, dark: bool) -> str:
        """The colour on a dark or a light page."""
        return self.dark if dark else self.light


TRAINING = LineStyle("solid", TEXT_LIGHT, TEXT_DARK)
VALIDATION = LineStyle("dash", "#a3348f", "#ec96de")
TEST = LineStyle("dot", "#00755a", "#4fd0a9")


def zero(dark: bool) -> str:
    """The colour of the value 0 on a dark or a light page."""
    return ZERO_DARK if dark else ZERO_LIGHT


def text(dark: bool) -> str:
    """The colour of text on a dark or a light page."""
    return TEXT_DARK if dark else TEXT_LIGHT


def diverging_scale(dark: bool) -> list[tuple[float, str]]:
    """A Plotly colour scale from negative over zero to positive, for a range that is symmetric about 0."""
    return [(0.0, NEGATIVE), (0.5, zero(dark)), (1.0, POSITIVE)]


def share_scale(dark: bool) -> list[tuple[float, str]]:
    """A Plotly colour scale for shares and counts, 0 to 1: from the colour of nothing to blue."""
    return [(0.0, zero(dark)), (1.0, POSITIVE)]


def mix(first: str, second: str, share: float) -> str:
    """The colour that lies `share` (0 to 1) of the way from `first` to `second`, all as "#rrggbb"."""
    ends = ([int(colour[i : i + 2], 16) for i in (1, 3, 5)] for colour in (first, second))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(*ends, strict=True))
