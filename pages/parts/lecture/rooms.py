"""The rooms of this server: one store for all viewers, tidied when a room's time is over though nobody is there."""

import re
import secrets
import threading
from typing import Any

import streamlit as st

from pages.parts.lecture.room import LIFETIME, Keys, Rooms

_ROOMS = Rooms()
_LATE = 60.0  # seconds after a room's end
PHONE = "glassbox_phone"  # the cookie's name
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")  # what a browser brings goes into a script: nothing else is taken


def rooms() -> Rooms:
    """The rooms of all viewers of this server."""
    return _ROOMS


def open_room() -> Keys:
    """The tokens of a new room, which is forgotten in time by itself. Raises Full where there is no place."""
    keys = _ROOMS.open()
    _tidy_later()
    return keys


def _tidy_later() -> None:
    seconds = _ROOMS.tidy()
    if seconds is None or any(thread.name == "rooms" and thread is not threading.current_thread()
                              for thread in threading.enumerate()):  # fmt: skip
        return
    timer = threading.Timer(seconds + _LATE, _tidy_later)
    timer.name, timer.daemon = "rooms", True
    timer.start()


def viewer() -> str:
    """This phone's token, under which an answer counts once; it says nothing of who holds it.

    The browser brings it along as a cookie, so that a page that is loaded again is no second viewer.
    """
    if "room_viewer" not in st.session_state:
        st.session_state["room_viewer"] = known_phone(st.context.cookies.get(PHONE)) or secrets.token_urlsafe(16)
    return st.session_state["room_viewer"]


def known_phone(brought: Any) -> str | None:
    """The token that a browser brought, if it can be one of ours."""
    return brought if isinstance(brought, str) and _TOKEN.fullmatch(brought) else None


def remember_phone() -> str:
    """A script that has the browser keep this phone's token for as long as a room can last."""
    keep = f"{PHONE}={viewer()}; path=/; max-age={int(LIFETIME)}; samesite=strict"
    return f'<script>document.cookie = "{keep}";</script>'
