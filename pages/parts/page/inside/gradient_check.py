"""The fold *Check its gradient*: backpropagation against central differences, for any network that is trained here."""

import numpy as np
import streamlit as st

from nncore.experiments.architectures import SequenceRun
from nncore.inspection.gradcheck import GradientCheck, central_difference, check_gradient
from pages.parts.fields.numbers import plain
from pages.parts.fields.source import show_source
from pages.parts.page.inside.parts import place_of
from pages.parts.page.inside.trained import EXAMPLES, Trained

MOST, SEED, STEP = 200, 0, 1e-6
AGREED = 1e-6


def gradient_fold(trained: Trained) -> None:
    """A fold whose button compares both gradients at the snapshot on screen, and says where they differ most."""
    n_parameters = trained.model.parameters.size
    which = f"a random sample of {MOST} of its {n_parameters:,}" if n_parameters > MOST else f"all {n_parameters} of its"
    with st.expander("Check its gradient", icon=":material/fact_check:", key="inside_check"):
        st.markdown(f"Backpropagation computes all slopes of the loss at once. A slope can also be measured, with no "
                    f"backpropagation: move one weight by h = {STEP:g} up and down, and see how the loss changes. That is "
                    f"done here for {which} weights and biases, at this snapshot, on the first {EXAMPLES} training "
                    "examples.")  # fmt: skip
        st.latex(r"\frac{\partial L}{\partial w} \approx \frac{L(w + h) - L(w - h)}{2h}")
        name = (trained.run, trained.frame)  # what was found belongs to them, and is forgotten with them
        if st.button("Check the gradient", key="inside_check_now"):
            st.session_state["inside_checked"] = (name, _checked(trained, min(MOST, n_parameters)))
        held = st.session_state.get("inside_checked")
        if held is not None and held[0] == name:
            _tell(trained, held[1])
            X, y = trained.examples()
            worst = int(held[1].indices[_worst(held[1])])
            show_source(central_difference, model=trained.model, X=X, y=y, index=worst, step=STEP)


def _checked(trained: Trained, n_checked: int) -> GradientCheck:
    """Both gradients of `n_checked` weights and biases; a bar says how many are measured so far."""
    bar = st.empty()

    def show(share: float) -> None:
        bar.progress(share, f"Measuring slopes, with two losses for each: {round(share * n_checked)} of {n_checked}")

    with np.errstate(over="ignore", invalid="ignore"):
        found = check_gradient(trained.model, *trained.examples(), MOST, SEED, STEP, show)
    bar.empty()
    return found


def _tell(trained: Trained, found: GradientCheck) -> None:
    worst = _worst(found)
    place = place_of(trained.run, int(found.indices[worst]))
    says = (
        f"Checked {len(found.indices)} weights and biases. The worst disagreement is **{plain(found.worst_error, 2)}** of "
        f"the largest gradient: at {place}, {plain(found.by_backpropagation[worst], 8)} by backpropagation and "
        f"{plain(found.by_differences[worst], 8)} by differences."
    )
    if found.worst_error <= AGREED:
        st.success(f"{says} They agree.", icon=":material/check_circle:")
    else:
        st.warning(f"{says} {_why(trained)}", icon=":material/warning:")


def _worst(found: GradientCheck) -> int:
    """Which of the checked parameters disagrees most."""
    return int(np.nan_to_num(found.disagreements, nan=np.inf).argmax())


def _why(trained: Trained) -> str:
    """What may explain a disagreement."""
    if isinstance(trained.run, SequenceRun):
        if trained.run.stretch:
            return (f"That is as it should be: the gradient goes back {trained.run.stretch} steps at most, and the "
                    "differences see the whole sequence. What they differ by is what truncation leaves out.")  # fmt: skip
        return "The loss is rounded to 16 digits, and what is lost of them is divided by 2h."
    return ("Between w − h and w + h a sum may pass 0, where ReLU has a corner, or another number may win a pool. There the "
            "difference averages two slopes, and backpropagation takes one; neither is wrong.")  # fmt: skip
