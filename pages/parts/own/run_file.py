"""A run as a file: all that its link says and the table it learns from, to keep or to send, and opened as a link is."""

import json
from functools import partial
from typing import Any

import streamlit as st

from nncore import Experiment
from nncore.data import SHELF
from nncore.data.own import TABLE, as_letters, read_table_name, unpack
from pages.parts.fields.download import download_button
from pages.parts.own.missing import missing_of
from pages.parts.own.taking import put_on_shelf, read_file, say
from pages.parts.page.session import CARRIED, Session

MARK, VERSION, FILE = "glassbox run", 1, "own_run_file"
OF_THE_VIEWER = {*CARRIED, "embed", "embed_options"}  # how a page is presented, of which a saved run says nothing
MOST_BYTES = 2_000_000
NO_RUN = "This file holds no run: it must be one that was saved here."
LARGE = "This table is too large to go along: who opens the file is asked for the table by its name."


def file_controls(session: Session, e: Experiment) -> None:
    """A button that saves the run on screen, and a field that opens a saved one."""
    download_button("Save this run as a file", partial(run_text, session), "glassbox-run.json", "application/json",
                    key="own_save", icon=":material/save:",
                    help="The settings, the changes on the way, the snapshot, and the table of your own if it is used.")
    if e.dataset.startswith(TABLE) and not _table_letters(e.dataset):
        st.caption(LARGE)
    st.file_uploader("Open a saved run", key=FILE, max_upload_size=2, on_change=lambda: _take(session))


def run_text(session: Session) -> str:
    """The run and its frame, as the text of a file: also what a link cannot carry, and a table that is small enough."""
    texts = session.run.to_whole_dict() | ({"frame": str(session.frame)} if session.frame else {})
    if (used := session.tests.at(session.run)) is not None:
        texts["opened"] = str(used[1])  # its test set stays used
    letters = _table_letters(session.run.experiment.dataset)
    return json.dumps({MARK: VERSION, "link": texts} | ({"table": letters} if letters else {}), indent=1, ensure_ascii=False)


def _table_letters(dataset: str) -> str:
    if not dataset.startswith(TABLE) or missing_of(dataset) is not None:
        return ""
    choice = read_table_name(dataset)
    return as_letters(SHELF.get(choice.digest, choice.file_name).packed)


def read_run_text(data: bytes) -> dict[str, str]:
    """The link in the bytes of a saved file. Raises ValueError for any other file."""
    return _read(data)[0]


def _read(data: bytes) -> tuple[dict[str, str], str]:
    """The link in a saved file, and its table as letters, "" where it has none."""
    if len(data) > MOST_BYTES:
        raise ValueError(NO_RUN)
    try:
        held = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once_each)
    except (ValueError, RecursionError):
        raise ValueError(NO_RUN) from None
    if not isinstance(held, dict) or type(held.get(MARK)) is not int or held[MARK] != VERSION:
        raise ValueError(NO_RUN)
    texts, letters = held.get("link"), held.get("table", "")
    if not isinstance(texts, dict) or not texts or not all(isinstance(text, str) for text in [letters, *texts.values()]):
        raise ValueError(NO_RUN)
    if letters and not texts.get("dataset", "").startswith(TABLE):
        raise ValueError("This file holds a table, and its run is about other data: nothing of it was opened.")
    return {name: text for name, text in texts.items() if name.casefold() not in OF_THE_VIEWER}, letters


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of a file. Raises ValueError for a name that stands there twice, and for letters that no link can carry."""
    held = dict(pairs)
    if len(held) < len(pairs):
        raise ValueError("a name stands there twice")
    for text in (*held, *held.values()):
        if isinstance(text, str):
            text.encode()  # half of a pair of surrogates has no bytes, and the error says so
    return held


def _take(session: Session) -> None:
    file = st.session_state.get(FILE)
    if file is None:
        return
    try:
        texts, letters = _read(file.getvalue())
        if letters:
            choice = read_table_name(texts.get("dataset", ""))
            table = read_file("file", unpack(letters, choice.digest), choice.file_name)
            if table is None:
                return
            put_on_shelf(session, table)
    except ValueError as error:
        say("file", str(error))
        return
    session.reopened = texts
    say("file")
    st.rerun()
