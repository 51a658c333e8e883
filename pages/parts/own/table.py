"""A table on screen: bring it, see what was read, and pick what is learned from what."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from nncore import Experiment
from nncore.data import SHELF, Table
from nncore.data.own import TABLE, TableChoice, read_table_name, table_name
from pages.parts.fields.numbers import counted
from pages.parts.fields.outside_text import cut, literal
from pages.parts.own.taking import take_dataset, take_table
from pages.parts.page.session import Session, bind, refresh

WAY = "table"
FILE, PASTED = "own_file", "own_pasted"
TASKS = {"classification": "a class", "regression": "a number"}
FILLS = {"drop": "leave out the row", "mean": "fill in the mean"}
MOST_NOTES = 12


def table_controls(session: Session, e: Experiment) -> None:
    """The field for a file, the field for pasted text, and what can be picked of the table on screen."""
    st.file_uploader("Your table, as CSV or TSV", key=FILE, max_upload_size=20, on_change=lambda: _take_file(session),
                     help="At most 20 MB. It stays in this server's memory for a while and is stored nowhere.")  # fmt: skip
    st.text_area("or paste it here", key=PASTED, height=70, placeholder="x,y,class", on_change=lambda: _take_text(session))
    if e.dataset.startswith(TABLE):
        choice = read_table_name(e.dataset)
        _choices(session, e, choice, SHELF.get(choice.digest, choice.file_name))


def _take_file(session: Session) -> None:
    file = st.session_state.get(FILE)
    if file is not None:
        take_table(session, WAY, file.getvalue(), file.name)
        refresh(session)


def _take_text(session: Session) -> None:
    text = st.session_state.get(PASTED, "")
    if text.strip():
        take_table(session, WAY, text.encode(), "pasted table")
        refresh(session)


def _choices(session: Session, e: Experiment, choice: TableChoice, table: Table) -> None:
    numbers = range(len(table.columns))
    labels = [f"{cut(column.name)} ({column.kind})" for column in table.columns]

    def pick(**changes: Any) -> dict[str, object]:
        """Takes over what was picked; with it the session has nothing more to change."""
        take_dataset(session, WAY, table_name(replace(choice, **changes)))
        return {}

    def bound(name: str, value: Any, read: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
        return bind(session, f"own_{name}", value, lambda picked: pick(**read(picked)))

    st.selectbox("What is to be predicted?", numbers, format_func=lambda number: labels[number],
                 **bound("target", choice.target, lambda number: _with_target(choice, table, number)))
    usable = [k for k in numbers if k != choice.target and not table.columns[k].left_out]
    st.multiselect("From which columns?", [k for k in numbers if k != choice.target],
                   format_func=lambda number: labels[number], placeholder="all that say something",
                   help="None picked means all that say something.",
                   **bound("inputs", list(choice.inputs or usable), lambda picked: {"inputs": tuple(sorted(picked))}))
    st.segmented_control("Is it a class or a number?", list(TASKS), format_func=TASKS.get, required=True,
                         **bound("task", choice.task, lambda task: {"task": task}))
    if any(column.missing for column in table.columns):
        st.segmented_control("What where a value is missing?", list(FILLS), format_func=FILLS.get, required=True,
                             help="The mean is that of the training set alone: the other sets must not have a say.",
                             **bound("missing", choice.missing, lambda missing: {"missing": missing}))
    _show_notes(table)


def _with_target(choice: TableChoice, table: Table, target: int) -> dict[str, Any]:
    """The changes that go with another target: its own task, and the inputs without it."""
    return {"target": target, "task": table.columns[target].task, "inputs": tuple(k for k in choice.inputs if k != target)}


def _show_notes(table: Table) -> None:
    """What was decided when the table was read, each in one sentence."""
    shown = [f"{table.n_rows:,} rows and {len(table.columns)} columns were read.", *table.notes]
    st.caption(_listed(shown[:MOST_NOTES]))
    if len(shown) > MOST_NOTES:
        with st.expander(counted(len(shown) - MOST_NOTES, "more note")):
            st.caption(_listed(shown[MOST_NOTES:]))


def _listed(notes: list[str]) -> str:
    return "\n".join(f"- {literal(note)}" for note in notes)


