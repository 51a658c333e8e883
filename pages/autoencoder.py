"""What can a network learn without a target? It is asked for its own inputs, through a layer too small to hold them."""

import streamlit as st

from nncore.experiments.architectures.code_run import BATCH, N_UPDATES, RATE
from pages.parts.autoencoder.findings import anomaly, hear_link, principal, widths
from pages.parts.autoencoder.losses import any_loss
from pages.parts.autoencoder.pictures import before_and_after
from pages.parts.autoencoder.plane import touch_plane
from pages.parts.autoencoder.study import DAMAGES, DATA, answer_words, pick_look, pick_run, train
from pages.parts.page.choices import bind_choice, choice
from pages.parts.page.frame import page
from pages.parts.page.inside.folds import inside_folds
from pages.parts.page.inside.trained import Trained
from pages.parts.page.session import Session
from pages.parts.way.fold import fold
from pages.parts.way.words_strip import strip_place, words_strip

FINDINGS = {
    "principal": ("Linear is PCA", principal),
    "widths": ("The bottleneck", widths),
    "anomaly": ("A class never seen", anomaly),
    "losses": ("Any loss", any_loss),
}
CLASSES_SAID = ("Letters and colours tell the classes. **No label was used in training**: where classes lie apart, the "
                "network found by itself that they differ.")
NO_CLASSES_SAID = "Every mark is a held-out sample. Nothing was used in training but the inputs themselves."
CHOICES = (
    "coded", "code", "coder", "damage", "left_out", "code_start", "coding", "coding_frame", "code_x", "code_y", "code_use",
    "code_asked", "own_loss", "quantile", "price_low", "price_high", "matrix", "matrix_look", "code_language",
)  # fmt: skip


def study(session: Session) -> None:
    """The inputs, the training, the code plane, and what the error is good for."""
    place = strip_place()
    with fold("Inputs, code, network"):
        run = pick_run(session)
    kind = DATA[session.choices.get("coded", "digits")]
    if run is None:
        words_strip(place, kind, "no table yet", "an autoencoder of its own, trained here")
        return
    words_strip(place, kind, f"shown {DAMAGES[run.damage]}, start {run.seed}", "an autoencoder of its own, trained here")
    use = choice(session, "code_use", "str", "principal", FINDINGS)
    hear_link(session, use, run)
    recording = train(session, run)
    if recording is None:
        st.caption(f"Batches of {BATCH}, {N_UPDATES:,} updates of Adam, learning rate {RATE:g} falling along a "
                   f"cosine. It takes a "
                   "few seconds.")  # fmt: skip
        return
    with st.container():  # one element, which makes room as a whole for the next training
        look = pick_look(session, run, recording)
        touch_plane(look)  # first, so that a phone shows it without scrolling
        st.markdown(f"**Drag the point, or move it with the arrow keys.** {answer_words(look)}")
        st.caption(CLASSES_SAID if len(look.data.classes) > 1 else NO_CLASSES_SAID)
        before_and_after(look)
        st.subheader("What is it good for?", anchor=False)
        st.segmented_control("Finding", list(FINDINGS), format_func=lambda key: FINDINGS[key][0], required=True,
                             label_visibility="collapsed", **bind_choice(session, "code_use", use, "principal"))  # fmt: skip
        FINDINGS[use][1](look)
        inside_folds(Trained(session, run, recording, look.frame))
    st.markdown("**Try:** show it inputs with gaps and compare what goes in with what comes out; then put *Snapshot* "
                "to 0 and see "
                "the code of a network that has learned nothing.")


page("autoencoder", study, CHOICES, watches=True)
