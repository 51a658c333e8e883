"""All that works around Streamlit 1.67 and the Plotly in it, each with its issue there; look at it with every new version.

What is mended in the browser stands in the file .js of the same name, what is mended of a viewer's requests in the room
`asking`. Besides, `live/` asks again for what a component said while it was being mounted, which may be lost
(streamlit/streamlit#16732), and `fields/download.py` keeps files for a while.
"""

import contextlib
import json
import re
import runpy
from collections.abc import Iterable
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime import get_instance
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.parts.page.asking import mend_asking
from pages.parts.page.asking.addresses import lead_out_of_folders, lead_to_plain_addresses
from pages.parts.page.session import Session
from pages.parts.page.streamlit_speed import spare_work
from pages.parts.page.style import is_dark, light_colours, light_theme

APP = Path(__file__).parents[3] / "app.py"
TO_TOP = "scroll_to_top"
MISSED = "missed_address"  # what was typed where no page is, until the page that it led to has said so

# Streamlit cleans what it shows with DOMPurify, which drops a whole script that has a letter right after a "<", as the types
# in these files' comments do. In code no letter may stand there.
_IN_BROWSER = re.sub(r"<(?=[/\w!])", "< ", "\n".join(
    Path(__file__).with_name(name).read_text(encoding="utf-8")
    for name in ("streamlit_workarounds.js", "svg_paper.js", "print_svg.js", "light_figure.js", "pictures.js",
                 "picture_bar.js", "paper.js")
))  # fmt: skip


def repair_browser(own_choices: Iterable[str] = ()) -> None:
    """Mends the browser's history, taps on charts, wide formulas, commas in fields, icons without a name on hover, figures
    in the colours of another theme and the menu's links, says what a page may load, offers figures as pictures, and
    prepares the page for print.

    `own_choices` are names in the link that mean something on this page alone: other pages' links go without them.
    """
    theme, own = json.dumps("dark" if is_dark() else "light"), json.dumps(list(own_choices))
    told = f"window.glassboxDrawn = {theme};\nwindow.glassboxOwnChoices = {own};\n"
    told += f"window.glassboxLight = {json.dumps(light_theme())};\n"
    told += f"window.glassboxLightColours = {json.dumps(light_colours())};\n"
    if st.session_state.pop("led_here", False):
        # A new server calls an address unknown until app.py has named it: what it said of that is closed again.
        told += "document.querySelector('[role=dialog] [aria-label=Close]')?.click();\n"
    st.html(f"<script>\n{told}{_IN_BROWSER}</script>", unsafe_allow_javascript=True)
    st.button("Draw the page anew", key="draw_anew")


def enter_through_app() -> None:
    """Runs app.py, and this page within it, where Streamlit ran the page's file alone.

    It does so for a link to any page but the first, until app.py has named the pages to a new server
    (streamlit/streamlit#9624 tells of the like).
    """
    if "entered" not in st.session_state:
        runpy.run_path(str(APP))
        st.stop()


def rerun_outdated_page(session: Session) -> None:
    """Reruns the page around the player if a change has not reached it.

    Where a control and the player speak within one breath, Streamlit may rerun the player's fragment alone for both.
    No issue found.
    """
    if session.playback.page_outdated:
        session.playback.frames_only = False
        st.rerun("train" if session.playback.playing else "page")


def is_history_step() -> bool:
    """Whether this run began with Back or Forward in the browser. Streamlit says so, but under no public name."""
    return bool(getattr(get_script_run_ctx(), "is_history_navigation", False))


def asked_address() -> str:
    """The name of the page in the address that the browser opened; empty for the first page, and once a page is known.

    Streamlit says so, but under no public name. One that no page can have, with a "/" in it, is none.
    """
    name = str(getattr(getattr(get_script_run_ctx(), "pages_manager", None), "intended_page_name", None) or "").strip("/ ")
    return "" if "/" in name else name


def lead_to(file: str, title: str, missed: str = "") -> None:
    """Leads on to the page `file` with all that the link says; a step back from there goes past this address, not on again.

    `missed` is the address where it is no page's: the page then says so.
    Streamlit leaves an entry in the browser's history for the address that leads on. Without this, Back would not leave the
    page. Where nothing came before in this tab, a link to the page stays.
    """
    link = {name: st.query_params.get_all(name) for name in st.query_params}
    if not is_history_step():
        st.session_state["led_here"] = True
        if missed:
            st.session_state[MISSED] = missed
        st.switch_page(file, query_params=link)
    st.page_link(file, label=title, query_params=link)
    st.html("<script>history.back();</script>", unsafe_allow_javascript=True)


def clicked_number(chart: str) -> int | None:
    """The number that a point of the chart with this key carries as `customdata`, where one was clicked.

    It comes as a number, a list or a dict of them. No issue found.
    """
    for point in st.session_state[chart]["selection"]["points"]:
        number = point.get("customdata")
        if isinstance(number, dict):
            number = list(number.values())
        if isinstance(number, list):
            number = number[0] if number else None
        if number is not None:
            return int(number)
    return None


def section(names: Iterable[str], shown: str) -> DeltaGenerator:
    """The container of the finding `shown`, one of `names`; those of the others are emptied at once.

    Streamlit would leave what an earlier run drew on screen, greyed, until this run ends (streamlit/streamlit#6063).
    """
    return {name: st.container() if name == shown else st.empty() for name in names}[shown]


def place_for(name: str, content: str) -> DeltaGenerator:
    """A container at the place called `name`; emptied at once when it showed other `content` before.

    While the content is the same, what stands there stays until the new replaces it, so that nothing blinks. Else Streamlit
    would leave the old on the screen, greyed, and it reads as if it belonged to the new (streamlit/streamlit#6063).
    """
    key = f"place_{name}"
    shown, slot = st.session_state.get(key, (None, 1))
    if shown != content:
        # The other of two slots: a container would take over the children of one that stood in its own slot before,
        # and an "empty" sent just ahead of it is dropped from Streamlit's queue (streamlit/streamlit#5204).
        shown, slot = st.session_state[key] = content, 1 - slot
    slots = [st.container() if number == slot else st.empty() for number in (0, 1)]
    return slots[slot]


def ask_for_top(chart: bool = True) -> None:
    """Has the page show its top after its next run, for a button below what it shows.

    Its first chart counts more, unless what stands above the `chart` is to be read first.
    """
    st.session_state[TO_TOP] = st.session_state.get(TO_TOP, 0) + 1
    st.session_state[f"{TO_TOP}_chart"] = chart


def top_of_page() -> None:
    """Scrolls to the top and the first chart if that was asked for; always takes the same place among the elements."""
    place, count = st.empty(), st.session_state.get(TO_TOP, 0)
    if count != st.session_state.get(f"{TO_TOP}_done", 0):
        st.session_state[f"{TO_TOP}_done"] = count
        chart = "true" if st.session_state[f"{TO_TOP}_chart"] else "false"
        place.html(f"<script>/* {count} */ window.glassboxScroll({chart});</script>", unsafe_allow_javascript=True)


def forget_left_files() -> None:
    """Gives up files, and the work behind buttons, that no page offers any more and whose time is over.

    Streamlit (1.67) does so at the end of a run: without this, what was kept for a while after the last one stays.
    """
    with contextlib.suppress(RuntimeError, AttributeError):  # no server, or another Streamlit
        get_instance().media_file_mgr.remove_orphaned_files()


def forget_left_sessions() -> None:
    """Gives up sessions whose browser left long ago.

    Streamlit (1.67) looks at their time only when the next browser comes or leaves: without this, the last ones to leave
    hold their pages, messages and files for as long as nobody comes. No issue found.
    """
    with contextlib.suppress(RuntimeError, AttributeError):  # no server, or another Streamlit
        runtime = get_instance()
        # On the server's own thread, which alone touches them.
        loop = runtime._get_async_objs().eventloop
        loop.call_soon_threadsafe(runtime._session_mgr._session_storage._cache.expire)
        loop.call_soon_threadsafe(forget_left_files)


mend_asking()
spare_work()
lead_out_of_folders()
lead_to_plain_addresses()
