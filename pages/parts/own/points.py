"""Points drawn on the square: a click adds one, a drag draws many, and they can be moved and erased."""

from pathlib import Path

import streamlit as st

from nncore import Experiment
from nncore.data.own import MOST_DRAWN
from pages.parts.figures.palette import CLASSES, GLYPHS
from pages.parts.live.join import join, read
from pages.parts.own.drawing import drawn_so_far, take_points
from pages.parts.page.session import Session, refresh

FIELD, HEARD = "own_points", "own_points_heard"
_HERE = Path(__file__).parent
_field = st.components.v2.component(
    "glassbox_points",
    html='<div class="points"></div>',
    css=(_HERE / "points.css").read_text(encoding="utf-8"),
    js=join("../own/points.js", read),  # the strokes are those on the live map
)


def points_controls(session: Session, e: Experiment) -> None:
    """The field to draw in, with the points on screen or those drawn so far."""
    letters, _ = drawn_so_far(session)
    data = {
        "letters": letters, "heard": st.session_state.get(HEARD, 0), "most": MOST_DRAWN,
        "colours": list(CLASSES), "marks": list(GLYPHS),
    }  # fmt: skip
    _field(key=FIELD, data=data, on_drawn_change=lambda: _take(session))
    st.caption(f"Click to add a point, drag to add many, at most {MOST_DRAWN}. The link carries them all. "
               "Once they are learned, they can be drawn on the large map, too.")  # fmt: skip


def _take(session: Session) -> None:
    """Takes over what was drawn; the number of the stroke goes back, for what is older is not shown in its place."""
    told = (st.session_state.get(FIELD) or {}).get("drawn")
    if not isinstance(told, dict) or told.get("n") == st.session_state.get(HEARD):
        return
    st.session_state[HEARD] = told.get("n")
    before = session.run
    take_points(session, told.get("letters"))
    if session.run != before:
        refresh(session)
