"""The points that a viewer has drawn so far: the dataset on screen, or what cannot be learned yet and is kept beside it.

They are drawn in the field among the viewer's own data, or on the live decision map; both show what was drawn in the other.
"""

from typing import Any

import streamlit as st

from nncore.data.own import DRAWN, MOST_DRAWN, drawn_points, read_drawn
from pages.parts.own.taking import SAID, say, take_dataset
from pages.parts.page.session import Session

WAY = "points"
DRAFT = "own_draft"  # in the session's state: the dataset beside which they were drawn, their letters, what they need


def drawn_so_far(session: Session) -> tuple[str, str]:
    """The letters of the points drawn so far, and a sentence on why they cannot be learned yet, "" where they can."""
    dataset = session.settings.dataset
    on_screen = dataset.removeprefix(DRAWN) if dataset.startswith(DRAWN) else ""
    beside, letters, says = st.session_state.get(DRAFT, (dataset, on_screen, ""))
    return (letters, says) if beside == dataset or not on_screen else (on_screen, "")


def drawn_on_map(session: Session) -> dict[str, Any] | None:
    """What the live view is told of the points that can be drawn on its map; None where the dataset is another.

    Nor are there tools where the link hides the controls of the data.
    """
    if not session.settings.dataset.startswith(DRAWN) or "data" in session.hidden:
        return None
    letters, says = drawn_so_far(session)
    return {"letters": letters, "most": MOST_DRAWN, "says": says}


def take_points(session: Session, letters: object) -> None:
    """Shows the points that these letters say as the dataset; where they cannot be learned yet, they are kept beside it.

    What is no letters of points changes nothing.
    """
    if not isinstance(letters, str) or letters == drawn_so_far(session)[0]:
        return
    try:
        points, labels = read_drawn(DRAWN + letters)
    except ValueError:  # a browser that tells something else
        return
    try:
        drawn_points(points, labels)
    except ValueError as error:
        _keep(session, letters, str(error))
        return
    if take_dataset(session, WAY, DRAWN + letters):
        st.session_state.pop(DRAFT, None)
    else:
        _keep(session, letters, " ".join(st.session_state[SAID][1]))


def _keep(session: Session, letters: str, sentence: str) -> None:
    st.session_state[DRAFT] = (session.settings.dataset, letters, sentence)
    say(WAY, sentence)
