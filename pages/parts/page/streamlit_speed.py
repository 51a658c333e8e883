"""Work that Streamlit 1.67 does again and again, done once: look at it with every new version.

Each run of a page, or of the live view alone, sends the theme anew and builds all of the session's state anew for each of
its fields; each message waits for one lock of all sessions. With a lecture hall on one server that was a third of the time
of a click and half of that of a pull of frames. Where Streamlit is another, nothing is changed.
"""

import asyncio
import contextlib
from collections.abc import Iterator, Mapping
from functools import wraps
from typing import Any

from streamlit import config
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session
from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.runtime.state.session_state import SessionState


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


def spare_work() -> None:
    """All of the above."""
    wake_once()
    read_options_without_lock()
    keep_themes()
    look_up_one_key()
