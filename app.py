"""Glassbox: a neural network you can see through. Start it with `streamlit run app.py`."""

import streamlit as st

st.set_page_config(page_title="Glassbox", page_icon=":material/visibility:", layout="wide")

PAGES = [st.Page("pages/train.py", title="Train", icon=":material/play_circle:", default=True)]

st.navigation(PAGES).run()
