"""What this viewer changed in attention's matrices by hand: kept for them alone, as long as their tab is open."""

from typing import Any

import numpy as np
import streamlit as st

EDITS, VERSION = "attention_edits", "attention_edits_version"

Edits = dict[str, np.ndarray]


def edits_of(key: Any) -> Edits:
    """The changed matrices by name, of the matrices that `key` says: others keep their own."""
    return st.session_state.setdefault(EDITS, {}).setdefault(key, {})


def put(key: Any, name: str, matrix: np.ndarray) -> None:
    """Puts `matrix` in the place of the one called `name`."""
    edits_of(key)[name] = matrix
    _renew()


def take_back(key: Any, name: str | None = None) -> None:
    """Takes back what was changed in the matrix called `name`, or in all of them."""
    if name is None:
        edits_of(key).clear()
    else:
        edits_of(key).pop(name, None)
    _renew()


def table_version() -> int:
    """A number that rises when a button changed a matrix: a table of it is then a new one, without old typing."""
    return st.session_state.get(VERSION, 0)


def _renew() -> None:
    st.session_state[VERSION] = table_version() + 1
