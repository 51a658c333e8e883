"""How does a neural network learn? Pick, press Play, watch, rewind."""

import streamlit as st

from pages.parts.live.view import mount_engine
from pages.parts.page.link import open_link, write_link
from pages.parts.page.playback import live, run_to_the_end, show_progress
from pages.parts.page.presets import show_presets
from pages.parts.page.server import chunk_store, warm_up
from pages.parts.page.session import current_session
from pages.parts.page.style import page_style
from pages.parts.train.controls import controls
from pages.parts.train.details import answers_set, details
from pages.parts.train.presets import PRESETS


@st.fragment(key="train")
def playground() -> None:
    """The controls and the live view; while it plays, a control reruns no more than this."""
    session = current_session()
    with chunk_store().clicks_first():
        # Before anything that a pull of the playing view may cut short.
        write_link(session)
        with st.sidebar:
            controls(session)
        session.playback.page_outdated = False
        # One place however many notes there are, so that the view below is never mounted anew.
        with st.container():
            for note in session.notes:
                st.warning(note, icon=":material/info:")
        live(session)


@st.fragment(key="page")
def page() -> None:
    """The playground, and below it what is worth studying when playing pauses."""
    session, place = current_session(), st.empty()
    show_progress(session, place)
    # A link may name a frame that this run never reaches.
    session.frame = chunk_store().reached(session.run, session.frame)
    answers_set(session)  # before the notes are drawn, to which a bad link adds one
    playground()
    with chunk_store().clicks_first():
        details(session)
        show_presets(session, PRESETS, "preset", 3)
    run_to_the_end(session, place)


page_style()
open_link("answers", plays=True)
mount_engine()
st.sidebar.markdown("**Glassbox** · a neural network you can see through")
page()
warm_up()
