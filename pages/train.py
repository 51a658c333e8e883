"""How does a neural network learn? Pick, press Play, watch, rewind."""

import streamlit as st

from pages.parts.controls import controls
from pages.parts.details import details
from pages.parts.live.view import mount_engine
from pages.parts.playback import live, run_to_the_end
from pages.parts.presets import presets
from pages.parts.server import warm_up
from pages.parts.session import current_session, open_link, write_link
from pages.parts.style import page_style


@st.fragment(key="train")
def playground() -> None:
    """The controls, the live view and what is worth studying when it stands still; reruns on its own."""
    session = current_session()
    run_to_the_end(session)
    # Before anything that a pull of the playing view may cut short.
    write_link(session)
    with st.sidebar:
        controls(session)
    session.stale = False
    for note in session.notes:
        st.warning(note, icon=":material/info:")
    live(session)
    details(session)
    presets(session)



page_style()
open_link()
mount_engine()
st.sidebar.markdown("**Glassbox** · a neural network you can see through")
playground()
warm_up()
