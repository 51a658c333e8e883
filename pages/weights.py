"""What is in the weight matrices? Look at them, through them, and change them."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from pages.parts.fields.labels import parameter_arithmetic
from pages.parts.page.choices import bind_choice, choice
from pages.parts.page.frame import page
from pages.parts.page.session import Session
from pages.parts.page.snapshot.scrubber import first_look
from pages.parts.page.snapshot.take_away import take_away
from pages.parts.way.fold import part
from pages.parts.way.strip import strip
from pages.parts.weights.chain import chain
from pages.parts.weights.edit import edit
from pages.parts.weights.matrices import matrices
from pages.parts.weights.meaning import meaning_folds
from pages.parts.weights.overlay import overlay_notice
from pages.parts.weights.pictures import pictures, what_pictures_show
from pages.parts.weights.sample import one_sample
from pages.parts.weights.study import Study
from pages.parts.weights.trends import trends


@dataclass(frozen=True)
class Section:
    """One finding: what it says, what draws it, what to notice, and what to try."""

    title: str
    says: str
    draws: Callable[[Study], None]
    notice: str | Callable[[Study], str]
    to_try: str | Callable[[Study], str]


SECTIONS = {
    "matrices": Section(
        "Matrices",
        "A layer's weight matrix has a row for each of its neurons and a column for each input they receive; the "
        "biases stand beside it as one more column.",
        matrices,
        "Plain gradient descent moves a weight against its gradient: orange there means that it would grow, blue that it "
        "would shrink, and on one scale the stronger the colour, the farther. A stripe in the difference is a "
        "neuron that changed as a whole.",
        "Scrub to the first snapshot: the difference is 0 everywhere. Then go to the last and compare the scale of the "
        "gradient, which is written on its picture.",
    ),
    "sample": Section(
        "One sample",
        "A layer multiplies its matrix with what comes in, adds the biases, and applies its activation: z = W x + b, "
        "a = f(z).",
        one_sample,
        "A row of the matrix meets the column x term by term; one neuron's z is the sum of these products. The a of "
        "a layer is the x of the next.",
        "Choose another sample: x, z and a change, W and b stay. Which products make the difference?",
    ),
    "pictures": Section(
        "Pictures, mask, bias",
        "Where the inputs are pixels, a neuron's weights are a picture too: blue where ink raises its z, orange where "
        "ink lowers it.",
        pictures,
        what_pictures_show,
        "Lower the bias of one neuron until its z is above 0 on no sample, and read how the score changes.",
    ),
    "trends": Section(
        "Distributions, spectra",
        "How the weights of a layer are spread at every snapshot, how strongly its matrix stretches its inputs, and how "
        "its neurons are doing.",
        trends,
        "A singular value says how strongly one direction is stretched. Few large ones mean that the layer passes on "
        "few combinations of its inputs, however many neurons it has: then the effective rank is low.",
        lambda study: "Train with all weights at 0 (the initializer zeros): every hidden layer keeps a single distinct "
        "neuron for ever." if study.n_layers > 1 else "Add a hidden layer on the Train page: its neurons are then counted.",
    ),
    "chain": Section(
        "Linear chain",
        "Without an activation between them, layers multiply into one matrix: W₂(W₁x + b₁) + b₂ = (W₂W₁)x + (W₂b₁ + b₂).",
        chain,
        "The activation is what makes depth useful: layers without a non-linear activation between them are one matrix.",
        "Train the same network with the identity and with another activation: with the identity all points lie on the "
        "line, to rounding; with a non-linear activation the product is in general another function.",
    ),
    "edit": Section(
        "Edit, files",
        "Change a weight by hand, silence a neuron or freeze it at its mean, and see how the predictions change.",
        edit,
        lambda study: "Silencing a neuron and freezing it differ: silenced, it sends the next layer 0; frozen, it sends "
        "its average whatever the input." if study.n_layers > 1 else "Without a hidden layer, a weight "
        "is the only link from an input to an output: at 0 that input no longer affects that output.",
        lambda study: "Silence the hidden neurons one after the other and take each back: with which does the loss rise "
        "most?" if study.n_layers > 1 else "Set one weight to 0, then take that back: with which does the loss rise most?",
    ),
}


def study(session: Session) -> None:
    """The snapshot, the section that is open, and its finding."""
    here = Study.of(session, strip(session))
    sizes = here.recorded.sizes
    with st.container(key="after_sizes"):
        st.caption(f"Weights and biases: {parameter_arithmetic(sizes)}.")
    opened = choice(session, "section", "str", "matrices", SECTIONS)
    st.segmented_control(
        "Look at", list(SECTIONS), format_func=lambda name: SECTIONS[name].title, required=True,
        label_visibility="collapsed", **bind_choice(session, "section", opened, "matrices"),
    )  # fmt: skip
    if opened != "edit":  # below the fields that make the changes, so that these keep their places
        overlay_notice(here.changes, here.network)
    with part():
        _draw(SECTIONS[opened], here)
    take_away(session)


def _draw(section: Section, here: Study) -> None:
    st.markdown(f"**{section.says}**")
    section.draws(here)
    if section is SECTIONS["matrices"]:
        meaning_folds(here)
    notice, to_try = (words if isinstance(words, str) else words(here) for words in (section.notice, section.to_try))
    st.markdown(f":material/visibility: **Notice.** {notice}")
    st.markdown(f":material/science: **Try.** {to_try}")


page("weights", study,
     ("section", "layer", "neuron", "sample", "shape", "rows", "columns", "corners", "digits", "bias", "pin", "scale",
      "numbers", "source"), complete_link=first_look)  # fmt: skip
