"""Slices to try: a network, a frame, the directions, and what to see on them."""

from dataclasses import dataclass, field

import streamlit as st

from nncore import Experiment, Run
from pages.parts.page.clicks import latest
from pages.parts.page.session import Session

NAMES = ("surface_directions", "surface_first", "surface_second", "surface_draw", "surface_view", "surface_zoom",
         "surface_height", "surface_path")  # fmt: skip


@dataclass(frozen=True)
class SurfacePreset:
    """An experiment at a frame, the choices of the page, and in `expect` what to look for."""

    title: str
    expect: str
    experiment: Experiment
    frame: int
    choices: dict[str, str] = field(default_factory=dict)


SURFACE_PRESETS = (
    SurfacePreset(
        "One bowl",
        "No hidden layer and cross-entropy: convex. This path ends in the one valley; there is no second one in which "
        "another could end.",
        Experiment("gauss", noise=20, hidden=()), 80, {"surface_directions": "weights"},
    ),
    SurfacePreset(
        "From wall to wall",
        "No hidden layer, squared error: at a learning rate of 0.075 every step lands on the other side of the valley. From "
        "0.078 on, each would land higher than the last.",
        Experiment("plane", hidden=(), learning_rate=0.075, batch_size=None), 60,
        {"surface_directions": "path", "surface_height": "loss"},
    ),
    SurfacePreset(
        "Three ends of exclusive-or",
        "Two tanh. After 500 epochs A solves it, B and C stay at a loss of 0.35. Each lies in a valley of its own: on the "
        "straight line between any two the loss rises by over 0.3.",
        Experiment("corners", hidden=(2,), optimizer="adam", learning_rate=0.03, batch_size=None, weight_seed=1), 148,
        {"surface_directions": "solutions"},
    ),
    SurfacePreset(
        "Kinks",
        "Four ReLUs and two of their weights: the surface is folded where a sum passes zero at a sample.",
        Experiment("corners", hidden=(4,), activation=("relu",), initializer="he_normal", batch_size=None), 100,
        {"surface_directions": "weights", "surface_view": "space", "surface_height": "loss"},
    ),
)  # fmt: skip


def surface_presets(session: Session) -> None:
    """Buttons that open a slice, with what to expect."""
    st.subheader("Try this", anchor=False)
    for cell, preset in zip(st.columns(len(SURFACE_PRESETS)), SURFACE_PRESETS, strict=True):
        with cell.container(border=True, height="stretch"):
            st.button(preset.title, key=f"surface_{preset.title}", on_click=_open, args=(session, preset))
            st.caption(preset.expect)


@latest
def _open(session: Session, preset: SurfacePreset) -> None:
    session.show(Run(preset.experiment), preset.frame)
    for name in NAMES:
        session.choices.pop(name, None)
    session.choices |= preset.choices
