"""What does one update do to one weight? The batch, the passes, the chain rule, with every number."""

import streamlit as st

from pages.parts.backprop_batch import batch
from pages.parts.backprop_chain import chain
from pages.parts.backprop_check import check
from pages.parts.backprop_flow import flow, flow_presets
from pages.parts.backprop_look import NAMES, STUDIES, look
from pages.parts.backprop_passes import passes
from pages.parts.choices import bind_choice
from pages.parts.labels import summarise
from pages.parts.scrubber import scrubber
from pages.parts.server import warm_up
from pages.parts.session import current_session, open_link, write_link
from pages.parts.style import page_style

TITLES = {"chain": "The chain of one weight", "check": "Gradient check", "flow": "Gradients over training"}
DRAWN = {"chain": chain, "check": check, "flow": flow}


@st.fragment(key="backprop")
def study() -> None:
    """One update of the run at the frame on screen; reruns on its own."""
    session = current_session()
    st.title("What does one update do to one weight?", anchor=False)
    st.markdown(
        "An update shows the network a few samples, asks how the loss depends on every weight, and moves each a little "
        f"against it. This is the run of the Train page: {summarise(session.run.settings)}."
    )
    frame = scrubber(session)
    seen = look(session, frame)
    write_link(session)
    for note in session.notes:
        st.warning(note, icon=":material/info:")

    st.subheader("1 · Which samples make it", anchor=False)
    batch(seen)

    st.subheader("2 · Forward, and back, in slow motion", anchor=False)
    st.caption("Numbers in the circles are activations; δ under them is how the sample's loss changes with the neuron's "
               "sum. Blue and solid is positive, orange and dashed negative; wide is strong.")
    passes(seen)

    st.subheader("3 · Under the microscope", anchor=False)
    part = st.segmented_control("Study", STUDIES, format_func=TITLES.get, label_visibility="collapsed", required=True,
                                **bind_choice(session, "microscope", seen.study, STUDIES[0]))
    DRAWN[part](seen)

    flow_presets(session)


page_style()
open_link(*NAMES)
study()
warm_up()
