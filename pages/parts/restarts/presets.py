"""Restarts to try: a network, how long, and what its starts will end in."""

from dataclasses import dataclass

import streamlit as st

from nncore import Experiment, Run
from nncore.many_starts.restarts import Restarts
from pages.parts.fields.labels import name_of
from pages.parts.page.clicks import latest
from pages.parts.page.session import Session


@dataclass(frozen=True)
class StartPreset:
    """An experiment whose starts are worth seeing, for how many epochs, and in `expect` what to look for.

    `measured` is (successes, starts) of many more starts than are shown, from other seeds.
    """

    title: str
    expect: str
    experiment: Experiment
    epochs: int
    starts: int = 64
    measured: tuple[int, int] | None = None

    @property
    def settings(self) -> str:
        """What the button sets, in one line."""
        e = self.experiment
        widths = "–".join(map(str, e.hidden))
        batch = "full batch" if e.batch_size is None else f"batches of {e.batch_size}"
        return (f"Hidden {widths}, {name_of(e.activation[0])}, {name_of(e.initializer)}, {name_of(e.optimizer)} "
                f"{e.learning_rate:g}, {batch}. {self.starts} starts, {self.epochs:,} epochs.")  # fmt: skip


_CORNERS = {"hidden": (2,), "batch_size": None, "optimizer": "adam", "learning_rate": 0.03}
_RELU = {"activation": ("relu",), "initializer": "he_normal"}

START_PRESETS = (
    StartPreset(
        "Exclusive-or, two ReLUs",
        "Only about one start in four or five succeeds. The others end on a few exact losses: 0.347, 0.477 and 0.693.",
        Experiment("corners", **_CORNERS, **_RELU), 3000, 256, (2255, 10_240),
    ),
    StartPreset(
        "Exclusive-or, two tanh",
        "The same with tanh, whose slope is never 0: about half succeed.",
        Experiment("corners", **_CORNERS), 3000, 256, (5272, 10_240),
    ),
    StartPreset(
        "Spiral, too few neurons",
        "Four neurons cannot wind around the spiral. No start succeeds, and each fails in its own way: look at the maps.",
        Experiment("spiral", hidden=(4,), optimizer="adam", learning_rate=0.03, batch_size=32), 100,
    ),
    StartPreset(
        "All weights zero",
        "Sixty-four starts that are no different from each other: one line, one solution, 64 identical failures.",
        Experiment("xor", initializer="zeros"), 100,
    ),
    StartPreset(
        "Circle",
        "An easy task for a large enough network: all starts succeed, with different weights.",
        Experiment("circle"), 100,
    ),
)  # fmt: skip


def preset_of(plan: Restarts) -> StartPreset | None:
    """The preset that trains exactly this plan, if one does."""
    return next((p for p in START_PRESETS if Restarts(p.experiment, p.starts, p.epochs) == plan), None)


def start_presets(session: Session) -> None:
    """Buttons that open a network and train its starts."""
    st.subheader("Try this", anchor=False)
    cells = st.columns(len(START_PRESETS))
    for cell, preset in zip(cells, START_PRESETS, strict=True):
        with cell.container(border=True, height="stretch"):
            st.button(preset.title, key=f"start_{preset.title}", on_click=_open, args=(session, preset))
            st.caption(f"{preset.expect}\n\n{preset.settings}")


@latest
def _open(session: Session, preset: StartPreset) -> None:
    session.show(Run(preset.experiment))
    session.choices |= {"starts": str(preset.starts), "restart_epochs": str(preset.epochs)}
    session.choices.pop("restart_success", None)
