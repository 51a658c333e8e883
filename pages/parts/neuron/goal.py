"""The chapter about where descent ends: the neuron beside a solution that was found another way."""

from dataclasses import replace

import numpy as np
import streamlit as st

from nncore.cache import cached
from nncore.single_neuron.data import make_points
from nncore.single_neuron.descent import NeuronSetup, states_after, steps_until
from nncore.single_neuron.neuron import Neuron
from nncore.single_neuron.solutions import Solution, solve
from pages.parts.fields.numbers import plain
from pages.parts.fields.source import show_source
from pages.parts.neuron.study import Look
from pages.parts.neuron.summary import numbers_table

SIX_DECIMALS = 5e-7
MOST_STEPS = 2000
OTHER_RATES = (1.0, 3.0, 10.0)  # are in the side bar too
ONWARDS = (0, 10, 100, 1000)


def _solved(kind: str, points: str, n_inputs: int, draw_number: int) -> Solution:
    return solve(kind, *make_points(points, n_inputs, draw_number))


def solution_of(look: Look) -> Solution:
    """Where this neuron's descent should end."""
    setup = look.setup
    return cached(_solved, setup.kind, setup.points, setup.n_inputs, setup.draw, n_bytes=1000)


def goal(look: Look) -> None:
    """The present weights beside the solution that another method finds, and where more steps lead."""
    solution = solution_of(look)
    st.markdown("Descent is one way to the best weights. Where there is another, both must lead to the same loss.\n\n"
                + solution.remark)  # fmt: skip
    if solution.parameters is None:
        _onwards(look)
        return
    if look.setup.kind == "linear":
        # The pseudo-inverse is the one that serves fewer samples than weights too.
        unique = len(look.y) > look.setup.n_inputs
        st.latex(r"\mathbf{w}^* = (X^\top X)^{-1} X^\top \mathbf{y}" if unique else r"\mathbf{w}^* = X^{+} \mathbf{y}")
        st.caption("Each row of X is a sample with a 1 at its end, for the bias."
                   + ("" if unique else " X⁺ is the pseudo-inverse, because XᵀX has no inverse here."))  # fmt: skip
    rows = [f"| {name} | {now:.6f} | {there:.6f} | {plain(now - there, 3)} |" for name, now, there in zip(
        (*look.parameter_names, "loss L"), (*look.neuron.parameters, look.path.losses[-1]),
        (*solution.parameters, solution.loss), strict=True)]  # fmt: skip
    st.markdown("| | this neuron | solution | difference |\n|---|--:|--:|--:|\n" + "\n".join(rows).replace("-", "−"))
    st.caption(f"The solution is found by {solution.method}.")
    show_source(solve, kind=look.setup.kind, X=look.X, y=look.y)
    st.caption("Try: go on with steps on the batch. " + _expected(look, solution.parameters))


def _onwards(look: Look) -> None:
    """Where there is no solution to compare with: the weights, the bias and the loss after more steps on the batch."""
    states, losses = states_after(look.setup, look.neuron.parameters, ONWARDS)
    st.markdown("Where more steps on the batch lead from here, at the η and the schedule in the side bar:")
    rows = [("now" if count == 0 else f"{count:,} more steps", *state, loss)
            for count, state, loss in zip(ONWARDS, states, losses, strict=True)]  # fmt: skip
    st.html(numbers_table((*look.parameter_names, "loss"), rows))
    st.caption("Try: the same with another η. " + _onwards_words(look, states, losses))


def _onwards_words(look: Look, states: np.ndarray, losses: np.ndarray) -> str:
    if not np.isfinite(losses[-1]):
        return "At this one the steps leave all bounds."
    if look.neuron.kind.by_rule:
        # Two rows alike are no sign of rest: where no border does it, the rule goes round in circles.
        rests = not Neuron(look.setup.kind, states[-1]).gradient(look.X, look.y).any()
        if rests:
            return "At this one nothing moves any more at the end."
        return f"At this one some answer is still wrong after {ONWARDS[-1]:,} steps, so the weights go on moving."
    change = float(np.abs(states[-1] - states[-2]).max())
    return f"At this one a weight or the bias moves by {plain(change, 2)} between the last two rows."


def _steps_at(setup: NeuronSetup, parameters: np.ndarray, goal: np.ndarray, rate: float) -> int | None:
    paced = replace(setup, learning_rate=rate, schedule="constant")
    return steps_until(paced, parameters, goal, SIX_DECIMALS, MOST_STEPS // 2)


def _expected(look: Look, solution: np.ndarray) -> str:
    """How many more steps it takes until six decimals agree, counted."""
    if look.setup.kind == "linear" and len(look.y) <= look.setup.n_inputs:
        return "Expect another of the many lines that fit, with the same loss: which one depends on the first weights."
    steps = steps_until(look.setup, look.neuron.parameters, solution, SIX_DECIMALS, MOST_STEPS)
    if steps == 0:
        return "Expect no change: six decimals agree already."
    if steps is not None:
        return f"Expect six decimals of the weights to agree after {steps:,} more, at this η."
    _, losses = states_after(look.setup, look.neuron.parameters, ONWARDS)
    too_large = not np.isfinite(losses[-1])
    here = ("At this η each step leads farther away: no number of them is enough." if too_large else
            f"At this η, {MOST_STEPS:,} more are not enough for six decimals of the weights to agree.")  # fmt: skip
    for rate in () if look.setup.kind == "absolute" else OTHER_RATES:
        steps = cached(_steps_at, look.setup, look.neuron.parameters, solution, rate, n_bytes=100)
        if steps is not None:
            return f"{here} At η = {rate:g} expect six decimals of the weights to agree after {steps:,}."
    shrink = " A schedule that shrinks η comes closer." if look.setup.kind == "absolute" else ""
    return here + shrink
