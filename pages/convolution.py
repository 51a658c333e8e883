"""What can a small window see? Train a network of filters, and follow one window number by number."""

import streamlit as st

from nncore.experiments.architectures.picture_run import BATCH, N_TRAINING, RATE
from pages.parts.convolution.answer import answer_step
from pages.parts.convolution.board import the_answer
from pages.parts.convolution.by_hand import filter_by_hand, went_on
from pages.parts.convolution.findings import is_comparison_started, moving_maps, parameters, shuffling, unseen_places
from pages.parts.convolution.maps import all_maps, notice_words, one_map
from pages.parts.convolution.study import pick_look, pick_run, train
from pages.parts.convolution.window import one_place
from pages.parts.page.choices import bind_choice, choice
from pages.parts.page.frame import page
from pages.parts.page.inside.folds import inside_folds
from pages.parts.page.inside.trained import Trained
from pages.parts.page.session import Session
from pages.parts.way.fold import fold
from pages.parts.way.words_strip import strip_place, words_strip

FINDINGS = {
    "places": ("Places never seen", unseen_places),
    "moving": ("Moved pictures", moving_maps),
    "sizes": ("Parameters", parameters),
    "shuffled": ("Shuffled pixels", shuffling),
}
CHOICES = (
    "pictures", "pixels", "filter_start", "filters", "filters_frame", "whose_picture", "ink", "picture",
    "filter", "filter_hand", "filter_branches", "window_row", "window_column", "zoom_block", "zoom_map", "zoom_answer",
    "matrix", "matrix_look", "code_language", "use", "move_down", "move_right", "compared",
)  # fmt: skip


def study(session: Session) -> None:
    """The pictures, the training, one window, all maps, and what filters are good for."""
    place = strip_place()
    with fold("Pictures, pixels, first weights"):
        run = pick_run(session)
    words_strip(place, run.kind.title, f"pixels {'shuffled' if run.shuffled else 'in order'}, start {run.seed}",
                "a network of filters of its own, trained here")
    first = "places" if run.pictures == "shapes" else "moving"
    name = choice(session, "use", "str", first, FINDINGS)
    is_comparison_started(session, name, run)  # what the link says of it is heard before the training's reruns
    recording = train(session, run)
    if recording is None:
        st.caption(f"{N_TRAINING:,} pictures, batches of {BATCH}, {run.n_updates} updates of Adam, learning rate {RATE:g}. "
                   "It takes a few seconds.")  # fmt: skip
        return
    went_on(session, run)
    with st.container():  # one element, which makes room as a whole for the next training
        left, right = st.columns(2, gap="large")  # on a phone the picture stands first
        with right:
            look = pick_look(session, run, recording)
        with left:
            the_answer(look)
        one_place(look, left, right)
        one_map(look)
        filter_by_hand(look)
        all_maps(look)
        answer_step(look)
        st.markdown(f"**Notice:** {notice_words(look)}")
        st.subheader("What are filters good for?", anchor=False)
        st.segmented_control("Finding", list(FINDINGS), format_func=lambda key: FINDINGS[key][0], required=True,
                             label_visibility="collapsed", **bind_choice(session, "use", name, first))  # fmt: skip
        FINDINGS[name][1](look)
        inside_folds(Trained(session, run, recording, look.frame))
    st.markdown("**Try:** put *Snapshot* to 0 and look at the maps of filters that have learned nothing; then watch them "
                "train again.")


page("convolution", study, CHOICES, watches=True)
