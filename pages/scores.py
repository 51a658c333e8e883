"""What is a score worth? Leaks, the gap, choosing by a score, and the test set that is opened once."""

import streamlit as st

from nncore.data.own import dataset_kind
from pages.parts.page.choices import bind_choice, choice
from pages.parts.page.frame import page
from pages.parts.page.playing.training import stop_button
from pages.parts.page.session import Session
from pages.parts.page.streamlit_workarounds import section
from pages.parts.scores.choosing import choosing
from pages.parts.scores.curves import curves
from pages.parts.scores.leakage import leakage
from pages.parts.scores.peeking import peeking
from pages.parts.way.strip import strip
from pages.parts.way.words_strip import strip_place, words_strip

VIEWS = {"leakage": "Leakage", "curves": "Overfitting", "choosing": "Choosing", "sealed": "The sealed test set"}
DRAW = {"leakage": leakage, "curves": curves, "choosing": choosing, "sealed": peeking}


def show_strip(session: Session, shown: str) -> None:
    """The strip: the run of Train where the finding is about its data and settings, and words where it has its own."""
    if shown in ("leakage", "curves"):
        words_strip(strip_place(), VIEWS[shown], "data and models of its own")
    else:
        data = dataset_kind(session.run.settings.dataset).title
        strip(session, scrubs=False, title=VIEWS[shown], also=f"on Train's data and settings: {data}")


def study(session: Session) -> None:
    """The four ways in which a score comes to say more than it is worth, one at a time."""
    shown = choice(session, "score_view", "str", "leakage", VIEWS)
    show_strip(session, shown)
    st.segmented_control("Finding", list(VIEWS), format_func=VIEWS.get, label_visibility="collapsed", required=True,
                         **bind_choice(session, "score_view", shown, "leakage"))
    with section(VIEWS, shown):
        DRAW[shown](session)


page(
    "scores", study,
    ("score_view", "leak", "leak_guess", "curve_along", "curve_l2", "curve_guess", "search_across", "search_upwards",
     "search_epochs", "search_way", "search_cell", "search_folds", "trained", "peek_rows", "peek_guessers", "peek_guess",
     "peek_ladder"),
    beside=stop_button,
)  # fmt: skip
