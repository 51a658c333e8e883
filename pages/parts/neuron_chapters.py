"""The chapters of the page about one neuron: each draws one finding for the neuron as it stands."""

from functools import lru_cache

import numpy as np
import streamlit as st

from nncore import SCHEDULES
from nncore.activation_facts import RANGES, SHOWN_ACTIVATIONS, cost, curve, saturation
from nncore.neuron import Neuron, chain_of
from nncore.neuron_data import make_points
from nncore.neuron_descent import above_best, compare_rates, largest_stable_rate, loss_along, loss_over, rate_at, window
from nncore.neuron_solutions import Solution, solve
from nncore.neuron_stopping import STOP_SCENES, StopTrial, try_stop
from pages.parts.choices import bind_choice, choice
from pages.parts.figures.activations import curves_figure
from pages.parts.figures.descent import (
    BowlView,
    SliceView,
    bowl_figure,
    race_figure,
    settle_figure,
    slice_figure,
    stop_figure,
)
from pages.parts.labels import name_of
from pages.parts.neuron_look import Look, draw
from pages.parts.neuron_words import backward_block, forward_block, rule_of_signs, step_block, ways_on
from pages.parts.numbers import short
from pages.parts.training_controls import TOLERANCES

TRAIL, SLICE_TRAIL = 61, 21  # states: of the last 60 steps on the map, of the last 20 on the curve
RACE_STEPS = {"sizes": 100, "schedules": 400}
RACES = {"sizes": "sizes of η", "schedules": "fixed or changing"}
SIDES = {"batch": "all samples", "sample": "this sample"}
DEFAULT_CURVES = ("identity", "sigmoid", "tanh", "step")


def chain(look: Look) -> None:
    """Forward, backward and step for one sample, in formulas with numbers, and the rule of signs in words."""
    links = chain_of(look.neuron, look.X[look.sample], look.y[look.sample], look.rate)
    kind = look.neuron.kind
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown("##### Forward: the answer and its loss")
        st.latex(forward_block(kind, links))
        st.markdown("##### The rule of signs\n" + rule_of_signs(kind, links))
        _without_slope(look)
    with right:
        st.markdown("##### Backward: the chain of slopes")
        st.latex(backward_block(kind, links))
        st.markdown("##### The step")
        st.latex(step_block(links))


def _without_slope(look: Look) -> None:
    """A step: why it needs a rule. A squared error behind a sigmoid: what cross-entropy would have said instead."""
    if look.neuron.kind.by_rule:
        st.info("A step is flat: ∂a/∂z = 0, and with it every product of the chain rule. The perceptron's rule takes the "
                "error a − y for δ instead.")
    if look.setup.kind != "sigmoid_squared":
        return
    x, y = look.X[look.sample], look.y[look.sample]
    ours = chain_of(look.neuron, x, y, look.rate)
    other = chain_of(Neuron("logistic", look.neuron.parameters), x, y, look.rate)
    st.info(
        f"The slope of the sigmoid here is ∂a/∂z = {short(ours.activation_slope, 3)}, and it is a factor of δ = "
        f"{short(ours.delta, 3)}. Cross-entropy would have cancelled it: δ = {short(other.delta, 3)} for the very same "
        "answer."
    )


def loss_around(look: Look) -> None:
    """The loss along one weight with tangent, step and trail, and over that weight and the bias."""
    session, names = look.session, look.parameter_names
    left, right = st.columns(2)
    side = choice(session, "n_of", "str", "batch", SIDES.__contains__)
    left.segmented_control("Loss of", list(SIDES), format_func=SIDES.get, required=True,
                           **bind_choice(session, "n_of", side, "batch"))
    along = choice(session, "n_along", "int", 0, lambda value: 0 <= value < look.setup.n_inputs + 1)
    right.segmented_control("Along", range(len(names)), format_func=lambda place: names[place], required=True,
                            **bind_choice(session, "n_along", along, 0))
    rows = slice(None) if side == "batch" else slice(look.sample, look.sample + 1)
    X, y = look.X[rows], look.y[rows]
    _, gradient = look.neuron.loss_and_gradient(X, y)
    landing = look.neuron.parameters - look.rate * gradient
    trail_losses = np.asarray(Neuron(look.setup.kind, look.path.parameters).loss(X, y))
    left, right = st.columns(2, gap="medium")
    with left:
        _slice(look, X, y, along, trail_losses, gradient[along], landing)
    with right:
        _bowl(look, X, y, min(along, look.setup.n_inputs - 1), landing)


def _slice(look: Look, X: np.ndarray, y: np.ndarray, along: int, trail_losses: np.ndarray, slope: float,
           landing: np.ndarray) -> None:  # fmt: skip
    trail, name = look.path.parameters[-SLICE_TRAIL:, along], look.parameter_names[along]
    values = np.linspace(*window(np.append(trail, _near(trail, landing[along]))), 121)
    landed = float(loss_along(look.neuron, X, y, along, landing[along : along + 1])[0])
    # The perceptron's rule is no slope of this loss, which is flat wherever it has a slope at all.
    tangent = 0.0 if look.neuron.kind.by_rule else float(slope)
    view = SliceView(name, values, loss_along(look.neuron, X, y, along, values), trail, trail_losses[-SLICE_TRAIL:], tangent,
                     (float(landing[along]), landed))  # fmt: skip
    alt = f"The loss along {name}: {trail_losses[-1]:.4g} at {trail[-1]:.4g}, slope {tangent:.3g}."
    draw("n_slice", alt, slice_figure, view)


def _near(trail: np.ndarray, landing: float) -> float:
    """The landing, if a picture of the trail can still show it."""
    reach = 4.0 * max(1.0, float(np.ptp(trail)))
    return float(np.clip(landing, trail[-1] - reach, trail[-1] + reach))


def _bowl(look: Look, X: np.ndarray, y: np.ndarray, along: int, landing: np.ndarray) -> None:
    trail, name = look.path.parameters[-TRAIL:, [along, -1]], look.parameter_names[along]
    goal = _solution(look).parameters if len(y) == len(look.y) and look.setup.n_inputs == 1 else None
    ends = [np.append(trail[:, side], _near(trail[:, side], landing[place])) for side, place in ((0, along), (1, -1))]
    goals = [[], []] if goal is None else [[goal[along]], [goal[-1]]]
    values, biases = (np.linspace(*window(np.append(end, at)), 61) for end, at in zip(ends, goals, strict=True))
    view = BowlView(name, values, biases, loss_over(look.neuron, X, y, along, values, biases), trail,
                    (float(landing[along]), float(landing[-1])),
                    None if goal is None else (float(goal[along]), float(goal[-1])))  # fmt: skip
    alt = f"The loss over {name} and b, with the trail of the last {len(trail) - 1} steps."
    draw("n_bowl", alt, bowl_figure, view)


def rates(look: Look) -> None:
    """Descents from the first weights with several learning rates, or with several schedules."""
    session = look.session
    race = choice(session, "n_race", "str", "sizes", RACES.__contains__)
    st.segmented_control("Compare", list(RACES), format_func=RACES.get, required=True,
                         **bind_choice(session, "n_race", race, "sizes"))
    rate, steps = look.setup.learning_rate, RACE_STEPS[race]
    if race == "sizes":
        runs = {f"η = {rate * factor:.3g}": (rate * factor, look.setup.schedule) for factor in (0.03, 0.3, 1, 3, 10)}
    else:
        runs = {name_of(name): (rate, name) for name in SCHEDULES}
    table = np.array([[rate_at(*run, step) for step in range(steps)] for run in runs.values()])
    losses = compare_rates(Neuron(look.setup.kind, look.setup.start), look.X, look.y, table)
    best = _solution(look).loss
    ends = [f"{name} **{_end(curve)}**" for name, curve in zip(runs, losses, strict=True)]
    alt = "; ".join(ends).replace("*", "")
    if race == "schedules" and best is not None:
        draw("n_settle", alt, settle_figure, list(runs), above_best(losses, best))
    else:
        draw("n_race_figure", alt, race_figure, list(runs), losses, best)
    st.markdown(f"After {steps} steps: {', '.join(ends)}.")
    if look.setup.kind == "linear":
        st.markdown(
            f"For a straight line and the squared error the limit can be computed: 2 / (largest curvature) = "
            f"**{largest_stable_rate(look.X):.3g}**. Any larger rate jumps farther out with every step."
        )


def _end(losses: np.ndarray) -> str:
    if np.isfinite(losses[-1]):
        return f"loss {short(float(losses[-1]), 3)}"
    return f"diverged at step {int(np.argmax(~np.isfinite(losses)))}"


@lru_cache(maxsize=64)
def _solved(kind: str, points: str, n_inputs: int, draw_number: int) -> Solution:
    return solve(kind, *make_points(points, n_inputs, draw_number))


def _solution(look: Look) -> Solution:
    return _solved(look.setup.kind, look.setup.points, look.setup.n_inputs, look.setup.draw)


def goal(look: Look) -> None:
    """The present weights beside the solution that another method finds."""
    solution = _solution(look)
    st.markdown(solution.remark)
    if solution.parameters is None:
        return
    if look.setup.kind == "linear":
        st.latex(r"\mathbf{w}^* = (X^\top X)^{-1} X^\top \mathbf{y}")
        st.caption("Each row of X is a sample with a 1 at its end, for the bias.")
    rows = [f"| {name} | {now:.6f} | {there:.6f} | {now - there:.2e} |" for name, now, there in zip(
        (*look.parameter_names, "loss L"), (*look.neuron.parameters, look.path.losses[-1]),
        (*solution.parameters, solution.loss), strict=True)]  # fmt: skip
    st.markdown(f"| | this neuron | solution | difference |\n|---|--:|--:|--:|\n" + "\n".join(rows))  # noqa: F541
    st.caption(f"The solution is found by {solution.method}.")


@lru_cache(maxsize=32)
def _trial(name: str, tolerance: float) -> StopTrial:
    return try_stop(STOP_SCENES[name], tolerance)


def stops(look: Look) -> None:
    """The rule "the weight hardly changed" on three descents: rightly, on a plateau, with a tiny learning rate."""
    session = look.session
    tolerance = choice(session, "n_tolerance", "float", 1e-3, TOLERANCES.__contains__)
    st.select_slider("Stop when no weight moved by more than", TOLERANCES, format_func=lambda value: f"{value:g}",
                     **bind_choice(session, "n_tolerance", tolerance, 1e-3))
    titles = ("Rightly: at the minimum", "Wrongly: on a plateau", "Wrongly: η is tiny")
    for column, title, name in zip(st.columns(3, gap="medium"), titles, STOP_SCENES, strict=True):
        trial, scene = _trial(name, tolerance), STOP_SCENES[name]
        with column:
            st.markdown(f"##### {title}")
            draw(f"n_stop_{name}", _stop_words(trial), stop_figure, trial.losses, trial.stopped_epoch)
            st.markdown(_stop_words(trial))
            st.caption(f"{Neuron(scene.kind, scene.start).kind.title}, first w = {scene.start[0]:g}, "
                       f"η = {scene.learning_rate:g}, {scene.epochs:,} epochs of all samples.")


def _stop_words(trial: StopTrial) -> str:
    end = short(float(trial.losses[-1]), 3)
    if trial.stopped_epoch is None:
        return f"At this tolerance the rule never fires; the loss ends at {end}."
    at = short(float(trial.losses[trial.stopped_epoch]), 3)
    return (
        f"It fires in epoch **{trial.stopped_epoch:,}** at a loss of **{at}**. Going on would have led to **{end}**: "
        f"{100 * trial.share_left:.1f} % of the way was still to come."
    )


@lru_cache(maxsize=1)
def _costs() -> dict[str, tuple[float, float]]:
    """Measured once a server, so that the numbers stand still while they are read."""
    return {name: cost(name) for name in SHOWN_ACTIVATIONS}


def _activation_name(name: str) -> str:
    # A schedule is called "step" as well.
    return name if name == "step" else name_of(name)


def activations(look: Look) -> None:
    """Curves and slopes of the activations that are picked, and a table of range, saturation and cost of all."""
    session = look.session
    shown = choice(session, "n_curves", "tuple[str, ...]", DEFAULT_CURVES,
                   lambda names: bool(names) and set(names) <= set(SHOWN_ACTIVATIONS))  # fmt: skip
    st.pills("Draw", list(SHOWN_ACTIVATIONS), selection_mode="multi", format_func=_activation_name,
             **bind_choice(session, "n_curves", list(shown), list(DEFAULT_CURVES)))
    z = np.linspace(-6.0, 6.0, 241)
    curves = {_activation_name(name): curve(name, z) for name in SHOWN_ACTIVATIONS if name in shown}
    for place, (column, title) in enumerate(zip(st.columns(2, gap="medium"), ("f(z)", "f′(z)"), strict=True)):
        with column:
            alt = f"{title} of {', '.join(curves)} for z from −6 to 6."
            lines = {name: pair[place] for name, pair in curves.items()}
            draw(f"n_curves_{place}", alt, curves_figure, z, lines, title)
    rows = []
    for name, (value, slope) in _costs().items():
        ends = saturation(name)
        flat = ways_on(ends.low, ends.high)
        rows.append(f"| {_activation_name(name)} | {RANGES[name]} | {flat} | {value:.1f} | {slope:.1f} |")
    st.markdown("| | range of a | flat for z | f, ns | f′, ns |\n|---|---|---|--:|--:|\n" + "\n".join(rows))
