"""What a person writes or pastes: a formula, or an address of TensorFlow Playground."""

import streamlit as st

from nncore import Experiment, Run, from_playground
from nncore.data.own import FORMULA, formula_name
from pages.parts.own.taking import say, take_dataset
from pages.parts.page.session import Session, refresh

FORMULA_FIELD, ADDRESS_FIELD = "own_formula", "own_address"
FORMULA_HELP = ("A comparison makes two classes, anything else a target. There are x and y from -6 to 6, numbers, pi, "
                "`+ - * / **`, `< <= > >= == !=`, and, or, not, sin, cos, tan, exp, log, sqrt, abs, min, max.")  # fmt: skip


def formula_controls(session: Session, e: Experiment) -> None:
    """The field for a formula."""
    if FORMULA_FIELD not in st.session_state and e.dataset.startswith(FORMULA):
        st.session_state[FORMULA_FIELD] = e.dataset.removeprefix(FORMULA)
    st.text_input("A formula in x and y", key=FORMULA_FIELD, placeholder="y > sin(x)", help=FORMULA_HELP,
                  on_change=lambda: _take_formula(session))  # fmt: skip
    st.caption("Try `y > sin(x)`, `x**2 + y**2 < 9`, `abs(x) + abs(y) < 4 or y > 4`, or a target: `sin(x) * y`.")


def _take_formula(session: Session) -> None:
    typed = st.session_state.get(FORMULA_FIELD, "")
    if not typed.strip():
        return
    try:
        name = formula_name(typed)
    except ValueError as error:
        say("formula", f"{error}")
        return
    take_dataset(session, "formula", name)
    refresh(session)


def address_controls(session: Session, e: Experiment) -> None:
    """The field for an address of TensorFlow Playground."""
    st.text_input("An address of TensorFlow Playground", key=ADDRESS_FIELD,
                  placeholder="https://playground.tensorflow.org/#activation=tanh&…",
                  help="The same experiment opens here, and it is said what differs.",
                  on_change=lambda: _take_address(session))  # fmt: skip


def _take_address(session: Session) -> None:
    typed = st.session_state.get(ADDRESS_FIELD, "")
    if not typed.strip():
        return
    try:
        experiment, notes = from_playground(typed)
    except ValueError as error:
        say("address", str(error))
        return
    session.show(Run(experiment))
    say("address", *notes)
    refresh(session)
