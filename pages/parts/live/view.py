"""The live view: the network, its decision map and its losses, drawn and played in the browser.

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


def engine_script() -> str:
    """The engine as one JavaScript module, its activations those of the core's table at this moment."""
    return f"{joined_engine()}\n{activations_script()}"


@cache
def _engine(script: str) -> Callable[..., Any]:
    return st.components.v2.component("glassbox_engine", js=script)


_view = st.components.v2.component("glassbox_view", js=read("view.js"))


def mount_engine() -> None:
    """Mount the drawing code: once a page, in the full run, outside the fragment that holds the view."""
    _engine(engine_script())(key="glassbox_engine")


def live_view(
    data: bytes,
    key: str,
    on_need_change: Callable[[], None],
    on_command_change: Callable[[], None],
    on_at_change: Callable[[], None],
    on_view_change: Callable[[], None],
) -> Any:
    """Show a message (see `message.encode`) and return the component's state: `at`, `view`, and the triggers.

    The callbacks run before the fragment does, on: `need` (frames are wanted: run, from, scene), `command` (reset,
    redraw or end: run, frame, name, n), `at` (where playing stands: run, frame, playing), `view` (the settings:
    validation, test, discrete, log, speed). Their values stand in `st.session_state[key]`, which is gone when the
    page has been left meanwhile: a callback must not take it for granted.
    """
    return _view(
        key=key,
        data=data,
        on_need_change=on_need_change,
        on_command_change=on_command_change,
        on_at_change=on_at_change,
        on_view_change=on_view_change,
    )
