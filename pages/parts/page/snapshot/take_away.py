"""What a person takes away: the network at the snapshot on screen as code that runs by itself, its numbers, and the run."""

from functools import partial

import streamlit as st

from nncore.export import EXPORTS, data_table, export, loss_table, prediction_table
from pages.parts.fields.download import download_button
from pages.parts.own.run_file import run_text
from pages.parts.page.server import chunk_store
from pages.parts.page.session import Session

NUMBERS = {"losses": "Losses", "data": "Data", "predictions": "Predictions"}


@st.fragment
def take_away(session: Session) -> None:
    """Two folds: one in which a language is picked and the file downloaded, one with tables and the run as a file.

    Every file is written when its button is pressed.
    """
    with st.container(key="take_away_folds"):
        with st.expander("Take this network away as code", icon=":material/download:"):
            _code(session)
        with st.expander("Take the numbers away, or the whole run", icon=":material/table:"):
            _numbers(session)


def _code(session: Session) -> None:
    language = st.selectbox(
        "Which language?", list(EXPORTS), format_func=lambda name: EXPORTS[name].label, key="take_away_language",
        persist_state="session",
    )
    entry = EXPORTS[language]
    trains = "" if language == "onnx" else " It holds the training set, too, to train once more to the same losses."
    st.markdown(f"{entry.about} It needs nothing of this app: it has this snapshot's weights and biases, and takes raw "
                f"inputs.{trains}")  # fmt: skip
    download_button(f"Download for {entry.label}", partial(file_of, session, language),
                    lambda: entry.file_name(f"{session.run.key}_{session.frame}"), entry.mime, key="take_away")  # fmt: skip


def _numbers(session: Session) -> None:
    sealed = "" if is_test_open(session) else (" At this snapshot the test set is sealed, so its rows have "
                                               "neither target nor prediction.")  # fmt: skip
    st.markdown("Tables that any spreadsheet opens (CSV): the losses of every snapshot up to this one, every row of the "
                f"data with the set it belongs to, and what the network answers for each.{sealed}")  # fmt: skip
    with st.container(horizontal=True):
        for name, label in NUMBERS.items():
            download_button(label, partial(table_of, session, name), partial(table_name, session, name), "text/csv",
                            key=f"take_away_{name}")  # fmt: skip
        download_button("The whole run", partial(run_text, session), "glassbox-run.json", "application/json",
                        key="take_away_run", icon=":material/save:",
                        help="Settings, changes on the way and the snapshot; Train opens it again.")  # fmt: skip


def file_of(session: Session, language: str) -> str | bytes:
    """The run at the snapshot on screen, in a language of EXPORTS."""
    with chunk_store().clicks_first():
        return export(session.run, session.frame, language, chunk_store())


def is_test_open(session: Session) -> bool:
    """Whether the test set of the run on screen is opened at the snapshot on screen, so that its outcome may be told."""
    opened = session.tests.at(session.run)
    return opened is not None and opened[1] == session.frame


def table_name(session: Session, name: str) -> str:
    """What the file with the table called `name` in NUMBERS is called, of the run at the snapshot on screen."""
    return f"{name}-{session.run.key}-{session.frame}.csv"


def table_of(session: Session, name: str) -> str:
    """The table called `name` in NUMBERS, of the run at the snapshot on screen, as CSV with a mark that Excel knows."""
    run, frame, is_open, store = session.run, session.frame, is_test_open(session), chunk_store()
    with store.clicks_first():
        if name == "losses":
            text = loss_table(run, frame, store)
        else:
            text = data_table(run, is_open) if name == "data" else prediction_table(run, frame, is_open, store)
    return f"\ufeff{text}"  # without it Excel reads letters beyond ASCII, such as x₁, in another encoding
