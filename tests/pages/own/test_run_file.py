"""Files of saved runs that are none, or that ask for what no run has: one sentence, and what was on screen stays there."""

import json
import zlib

import pytest

from pages.parts.own.run_file import MOST_BYTES, read_run_text
from tests.pages.conftest import link_value, open_app, warnings

LINK = {"dataset": "moons", "hidden": "3", "frame": "2"}


def saved(link=LINK, mark=1, **more) -> bytes:
    return json.dumps({"glassbox run": mark, "link": link} | more).encode()


NO_RUNS = {
    "nothing": b"", "open": b"{", "a list": b"[]", "a number": b"5", "null": b"null", "NaN": b"NaN",
    "a text": b'"glassbox run"',
    "no text": b"\xff", "zeros": bytes(100), "deep": b"[" * 99_999, "deep objects": b'{"a":' * 50_000,
    "a table": b"a,b\n1,2\n",
    "a zip": b"PK\x03\x04" + bytes(100), "a picture": b"\x89PNG" + bytes(50), "a web page": b"<html>",
    "a pickle": b"\x80\x02N.",
    "packed": zlib.compress(saved()), "cut": saved()[:-1], "more behind": saved() + b"x", "twice": saved() * 2,
    "UTF-16": saved().decode().encode("utf-16"), "cp1252": saved({"dataset": "caf"}).replace(b"caf", b"caf\xe9"),
    "too large": saved({"dataset": "x" * MOST_BYTES}), "no mark": json.dumps({"link": LINK}).encode(),
    "a later version": saved(mark=2), "mark of text": saved(mark="1"), "mark of nothing": saved(mark=None),
    "mark of true": saved(mark=True), "endless mark": saved().replace(b": 1", b": Infinity"),
    "mark of 5,000 digits": saved().replace(b": 1", b": " + b"9" * 5000), "no link": b'{"glassbox run": 1}',
    "link of nothing": saved({}), "link of null": saved(None), "link of text": saved("dataset=moons"),
    "link of a list": saved(["a"]),
    "a number in the link": saved({"hidden": 3}), "an object in the link": saved({"hidden": {"a": "1"}}),
    "two links": b'{"glassbox run": 1, "link": {"hidden": "3"}, "link": {"hidden": "4"}}',
    "a setting twice": b'{"glassbox run": 1, "link": {"hidden": "3", "hidden": "5"}}',
    "half a letter": b'{"glassbox run": 1, "link": {"dataset": "\\ud800"}}',
    "half a letter in a name": b'{"glassbox run": 1, "link": {"\\ud800": "3"}}',
    "table of a number": saved(table=5), "table of null": saved(table=None), "table of a list": saved(table=["AAAA"]),
}  # fmt: skip


@pytest.mark.parametrize("kind", NO_RUNS)
def test_what_is_no_saved_run_is_refused(kind):
    with pytest.raises(ValueError, match="holds no run"):
        read_run_text(NO_RUNS[kind])


def test_how_a_page_is_presented_is_not_part_of_a_run():
    of_the_viewer = {"present": "1", "hide": "data", "room_key": "x", "pins": "x", "embed": "true", "EMBED_OPTIONS": "x"}
    assert read_run_text(saved(LINK | of_the_viewer)) == LINK == read_run_text(b"\xef\xbb\xbf" + saved())


def brought(app, data):
    app.file_uploader(key="own_run_file").set_value(("run.json", data, "application/json")).run()
    assert not app.exception
    return warnings(app).replace("\\", "").replace("\u2060", "")


def test_a_saved_run_that_asks_for_what_cannot_be_is_opened_with_a_sentence_for_each_thing():
    app = open_app(dataset="circle", hidden="2")
    app.pills(key="own_way").set_value("file").run()
    said = brought(app, saved({"dataset": "moons", "hidden": "999", "frame": "9" * 400, "![x](http://e.com/a.png)": "x"}))
    assert "can have 1 to 64 neurons; the link asked for 999, so it now has 64" in said and "so 599 is shown" in said
    assert "no setting called “![x](http://e.com/a.png)”" in said and link_value(app, "dataset") == "moons"
    assert link_value(app, "frame") == "599"


def test_a_table_of_another_run_and_a_flood_of_names_leave_one_sentence_and_a_few():
    app = open_app(dataset="circle", hidden="2")
    app.pills(key="own_way").set_value("file").run()
    before = app.session_state["glassbox"].run
    assert "its run is about other data: nothing of it was opened" in brought(app, saved(table="AAAA"))
    assert app.session_state["glassbox"].run == before
    flooded = brought(app, saved({f"name {number}": "1" for number in range(5000)}))
    assert "4,980 more things of this link cannot be had" in flooded and len(flooded) < 2000
