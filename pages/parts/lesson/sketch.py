"""The field to sketch a curve in: drawn with a finger or a mouse, or moved with the arrow keys, point by point."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st

from pages.parts.fields.numbers import plain
from pages.parts.lessons.lesson import Sketch

_HERE = Path(__file__).parent
_field = st.components.v2.component(
    "glassbox_sketch",
    html='<div class="sketch"></div>',
    css=(_HERE / "sketch.css").read_text(encoding="utf-8"),
    js=(_HERE / "sketch.js").read_text(encoding="utf-8"),
)


def sketch_field(answer: Sketch, key: str) -> tuple[float, ...] | None:
    """The curve that the viewer has drawn so far, its heights at the sketch's places; None before they touched it."""
    drawn: tuple[float, ...] | None = st.session_state.get(f"{key}_drawn")
    heights = drawn or (0.5 * (answer.low + answer.high),) * len(answer.places)
    data = {
        "places": list(answer.places),
        "heights": list(heights),
        "low": answer.low,
        "high": answer.high,
        "across": answer.across,
        "upwards": answer.upwards,
        "drawn": drawn is not None,
    }
    _field(key=f"{key}_field", data=data, on_heights_change=_take(key, answer))
    with st.expander("Set the points with sliders", icon=":material/tune:"):
        for number, (place, height) in enumerate(zip(answer.places, heights, strict=True)):
            name = f"{key}_point_{number}"
            st.session_state[name] = float(height)
            st.slider(
                f"{answer.upwards} at {plain(place)}",
                answer.low,
                answer.high,
                step=(answer.high - answer.low) / 100,
                key=name,
                on_change=_move,
                args=(key, heights, number),
            )
    return drawn


def _move(key: str, heights: Sequence[float], number: int) -> None:
    moved = list(heights)
    moved[number] = float(st.session_state[f"{key}_point_{number}"])
    st.session_state[f"{key}_drawn"] = tuple(moved)


def _take(key: str, answer: Sketch) -> Callable[[], None]:
    """What keeps the heights that the field tells; anything but so many numbers is ignored."""

    def take() -> None:
        told: Any = (st.session_state.get(f"{key}_field") or {}).get("heights")
        if isinstance(told, list) and len(told) == len(answer.places):
            heights = np.array([float(value) for value in told])
            if np.isfinite(heights).all():
                st.session_state[f"{key}_drawn"] = tuple(np.clip(heights, answer.low, answer.high).round(4).tolist())

    return take
