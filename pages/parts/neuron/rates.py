"""The chapter about the learning rate: descents from the same weights, at several rates or with several schedules."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from nncore import SCHEDULES
from nncore.single_neuron.descent import above_best, compare_rates, first_too_large, largest_stable_rate, steps_up
from nncore.single_neuron.neuron import Neuron
from nncore.single_neuron.steps import rate_at
from pages.parts.fields.labels import name_of
from pages.parts.fields.numbers import plain
from pages.parts.fields.source import show_source
from pages.parts.figures.neuron.descent import above_best_figure, race_figure
from pages.parts.neuron.goal import solution_of
from pages.parts.neuron.study import Look
from pages.parts.page.choices import bind_choice, choice
from pages.parts.page.figure import show_figure

STEPS = {"sizes": 100, "schedules": 400}
RACES = {"sizes": "sizes of η", "schedules": "fixed or changing"}
FACTORS = (0.03, 0.3, 1, 3)
SPLIT = (5, 3)  # of the page: the picture, the table beside it
LARGER = (10, 30, 100, 300, 1000)


def rates(look: Look) -> None:
    """Descents from the first weights with several learning rates, or with several schedules."""
    session = look.session
    st.markdown(
        "Too small an η and hardly anything happens; too large and a step leaps across the valley, onto a higher "
        "side. All of these begin at the same first weights and take the same number of steps on the batch."
    )
    race = choice(session, "n_race", "str", "sizes", RACES)
    st.segmented_control("Compare", list(RACES), format_func=RACES.get, required=True,
                         **bind_choice(session, "n_race", race, "sizes"))
    if race == "sizes":
        _sizes(look)
    else:
        _schedules(look)
    st.caption(
        "Try: “Hopping” below. Expect the fixed η to end farthest above the best line, because it keeps hopping across it."
    )


def _table(look: Look, race: str, paces: Sequence[tuple[float, str]]) -> np.ndarray:
    """The rates (R, S) of as many steps as `race` has, at each pace."""
    return np.array([[rate_at(*pace, step) for step in range(STEPS[race])] for pace in paces])


def _start(look: Look) -> Neuron:
    return Neuron(look.setup.kind, look.setup.start)


def _sizes(look: Look) -> None:
    setup, start = look.setup, _start(look)
    larger = [(setup.learning_rate * factor, setup.schedule) for factor in LARGER]
    too_large = first_too_large(start, look.X, look.y, _table(look, "sizes", larger))
    sizes = [*(setup.learning_rate * factor for factor in FACTORS), too_large or larger[-1][0]]
    losses = compare_rates(start, look.X, look.y, _table(look, "sizes", [(size, setup.schedule) for size in sizes]))
    best, names = solution_of(look).loss, [f"η\u00a0=\u00a0{plain(size, 3)}" for size in sizes]
    rows = [f"| {name} | {_end(curve)} | {up} |" for name, curve, up in zip(names, losses, steps_up(losses), strict=True)]
    alt = "; ".join(f"{name} {_end(curve)}" for name, curve in zip(names, losses, strict=True))
    picture, words = st.columns(SPLIT, gap="medium")
    with picture:
        show_figure("n_race_figure", alt, race_figure, names, losses, best)
    with words:
        st.markdown(f"| | loss after {STEPS['sizes']} steps | steps that led up |\n|---|--:|--:|\n" + "\n".join(rows))
        _size_words(look, best)
        if not steps_up(losses).any():
            st.markdown(_never_up(sizes, losses[:, -1]))


def _never_up(sizes: Sequence[float], ends: np.ndarray) -> str:
    """What to make of descents, to the losses `ends` (R,), none of which has a step up; the last has the largest η."""
    begin = f"No step led up here, not even at η = {plain(sizes[-1])}"
    if ends[-1] <= ends.min() * (1 + 1e-3):
        return f"{begin}: on these samples none of them is too large."
    better = plain(sizes[int(ends.argmin())])
    return (f"{begin}; and yet that one ends higher than η = {better} does. A long step can leap over the lowest place and "
            "land no higher, on flat ground where little is learned.")  # fmt: skip


def _size_words(look: Look, best: float | None) -> None:
    """The solution's loss, and what is known about the limit."""
    if best is not None:
        st.markdown(f"The solution's loss is {plain(best)}.")
    if look.setup.kind == "linear":
        st.markdown(
            f"For a straight line and the squared error the limit can be computed: 2 / (largest curvature) = "
            f"**{plain(largest_stable_rate(look.X), 3)}**. Any larger rate jumps farther out with every step."
        )
        show_source(largest_stable_rate, X=look.X)
    if look.neuron.kind.by_rule:
        st.markdown("The perceptron's loss is the share of wrong answers. Its rule does not follow that loss, so steps that "
                    "lead up say nothing about η here.")  # fmt: skip


def _schedules(look: Look) -> None:
    race = "schedules"
    names, best = [name_of(name) for name in SCHEDULES], solution_of(look).loss
    table = _table(look, race, [(look.setup.learning_rate, name) for name in SCHEDULES])
    losses = compare_rates(_start(look), look.X, look.y, table)
    ends = [_end(curve if best is None else np.maximum(curve - best, 0.0)) for curve in losses]
    lasts = [plain(float(rates[-1]), 3) for rates in table]
    rows = [f"| {name} | {last} | {end} |" for name, last, end in zip(names, lasts, ends, strict=True)]
    alt = "; ".join(f"{name} {end}" for name, end in zip(names, ends, strict=True))
    picture, words = st.columns(SPLIT, gap="medium")
    with picture:
        if best is None:
            show_figure("n_race_figure", alt, race_figure, names, losses, None)
        else:
            show_figure("n_above_best", alt, above_best_figure, names, above_best(losses, best))
    what = f"loss after {STEPS[race]} steps" if best is None else f"loss above the solution's after {STEPS[race]} steps"
    words.markdown(f"| η = {plain(look.setup.learning_rate, 3)} at first | η of the last step | {what} |\n|---|--:|--:|\n"
                   + "\n".join(rows))  # fmt: skip


def _end(losses: np.ndarray) -> str:
    if np.isfinite(losses[-1]):
        return plain(float(losses[-1]), 3)
    return f"diverged at step {int(np.argmax(~np.isfinite(losses)))}"
