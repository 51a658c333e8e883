"""A field for a whole number: an invalid one is reported in one sentence, and the number before it stays."""

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


def _take(session: Session, label: str, bounds: tuple[int, int], present: int, bound: dict[str, Any]) -> None:
    typed = st.session_state.get(bound["key"])
    low, high = bounds
    if typed is not None and low <= typed <= high and typed == int(typed):
        st.session_state[bound["key"]] = int(typed)
        bound["on_change"]()
    else:
        name, received = label.partition(",")[0], "no number" if typed is None else f"{typed:,.15g}"
        session.notes = [f"“{name}” takes a whole number from {low:,} to {high:,}, got {received}. It stays {present:,}."]
        st.session_state[bound["key"]] = float(present)
