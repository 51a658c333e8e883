"""Placing balls: by a click into the picture, or by numbers in fields; what was placed is in the link."""

from collections.abc import Sequence
from functools import partial

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nncore.many_starts.landscapes.rolling import Landscape
from nncore.many_starts.landscapes.table import LANDSCAPES
from pages.parts.fields.number_field import decimal_field
from pages.parts.figures.landscapes.race import target_place
from pages.parts.page.choices import Rule, choice
from pages.parts.page.session import Session
from pages.parts.page.streamlit_workarounds import clicked_number

MOST_PLACED = 20
PICTURE = "land_start"
PLACED_ON = "balls_placed_on"  # the landscape to which the placed balls belong


def placed_balls(session: Session, name: str) -> np.ndarray:
    """Where balls were placed on the landscape called `name`, (R, D); R is 0 where none were."""
    land = LANDSCAPES[name]
    if st.session_state.get(PLACED_ON, name) != name and "ball_at" not in session.followed:
        session.choices.pop("ball_at", None)  # they lie on another landscape
    st.session_state[PLACED_ON] = name
    flat = choice(session, "ball_at", "tuple[float, ...]", (),
                  Rule(partial(_can_lie, land), _places_words(land)))  # fmt: skip
    return np.array(flat, dtype=float).reshape(-1, land.n_dimensions)


def _places_words(land: Landscape) -> str:
    ends = " and ".join(f"{low:g} to {high:g}" for low, high in land.extent)
    each = "a number for each ball" if land.n_dimensions == 1 else f"{land.n_dimensions} numbers for each ball"
    return f"{each}, {ends}, of at most {MOST_PLACED} balls"


def _can_lie(land: Landscape, flat: Sequence[float]) -> bool:
    """Whether the numbers are the places of at most 20 balls on the landscape."""
    if len(flat) % land.n_dimensions or len(flat) > MOST_PLACED * land.n_dimensions:
        return False
    return all(low <= value <= high for k in range(land.n_dimensions)
               for low, high in [land.extent[k]] for value in flat[k :: land.n_dimensions])  # fmt: skip


def place(session: Session, position: Sequence[float]) -> None:
    """Puts one more ball at the `position` (D,); the first takes the place of those that were dropped at random."""
    before = [text for text in session.choices.get("ball_at", "").split(",") if text]
    if len(before) >= MOST_PLACED * len(position):
        session.notes.append(f"{MOST_PLACED} balls can be placed; take them away to begin anew.")
        return
    session.choices["ball_at"] = ",".join([*before, *(f"{value:.4g}" for value in position)])


def take_clicked_place(session: Session, land: Landscape) -> None:
    """Puts a ball where the picture was clicked."""
    if (number := clicked_number(PICTURE)) is not None:
        place(session, target_place(land, number))


def placing_fields(session: Session, land: Landscape, placed: bool) -> None:
    """Fields for the place of one more ball, for who has no mouse, and a button that takes the placed ones away."""
    cells, buttons = st.columns(land.n_dimensions), st.container(horizontal=True)
    for cell, name, ends in zip(cells, "xy", land.extent, strict=False):
        _coordinate(session, name, ends, cell)
    buttons.button("Put it there", key="place_ball", on_click=_place_typed, args=(session, land))
    if placed:
        buttons.button("Take them away", key="take_balls_away", on_click=lambda: session.choices.pop("ball_at", None))


def _place_typed(session: Session, land: Landscape) -> None:
    """Puts a ball where the fields say now: a number may have been typed since the button was drawn."""
    place(session, [float(st.session_state[f"place_{name}"]) for name, _ in zip("xy", land.extent, strict=False)])


def _coordinate(session: Session, name: str, ends: tuple[float, float], cell: DeltaGenerator) -> None:
    key = f"place_{name}"
    st.session_state.setdefault(key, (ends[0] + ends[1]) / 2)
    bound = {"key": key, "on_change": lambda: None}
    decimal_field(session, f"{name} of a ball", ends, bound, cell, (ends[1] - ends[0]) / 40)
