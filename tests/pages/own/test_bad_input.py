"""Bad input never loses what was on screen: the former run stays, typed text stays in its field, a sentence says where."""

import pytest

from nncore import Experiment, Run
from nncore.data.own import drawn_name
from tests.pages.conftest import link_value, open_app, warnings

LINK = {"dataset": "moons", "hidden": "3", "epoch_limit": "20", "frame": "3"}
POINTS = drawn_name([[-3, 2], [3, -1], [-2, 4], [1, -5]], [0, 1, 0, 1])
FILES = {
    "long row": (b"a,b,c\n1,2,x\n3,4,y,9\n", "Row 2 (line 3) has 4 values, but there are 3 columns: “9” has none."),
    "open quote": (b'a,b\n1,2\n"3,4\n5,6\n', "A quotation mark is opened in line 3 and never closed."),
    "workbook": (b"PK\x03\x04 xl/workbook.xml", "The file is an Excel workbook, not text: save the table as CSV"),
    "nothing": (b"", "The file is empty."), "names alone": (b"a,b\n", "a line of column names and no row below it"),
    "one class": (b"x,kind\n1.5,a\n2.5,a\n3.5,a\n", "“kind”: it holds “a” in every row"),
    "broken": ("x,y\n1,2\n".encode("utf-16")[:-1], "begins as UTF-16 but does not go on so"),
    "words alone": (b"name,more\nann,q\nbob,r\ncid,s\ndot,t\n", "“more” is left out"),
}  # fmt: skip
ALONE = {"one column": b"a\n1.5\n2.5\n3.5\n4\n", "two rows": b"a,y\n1.5,u\n2.5,v\n"}
TYPED = {
    "table": ("own_pasted", "text_area", {
        "a,b,c\n1,2,x\n3,4,y,9\n": "Row 2 (line 3) has 4 values", 'a,b\n"1,2\n': "line 2",
        "<table><tr><td>1</td></tr></table>": "a web page (HTML)",
    }),
    "formula": ("own_formula", "text_input", {
        "y > sn(x)": "▸sn(x)", "y >": "y >▸", "1 < 2": "holds everywhere", "__import__('os')": "__import__(▸'os')",
    }),
    "address": ("own_address", "text_input", {
        "https://example.org": "not one of the TensorFlow Playground",
    }),
}  # fmt: skip


def screen(app):
    """What a person has on screen: the run, its frame, its link, and how much stands on the page."""
    session = app.session_state["glassbox"]
    link = {name: link_value(app, name) for name in app.query_params}
    return session.run, session.frame, link, [metric.value for metric in app.metric]


def said(app):
    return " ".join(element.value for element in [*app.warning, *app.caption]).replace("\\", "").replace("\u2060", "")


@pytest.fixture(scope="module")
def on_screen():
    """The app with a trained run on screen; each way to bring data is opened in it."""
    return open_app(**LINK)


def opened(app, way):
    app.pills(key="own_way").set_value(way).run()
    assert not app.exception
    return screen(app)


def test_a_bad_file_leaves_the_screen_as_it_was(on_screen):
    before = opened(on_screen, "table")
    for data, sentence in FILES.values():
        on_screen.file_uploader(key="own_file").set_value(("bad.csv", data, "text/csv")).run()
        assert not on_screen.exception and screen(on_screen) == before and sentence in said(on_screen)
    on_screen.file_uploader(key="own_file").set_value([]).run()


def test_bad_tables_do_not_take_the_place_of_the_one_on_screen():
    """A server holds two tables of a viewer: one that is refused is none of them."""
    app = open_app()
    opened(app, "table")
    good = b"a,b,y\n1.5,2,u\n2.5,1,v\n3.5,2,u\n4.5,3,v\n"
    app.file_uploader(key="own_file").set_value(("good.csv", good, "text/csv")).run()
    before = screen(app)
    assert before[0].experiment.dataset.endswith("good.csv")
    for name in ("one column", "one class", "two rows", "words alone"):
        app.file_uploader(key="own_file").set_value(("bad.csv", ALONE.get(name) or FILES[name][0], "text/csv")).run()
        assert not app.exception and screen(app) == before, name


@pytest.mark.parametrize("way", TYPED)
def test_bad_text_stays_in_its_field_and_leaves_the_rest_as_it_was(on_screen, way):
    key, kind, texts = TYPED[way]
    before = opened(on_screen, way)
    for text, sentence in texts.items():
        getattr(on_screen, kind)(key=key).set_value(text).run()
        assert not on_screen.exception and screen(on_screen) == before and sentence in said(on_screen)
        assert getattr(on_screen, kind)(key=key).value == text


@pytest.mark.parametrize("dataset, sentence", [
    (POINTS[:-4] + "!!!!", "point 4 is '!!!!'"), (POINTS + "AB", "point 5 is 'AB'"),
    (POINTS[:-4] + "____", "point 4 is '____'"), (POINTS[:14], "at least 3 points; there are 2"),
    ("formula.y > sn(x)", "▸sn(x)"),
])  # fmt: skip
def test_a_bad_link_opens_the_rest_of_it_and_says_where_it_is_wrong(dataset, sentence):
    app = open_app(dataset=dataset, hidden="5")
    assert app.session_state["glassbox"].run == Run(Experiment(hidden=(5,)))
    assert sentence in warnings(app)
