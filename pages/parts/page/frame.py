"""The frame of a page: everything that each of them must do, around the question that it asks.

A page is one file that says what it studies and calls `page`, and one entry in the table of pages (way/contents.py).
"""

from collections.abc import Callable, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nncore.experiments.link_text import quoted
from pages.parts.fields.outside_text import literal
from pages.parts.lecture.lecture import read_carried
from pages.parts.lecture.show import frame_of_view
from pages.parts.live.view import mount_engine
from pages.parts.own.missing import ask_for_table, is_gone
from pages.parts.page.first_draw import HeldBackError, ask_for_rest, hold_back_no_more
from pages.parts.page.link import open_link, write_link
from pages.parts.page.playing.training import stop_button
from pages.parts.page.server import warm_up
from pages.parts.page.session import Session, current_session
from pages.parts.page.snapshot.sealed import show_mark
from pages.parts.page.streamlit_workarounds import MISSED, enter_through_app, repair_browser, top_of_page
from pages.parts.page.style import page_style
from pages.parts.page.tidying import quiet_moments
from pages.parts.way.contents import BY_NAME
from pages.parts.way.foot import foot
from pages.parts.way.head import head
from pages.parts.way.visited import visit

Draw = Callable[[Session], None]
MOST_NOTES = 20  # a link that was made to flood a page can name thousands of things


def page(
    name: str, study: Draw, choices: Sequence[str] = (), *, complete_link: Draw | None = None, plays: bool = False,
    watches: bool = False, beside: Callable[[], None] | None = None, sidebar: str = "", style: str = "",
) -> None:  # fmt: skip
    """A whole page: its question and answer, which the table of pages has under `name`, and below them `study`.

    `study` is a fragment that reruns on its own; its key is `name`, or "page" for a page that plays.
    `choices` are what can be picked here besides the run, by their names in the link. `complete_link` decides, before the
    link is written, what the link leaves open. `beside` is drawn at the title's right; without it there is a Stop while
    something trains. `sidebar` heads the sidebar, `style` is CSS of this page alone. A page that `plays` has the player: it
    begins at frame 0, and its study says the notes itself. A page that `watches` has trainings drawn by the live view.
    """
    enter_through_app()
    page_style(style)
    repair_browser(choices)
    session = open_link(*choices, plays=plays)
    session.page_opened = True
    if missed := st.session_state.pop(MISSED, ""):
        session.notes.append(f"There is no page at the address {quoted(missed)}, so this is “{BY_NAME[name].title}”.")
    read_carried(session)
    frame_of_view(session)
    visit(name)
    if sidebar:
        st.sidebar.caption(f"{sidebar[0].upper()}{sidebar[1:]}")
    head(BY_NAME[name], beside, bool(sidebar))
    if beside is None:
        stop_button(keeps_room=False)
    ask_for_table(session)
    if plays or watches:
        mount_engine()
    _body(name, study, "page" if plays else name, complete_link)
    foot(name)
    warm_up()


def _body(name: str, study: Draw, key: str, complete_link: Draw | None) -> None:
    @st.fragment(key=key)
    def body() -> None:
        quiet_moments.click()
        session = current_session()
        if session.reopened is not None or is_gone(session):
            st.rerun()
        if complete_link is not None:
            complete_link(session)
        # The link is written once: after a pick at once, before anything slow; of a page that was just opened at the end,
        # without what was refused, when the browser's history has been mended.
        if not session.page_opened:
            write_link(session)
        session.page_opened = False
        top_of_page()
        notes = st.container()
        try:
            study(session)
        except HeldBackError:
            session.page_opened = True
            ask_for_rest()
            return
        show_mark(session, name)
        if not session.plays:
            hold_back_no_more()
            show_notes(session, notes)
        write_link(session)

    body()


def show_notes(session: Session, place: DeltaGenerator | None = None) -> None:
    """Reports, in `place` or here, settings that the link or the person asked for in vain; called early before slow work."""
    write_notes(session, place)
    session.notes = []


def write_notes(session: Session, place: DeltaGenerator | None = None) -> None:
    """The same, and keeps them for the next time: one place however many there are, so nothing below is mounted anew."""
    with place or st.container():
        for note in session.notes[:MOST_NOTES]:
            st.warning(literal(note), icon=":material/info:")
        if more := len(session.notes[MOST_NOTES:]):
            what = "1 more thing of this link cannot be had as it asks" if more == 1 else (
                f"{more:,} more things of this link cannot be had as it asks")
            st.warning(f"{what} for {'it' if more == 1 else 'them'}.", icon=":material/info:")
