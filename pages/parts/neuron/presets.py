"""Things to try with one neuron: each a button that sets the whole page and opens the chapter that shows its promise."""

from dataclasses import dataclass

import streamlit as st

from pages.parts.neuron.controls import NAMES
from pages.parts.page.clicks import latest
from pages.parts.page.session import Session


@dataclass(frozen=True)
class NeuronPreset:
    """A set of choices with a title and what to look for."""

    title: str
    expect: str
    choices: dict[str, str]


PRESETS = (
    NeuronPreset(
        "By hand", "One sample, x = 2, y = 1, with w = 0.5 and b = −1: z = 0, a = ½, L = ln 2, δ = −½, ∂L/∂w = −1.",
        {"n_points": "textbook", "n_start": "0.5,-1.0"},
    ),
    NeuronPreset(
        "Straight line", "Squared error without a bend: after 100 steps the weights are those of least squares.",
        {"n_kind": "linear", "n_part": "goal", "n_steps": "100b~0.1"},
    ),
    NeuronPreset(
        "Outlier", "One value is wrong by 8. Change the neuron to absolute error: the line goes back to the others.",
        {"n_kind": "linear", "n_points": "outlier", "n_part": "goal", "n_steps": "2x100b~0.1"},
    ),
    NeuronPreset(
        "Saturated", "Every answer is wrong and ∂a/∂z is nearly 0: 100 steps change next to nothing.",
        {"n_kind": "sigmoid_squared", "n_points": "apart", "n_start": "-8.0,0.0", "n_steps": "100b~0.1"},
    ),
    NeuronPreset(
        "Not saturated", "The same first weights with cross-entropy: after 100 steps every answer is right.",
        {"n_points": "apart", "n_start": "-8.0,0.0", "n_steps": "100b~0.1"},
    ),
    NeuronPreset(
        "Stopped too early", "“Your own descent”: the rule fires on the plateau, with nearly all of the way to come.",
        {"n_kind": "sigmoid_squared", "n_points": "apart", "n_start": "-7.0,0.0", "n_rate": "0.3", "n_part": "stops",
         "n_steps": "10x100b~0.3"},
    ),
    NeuronPreset(
        "η too large", "Each step lands higher on the other side of the bowl, farther out every time.",
        {"n_kind": "linear", "n_rate": "0.6", "n_part": "loss", "n_steps": "6x1b~0.6"},
    ),
    NeuronPreset(
        "Hopping", "Absolute error at a fixed η hops across the best line for ever. One that shrinks comes closer.",
        {"n_kind": "absolute", "n_rate": "0.3", "n_part": "rates", "n_race": "schedules"},
    ),
    NeuronPreset(
        "XOR", "Steps without end: no straight border has the ones on one side and the zeros on the other. Two layers can.",
        {"n_kind": "perceptron", "n_points": "xor", "n_inputs": "2", "n_part": "stops", "n_steps": "100b~0.1"},
    ),
)  # fmt: skip


def neuron_presets(session: Session) -> None:
    """The buttons, each with what to expect beside it."""
    st.markdown("##### Things to try")
    for start in range(0, len(PRESETS), 3):
        for column, preset in zip(st.columns(3), PRESETS[start : start + 3], strict=True):
            column.button(preset.title, key=f"n_preset_{preset.title}", on_click=_apply, args=(session, preset),
                          width="stretch")
            column.caption(preset.expect)


@latest
def _apply(session: Session, preset: NeuronPreset) -> None:
    for name in NAMES:
        session.choices.pop(name, None)
    session.choices |= preset.choices
