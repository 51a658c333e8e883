"""The slow motion: one sample's way forward through the network and its delta's way back, a step at a time."""

import streamlit as st

from nncore.inspection.trace import trace_passes
from pages.parts.backprop.batch import followed
from pages.parts.backprop.diagram import DEEP_FROM, WHOSE, diagram, room, whose_gradients
from pages.parts.backprop.step_words import explain
from pages.parts.backprop.study import Look, keep_weight
from pages.parts.backprop.weight import weight_picker
from pages.parts.fields.formula_tables import ROUNDED
from pages.parts.fields.source import show_source
from pages.parts.figures.backprop.passes import passes_figure
from pages.parts.page.choices import bind_choice
from pages.parts.page.figure import show_figure
from pages.parts.page.session import Session
from pages.parts.page.streamlit_workarounds import ask_for_top
from pages.parts.page.style import is_dark
from pages.parts.way.fold import first_on_phone


def passes(look: Look) -> None:
    """The buttons that move the slow motion, what happens at its step with its numbers, and beside them the diagram."""
    picture, words = st.columns([3, 2] if look.n_layers < DEEP_FROM else [2, 1], gap="large")
    title, sentence, formulas = explain(look)
    with words:
        _controls(look)
        if look.step == look.n_steps - 1:
            whose = whose_gradients(look.session)
            st.segmented_control("Gradients of", list(WHOSE), format_func=WHOSE.get, required=True,
                                 **bind_choice(look.session, "pass_of", whose, "sample"))
        st.caption(followed(look))
        st.markdown(f"**{title}** {sentence}")
        for formula in formulas:
            st.latex(formula)
        if formulas:
            st.caption(ROUNDED)
            show_source(trace_passes, network=look.network, X=look.update.X, y=look.update.y)
    columns, bundles = diagram(look)
    with picture, first_on_phone("passes"):
        show_figure("passes", f"The network diagram. {title} {sentence}", passes_figure, columns, bundles, look.place,
                    selection_mode="points", on_select=lambda: take_clicked_weight(look))  # fmt: skip
    st.caption(_what_is_drawn(look))
    weight_picker(look)


def _what_is_drawn(look: Look) -> str:
    """Which neurons the diagram leaves out, and how to reach them all the same."""
    most = room(look)
    chosen = ("Under a circle stands the neuron's number (or its class), and after it δ. The chosen weight is the "
              f"{'white' if is_dark() else 'black'} line (a bias: a ring). Choose any other here.")
    if max(look.network.sizes) <= most:
        return chosen
    return (
        f"Of a layer with more than {most} neurons, {most} are drawn: those with the strongest δ for this sample (of "
        f"inputs, the largest values), and the chosen weight's own. {chosen} The lists hold every weight."
    )


def _controls(look: Look) -> None:
    last = look.n_steps - 1
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for label, by, icon, is_there in (
            ("From the start", -last, "first_page", look.step > 0),
            ("Previous step", -1, "chevron_left", look.step > 0),
            ("Next step", 1, "chevron_right", look.step < last),
        ):
            st.button(label, key=f"pass_{icon}", icon=f":material/{icon}:", disabled=not is_there,
                      on_click=_go, args=(look.session, by, last))
        st.slider("Step of the slow motion", 0, last, **bind_choice(look.session, "pass_step", look.step, 0))


def _go(session: Session, by: int, last: int) -> None:
    """Goes so many steps on from where the slow motion stands now: the slider may have moved since the button was drawn."""
    step = min(max(int(session.choices.get("pass_step", "0")) + by, 0), last)
    if step:
        session.choices["pass_step"] = str(step)
    else:
        session.choices.pop("pass_step", None)


def take_clicked_weight(look: Look) -> None:
    """A click on a line chooses its weight, on a neuron its bias; at the last step it opens the chain too."""
    for point in st.session_state["passes"].selection.points:
        place = point.get("customdata")
        if place is not None:
            keep_weight(look.session, look.network, tuple(int(number) for number in place))
            if look.step == look.n_steps - 1:
                look.session.choices["microscope"] = "chain"
                ask_for_top()
