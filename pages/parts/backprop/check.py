"""The gradient check: backpropagation against central differences, for the chosen weight and for all of them."""

import numpy as np
import streamlit as st

from nncore import Experiment
from nncore.experiments.costs import cost_of
from nncore.inspection.gradcheck import (
    GradientCheck,
    central_difference,
    check_gradient,
    errors_by_step,
    find_cause,
    relative_error,
)  # fmt: skip
from nncore.inspection.nondifferentiable import NonDifferentiable, nondifferentiable_between
from nncore.inspection.trace import parameter_place
from pages.parts.backprop.study import DEFAULT_EXPONENT, EXPONENTS, Look, weight_name
from pages.parts.backprop.weight import weight_picker
from pages.parts.fields.numbers import plain
from pages.parts.fields.source import show_source
from pages.parts.figures.backprop.gradient_flow import difference_steps_figure
from pages.parts.page.choices import bind_choice
from pages.parts.page.figure import show_figure
from pages.parts.way.fold import first_on_phone

LIMIT, LEAST, SEED = 2000, 50, 0
CHECK_SECONDS = 5.0  # that all of a check takes at most, about
AGREED = 1e-6
CAUSES = {
    "rounding": "That is **rounding**: a loss has 16 digits, and what is lost of them is divided by 2h. Try a **larger** h.",
    "curvature": "That is the error of the difference itself, which grows with h². Try a **smaller** h.",
    "unknown": "Neither a larger nor a smaller h brings the two clearly closer; rounding alone makes about {rounding}.",
}  # fmt: skip


def check(look: Look) -> None:
    """Both gradients of the chosen weight, their relative error at every step, and the check of all."""
    weight_picker(look)
    st.markdown(f"You chose **{weight_name(look)}**.")
    if look.network.l1 or look.network.l2:
        st.caption("L is here what training lowers: the loss of the batch and the penalty together.")
    st.latex(r"\frac{\partial L}{\partial w} \approx \frac{L(w + h) - L(w - h)}{2h}")
    st.select_slider("Step h", EXPONENTS, format_func=lambda n: f"1e{n}",
                     **bind_choice(look.session, "difference_step", look.exponent, DEFAULT_EXPONENT))
    is_explained = _one(look, 10.0**look.exponent)
    _all(look, 10.0**look.exponent, is_explained)


def _one(look: Look, step: float) -> bool:
    """The chosen weight's two gradients; whether a point without a derivative was warned of."""
    update, network, index = look.update, look.own_network(), look.chain.index
    with np.errstate(over="ignore", invalid="ignore"):
        difference = central_difference(network, update.X, update.y, index, step)
        steps = 10.0 ** np.array(EXPONENTS)
        errors = errors_by_step(network, update.X, update.y, index, steps)
        crossed = nondifferentiable_between(network, update.X, update.y, index, step)
    with first_on_phone("check"):
        cells = st.columns(3)
    cells[0].metric("By backpropagation", plain(look.chain.gradient, 8))
    cells[1].metric("By central differences", plain(difference, 8))
    cells[2].metric("Relative error", plain(relative_error(look.chain.gradient, difference), 2))
    show_source(central_difference, model=network, X=update.X, y=update.y, index=index, step=step)
    if crossed:
        st.warning(f"{_where(crossed)} {_consequence(crossed)}", icon=":material/warning:")
    st.markdown(f"The error for {weight_name(look)} at every h. Where the loss is differentiable, it falls with h² as h "
                "shrinks, until the rounding of the loss takes over and it rises again.")
    show_figure("difference_steps", "Relative error of central differences against the step, log scales.",
                difference_steps_figure, steps, errors, step)  # fmt: skip
    return bool(crossed)


def _where(found: list[NonDifferentiable]) -> str:
    more = f" and {len(found) - 2:,} more" if len(found) > 2 else ""
    return ("Between w − h and w + h lies a point where the loss is not differentiable "
            f"({'; '.join(point.name for point in found[:2])}{more}).")


def _consequence(found: list[NonDifferentiable]) -> str:
    smaller = "A smaller h may not reach this point."
    if any(point.is_at_value for point in found):
        smaller = "The point lies exactly at w: every h crosses it, however small."
    return ("There the difference averages the derivatives of both sides, and backpropagation takes one: they can disagree. "
            f"Neither is wrong. {smaller}")


def _all(look: Look, step: float, is_explained: bool) -> None:
    n_parameters = look.network.n_parameters
    most = checked_at_most(look.experiment, len(look.update.X))
    sample = f"a random sample of {most:,} of the {n_parameters:,} (seed {SEED})" if n_parameters > most else \
        f"all {n_parameters:,} of them"
    # What was found belongs to one run, frame, update and step, and is forgotten with them.
    name = (look.session.run.key, look.session.frame, look.update.number, step)
    pressed = st.button("Check every weight and bias", icon=":material/fact_check:",
                        help=f"Compares both gradients for {sample}.")
    if pressed:
        bar = st.progress(0.0, f"Checking {sample}")
        with np.errstate(over="ignore", invalid="ignore"):
            found = check_gradient(
                look.own_network(), look.update.X, look.update.y, most, SEED, step,
                progress=lambda share: bar.progress(share, f"Checking {sample}"),
            )
        bar.empty()
        st.session_state["gradient_check"] = (name, found)
    held = st.session_state.get("gradient_check")
    if held is not None and held[0] == name:
        told = f"Checked {sample}. {_worst(look, held[1])}"
        if held[1].worst_error <= AGREED:
            st.success(f"{told} They agree.", icon=":material/check_circle:")
        else:
            st.warning(f"{told} {_why(look, held[1], step, is_explained)}", icon=":material/warning:")


def checked_at_most(experiment: Experiment, samples: int) -> int:
    """How many weights and biases are checked on so many samples: at most 2,000, or as many as take about five seconds."""
    return int(np.clip(CHECK_SECONDS / (2 * cost_of(experiment, samples).update_seconds), LEAST, LIMIT))


def _worst(look: Look, found: GradientCheck) -> str:
    """Where the two disagree most, and by how much."""
    worst = int(found.disagreements.argmax())
    place = weight_name(look, parameter_place(look.network, int(found.indices[worst])))
    largest = float(np.abs(found.by_backpropagation).max())
    beside = f"{size_beside(found.worst_error)} the largest gradient ({plain(largest, 3)})"
    if not largest:
        beside = f"**{plain(found.worst_error, 2)}**, where backpropagation gives 0 everywhere"
    return (
        f"The worst disagreement is {beside}: at {place}, "
        f"{plain(found.by_backpropagation[worst], 8)} by backpropagation and {plain(found.by_differences[worst], 8)} by "
        "differences."
    )


def size_beside(ratio: float) -> str:
    """A ratio in words that end before what it is taken to: "**0.02** of", "**about as large as**"."""
    number = plain(ratio, 2)
    if number == "1":
        return "**about as large as**"
    return f"**{number}** of" if ratio < 1 else f"**{number} times**"


def _why(look: Look, found: GradientCheck, step: float, is_explained: bool) -> str:
    """What explains the worst disagreement; not said again where it `is_explained` already."""
    update, worst = look.update, int(found.disagreements.argmax())
    if not np.isfinite(found.worst_error):
        return "The numbers grew beyond all bounds."
    with np.errstate(over="ignore", invalid="ignore"):
        crossed = nondifferentiable_between(look.own_network(), update.X, update.y, int(found.indices[worst]), step)
        if not crossed:
            cause = find_cause(look.own_network(), update.X, update.y, found, step)
            here, larger, smaller, rounding = (plain(size, 2) for size in cause[1:])
            return (f"{CAUSES[cause.name].format(rounding=rounding)} Where the two disagree most, they do so by {here} at "
                    f"this h, by {larger} at ten times this h, and by {smaller} at a tenth of it.")
    if is_explained:
        return "There, too, the loss is not differentiable between w − h and w + h."
    return f"{_where(crossed)} {_consequence(crossed)}"
