"""A figure on a page: the viewer's theme, the text for a screen reader, and no tool bar."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

PAGES = Path(__file__).parents[3] / "pages"


def script():
    import plotly.graph_objects as go

    from pages.parts.page.figure import show_figure

    def make(title: str, dark: bool) -> go.Figure:
        return go.Figure(layout={"title": {"text": f"{title}, {'dark' if dark else 'light'}"}})

    show_figure("chart", "A chart without a line.", make, "Nothing")


def test_a_figure_has_its_text_and_the_viewer_s_theme_and_no_tool_bar():
    app = AppTest.from_function(script, default_timeout=30).run()
    (chart,) = app.get("plotly_chart")
    assert '"Nothing, light"' in chart.proto.spec
    assert chart.proto.alt == "A chart without a line." and chart.proto.theme == ""
    assert '"displayModeBar": false' in chart.proto.config


def test_no_other_module_shows_a_figure():
    showing = [path.name for path in PAGES.glob("**/*.py") if "plotly_chart(" in path.read_text(encoding="utf-8")]
    assert showing == ["figure.py"]
