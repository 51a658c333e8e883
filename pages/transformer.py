"""What can one transformer block learn? Pick a task, train it, look through its heads."""

import streamlit as st

from nncore.attention.sequence_tasks import TASKS
from nncore.attention.transformer_run import BATCH, LENGTH, N_TRAINING, RATE
from pages.parts.page.frame import page
from pages.parts.page.inside.take_code import take_code
from pages.parts.page.inside.trained import Trained
from pages.parts.page.session import Session
from pages.parts.transformer.before import before
from pages.parts.transformer.questions import questions
from pages.parts.transformer.study import heads_over_training, longer, look, pick_run, progress, train
from pages.parts.way.fold import fold
from pages.parts.way.words_strip import strip_place, words_strip

CHOICES = (
    "task", "block_heads", "block_start", "block", "block_frame", "length", "example", "typed_letters", "typed_pairs",
    "block_place", "code_language",
)  # fmt: skip


def study(session: Session) -> None:
    """The task, its training and its findings."""
    place = strip_place()
    st.container(key="after_intro").markdown(
        "**One block of today's transformer:** attention lets each token take in information from the others, the "
        "feed-forward part works on each token by itself; both add to what was there, and layer normalisation keeps the "
        "numbers in bounds."
    )
    with fold("Task, heads, first weights"):
        run = pick_run(session)
    words_strip(place, TASKS[run.task].title.capitalize(), f"{run.heads} head{'s' * (run.heads > 1)}, start {run.seed}",
                "a block of its own, trained here")
    st.container(key="after_task").markdown(f"The task: {TASKS[run.task].rule}.")
    recording = train(session, run)
    if recording is None:
        before(run)
        st.caption(f"{N_TRAINING:,} sequences of {LENGTH} tokens, batches of {BATCH}, {run.n_updates:,} updates of Adam, "
                   f"learning rate {RATE:g} falling along a cosine. It takes a few seconds.")  # fmt: skip
    else:
        with st.container():  # one element, which makes room as a whole for the next training
            frame = look(session, run, recording)
            lengths, training, heads = st.tabs(["Other lengths", "Training", "The heads over training"])
            with lengths:
                st.markdown("**Other lengths:** places right on sequences that were not trained on.")
                longer(run, recording)
            with training:
                st.markdown("**Training:** the dotted upright line is the snapshot on screen.")
                progress(session, run, recording)
            with heads:
                st.markdown("**The heads over training:** the share of each head's attention on the squares.")
                heads_over_training(session, run, recording)
            take_code(Trained(session, run, recording, frame))
    questions(run)


page("transformer", study, CHOICES, watches=True)
