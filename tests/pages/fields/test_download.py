"""Files are written when they are asked for, and every button that saves one goes through one door."""

import time
from pathlib import Path
from types import SimpleNamespace

import pytest
import streamlit as st
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.media_file_storage import MediaFileStorageError
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

from pages.parts.fields.download import HEARD, KEPT, download_button
from pages.parts.page import streamlit_workarounds
from pages.parts.page.tidying import give_back_memory
from tests.pages.conftest import open_app

PARTS = Path(__file__).parents[3] / "pages"


@pytest.mark.parametrize(
    "page, link, least",
    [("", {}, 5), ("weights", {"section": "edit"}, 7), ("attention", {"step": "matrices", "whose": "trained"}, 2)],
    ids=["train", "weights", "attention"],
)
def test_a_page_writes_no_file_before_its_button_is_pressed(page, link, least):
    buttons = open_app(page, **link).get("download_button")
    assert len(buttons) >= least
    assert [button.proto.label for button in buttons if button.proto.url or not button.proto.deferred_file_id] == []


def test_every_button_that_saves_a_file_is_the_one_that_waits():
    users = {path.name for path in PARTS.rglob("*.py") if "st.download_button(" in path.read_text(encoding="utf-8")}
    assert users == {"download.py"}


@pytest.fixture
def clock(monkeypatch):
    """The seconds that have passed, in a list of one number."""
    passed = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: passed[0])
    return passed


def test_a_file_outlasts_the_runs_of_others_until_its_browser_has_come_for_it(clock):
    files = MediaFileManager(storage := MemoryMediaFileStorage("/media"))
    name = files.execute_deferred(files.add_deferred(lambda: "1,2", "text/csv", "0.1")).rpartition("/")[2]
    for _ in range(5):  # as many runs end meanwhile
        files.remove_orphaned_files()
    assert storage.get_file(name).content == b"1,2"
    clock[0] += KEPT + 1
    for _ in range(2):
        files.remove_orphaned_files()
    with pytest.raises(MediaFileStorageError):
        storage.get_file(name)


def test_what_was_kept_for_a_while_goes_when_nobody_clicks_any_more(clock, monkeypatch):
    files = MediaFileManager(storage := MemoryMediaFileStorage("/media"))
    monkeypatch.setattr(streamlit_workarounds, "get_instance", lambda: SimpleNamespace(media_file_mgr=files))
    name = files.execute_deferred(files.add_deferred(lambda: "1,2", "text/csv", "0.1")).rpartition("/")[2]
    files.clear_session_refs()  # the last page is left
    give_back_memory()
    assert storage.get_file(name).content == b"1,2"
    clock[0] += KEPT + 1
    for _ in range(2):
        give_back_memory()
    with pytest.raises(MediaFileStorageError):
        storage.get_file(name)
    assert not files._deferred_callables


def test_a_button_works_on_while_its_page_is_drawn_anew_and_is_forgotten_soon(clock):
    files = MediaFileManager(MemoryMediaFileStorage("/media"))
    button = files.add_deferred(lambda: "1,2", "text/csv", "0.1")
    files.clear_session_refs()  # a new run of its page begins
    for _ in range(3):  # and runs of others end
        files.remove_orphaned_files()
    assert files.execute_deferred(button).endswith(".csv")
    clock[0] += HEARD + 1
    files.remove_orphaned_files()
    with pytest.raises(MediaFileStorageError, match="not found"):
        files.execute_deferred(button)


def test_a_file_is_called_after_what_is_on_screen_when_it_is_written(monkeypatch):
    files, frame, work = MediaFileManager(storage := MemoryMediaFileStorage("/media")), [0], []
    monkeypatch.setattr(st, "download_button", lambda label, write, name, mime, **_: work.append((write, name)))
    download_button("Losses", lambda: f"{frame[0]}", lambda: f"losses-{frame[0]}.csv", "text/csv", key="one")
    (write, name), = work
    button = files.add_deferred(write, "text/csv", "0.1", name)
    frame[0] = 7  # the view plays on
    written = storage.get_file(files.execute_deferred(button).rpartition("/")[2])
    assert (name, written.filename, written.content) == ("losses-0.csv", "losses-7.csv", b"7")
