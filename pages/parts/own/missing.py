"""A link names a table that this server has not: the file is asked for by its name, and the rest of the link stays."""

from dataclasses import replace

import streamlit as st

from nncore import Run
from nncore.data import Table, UnknownTable, dataset_kind
from nncore.data.own import TABLE, read_table_name, table_name
from nncore.data.own.table_names import chosen_from
from pages.parts.fields.outside_text import literal
from pages.parts.own.taking import put_on_shelf, read_file, say, show_said
from pages.parts.page.session import OPENING, Session

WAY = "missing"  # the way by which the file comes
FILE = "missing_file"


def is_gone(session: Session) -> bool:
    """Whether the table of the run on screen had to make room meanwhile."""
    return missing_of(session.run.experiment.dataset) is not None


def missing_of(dataset: str) -> UnknownTable | None:
    """What is missing of the dataset called `dataset`; None where it is there, or is no table at all."""
    if not dataset.startswith(TABLE):
        return None
    try:
        dataset_kind(dataset)
    except UnknownTable as missing:
        return missing
    except ValueError:  # it is there, and cannot be what was picked: that is said elsewhere
        return None
    return None


def await_table(session: Session, texts: dict[str, str], is_first: bool = False) -> None:
    """Keeps the link `texts` until its table is brought, and what is on screen; at first that is the opening run."""
    if is_first or is_gone(session):
        session.show(Run(OPENING))
    session.awaited = dict(texts)


def ask_for_table(session: Session) -> None:
    """Asks for the file of a link that waits for it; nothing where none does."""
    if session.awaited is None:
        return
    missing = missing_of(session.awaited.get("dataset", ""))
    if missing is None:  # somebody else brought it
        session.reopened, session.awaited = session.awaited, None
        st.rerun()
    name = literal(missing.file_name)
    with st.container(border=True, key="missing_table"):
        st.markdown(f"**This link uses the table “{name}”.** A table does not fit into a link, and a server keeps it for a "
                    "while only, so please bring the file. Everything else of the link is kept. "
                    "Until then the page is about another run.")  # fmt: skip
        st.file_uploader(f"The file “{name}”", key=FILE, max_upload_size=20, on_change=lambda: _take(session))
        show_said(WAY)
        st.button("Go on without it", key="missing_dismiss", on_click=lambda: setattr(session, "awaited", None))


def _take(session: Session) -> None:
    file, texts = st.session_state.get(FILE), session.awaited
    if file is None or texts is None:
        return
    table = read_file(WAY, file.getvalue(), file.name)
    if table is None:
        return
    try:
        session.reopened, notes = with_table(texts, table)
    except ValueError as error:
        say(WAY, str(error))
        return
    put_on_shelf(session, table)
    session.notes_to_come, session.awaited = notes, None


def with_table(texts: dict[str, str], table: Table) -> tuple[dict[str, str], list[str]]:
    """The link `texts` with this table in place of the one that it names, and a sentence where that is another one.

    Raises ValueError, with a sentence, where another table does not fit.
    """
    choice = read_table_name(texts["dataset"])
    if table.digest == choice.digest:
        return texts, []
    # The same table saved anew, most likely: what was picked by the columns' places is tried on it.
    texts = texts | {"dataset": table_name(replace(choice, digest=table.digest, file_name=table.name))}
    try:
        chosen_from(table, choice)
    except ValueError as error:
        raise ValueError(
            f"This is another file than the one that the link was made with, and it does not fit. {error}"
        ) from None
    return texts, ["This file is another than the one that the link was made with, or was changed since."]
