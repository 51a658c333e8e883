"""The chapter about the loss around one neuron's weights: along one of them, and over it and the bias."""

import numpy as np
import streamlit as st

from nncore.single_neuron.descent import loss_along, loss_over, window
from nncore.single_neuron.neuron import Neuron
from nncore.single_neuron.solutions import lowest_over
from pages.parts.fields.numbers import plain
from pages.parts.figures.neuron.descent import BowlView, SliceView, bowl_figure, slice_figure
from pages.parts.neuron.goal import solution_of
from pages.parts.neuron.study import Look
from pages.parts.page.choices import bind_choice, choice
from pages.parts.page.figure import show_figure

TRAIL, SLICE_TRAIL = 61, 21  # states: of the last 60 steps on the map, of the last 20 on the curve
SIDES = {"batch": "all samples", "sample": "this sample"}
SAME = 0.02  # two stars closer than this share of the map are one
EXPECTED = {
    "absolute": "Expect steps of equal length for as long as no sample comes to lie on the line's other side.",
    "perceptron": "Expect the steps to end once no answer is wrong, and never if no straight border can do it.",
}
SLOPE = {
    False: "The slope of the tangent is the gradient. A step goes against it, η times the slope far.",
    True: "The perceptron's loss counts mistakes: it is flat, with jumps and slope 0, and a step follows the rule.",
}
SHORTER = "Expect shorter steps where the loss is flatter, at the same η."
STEEPER = "Expect a longer step next: the loss gets steeper on the way."
HIGHER = "Expect a longer step, and a higher loss, each time: it lands farther up the other side, as η is too large here."


def loss_around(look: Look) -> None:
    """The loss along one weight with tangent, step and trail, and over that weight and the bias."""
    st.markdown(
        f"{SLOPE[look.neuron.kind.by_rule]} On the right the same loss over a weight and the bias; the trail is where the "
        "last steps have been."
    )
    X, y, along = _pick(look)
    _, gradient = look.neuron.loss_and_gradient(X, y)
    landing = look.neuron.parameters - look.rate * gradient
    left, right = st.columns(2, gap="medium")
    with left:
        _slice(look, (X, y), along, gradient[along], landing)
    with right:
        _bowl(look, (X, y), min(along, look.setup.n_inputs - 1), landing)
    expected = EXPECTED.get(look.setup.kind) or next_steps(look.neuron, look.X, look.y, look.rate)
    st.caption(
        "The other weights are held as they are now, so that earlier points of the trail may lie off the curve. Try: "
        f"“One step on the batch” a few times. {expected}"
    )


def next_steps(neuron: Neuron, X: np.ndarray, y: np.ndarray, rate: float) -> str:
    """What to expect of the step on the batch after the next one, compared with that."""
    here = neuron.gradient(X, y)
    landed = Neuron(neuron.kind.name, neuron.parameters - rate * here)
    if np.linalg.norm(landed.gradient(X, y)) <= np.linalg.norm(here):
        return SHORTER
    return HIGHER if landed.loss(X, y) > neuron.loss(X, y) else STEEPER


def _pick(look: Look) -> tuple[np.ndarray, np.ndarray, int]:
    """The samples whose loss is shown, and the parameter along which."""
    session, names = look.session, look.parameter_names
    left, right = st.columns(2)
    side = choice(session, "n_of", "str", "batch", SIDES)
    left.segmented_control("Loss of", list(SIDES), format_func=SIDES.get, required=True,
                           **bind_choice(session, "n_of", side, "batch"))
    along = choice(session, "n_along", "int", 0, range(len(names)))
    right.segmented_control("Along", range(len(names)), format_func=lambda place: names[place], required=True,
                            **bind_choice(session, "n_along", along, 0))
    rows = slice(None) if side == "batch" else slice(look.sample, look.sample + 1)
    return look.X[rows], look.y[rows], along


def _slice(look: Look, samples: tuple[np.ndarray, np.ndarray], along: int, slope: float, landing: np.ndarray) -> None:
    states, name = look.path.parameters[-SLICE_TRAIL:], look.parameter_names[along]
    trail, trail_losses = states[:, along], np.asarray(Neuron(look.setup.kind, states).loss(*samples))
    values = np.linspace(*window(np.append(trail, _near(trail, landing[along]))), 121)
    landed = float(loss_along(look.neuron, *samples, along, landing[along : along + 1])[0])
    # The perceptron's rule is no slope of this loss, which is flat wherever it has a slope at all.
    tangent = 0.0 if look.neuron.kind.by_rule else float(slope)
    view = SliceView(name, values, loss_along(look.neuron, *samples, along, values), trail, trail_losses, tangent,
                     (float(landing[along]), landed), look.neuron.kind.by_rule)  # fmt: skip
    alt = f"The loss along {name}: {trail_losses[-1]:.4g} at {trail[-1]:.4g}, slope {tangent:.3g}."
    show_figure("n_slice", alt, slice_figure, view)


def _near(trail: np.ndarray, place: float) -> float:
    """The place, if a picture of the trail can still show it, else the nearest that it can."""
    reach = 4.0 * max(1.0, float(np.ptp(trail)))
    return float(np.clip(place, trail[-1] - reach, trail[-1] + reach))


def _bowl(look: Look, samples: tuple[np.ndarray, np.ndarray], along: int, landing: np.ndarray) -> None:
    places = [along, -1]
    trail, name = look.path.parameters[-TRAIL:, places], look.parameter_names[along]
    goal, held = _stars(look, along) if len(samples[1]) == len(look.y) else (None, None)
    marks = [mark for mark in (landing[places], goal, held) if mark is not None]
    ends = [np.append(line, [_near(line, mark[side]) for mark in marks]) for side, line in enumerate(trail.T)]
    values, biases = (np.linspace(*window(end), 61) for end in ends)
    if goal is not None and held is not None and _are_one(goal - held, values, biases):
        held = None
    view = BowlView(name, values, biases, loss_over(look.neuron, *samples, along, values, biases), trail,
                    _pair(landing[places]), _pair(goal), _pair(held))  # fmt: skip
    words = _star_words(look, along, view)
    alt = f"The loss over {name} and b, with the trail of the last {len(trail) - 1} steps. {words}"
    show_figure("n_bowl", alt, bowl_figure, view)
    if words:
        st.markdown(words)


def _stars(look: Look, along: int) -> tuple[np.ndarray | None, np.ndarray | None]:
    """This weight and the bias of the solution, and of the lowest loss with the other weights held."""
    solution = solution_of(look).parameters
    goal = None if solution is None else solution[[along, -1]]
    return goal, lowest_over(look.neuron, look.X, look.y, along) if look.setup.n_inputs > 1 else None


def _are_one(apart: np.ndarray, values: np.ndarray, biases: np.ndarray) -> bool:
    return bool((np.abs(apart) < SAME * np.array([np.ptp(values), np.ptp(biases)])).all())


def _pair(values: np.ndarray | None) -> tuple[float, float] | None:
    return None if values is None else (float(values[0]), float(values[1]))


def _star_words(look: Look, along: int, view: BowlView) -> str:
    """Which star is which, and where, in one line each."""
    lines = []
    if view.goal is not None:
        lines.append(f"★ solution: {_place(view.name, view.goal)}.")
    if view.held is not None:
        others = [name for place, name in enumerate(look.parameter_names[:-1]) if place != along]
        stay = f"{' and '.join(others)} stay{'s' if len(others) == 1 else ''}"
        lines.append(f"☆ lowest point of this map, while {stay}: {_place(view.name, view.held)}.")
    return "  \n".join(lines)


def _place(name: str, values: tuple[float, float]) -> str:
    return f"{name} = {plain(values[0])}, b = {plain(values[1])}"
