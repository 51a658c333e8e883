"""How does a neural network learn? Pick, press Play, watch, rewind."""

import streamlit as st

from pages.parts.page.first_draw import ask_for_rest, is_held_back
from pages.parts.page.frame import page, write_notes
from pages.parts.page.link import write_link
from pages.parts.page.playing.catch_up import (
    await_first,
    has_nothing,
    is_slow_to_begin,
    offer_training,
    run_to_the_end,
    show_progress,
)
from pages.parts.page.playing.playback import live
from pages.parts.page.presets import show_presets
from pages.parts.page.server import chunk_store
from pages.parts.page.session import Session, current_session
from pages.parts.page.snapshot.far_frame import shown_frame, waits
from pages.parts.page.snapshot.take_away import take_away
from pages.parts.train.controls import controls
from pages.parts.train.details import answers_set, details
from pages.parts.train.presets import PRESETS
from pages.parts.way.pins import pin_run


@st.fragment(key="train")
def playground() -> None:
    """The controls and the live view; while it plays, a control reruns no more than this."""
    session = current_session()
    with chunk_store().clicks_first():
        # Before anything that a pull of the playing view may cut short.
        write_link(session)
        session.playback.page_outdated = False
        write_notes(session)
    place, is_slow = st.empty(), is_slow_to_begin(session.run)
    if is_slow or has_nothing(session.run):
        with st.sidebar:
            controls(session)
        if has_nothing(session.run):
            offer_training(place, session.run)
            return
        await_first(session.run, place)
    with chunk_store().clicks_first():
        # The view before its many controls: the browser draws what has come, and lays the controls out afterwards.
        live(session)
        if not is_slow:
            with st.sidebar:
                if is_held_back():
                    st.empty()
                else:
                    controls(session)


def complete_link(session: Session) -> None:
    """Corrects what a link may ask for in vain: a snapshot that the run never reaches, answers on a set it does not have."""
    if (session.frame or waits(session.run)) and not has_nothing(session.run):
        session.frame = shown_frame(session, session.frame)
    else:  # the first frame is awaited where the view is drawn; what is drawn takes as many places in any case
        for _ in range(2):
            st.empty()
    answers_set(session)


def study(session: Session) -> None:
    """The playground, and below it what is worth studying when playing pauses."""
    place = st.empty()
    show_progress(session, place)
    playground()
    if has_nothing(session.run):
        return
    if not is_slow_to_begin(session.run) and is_held_back():
        ask_for_rest()
        return
    with chunk_store().clicks_first():
        details(session)
        st.button("Pin this run", icon=":material/keep:", key="pin_run", on_click=pin_run, args=(session,),
                  help="Puts it aside as it stands, on the page Compare runs.")  # fmt: skip
        take_away(session)
        show_presets(session, PRESETS, "preset", 3)
    run_to_the_end(session, place)


STYLE = """
body.glassbox-playing .st-key-details :is([data-testid="stHeadingWithActionElements"], [data-testid="stHeading"]) {
  visibility: hidden;
}
body.glassbox-playing .st-key-details > * { opacity: 0.35; }
body.glassbox-playing .st-key-details::before { content: "As it was when playing began. It updates when playing pauses."; }
"""
page("train", study, ("answers",), complete_link=complete_link, plays=True,
     sidebar="a neural network you can see through", style=STYLE)
