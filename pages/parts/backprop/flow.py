"""The gradient's length in every layer over training, and experiments in which it vanishes or explodes."""

import numpy as np
import streamlit as st

from nncore import Experiment, Run
from nncore.inspection.gradient_flow import gradient_flow
from pages.parts.backprop.study import NAMES, Look
from pages.parts.fields.numbers import plain
from pages.parts.figures.backprop.gradient_flow import gradient_flow_figure
from pages.parts.page.cache import memo
from pages.parts.page.figure import show_figure
from pages.parts.page.presets import Preset
from pages.parts.page.scrubber import show_first_weights
from pages.parts.page.sections import ask_for_top
from pages.parts.page.server import chunk_store
from pages.parts.page.session import Session

_DEEP = {"hidden": (16,) * 6, "optimizer": "sgd", "learning_rate": 0.03}

PRESETS = (
    Preset(
        "Vanishing: six layers of sigmoids",
        "A sigmoid's slope is at most 1/4, so every layer on the way back takes away most of the gradient: at the first "
        "weights, layer 1 gets less than a thousandth of what the output layer gets. It does not learn.",
        Experiment("circle", activation=("sigmoid",), **_DEEP),
    ),
    Preset(
        "Exploding: too large first weights",
        "Weights of deviation 1 between layers of 48 tanhs: on its way back the gradient grows in every layer, by two "
        "thirds on average. At the first weights, layer 1 gets almost twenty times what the output layer gets, and "
        "jumps about.",
        Experiment("circle", initializer="normal", hidden=(48,) * 6, batch_size=50),
    ),
    Preset(
        "The cure: ReLU with He weights",
        "Six layers again, with first weights of deviation √(2/n): even at these, no layer's gradient is ten times as long "
        "as another's, and all layers learn.",
        Experiment("circle", activation=("relu",), initializer="he_normal", **_DEEP),
    ),
    Preset(
        "On a ReLU's kink",
        "With all weights 1, two of the four corners give every ReLU a sum of exactly 0. Run the gradient check at frame 0.",
        Experiment("corners", hidden=(2,), activation=("relu",), initializer="ones", batch_size=None),
    ),
)  # fmt: skip


def flow(look: Look) -> None:
    """Length of each layer's gradient over the recorded frames, and what it is at the frame on screen."""
    store, run = chunk_store(), look.session.run
    last = store.reached(run, max(store.held(run), look.session.frame))
    frame = look.session.frame
    found = memo().fetch(
        f"gradient flow to frame {last} with frame {frame} of {run!r}",
        lambda: gradient_flow(store, run, last, frame), 100_000,
    )  # fmt: skip
    here = found.norms[int(np.searchsorted(found.frames, frame))]
    st.markdown(_compare(here))
    show_figure("gradient_flow", f"Length of the gradient by layer over training. {_compare(here)}",
                gradient_flow_figure, found.epochs, found.norms, look.update.epoch - 1)  # fmt: skip
    st.caption(f"Taken on the first {found.n_samples:,} training samples at {len(found.frames):,} of the recorded frames; "
               "the dotted line is the frame on screen. A length of 0 has no place on a log scale and leaves a gap.")


def _compare(norms: np.ndarray) -> str:
    """First against last layer, in words."""
    first, last = float(norms[0]), float(norms[-1])
    if len(norms) == 1:
        return f"There is one layer: its gradient is {plain(first)} long here."
    still = [f"layer {layer + 1}" for layer in np.flatnonzero(norms == 0)]
    if still:
        names = " and ".join(filter(None, [", ".join(still[:-1]), still[-1]]))
        learns, its = ("does not learn", "its") if len(still) == 1 else ("do not learn", "their")
        return f"Here {names} {learns} at all from these samples: {its} gradient is **exactly 0**."
    told = f"Here the gradient is {plain(first)} long in layer 1 and {plain(last)} in the output layer"
    if not np.isfinite(norms).all():
        return f"{told}: numbers have left all bounds."
    if first < last / 100:
        return f"{told}: it **vanishes** on its way back, and the first layers hardly learn."
    if first > 10 * last:
        return f"{told}: it **explodes** on its way back, and the first layers jump about."
    if max(first, last) > 100:
        return f"{told}: it is so long everywhere that any but a tiny learning rate would overshoot."
    return f"{told}: it neither vanishes nor explodes."


def presets(session: Session, study: str) -> None:
    """Buttons that open the experiments of one study, with what to expect."""
    shown = [preset for preset in PRESETS if study_of(preset) == study]
    for cell, preset in zip(st.columns(3) if shown else (), shown, strict=False):
        with cell.container(border=True, height="stretch"):
            st.button(preset.title, key=f"flow_preset_{PRESETS.index(preset)}", on_click=_open, args=(session, preset))
            st.caption(preset.expect)


def study_of(preset: Preset) -> str:
    """The study that a preset is for."""
    return "check" if "kink" in preset.title else "flow"


def _open(session: Session, preset: Preset) -> None:
    for name in NAMES:
        session.choices.pop(name, None)
    session.choices["microscope"] = study_of(preset)
    ask_for_top()
    show_first_weights(session, Run(preset.experiment))
