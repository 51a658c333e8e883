"""What does one update do to one weight? The batch, the passes, the chain rule, with every number."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from pages.parts.backprop.batch import batch, controls
from pages.parts.backprop.chain import chain
from pages.parts.backprop.check import check
from pages.parts.backprop.flow import flow
from pages.parts.backprop.passes import passes
from pages.parts.backprop.presets import presets_of
from pages.parts.backprop.study import NAMES, STUDIES, Look, look
from pages.parts.page.choices import bind_choice
from pages.parts.page.frame import page
from pages.parts.page.presets import show_presets
from pages.parts.page.session import Session
from pages.parts.page.snapshot.scrubber import first_look
from pages.parts.page.streamlit_workarounds import section
from pages.parts.way.fold import fold, part
from pages.parts.way.strip import strip


@dataclass(frozen=True)
class Part:
    """One finding: what it says, what draws it, what to notice, and what to try."""

    title: str
    says: str
    draws: Callable[[Look], None]
    notice: str
    to_try: str


PARTS = {
    "batch": Part(
        "1 · The batch",
        "An update looks at a batch: a few training samples, or all of them.",
        batch,
        "The lit samples are all that this update knows of the data: the gradient of its loss is the mean of theirs.",
        "Where an epoch has several updates, go from one to the next: other samples light up, and their loss is "
        "different. Click a lit sample to follow it through the network in the next two parts.",
    ),
    "passes": Part(
        "2 · Forward and back",
        "In the circles are activations; δ under them is how the sample's loss changes with the neuron's sum z. Blue and "
        "solid is positive, orange and dashed negative; wide is strong.",
        passes,
        "The way back uses the same weights as the way forward, and each neuron's derivative f′(z): where that is nearly 0, "
        "little gets through to the layers before.",
        "Press Next until the gradients are there. Then follow another sample: its activations and δ "
        "are its own, the weights are the same until the update is made.",
    ),
    "chain": Part(
        "3 · One weight",
        "A weight's gradient is a sum over all paths from the weight to the loss. Each path gives a product of factors; "
        "backpropagation adds them up layer by layer, in one δ per neuron. Then comes the mean over the batch.",
        chain,
        "For one sample all weights of a neuron share one δ: their products differ only in the input that each weight "
        "multiplies.",
        "Choose the bias of the same neuron: its input is a constant 1, so each sample's product is δ itself.",
    ),
    "check": Part(
        "Gradient check",
        "The derivative of the loss by one weight can be found without backpropagation: make the weight a little larger, "
        "then a little smaller, and see by how much the loss of the batch differs.",
        check,
        "Backpropagation finds all derivatives in one pass forward and one back. The differences need two evaluations of "
        "the loss for every weight, which is why nobody trains with them.",
        "Try a point where a ReLU is not differentiable, so that the two disagree:",
    ),
    "flow": Part(
        "Over training",
        "Each layer's gradient as one number, its length, over the training so far. On its way back the gradient is "
        "multiplied by weights and by f′(z) once per layer.",
        flow,
        "Where that mostly makes it shorter, it vanishes towards the first layers; where it mostly makes it longer, it "
        "explodes.",
        "Open an experiment at its first weights, then move to another snapshot:",
    ),
}  # fmt: skip


def study(session: Session) -> None:
    """One update of the run at the snapshot on screen, and the part of it that is open."""
    seen = look(session, strip(session))
    with fold("Which update, which sample"):
        controls(seen, st.columns([4, 1], gap="medium"))
    st.segmented_control("Look at", STUDIES, format_func=lambda name: PARTS[name].title, label_visibility="collapsed",
                         required=True, **bind_choice(session, "microscope", seen.study, STUDIES[0]))
    with section(STUDIES, seen.study), part():
        _draw(PARTS[seen.study], seen)


def _draw(part: Part, seen: Look) -> None:
    st.markdown(f"**{part.says}**")
    part.draws(seen)
    st.markdown(f":material/visibility: **Notice.** {part.notice}")
    st.markdown(f":material/science: **Try.** {part.to_try}")
    show_presets(seen.session, presets_of(seen.study), "flow_preset", 3, heading="", forgets=NAMES, to_top=True)


page("backprop", study, NAMES, complete_link=first_look)
