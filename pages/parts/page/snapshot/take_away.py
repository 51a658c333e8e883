"""What a person takes away: the network at the snapshot on screen, as code that runs by itself."""

from functools import partial

import streamlit as st

from nncore.export import EXPORTS, export
from pages.parts.page.server import chunk_store
from pages.parts.page.session import Session


@st.fragment
def take_away(session: Session) -> None:
    """A fold in which a language is picked and the file downloaded; it is written when the button is pressed."""
    with st.expander("Take this network away as code", icon=":material/download:"):
        language = st.selectbox(
            "Which language?", list(EXPORTS), format_func=lambda name: EXPORTS[name].label, key="take_away_language",
            persist_state="session",
        )
        entry = EXPORTS[language]
        trains = "" if language == "onnx" else " It holds the training set, too, to train once more to the same losses."
        st.markdown(f"{entry.about} It needs nothing of this app: it has this snapshot's weights and biases, and takes raw "
                    f"inputs.{trains}")  # fmt: skip
        st.download_button(
            f"Download for {entry.label}", partial(file_of, session, language), on_click="ignore", mime=entry.mime,
            file_name=f"network-{session.run.key}-{session.frame}{entry.ending}", key="take_away",
        )  # fmt: skip


def file_of(session: Session, language: str) -> str | bytes:
    """The run at the snapshot on screen, in a language of EXPORTS."""
    with chunk_store().clicks_first():
        return export(session.run, session.frame, language, chunk_store())
