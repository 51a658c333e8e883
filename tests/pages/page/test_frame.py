"""The frame of a page: the question as its title, invalid settings in a sentence, and a link that is written once."""

import ast
from pathlib import Path

import pytest
import streamlit as st

from pages.parts.way.contents import BY_NAME
from tests.pages.conftest import open_app, open_script

PAGES = sorted((Path(__file__).parents[3] / "pages").glob("*.py"))


def script():
    import streamlit as st

    from pages.parts.page.choices import bind_choice, choice
    from pages.parts.page.frame import page

    st.session_state["entered"] = True

    def study(session):
        part = choice(session, "part", "str", "first", ("first", "second").__contains__)
        st.segmented_control("Part", ("first", "second"), **bind_choice(session, "part", part, "first"))

    page("words", study, ("part",), style=".own { color: red; }")


@pytest.fixture
def written(monkeypatch) -> list[dict]:
    """Every link that is written, as a mapping of its texts."""
    links, write = [], type(st.query_params).from_dict

    def note(proxy, texts):
        links.append(dict(texts))
        write(proxy, texts)

    monkeypatch.setattr(type(st.query_params), "from_dict", note)
    return links


def test_a_page_has_its_question_as_its_title_its_answer_below_it_and_its_own_style():
    app = open_script(script)
    assert [title.value for title in app.title] == [BY_NAME["words"].question]
    assert app.markdown[0].value == BY_NAME["words"].answer
    assert any(".own { color: red; }" in html.proto.body for html in app.get("html"))


def test_a_page_opened_without_a_link_writes_one(written):
    open_script(script)
    assert [link["frame"] for link in written] == ["0"]


def test_what_cannot_be_is_said_and_leaves_the_link_which_is_written_once(written):
    app = open_script(script, part="third", frame="7")
    assert len(app.warning) == 1
    (link,) = written
    assert "part" not in link and link["frame"] == "7"


def test_a_pick_is_written_once(written):
    app = open_script(script, part="second", frame="7")
    written.clear()
    app.segmented_control[0].set_value("first").run()
    (link,) = written
    assert "part" not in link and link["frame"] == "7"


@pytest.mark.parametrize("path", [path for path in PAGES if path.name != "__init__.py"], ids=lambda path: path.stem)
def test_a_page_ends_with_its_frame_and_is_called_there_as_its_file(path):
    last = ast.parse(path.read_text(encoding="utf-8")).body[-1]
    assert isinstance(last, ast.Expr) and isinstance(last.value, ast.Call) and last.value.func.id == "page"
    assert last.value.args[0].value == path.stem and path.stem in BY_NAME


def two_figures():
    import plotly.graph_objects as go
    import streamlit as st

    from pages.parts.page.figure import show_figure
    from pages.parts.page.frame import page

    st.session_state["entered"] = True

    def study(session):
        for key in ("first", "second"):
            show_figure(key, "A chart without a line.", lambda dark: go.Figure())
        session.notes.append("What the link asked for in vain")

    page("words", study)


@pytest.mark.parametrize("agent", ["Mozilla/5.0 (X11)", "", None])
def test_a_browser_s_first_visit_ends_at_its_first_figure_and_the_rest_comes_with_the_next_run(monkeypatch, agent):
    headers = {} if agent is None else {"User-Agent": agent}
    monkeypatch.setattr("streamlit.runtime.context.ContextProxy.headers", property(lambda _: headers))
    app = open_script(two_figures)
    if agent and agent.startswith("Mozilla"):
        assert len(app.get("plotly_chart")) == 1 and not app.warning and not app.exception
        (rest,) = [button for button in app.button if button.key == "draw_rest"]
        rest.click().run()
    assert len(app.get("plotly_chart")) == 2 and not app.exception
    assert [note.value for note in app.warning] == ["What the link asked for in vain"]
    assert "draw_rest" not in [button.key for button in app.button]


@pytest.mark.parametrize("page", ["convolution", "autoencoder"])
def test_a_first_figure_on_canvas_ends_a_browser_s_first_visit_too(monkeypatch, page):
    monkeypatch.setattr("streamlit.runtime.context.ContextProxy.headers", property(lambda _: {"User-Agent": "Mozilla/5.0"}))
    app = open_app(page)
    assert not app.get("plotly_chart") and not app.exception
    app.button(key="draw_rest").click().run()
    assert app.get("plotly_chart") and not app.exception


# In a browser *Transformer* shows its training first, on canvas; here that has ended when the page comes.
@pytest.mark.parametrize("name", sorted(BY_NAME.keys() - {"transformer"}))
def test_a_page_says_of_itself_whether_plotly_draws_its_first_figure(monkeypatch, name):
    monkeypatch.setattr("streamlit.runtime.context.ContextProxy.headers", property(lambda _: {"User-Agent": "Mozilla/5.0"}))
    assert bool(open_app(name).get("plotly_chart")) == BY_NAME[name].begins_with_plotly


def test_a_first_figure_that_comes_later_holds_nothing_back(monkeypatch):
    def later():
        import plotly.graph_objects as go
        import streamlit as st

        from pages.parts.page.figure import show_figure
        from pages.parts.page.frame import page

        st.session_state["entered"] = True

        def study(session):
            if st.button("Start"):
                for key in ("first", "second"):
                    show_figure(key, "A chart without a line.", lambda dark: go.Figure())

        page("words", study)

    monkeypatch.setattr("streamlit.runtime.context.ContextProxy.headers", property(lambda _: {"User-Agent": "Mozilla/5.0"}))
    app = open_script(later)
    app.button[[button.label for button in app.button].index("Start")].click().run()
    assert len(app.get("plotly_chart")) == 2 and not app.exception
