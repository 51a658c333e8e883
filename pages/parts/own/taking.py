"""Taking over what a person brings: it becomes the run on screen, or one sentence says why it cannot.

What was on screen stays there whenever something is refused.
"""

import streamlit as st

from nncore.data import SHELF, Table, read_table
from nncore.data.own import TableChoice, table_name
from nncore.data.own.tables import MISSING_RULES
from nncore.experiments.link_text import in_words
from pages.parts.fields.outside_text import literal
from pages.parts.page.server import await_pandas
from pages.parts.page.session import Session

GAPS_FILLED = "Too few rows have all their values, so gaps are filled with the mean of the training set."
SAID = "own_said"  # in the session's state: what was last said about what was brought, by the way it was brought


def say(way: str, *sentences: str) -> None:
    """Keeps what is said under the field of `way`, until the next time."""
    st.session_state[SAID] = (way, sentences)


def show_said(way: str) -> None:
    """What was said last under the field of `way`: one sentence on what was refused, or a list of notes."""
    last_way, sentences = st.session_state.get(SAID, ("", ()))
    if last_way == way and len(sentences) == 1:
        st.warning(literal(sentences[0]), icon=":material/info:")
    elif last_way == way and sentences:
        st.caption("\n".join(f"- {literal(sentence)}" for sentence in sentences))


def take_dataset(session: Session, way: str, name: str, **changes: object) -> bool:
    """Shows the dataset called `name`; False, with a sentence under the field of `way`, where it cannot be."""
    try:
        session.settings.with_changes(dataset=name, **changes)
    except ValueError as error:
        say(way, f"{in_words(str(error))}.")
        return False
    say(way)
    if name != session.settings.dataset:
        session.change(dataset=name, **changes)
    return True


def read_file(way: str, data: bytes, file_name: str) -> Table | None:
    """The table in a file; None, with a sentence, for what is no table."""
    await_pandas()
    try:
        return read_table(data, file_name)
    except ValueError as error:
        say(way, f"{in_words(str(error))}.")
        return None


def put_on_shelf(session: Session, table: Table) -> None:
    """Holds the table from now on. Only one that can be shown gets here: it may take the place of the one on screen."""
    SHELF.put(table, session.token)


def take_table(session: Session, way: str, data: bytes, file_name: str) -> None:
    """Shows the table in a file, its target the last column that can be one; inputs are brought to the same size."""
    table = read_file(way, data, file_name)
    if table is None:
        return
    why = ""
    for number in reversed(range(len(table.columns))):
        column = table.columns[number]
        if column.left_out:
            continue
        for missing in MISSING_RULES:
            try:
                task = "regression" if table.dataset(column.name, missing=missing).is_regression else "classification"
            except ValueError as error:
                why = why or str(error)
                continue
            put_on_shelf(session, table)
            choice = TableChoice(table.digest, table.name or "pasted table", number, (), task, missing)
            if take_dataset(session, way, table_name(choice), scaling="standard"):
                if missing == "mean":
                    say(way, GAPS_FILLED)
                return
            break
    say(way, f"{in_words(why)}." if why else "No column of this table can be learned: " + " ".join(table.notes[-3:]))
