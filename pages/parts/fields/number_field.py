"""Fields for a number: an invalid one is reported in one sentence, and the number before it stays."""

from functools import partial
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.parts.page.session import Session


def number_field(
    session: Session, label: str, low: int, high: int, bound: dict[str, Any], place: DeltaGenerator | None = None,
    step: int = 1, **options: Any,
) -> None:  # fmt: skip
    """Draws a field for a whole number from `low` to `high`, in `place` or here.

    `bound` is what `bind` and `bind_choice` return. The field itself has no bounds and takes fractions: Streamlit says
    nothing to Python of a number outside of bounds, and reads 1e3 as 1 where only whole numbers are taken.
    """
    key = bound["key"]
    present = st.session_state[key]
    st.session_state[key] = float(present)
    take = partial(_take, session, label, (low, high), present, bound)
    # Without a default an emptied field says so; with one it would say 0.
    (place or st).number_input(label, value=None, step=float(step), format="%.0f", key=key, on_change=take, **options)


def decimal_field(
    session: Session, label: str, ends: tuple[float, float], bound: dict[str, Any], place: DeltaGenerator | None = None,
    step: float = 0.5,
) -> float:  # fmt: skip
    """Draws a field for a number from one of the `ends` to the other, like `number_field`; returns the number."""
    key = bound["key"]
    present = min(max(float(st.session_state[key]), ends[0]), ends[1])
    st.session_state[key] = present
    take = partial(_take, session, label, ends, present, bound, False)
    (place or st).number_input(label, value=None, step=step, key=key, on_change=take)
    return present


def _take(
    session: Session, label: str, bounds: tuple[float, float], present: float, bound: dict[str, Any], whole: bool = True
) -> None:
    typed = st.session_state.get(bound["key"])
    low, high = bounds
    if typed is not None and low <= typed <= high and (typed == int(typed) or not whole):
        st.session_state[bound["key"]] = int(typed) if whole else float(typed)
        bound["on_change"]()
    else:
        name, received = label.partition(",")[0], "no number" if typed is None else f"{typed:,.15g}"
        kind = "whole number" if whole else "number"
        session.notes = [
            f"“{name}” takes a {kind} from {low:,.15g} to {high:,.15g}, got {received}. It stays {present:,.15g}."
        ]
        st.session_state[bound["key"]] = float(present)
