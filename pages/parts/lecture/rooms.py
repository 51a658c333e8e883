"""The rooms of this server: one store for all viewers, tidied when a room's time is over though nobody is there."""

import secrets
import threading

import streamlit as st

from pages.parts.lecture.room import Keys, Rooms

_ROOMS = Rooms()
_LATE = 60.0  # seconds after a room's end


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
    """This viewer's token, under which an answer counts once; it says nothing of who they are."""
    return st.session_state.setdefault("room_viewer", secrets.token_urlsafe(16))
