"""A run as a file: all that its link says, to keep or to send, and opened again as a link is."""

import json

import streamlit as st

from nncore import Experiment
from pages.parts.own.taking import say
from pages.parts.page.session import CARRIED, Session

MARK, FILE = "glassbox run", "own_run_file"
MOST_BYTES = 100_000
NO_RUN = "This file holds no run: it must be one that was saved here."


def file_controls(session: Session, e: Experiment) -> None:
    """A button that saves the run on screen, and a field that opens a saved one."""
    st.download_button("Save this run as a file", run_text(session), "glassbox-run.json", "application/json",
                       icon=":material/save:", on_click="ignore", key="own_save",
                       help="The settings, the changes on the way and the snapshot. Of a table the file has the name alone.")
    st.file_uploader("Open a saved run", key=FILE, max_upload_size=1, on_change=lambda: _take(session))


def run_text(session: Session) -> str:
    """The run and its frame, as the text of a file."""
    texts = session.run.to_dict() | ({"frame": str(session.frame)} if session.frame else {})
    return json.dumps({MARK: 1, "link": texts}, indent=1, ensure_ascii=False)


def read_run_text(data: bytes) -> dict[str, str]:
    """The link in the bytes of a saved file. Raises ValueError for any other file."""
    if len(data) > MOST_BYTES:
        raise ValueError(NO_RUN)
    try:
        held = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise ValueError(NO_RUN) from None
    texts = held.get("link") if isinstance(held, dict) and MARK in held else None
    if not isinstance(texts, dict) or not all(isinstance(text, str) for text in texts.values()) or not texts:
        raise ValueError(NO_RUN)
    return {str(name): text for name, text in texts.items() if name not in CARRIED}


def _take(session: Session) -> None:
    file = st.session_state.get(FILE)
    if file is None:
        return
    try:
        session.reopened = read_run_text(file.getvalue())
    except ValueError as error:
        say("file", str(error))
        return
    say("file")
    st.rerun()
