"""What can one neuron learn? A weighted sum, an activation, a loss, and the chain rule with numbers in it."""

import streamlit as st

from nncore.single_neuron.kinds import NEURONS
from pages.parts.neuron.activations import activations
from pages.parts.neuron.buttons import pick_sample, step_buttons
from pages.parts.neuron.chain import chain
from pages.parts.neuron.controls import NAMES, neuron_controls, read_setup
from pages.parts.neuron.goal import goal
from pages.parts.neuron.loss import loss_around
from pages.parts.neuron.presets import PRESETS
from pages.parts.neuron.rates import rates
from pages.parts.neuron.stops import stops
from pages.parts.neuron.study import answers, look_at
from pages.parts.neuron.summary import summary
from pages.parts.neuron.theory import theory
from pages.parts.page.choices import bind_choice, choice
from pages.parts.page.frame import page
from pages.parts.page.presets import show_presets
from pages.parts.page.session import Session
from pages.parts.way.words_strip import strip_place, words_strip

CHAPTERS = {
    "chain": ("One sample", chain), "loss": ("The loss around it", loss_around), "rates": ("The learning rate", rates),
    "goal": ("Where it ends", goal), "stops": ("When to stop", stops), "activations": ("Activations", activations),
}  # fmt: skip


def study(session: Session) -> None:
    """The neuron, its samples and its steps, and the chapter that is open."""
    setup = read_setup(session)
    with st.sidebar:
        neuron_controls(session, setup)
    place = strip_place()
    picture, words = st.columns(2, gap="medium")
    with words:
        look = look_at(session, setup)
        look = look_at(session, setup, pick_sample(session, len(look.y)))
        summary(look)
        step_buttons(session, setup, read_setup)
    words_strip(place, NEURONS[setup.kind].title, f"{len(look.y)} sample{'s' * (len(look.y) > 1)}",
                f"{len(look.path.rates):,} step{'s' * (len(look.path.rates) != 1)} taken")
    with picture:
        answers(look)
    part = choice(session, "n_part", "str", "chain", CHAPTERS)
    st.segmented_control("Chapter", list(CHAPTERS), format_func=lambda name: CHAPTERS[name][0], required=True,
                         label_visibility="collapsed", **bind_choice(session, "n_part", part, "chain"))
    CHAPTERS[part][1](look)
    theory(look)
    st.markdown("##### Things to try")
    show_presets(session, PRESETS, "n_preset", 3, heading="", forgets=NAMES, to_top=True, framed=False)


page("neuron", study, NAMES, sidebar="one neuron")
