"""What the player in the browser tells, whatever recorded training it plays: frames that it wants, and commands.

It is one player for every view (`pages/parts/live/player/player.js`). It asks for frames again until it has them, and
repeats a command until a message has told it the number of the last one that was heard.
"""

from typing import Any

import streamlit as st

Told = dict[str, Any]


def told(key: str, name: str) -> Told | None:
    """What the player of the view `key` told last under `name` ("need", "command", "at", "view"), if anything."""
    # The state is gone when the page has been left meanwhile.
    value = (st.session_state.get(key) or {}).get(name)
    return value if isinstance(value, dict) else None


def unheard_commands(key: str, heard: int) -> list[Told]:
    """Commands after the one of number `heard`, in their order: each has `run`, `frame`, `name` and its number `n`."""
    value = told(key, "command")
    return [one for one in (*value.get("before", ()), value) if one["n"] > heard] if value else []


def wanted_frame(need: Told, last: int) -> int:
    """The frame from which on the player wants frames, of 0 to `last`."""
    return max(0, min(int(need.get("from") or 0), last))
