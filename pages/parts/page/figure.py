"""Figures on a page: drawn in the viewer's theme, without Plotly's tool bar, with a text for a screen reader."""

from collections.abc import Callable
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from pages.parts.figures.large_text import enlarged
from pages.parts.page.first_draw import end_at_first_figure
from pages.parts.page.server import drawing
from pages.parts.page.session import current_session
from pages.parts.page.style import is_dark


def show_figure(key: str, alt: str, make: Callable[..., go.Figure], *arguments: Any, **options: Any) -> None:
    """Shows the figure `make(*arguments, dark)` under `key`, enlarged in presenter view; `alt` says what is seen.

    The first one ends a viewer's first run (see first_draw). `alt` is spoken, so the signs of Markdown are taken out of it.
    `options` are those of a chart.
    """
    with drawing:
        figure = make(*arguments, is_dark())
        if current_session().presents:
            figure = enlarged(figure, is_dark())
        spoken = alt.replace("**", "").replace("`", "")
        st.plotly_chart(figure, theme=None, key=key, alt=spoken, config={"displayModeBar": False}, **options)
    end_at_first_figure()
