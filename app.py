"""Glassbox: a neural network you can see through. Start it with `streamlit run app.py`."""

from pathlib import Path

import streamlit as st

from pages.parts.way.contents import BY_NAME, HOME, groups

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


def to_first_page() -> None:
    """The first page stands at the bare address; who asks for it by its name is led there with all that the link says."""
    st.switch_page(f"pages/{HOME}.py", query_params={name: st.query_params.get_all(name) for name in st.query_params})


old_address = st.Page(to_first_page, title=BY_NAME[HOME].title, url_path=HOME, visibility="hidden")
page = st.navigation({**PAGES, "": [*PAGES[""], old_address]}, position="top")
st.session_state["page_titles"] = {one.url_path or "train": one.title for group in PAGES.values() for one in group}
st.session_state["page_here"] = page.url_path or "train"
st.set_page_config(page_title=f"{page.title} · Glassbox")
page.run()
