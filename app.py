"""Glassbox: a neural network you can see through. Start it with `streamlit run app.py`."""

from pathlib import Path

import streamlit as st

# A file of our own: for one of the Material icons a browser would ask a host on the internet.
ICON = Path(__file__).parent / "pages/parts/page/icon.svg"
st.set_page_config(page_icon=ICON, layout="wide")

PAGES = {
    "": [st.Page("pages/train.py", title="Train", icon=":material/play_circle:", default=True)],
    "Learn": [st.Page("pages/lessons.py", title="Lessons", icon=":material/school:")],
    "Look inside": [
        st.Page("pages/weights.py", title="Weights", icon=":material/grid_on:"),
        st.Page("pages/neuron.py", title="One neuron", icon=":material/radio_button_unchecked:"),
        st.Page("pages/backprop.py", title="One update", icon=":material/biotech:"),
    ],
    "Many starts": [
        st.Page("pages/restarts.py", title="Restarts", icon=":material/restart_alt:"),
        st.Page("pages/landscapes.py", title="Rolling balls", icon=":material/landscape:"),
        st.Page("pages/surface.py", title="Loss surface", icon=":material/terrain:"),
        st.Page("pages/initializers.py", title="Initializers", icon=":material/flag:"),
        st.Page("pages/batches.py", title="Batch sizes", icon=":material/dataset:"),
    ],
    "Attention": [
        st.Page("pages/words.py", title="Words", icon=":material/text_fields:"),
        st.Page("pages/attention.py", title="Attention", icon=":material/center_focus_strong:"),
        st.Page("pages/transformer.py", title="Transformer", icon=":material/layers:"),
    ],
    "Teach": [st.Page("pages/lecture.py", title="Lecture", icon=":material/co_present:")],
}

# Pages look for this: see pages/parts/page/streamlit_workarounds.py.
st.session_state["entered"] = True
page = st.navigation(PAGES, position="top")
st.session_state["page_titles"] = {one.url_path or "train": one.title for group in PAGES.values() for one in group}
st.session_state["page_here"] = page.url_path or "train"
st.set_page_config(page_title=f"{page.title} · Glassbox")
page.run()
