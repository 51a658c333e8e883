"""What can one transformer block learn? Pick a task, train it, look through its heads."""

import streamlit as st

from nncore.sequence_tasks import TASKS
from pages.parts.session import current_session, open_link, write_link
from pages.parts.style import page_style
from pages.parts.transformer_study import longer, look, pick_run, progress

NOTICE = {
    "copy": "The residual carries each letter past the heads: with W_O set to zero, the trained block still copies without "
            "a mistake. A head's pattern need not mean anything.",
    "reverse": "A diagonal from bottom left to top right: each place looks at its mirror image. Several heads share the "
               "work.",
    "sort": "No single place holds the answer. The first rows look for early letters, the last rows for late ones, "
            "wherever they stand, and the feed-forward part works out which comes at this place.",
    "match": "Each place looks at itself and back at places with its own letter; above the diagonal all is exactly 0, "
             "because nobody may look ahead.",
}  # fmt: skip
TRY = {
    "copy": "Set the length to 16: still right at every place, because nothing depends on the others.",
    "reverse": "Set the length to 10: the block has learned where the mirror image of each place is for 8 tokens, not what "
               "reversing means.",
    "sort": "Compare 4 tokens with 8: places of a shorter row mean something else, and the answers are wrong.",
    "match": "Set the length to 16: what looks back by a rule survives longer rows better than what has learned places.",
}  # fmt: skip
CHOICES = ("task", "block_heads", "block_start", "block", "block_frame", "length", "example")


@st.fragment(key="transformer")
def study() -> None:
    """The task, its training and its findings; reruns on its own."""
    session = current_session()
    write_link(session)
    st.title("What can one transformer block learn?", anchor=False)
    st.markdown(
        "**One block of today's transformer:** attention lets the tokens look at each other, the feed-forward part lets "
        "each think for itself; both add to what was there, and layer normalisation keeps the numbers in bounds."
    )
    run = pick_run(session)
    st.markdown(f"The task: {TASKS[run.task].rule}.")
    recording = look(session, run)
    if recording is not None:
        st.markdown(f"**Notice:** {NOTICE[run.task]}")
        st.markdown(f"**Try:** {TRY[run.task]}")
        left, right = st.columns(2, gap="large")
        with left:
            st.markdown("**Training:** the dotted line is the frame on screen.")
            progress(session, run, recording)
        with right:
            st.markdown("**Other lengths:** what was learned by place does not carry over, what was learned by content may.")
            longer(run, recording)
    for note in session.notes:
        st.warning(note, icon=":material/info:")
    session.notes = []


page_style()
open_link(*CHOICES)
study()
