"""Points drawn on the square: a click adds one, a drag draws many, and they can be moved and erased."""

from pathlib import Path

import streamlit as st

from nncore import Experiment
from nncore.data.own import DRAWN, MOST_DRAWN, drawn_points, read_drawn
from pages.parts.figures.palette import CLASSES
from pages.parts.own.taking import refresh, say, take_dataset
from pages.parts.page.session import Session

FIELD, DRAFT = "own_points", "own_draft"
COLOURS = 4  # classes that are offered
_HERE = Path(__file__).parent
_field = st.components.v2.component(
    "glassbox_points",
    html='<div class="points"></div>',
    css=(_HERE / "points.css").read_text(encoding="utf-8"),
    js=(_HERE / "points.js").read_text(encoding="utf-8"),
)


def points_controls(session: Session, e: Experiment) -> None:
    """The field to draw in, with the points on screen or those drawn so far."""
    letters = e.dataset.removeprefix(DRAWN) if e.dataset.startswith(DRAWN) else ""
    letters = st.session_state.get(DRAFT, letters)
    data = {"letters": letters, "colours": list(CLASSES[:COLOURS]), "most": MOST_DRAWN}
    _field(key=FIELD, data=data, on_letters_change=lambda: _take(session))
    st.caption(f"Click to add a point, drag to add many, at most {MOST_DRAWN}. The link carries them all.")


def _take(session: Session) -> None:
    told = st.session_state.get(FIELD) or {}
    letters = told.get("letters")
    if not isinstance(letters, str) or letters == st.session_state.get(DRAFT):
        return
    try:
        points, labels = read_drawn(DRAWN + letters)
    except ValueError:  # a browser that tells something else
        return
    try:
        drawn_points(points, labels)
    except ValueError as error:  # not enough of them yet: they are kept beside the run on screen
        st.session_state[DRAFT] = letters
        say("points", str(error))
        return
    st.session_state.pop(DRAFT, None)
    take_dataset(session, "points", DRAWN + letters)
    refresh(session)
