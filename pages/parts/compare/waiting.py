"""Pinned runs that wait for a table of their own: each file is asked for by its name, and they stay pinned until then."""

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from nncore.data.own import read_table_name
from nncore.data.own.shelf import PER_VIEWER
from pages.parts.fields.numbers import counted
from pages.parts.fields.outside_text import literal
from pages.parts.own.missing import missing_of, with_table
from pages.parts.own.taking import put_on_shelf, read_file, say, show_said
from pages.parts.page.session import Session
from pages.parts.way.pins import WaitingPin, keep_pins, pins_of, unpin


def ask_for_tables(session: Session, waiting: Sequence[WaitingPin]) -> None:
    """A field for each table that pinned runs wait for, once for all runs on it, and a button that unpins them."""
    on_table: dict[str, list[WaitingPin]] = {}
    for pin in waiting:
        on_table.setdefault(read_table_name(pin.texts["dataset"]).digest, []).append(pin)
    asked = read_table_name(session.awaited["dataset"]).digest if session.awaited else None  # above, for the run on screen
    for digest, pins in on_table.items():
        if digest != asked:
            _ask(session, digest, pins, len(on_table))


def _ask(session: Session, digest: str, pins: list[WaitingPin], n_tables: int) -> None:
    missing = missing_of(pins[0].texts["dataset"])
    name = literal(missing.file_name if missing else "the file")
    with st.container(border=True, key=f"waiting_{digest}"):
        use = "uses" if len(pins) == 1 else "use"
        words = (f"**{counted(len(pins), 'pinned run')} {use} the table “{name}”**, which this server does not hold now. "
                 "Please bring the file. Nothing is lost until then: the link keeps what was pinned.")  # fmt: skip
        if n_tables > PER_VIEWER:
            words += f" The server holds {PER_VIEWER} tables of each visitor, so not all of these can be shown together."
        st.markdown(words)
        st.file_uploader(f"The file “{name}”", key=f"waiting_file_{digest}", max_upload_size=20,
                         on_change=_take, args=(session, digest, pins))  # fmt: skip
        show_said(_way(digest))
        st.button("Unpin it" if len(pins) == 1 else "Unpin them", key=f"waiting_unpin_{digest}",
                  on_click=unpin, args=(session, *pins))  # fmt: skip


def _way(digest: str) -> str:
    return f"waiting_{digest}"


def _take(session: Session, digest: str, pins: list[WaitingPin]) -> None:
    """Puts the file that was brought where the table is missing; another one only with a sentence, and only if it fits."""
    file = st.session_state.get(f"waiting_file_{digest}")
    table = None if file is None else read_file(_way(digest), file.getvalue(), file.name)
    if table is None:
        return
    notes: list[str] = []
    brought = {}
    try:
        for pin in pins:
            texts, notes = with_table(pin.texts, table)
            brought[pin] = WaitingPin(urlencode(texts)) if notes else pin
    except ValueError as error:
        say(_way(digest), str(error))
        return
    put_on_shelf(session, table)
    keep_pins(session, [brought.get(pin, pin) for pin in pins_of(session)[0]])
    session.notes = notes
