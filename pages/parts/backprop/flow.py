"""The gradient's length in every layer over training."""

import numpy as np
import streamlit as st

from nncore import Run
from nncore.cache import cached
from nncore.inspection.gradient_flow import GradientFlow, gradient_flow
from pages.parts.backprop.study import Look
from pages.parts.fields.numbers import plain
from pages.parts.figures.backprop.gradient_flow import gradient_flow_figure
from pages.parts.page.figure import show_figure
from pages.parts.page.server import chunk_store
from pages.parts.way.fold import first_on_phone


def flow(look: Look) -> None:
    """Length of each layer's gradient over the recorded frames, and what it is at the snapshot on screen."""
    store, run = chunk_store(), look.session.run
    last = store.reached(run, max(store.held(run), look.session.frame))
    frame = look.session.frame
    found = cached(_flow_of, run, last, frame, n_bytes=100_000)
    here = found.norms[int(np.searchsorted(found.frames, frame))]
    st.markdown(_compare(here))
    with first_on_phone("flow"):
        show_figure("gradient_flow", f"Length of the gradient by layer over training. {_compare(here)}",
                    gradient_flow_figure, found.epochs, found.norms, look.update.epoch - 1)  # fmt: skip
    st.caption(f"Taken on the first {found.n_samples:,} training samples at {len(found.frames):,} of the snapshots; "
               "the dotted line is the snapshot on screen. A length of 0 cannot be drawn on a log scale and leaves a gap.")


def _flow_of(run: Run, last: int, frame: int) -> GradientFlow:
    return gradient_flow(chunk_store(), run, last, frame)


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
        return f"{told}: the numbers grew beyond all bounds."
    if first < last / 100:
        return f"{told}: it **vanishes** on its way back, and the first layers hardly learn."
    if first > 10 * last:
        return f"{told}: it **explodes** on its way back, and the first layers jump about."
    if max(first, last) > 100:
        return f"{told}: it is so long everywhere that any but a tiny learning rate would overshoot."
    return f"{told}: it neither vanishes nor explodes."
