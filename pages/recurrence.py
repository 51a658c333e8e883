"""What does a recurrent network remember? Train one on a task of memory, and see how far back it reaches."""

import streamlit as st

from nncore.experiments.architectures.sequence_run import N_TRAINING, SEQUENCE_BATCH, SEQUENCE_RATE
from pages.parts.page.choices import bind_choice, choice
from pages.parts.page.frame import page
from pages.parts.page.inside.folds import inside_folds
from pages.parts.page.inside.trained import Trained
from pages.parts.page.session import Session
from pages.parts.recurrence.clipping import clipping, is_clipping_started
from pages.parts.recurrence.findings import dependence, distances, gradients
from pages.parts.recurrence.letters import text
from pages.parts.recurrence.one_sum import one_sum
from pages.parts.recurrence.study import CELL_NAMES, pick_look, pick_run, score_words, step_by_step, train
from pages.parts.recurrence.waiting import waiting
from pages.parts.way.fold import fold
from pages.parts.way.words_strip import strip_place, words_strip

FINDINGS = {
    "gradient": ("The gradient, step by step", gradients),
    "clip": ("Exploding, and clipped", clipping),
    "inputs": ("What an answer depends on", dependence),
    "distance": ("Who learns over which distance", distances),
    "waiting": ("What has to wait", waiting),
    "sum": ("One step's sum", one_sum),
    "text": ("Letters that go on", text),
}
CHOICES = (
    "memory_task", "cell", "sequence_steps", "state_size", "clip_at", "gradient_stretch", "start_radius", "memory_start",
    "memory", "memory_frame", "sequence",
    "matrix", "matrix_look", "code_language",
    "memory_use", "memory_guess", "clip_asked", "answer_step", "temperature", "text_draw", "beginning",
    "sum_step", "sum_neuron", "sum_gate",
)  # fmt: skip


def study(session: Session) -> None:
    """The task, the training, one sequence step by step, and how far back the network reaches."""
    place = strip_place()
    with fold("Task, cell, first weights"):
        run = pick_run(session)
        st.markdown(f"The task: {run.kind.rule}.")
    words_strip(place, run.kind.title, f"{CELL_NAMES[run.cell]} cell, {run.n_hidden} neurons, {run.length} steps, "
                f"start {run.seed}", "a network of its own, trained here")  # fmt: skip
    if run.stretch:
        st.markdown(f"**Truncated:** no update sees what an answer owes to inputs {run.stretch} or more steps back. "
                    "An echo or an order from further away is not taught: what the state still has of it is luck. Parity "
                    "can be learned, for one step holds its whole rule.")  # fmt: skip
    first = "text" if run.task == "letters" else "gradient"
    name = choice(session, "memory_use", "str", first, FINDINGS)
    if name == "clip":
        is_clipping_started(session, run)  # what the link says of it is heard before the training's reruns
    recording = train(session, run)
    if recording is None:
        st.caption(f"{N_TRAINING:,} sequences of {run.length} steps, batches of {SEQUENCE_BATCH}, {run.n_updates} updates "
                   f"of Adam, learning rate {SEQUENCE_RATE:g}. It takes a few seconds.")  # fmt: skip
        return
    with st.container():  # one element, which makes room as a whole for the next training
        look = pick_look(session, run, recording)
        with st.container():  # on a phone the figure stands above what is said of it
            st.container(key="after_memory_score").markdown(score_words(look))
            step_by_step(look)
        st.subheader("What does it remember?", anchor=False)
        st.segmented_control("Finding", list(FINDINGS), format_func=lambda key: FINDINGS[key][0], required=True,
                             label_visibility="collapsed", **bind_choice(session, "memory_use", name, first))  # fmt: skip
        FINDINGS[name][1](look)
        inside_folds(Trained(session, run, recording, look.frame))
    st.markdown("**Try:** put *Snapshot* to 0 and look at the gradient: before training, very little of it reaches the "
                "first state. Then take the plain cell and 40 steps: does training still find a way back? And with a W_hh "
                "that begins with a spectral radius of 3: how large is the gradient at the first state then?")  # fmt: skip


page("recurrence", study, CHOICES, watches=True)
