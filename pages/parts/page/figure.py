"""Figures on a page: drawn in the viewer's theme, without Plotly's tool bar, with a text for a screen reader."""

from collections.abc import Callable
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from pages.parts.figures.large_text import enlarged
from pages.parts.figures.paper import light_changes, on_paper_too
from pages.parts.page.first_draw import end_at_first_figure
from pages.parts.page.server import drawing
from pages.parts.page.session import current_session
from pages.parts.page.style import is_dark


def show_figure(key: str, alt: str, make: Callable[..., go.Figure], *arguments: Any, **options: Any) -> None:
    """Shows the figure `make(*arguments, dark)` under `key`, enlarged in presenter view; `alt` says what is seen.

    The first one ends a viewer's first run (see first_draw). `alt` is spoken, so the signs of Markdown are taken out of it.
    `options` are those of a chart. On a dark page the figure carries what makes it the light page's, for paper.
    """
    with drawing:
        figure = _made(make, arguments, is_dark())
        if is_dark():
            figure.layout.meta = {"light": light_changes(figure, _made(make, arguments, False))}
        spoken = alt.replace("**", "").replace("`", "")
        st.plotly_chart(figure, theme=None, key=key, alt=spoken, config={"displayModeBar": False}, **options)
    end_at_first_figure()


def in_theme(make: Callable[[bool], str]) -> str:
    """The HTML image that `make(dark)` gives for the viewer's theme; on a dark page followed by the one for paper."""
    return on_paper_too(make, is_dark())


def _made(make: Callable[..., go.Figure], arguments: tuple, dark: bool) -> go.Figure:
    figure = make(*arguments, dark)
    return enlarged(figure, dark) if current_session().presents else figure
