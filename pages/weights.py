"""What is in the weight matrices? Look at them, through them, and change them."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from pages.parts.choices import bind_choice, choice
from pages.parts.labels import parameter_arithmetic, summarise
from pages.parts.scrubber import scrubber
from pages.parts.server import warm_up
from pages.parts.session import current_session, open_link, write_link
from pages.parts.style import page_style
from pages.parts.weights_chain import chain
from pages.parts.weights_common import Study
from pages.parts.weights_edit import edit
from pages.parts.weights_matrices import matrices
from pages.parts.weights_overlay import overlay_notice
from pages.parts.weights_pictures import pictures
from pages.parts.weights_sample import one_sample
from pages.parts.weights_trends import trends


@dataclass(frozen=True)
class Section:
    """One finding: what it says, what draws it, what to notice, and what to try."""

    title: str
    says: str
    draws: Callable[[Study], None]
    notice: str
    to_try: str


SECTIONS = {
    "matrices": Section(
        "Matrices",
        "A layer's weight matrix has a row for each of its neurons and a column for each value that they listen to; the "
        "biases stand beside it as one more column.",
        matrices,
        "Training starts from random numbers and moves each a little, against its gradient: where the gradient is dark, "
        "that weight is about to move. The difference often has stripes, because a useful neuron changes as a whole row.",
        "Scrub to the first frame: the difference is 0 everywhere. Then go to the last: the gradient has nearly faded, "
        "the difference has not.",
    ),
    "sample": Section(
        "One sample",
        "A layer multiplies its matrix with what comes in, adds the biases, and bends each sum: z = W x + b, a = f(z).",
        one_sample,
        "A row of the matrix meets the column x term by term; one neuron's z is the sum of these products. The a of "
        "this layer is the x of the next.",
        "Click on a sample close to the border: the output's z comes close to the value at which the answer turns.",
    ),
    "pictures": Section(
        "Pictures, mask, bias",
        "Where the inputs are pixels, a neuron's weights are a picture too: blue where ink makes it fire, orange where "
        "ink holds it back.",
        pictures,
        "Hidden neurons seldom look like digits. They look for strokes and gaps that tell some digits from others, and "
        "a mask that covers such a place changes the answer for a few digits only. Where no digit has ink, the random "
        "first weights stay as they were.",
        "Lower the bias of one neuron until it never fires: the accuracy falls by what that neuron was worth.",
    ),
    "trends": Section(
        "Distributions, spectra",
        "Over the training the weights spread out, and the matrices come to stretch a few directions more than others.",
        trends,
        "A singular value says how strongly one direction is stretched. Few large ones mean that the layer passes on "
        "few combinations of its inputs, however many neurons it has: then the effective rank is low.",
        "Train with all weights at 0 (the initializer zeros): every layer keeps a single distinct neuron for ever.",
    ),
    "chain": Section(
        "Linear chain",
        "Without an activation between them, layers multiply into one matrix: W₂(W₁x + b₁) + b₂ = (W₂W₁)x + (W₂b₁ + b₂).",
        chain,
        "It is the activation that makes depth worth something: between two bends there is only one matrix.",
        "Open the same run with the identity activation: the points below fall onto the line, to rounding.",
    ),
    "edit": Section(
        "Edit, files",
        "Change a weight by hand, silence a neuron or freeze it at its mean, and see what it was good for.",
        edit,
        "Most single weights hardly matter; a few carry the decision. Silencing a neuron and freezing it differ: frozen, "
        "it still gives the next layer its usual amount, only no news.",
        "Silence the neurons one after the other and take each back: which one costs the most accuracy?",
    ),
}


@st.fragment(key="weights")
def study() -> None:
    """The frame, the section that is open, and its finding; reruns on its own."""
    session = current_session()
    st.title("What is in the weight matrices?", anchor=False)
    notes = st.container()
    here = Study.of(session, scrubber(session))
    sizes = here.recorded.sizes
    st.caption(f"{summarise(here.settings)}: {parameter_arithmetic(sizes)}.")
    opened = choice(session, "section", "str", "matrices", SECTIONS.__contains__)
    st.segmented_control(
        "Look at", list(SECTIONS), format_func=lambda name: SECTIONS[name].title, required=True,
        label_visibility="collapsed", **bind_choice(session, "section", opened, "matrices"),
    )  # fmt: skip
    overlay_notice(here.changes)
    section = SECTIONS[opened]
    st.markdown(f"**{section.says}**")
    section.draws(here)
    st.markdown(f":material/visibility: **Notice.** {section.notice}")
    st.markdown(f":material/science: **Try.** {section.to_try}")
    for note in session.notes:
        notes.warning(note, icon=":material/info:")
    write_link(session)


page_style()
open_link("section", "layer", "neuron", "sample", "rows", "columns", "digits", "bias", "pin")
study()
warm_up()
