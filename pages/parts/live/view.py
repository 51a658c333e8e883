"""The views that move: a network with its decision map, or a training with its attention, drawn and played in the browser.

Two components share the work. The engine holds all drawing code and is mounted once, outside any fragment, because
a component's script is sent again with every message. The view is a few lines that hand each message
to the engine.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from pages.parts.live.activations import activations_script
from pages.parts.live.join import joined_engine, read
from pages.parts.live.losses import losses_script


def engine_script() -> str:
    """The engine as one JavaScript module, its activations and losses those of the core's tables at this moment."""
    return f"{joined_engine()}\n{losses_script()}\n{activations_script()}"


@cache
def _engine(script: str) -> Callable[..., Any]:
    return st.components.v2.component("glassbox_engine", js=script)


_view = st.components.v2.component("glassbox_view", js=read("view.js"))


def mount_engine() -> None:
    """Mount the drawing code: once per page, in the full run, outside the fragment that holds the view."""
    _engine(engine_script())(key="glassbox_engine")


def mount_view(key: str, data: bytes, handlers: dict[str, Callable[[], None]]) -> Any:
    """Show a message (see `encode_frames`) in a view of its own and return the component's state.

    `handlers` are called by what it tells, before the fragment runs: `need` (frames are wanted: run, from, scene),
    `command` (what was pressed or came to its end: run, frame, name, n, and what is built or set), and of a network also
    `at` (where playing stands: run, frame, playing) and `view` (the settings: validation, test, discrete, log, speed).
    What was told stands in `st.session_state[key]`, which is gone when the page has been left meanwhile: a handler must not
    take it for granted.
    """
    return _view(key=key, data=data, **{f"on_{name}_change": handler for name, handler in handlers.items()})
