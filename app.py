"""Glassbox: a neural network you can see through. Start it with `streamlit run app.py`."""

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from pages.parts.page.streamlit_workarounds import asked_address, lead_to
from pages.parts.way.contents import HOME, find_page, groups

# Files of our own: for one of the Material icons a browser would ask a host on the internet.
PARTS = Path(__file__).parent / "pages/parts"
st.set_page_config(page_icon=PARTS / "page/icon.svg", layout="wide")
st.logo(PARTS / "way/brand.svg", size="large")

PAGES = {
    group: [
        st.Page(entry.file, title=entry.title, icon=f":material/{entry.icon}:", default=entry.name == HOME,
                url_path="" if entry.name == HOME else entry.name)
        for entry in entries
    ]
    for group, entries in groups().items()
}  # fmt: skip

# Pages look for these: see pages/parts/page/streamlit_workarounds.py and pages/parts/way/foot.py.
st.session_state["entered"] = st.session_state["pages_linked"] = True


def leading(address: str) -> StreamlitPage:
    """A page that only leads on to the one that its address means, with all that the link says."""
    entry, is_name = find_page(address)
    missed = "" if is_name else address
    return st.Page(lambda: lead_to(entry.file, entry.title, missed), title=entry.title, url_path=address,
                   visibility="hidden")  # fmt: skip


# Only addresses that somebody typed need such a page, and keep it while the tab is open, for a step back in the browser.
typed = st.session_state.setdefault("typed_addresses", set())
if (asked := asked_address()) and all(asked != one.url_path for group in PAGES.values() for one in group):
    typed.add(asked)
page = st.navigation({**PAGES, "": [*PAGES[""], *map(leading, sorted(typed))]}, position="top")
st.session_state["page_titles"] = {one.url_path or "train": one.title for group in PAGES.values() for one in group}
st.session_state["page_here"] = page.url_path or "train"
st.set_page_config(page_title=f"{page.title} · Glassbox")
page.run()
