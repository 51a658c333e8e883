"""What the tests of pages share: a page opened by a link, as Streamlit runs it from app.py, and what it says."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.pages.greyscale import alike_lines

APP = Path(__file__).parents[2] / "app.py"
SECONDS = 120  # that a run of a page may take before the test gives up
# What is said of a model that this viewer did not start.
TRAINED = re.compile(r"\*\*Trained (?:before you came|just now, as you came):\*\* ([\d,]+) updates\.")
# Figures that are drawn without Plotly.
HTML_FIGURE = re.compile('class="glassbox-(confusion|residuals)"')


@pytest.fixture(autouse=True)
def no_line_is_told_apart_by_colour_alone(monkeypatch):
    """Of every figure that a page draws in any test, without an exception."""
    show, found = st.plotly_chart, {}

    def look(figure, *args, **options):
        found[options.get("key")] = alike_lines(figure)
        return show(figure, *args, **options)

    monkeypatch.setattr(st, "plotly_chart", look)
    yield
    assert not any(found.values()), {key: alike for key, alike in found.items() if alike}


def open_app(page: str = "", /, **link: str) -> AppTest:
    """The app at `pages/{page}.py`, or at its first page, opened by a link with these query parameters."""
    app = AppTest.from_file(str(APP), default_timeout=SECONDS)
    if page:
        app.switch_page(f"pages/{page}.py")
    return _follow(app, link)


def open_script(script: Callable[[], None], /, **link: str) -> AppTest:
    """A page that consists of `script` alone, opened by a link with these query parameters."""
    return _follow(AppTest.from_function(script, default_timeout=SECONDS), link)


def _follow(app: AppTest, link: dict[str, str]) -> AppTest:
    for name, value in link.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def press(app: AppTest, label: str) -> AppTest:
    """The app after a press of the button with this label."""
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def warnings(app: AppTest) -> str:
    """All warnings on the page, as they are read: without what keeps Markdown from seeing signs."""
    return "\n".join(warning.value for warning in app.warning).replace("\\", "").replace("\u2060", "")


def link_value(app: AppTest, name: str) -> str | None:
    """What the address of the page says of `name`, None if it says nothing."""
    value = app.query_params.get(name)
    return value[0] if isinstance(value, list) else value


def metrics(app: AppTest) -> dict[str, str]:
    """The numbers that the page shows large, by their labels."""
    return {metric.label: metric.value for metric in app.metric}


def charts(app: AppTest) -> int:
    """How many figures the page shows: Plotly's, and those of Train, which are HTML."""
    return len(app.get("plotly_chart")) + len([one for one in app.get("html") if HTML_FIGURE.search(one.proto.body)])
