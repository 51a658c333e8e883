"""Work that Streamlit 1.67 does again and again, done once: look at it with every new version.

Each run of a page, or of the live view alone, sends the theme anew and builds all of the session's state anew for each of
its fields; each message waits for one lock of all sessions, and is sent once the server has gone through all else. With a
lecture hall on one server that was a third of the time of a click and half of that of a pull of frames. Where Streamlit is
another, nothing is changed.
"""

import asyncio
import contextlib
import math
import time
from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from pathlib import Path
from typing import Any

import streamlit
from starlette.staticfiles import StaticFiles
from starlette.types import Message, Receive, Scope, Send
from streamlit import config
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session, runtime
from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.runtime.state.session_state import SessionState

from pages.parts.way.contents import BY_NAME

AT_ONCE_SECONDS = 0.005  # that messages are handed out in one go, while everything else on the loop waits


def read_options_without_lock() -> None:
    """Has an option read without waiting: a dictionary that is never changed while it is read needs no lock.

    Who waits for the lock gives up the interpreter, so that among many threads each reading became a switch of threads.
    What stands in for Streamlit's own function, as while an `AppTest` runs, answers otherwise than the options: it stays.
    """
    locked = config.get_option
    if (locked.__module__, locked.__qualname__) != (config.__name__, "get_option"):
        return

    @wraps(locked)
    def get_option(key: str) -> Any:
        try:
            return config._config_options[key].value
        except (AttributeError, KeyError, TypeError):  # not read yet, unknown, or another Streamlit
            return locked(key)

    config.get_option = get_option


def keep_themes() -> None:
    """Has the theme that goes with every run made once from the options of its section, until these are read anew."""
    populate = getattr(app_session, "_populate_theme_msg", None)
    kept: dict[str, tuple[object, CustomThemeConfig]] = {}

    @wraps(populate or keep_themes)
    def populate_once(message: CustomThemeConfig, section: str = "theme") -> None:
        options = getattr(config, "_config_options", None)
        of, theme = kept.get(section, (None, None))
        if theme is None or of is not options:
            theme = CustomThemeConfig()
            populate(theme, section)
            kept[section] = options, theme
        message.MergeFrom(theme)

    if populate is not None:
        app_session._populate_theme_msg = populate_once


class _StateByKey(Mapping[str, Any]):
    """What `filtered_state` gives, of which only what is asked for is made."""

    def __init__(self, state: SessionState):
        self._state = state

    def __getitem__(self, key: str) -> Any:
        if key.startswith("$$"):  # ids of widgets, and what Streamlit keeps for itself
            return self._state.filtered_state[key]
        return self._state[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._state.filtered_state)

    def __len__(self) -> int:
        return len(self._state.filtered_state)


def look_up_one_key() -> None:
    """Has a field that asks whether the session knows its key look that one up, instead of building all of the state."""
    with contextlib.suppress(AttributeError):
        whole = SafeSessionState.filtered_state.fget
        SafeSessionState.filtered_state = property(wraps(whole)(lambda self: _StateByKey(self._state)))


def wake_once() -> None:
    """Has the server's loop woken once for all that is handed to it before it looks, and not by each message.

    To wake it is a write to a socket, at which a thread gives up the interpreter and stands in line for it again. What is
    handed over is in the loop's list before anybody is asked to wake it, and the loop goes through that list after it has
    read what woke it: nothing is left lying.
    """
    loop = getattr(asyncio, "SelectorEventLoop", None)
    write, read = getattr(loop, "_write_to_self", None), getattr(loop, "_process_self_data", None)
    if write is None or read is None:
        return

    @wraps(write)
    def write_once(self: asyncio.SelectorEventLoop) -> None:
        if not getattr(self, "glassbox_woken", False):
            self.glassbox_woken = True
            write(self)

    @wraps(read)
    def process(self: asyncio.SelectorEventLoop, data: bytes) -> None:
        self.glassbox_woken = False
        read(self, data)

    loop._write_to_self, loop._process_self_data = write_once, process


class Unhurried:
    """`asyncio` for the loop that hands out messages: it gives way every few milliseconds, and not after each of them."""

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._clock, self._gave_way = clock, -math.inf

    def __getattr__(self, name: str) -> Any:
        return getattr(asyncio, name)

    async def sleep(self, seconds: float) -> None:
        """As `asyncio.sleep`, but that of no time at all is left out where the last one is not long ago."""
        if seconds > 0 or self._clock() - self._gave_way > AT_ONCE_SECONDS:
            await asyncio.sleep(seconds)
            self._gave_way = self._clock()


def send_in_one_go() -> None:
    """Has the messages of a page sent one after the other.

    Streamlit goes once through all that the server has to do between any two of them, for one viewer after the other: with
    many threads at work the last one of a page's thirty came half a second after the first.
    """
    if getattr(runtime, "asyncio", None) is asyncio:
        runtime.asyncio = Unhurried()


def name_plotly_early() -> None:
    """Has the answer to a page's address name Plotly's script, where the page's first figure is drawn by it.

    Streamlit asks for that script once the first chart's message is there, and 4.6 MB are then read and parsed while nothing
    else is left to do. Named with the page, it is fetched after what Streamlit begins with, and parsed beside it.
    """
    scripts = list((Path(streamlit.__file__).parent / "static/static/js").glob("PlotlyChart.*.js"))
    call = StaticFiles.__call__
    if len(scripts) != 1 or hasattr(call, "leads_to_plotly"):
        return
    link = f"<./static/js/{scripts[0].name}>; rel=modulepreload; fetchpriority=low".encode()

    @wraps(call)
    async def named(self: StaticFiles, scope: Scope, receive: Receive, send: Send) -> None:
        page = BY_NAME.get(self.get_path(scope)) if scope["type"] == "http" else None

        async def send_with_link(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"link", link)]
            await send(message)

        await call(self, scope, receive, send_with_link if page is not None and page.begins_with_plotly else send)

    named.leads_to_plotly = True
    StaticFiles.__call__ = named


def spare_work() -> None:
    """All of the above."""
    name_plotly_early()
    wake_once()
    send_in_one_go()
    read_options_without_lock()
    keep_themes()
    look_up_one_key()
