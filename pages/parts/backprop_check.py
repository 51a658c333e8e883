"""The gradient check: backpropagation against central differences, for the chosen weight and for all of them."""

import numpy as np
import streamlit as st

from nncore.gradcheck import (
    GradientCheck,
    central_difference,
    check_gradient,
    errors_by_step,
    relative_error,
    rounding_error,
)  # fmt: skip
from nncore.kinks import kinks_crossed
from nncore.trace import parameter_place
from pages.parts.backprop_look import DEFAULT_EXPONENT, EXPONENTS, Look, weight_name
from pages.parts.backprop_weight import weight_picker
from pages.parts.choices import bind_choice
from pages.parts.figures.gradient_flow import difference_steps_figure
from pages.parts.numbers import plain
from pages.parts.server import drawing
from pages.parts.style import is_dark

LIMIT, SEED = 2000, 0
AGREED = 1e-6


def check(look: Look) -> None:
    """Both gradients of the chosen weight, their relative error at every step, and the check of all."""
    weight_picker(look)
    st.markdown(f"You chose **{weight_name(look)}**.")
    st.latex(r"\frac{\partial L}{\partial w} \approx \frac{L(w + h) - L(w - h)}{2h}")
    st.select_slider("Step h", EXPONENTS, format_func=lambda n: f"1e{n}",
                     **bind_choice(look.session, "difference_step", look.exponent, DEFAULT_EXPONENT))
    _one(look, 10.0**look.exponent)
    _all(look, 10.0**look.exponent)


def _one(look: Look, step: float) -> None:
    update, network, index = look.update, look.own_network(), look.chain.index
    with np.errstate(over="ignore", invalid="ignore"):
        difference = central_difference(network, update.X, update.y, index, step)
        steps = 10.0 ** np.array(EXPONENTS)
        errors = errors_by_step(network, update.X, update.y, index, steps)
        kinks = kinks_crossed(network, update.X, update.y, index, step)
    cells = st.columns(3)
    cells[0].metric("By backpropagation", plain(look.chain.gradient, 8))
    cells[1].metric("By central differences", plain(difference, 8))
    cells[2].metric("Relative error", plain(relative_error(look.chain.gradient, difference), 2))
    _warn_of(kinks)
    st.markdown(f"The error for {weight_name(look)} at every h. Where no kink is near, it falls with h² as h shrinks, "
                "until the rounding of the loss takes over and it rises again.")
    with drawing:
        st.plotly_chart(
            difference_steps_figure(steps, errors, step, is_dark()), theme=None, key="difference_steps",
            config={"displayModeBar": False}, alt="Relative error of central differences against the step, log scales.",
        )  # fmt: skip


def _warn_of(kinks: list[str]) -> None:
    if kinks:
        more = f" and {len(kinks) - 2:,} more" if len(kinks) > 2 else ""
        st.warning(
            f"Between w − h and w + h lies a kink ({'; '.join(kinks[:2])}{more}). There the difference averages the "
            "slopes of both sides, and backpropagation takes one: they can disagree. Neither is wrong. A smaller h may not "
            "cross the kink.",
            icon=":material/warning:",
        )


def _all(look: Look, step: float) -> None:
    n_parameters = look.network.n_parameters
    sample = f"a random sample of {LIMIT:,} of the {n_parameters:,} (seed {SEED})" if n_parameters > LIMIT else \
        f"all {n_parameters:,} of them"
    # What was found belongs to one run, frame, update and step, and is forgotten with them.
    name = (look.session.run.key, look.session.frame, look.update.number, step)
    pressed = st.button("Check every weight and bias", icon=":material/fact_check:",
                        help=f"Compares both gradients for {sample}.")
    if pressed:
        bar = st.progress(0.0, f"Checking {sample}")
        with np.errstate(over="ignore", invalid="ignore"):
            found = check_gradient(
                look.own_network(), look.update.X, look.update.y, LIMIT, SEED, step,
                progress=lambda share: bar.progress(share, f"Checking {sample}"),
            )
        bar.empty()
        st.session_state["gradient_check"] = (name, found)
    held = st.session_state.get("gradient_check")
    if held is not None and held[0] == name:
        _report(look, held[1], step, sample)


def _report(look: Look, found: GradientCheck, step: float, sample: str) -> None:
    """The worst disagreement in words, and what explains it."""
    worst = int(np.argmax(np.abs(found.by_backpropagation - found.by_differences)))
    index = int(found.indices[worst])
    place = weight_name(look, parameter_place(look.network, index))
    largest = float(np.abs(found.by_backpropagation).max())
    told = (
        f"Checked {sample}. The worst disagreement is **{plain(found.worst_error, 2)}** of the largest gradient "
        f"({plain(largest, 3)}): at {place}, {plain(found.by_backpropagation[worst], 8)} by backpropagation and "
        f"{plain(found.by_differences[worst], 8)} by differences."
    )
    with np.errstate(over="ignore", invalid="ignore"):
        kinks = kinks_crossed(look.own_network(), look.update.X, look.update.y, index, step)
        rounding = rounding_error(float(look.trace.losses.mean()), step)
    if found.worst_error <= AGREED:
        st.success(f"{told} They agree.", icon=":material/check_circle:")
    elif kinks:
        st.warning(told, icon=":material/warning:")
        _warn_of(kinks)
    elif found.worst_error * largest <= 10 * rounding:
        st.info(f"{told} With h = {step:.0e} the rounding of the loss alone explains that.", icon=":material/info:")
    else:
        st.warning(f"{told} That is the error of the difference itself, which grows with h²: try a smaller h.",
                   icon=":material/warning:")
