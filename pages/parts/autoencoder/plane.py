"""The code plane to touch: a point in it is decoded in the browser as it is dragged, by mouse, finger or arrow keys."""

import math
from pathlib import Path

import numpy as np
import streamlit as st

from nncore.experiments.link_text import write_field
from pages.parts.autoencoder.looks import (
    DRAWN,
    SPREAD,
    colours_of,
    decoder_layers,
    marks_of,
    plane_places,
    plane_title,
    side_view,
)
from pages.parts.autoencoder.study import Look
from pages.parts.fields.outside_text import cut
from pages.parts.figures.palette import NEGATIVE, POSITIVE, zero
from pages.parts.live.activations import activations_script
from pages.parts.live.join import join, read
from pages.parts.page.choices import Span, choice
from pages.parts.page.first_draw import end_at_first_figure
from pages.parts.page.session import Session
from pages.parts.page.style import is_dark

FIELD = "code_plane"
FARTHEST = 1000.0
MOST_SHOWN = 16  # columns of a table whose numbers are written out
# The table's activations call for the engine's quick tanh; here few numbers are decoded at a time.
HELPERS = "const ACTIVATIONS = {};\nconst quickTanh = Math.tanh;"
_HERE = Path(__file__).parent
_plane = st.components.v2.component(
    "glassbox_code_plane",
    html='<div class="code-plane"></div>',
    css=(_HERE / "plane.css").read_text(encoding="utf-8"),
    js="\n".join([HELPERS, activations_script(), join("../autoencoder/plane.js", read)]),
)


def touch_plane(look: Look) -> None:
    """The plane with the held-out samples and a point, and what is decoded there."""
    codes = look.model.encode(look.run.shown(look.data.held[:DRAWN]))
    places, data = plane_places(codes), look.data
    kind = "picture" if data.side else "cloud" if data.is_cloud else "table"
    told = {
        "kind": kind, "side": data.side, "layers": decoder_layers(look.model),
        "base": np.round(codes.mean(axis=0), 6).tolist(), "places": np.round(places, 4).tolist(),
        "marks": marks_of(look.run, data), "colours": colours_of(data), "title": plane_title(codes.shape[1]),
        "at": _point(look.session), "mean": data.mean.tolist(), "scale": data.scale.tolist(),
        "names": [cut(name) for name in data.names[:MOST_SHOWN]], "spread": SPREAD, "view": side_view().tolist(),
        "cloud": np.round(data.held[:DRAWN], 4).tolist() if kind == "cloud" else [],
        "ends": {"none": zero(is_dark()), "all": POSITIVE, "below": NEGATIVE},
    }  # fmt: skip
    _plane(key=FIELD, data=told, on_at_change=lambda: _take(look.session))
    end_at_first_figure()


def _point(session: Session) -> list[float]:
    span = Span(-FARTHEST, FARTHEST)
    return [choice(session, name, "float", 0.0, span) for name in ("code_x", "code_y")]


def _take(session: Session) -> None:
    at = (st.session_state.get(FIELD) or {}).get("at")
    if not isinstance(at, list | tuple) or len(at) != 2:
        return
    for name, value in zip(("code_x", "code_y"), at, strict=True):
        if isinstance(value, int | float) and math.isfinite(value):
            session.choices[name] = write_field(float(np.clip(round(value, 3), -FARTHEST, FARTHEST)))
