"""The button under which a file is taken away, and the seconds for which the file outlasts the page that offered it."""

import time
from collections.abc import Callable
from functools import partial, wraps
from pathlib import PurePosixPath

import streamlit as st
from streamlit.runtime.media_file_manager import MediaFileManager

KEPT = 30.0  # seconds in which a browser comes for the file that it asked for
HEARD = 4.0  # seconds in which a button may be pressed that the next run of the page has not drawn anew yet


def download_button(
    label: str, write: Callable[[], str | bytes], file_name: str | Callable[[], str], mime: str, *, key: str,
    icon: str = ":material/download:", help: str | None = None,
) -> None:  # fmt: skip
    """A button that saves what `write` returns as a file, which is written when the button is pressed and not before.

    A file that is there from the start is fetched by every browser as soon as its button is drawn, and again after each
    change of it. On a slow connection that comes too late: Streamlit has let go of the file by then, and the browser
    reports an error 404 of a file that nobody asked for.

    A `file_name` that is a function is asked then as well: while a view plays, the page around it is not drawn anew, and the
    file would be called after an older snapshot.
    """
    if callable(file_name):
        write = partial(write)
        write.file_name, file_name = file_name, file_name()
    st.download_button(label, write, file_name, mime, key=key, icon=icon, help=help, on_click="ignore")


def keep_files() -> None:
    """Has a file and the work that writes it outlast the runs of others that end meanwhile.

    Streamlit (1.67) lets go of a written file when two more runs have ended, of any viewer, and of the work behind a button
    at the end of any run after a new one of its page has begun. In a lecture hall that is at once: the browser came too late
    for its file, or the button said "Deferred file not found". No issue found.
    """
    execute = getattr(MediaFileManager, "execute_deferred", None)
    inactive = getattr(MediaFileManager, "_get_inactive_file_ids", None)
    orphaned = getattr(MediaFileManager, "_remove_orphaned_deferred_callables", None)
    if execute is None or inactive is None or orphaned is None:  # another Streamlit
        return

    @wraps(execute)
    def execute_and_keep(manager: MediaFileManager, file_id: str) -> str:
        work = manager._deferred_callables.get(file_id)
        if work is not None and (name := getattr(work["callable"], "file_name", None)) is not None:
            work["filename"] = name()
        url = execute(manager, file_id)
        _times(manager, "written")[PurePosixPath(url).stem] = time.monotonic()
        return url

    @wraps(inactive)
    def inactive_for_long(manager: MediaFileManager) -> set[str]:
        written = _times(manager, "written")
        for file_id, at in list(written.items()):
            if time.monotonic() - at > KEPT:
                written.pop(file_id, None)
        return inactive(manager) - set(written)

    @wraps(orphaned)
    def drop_what_is_old(manager: MediaFileManager) -> None:
        since, now = _times(manager, "orphaned"), time.monotonic()
        used = {file_id for files in manager._files_by_session_and_coord.values() for file_id in files.values()}
        alone = set(manager._deferred_callables) - used
        for file_id in [*since]:
            if file_id not in alone:
                del since[file_id]
        for file_id in alone:
            if now - since.setdefault(file_id, now) > HEARD:
                manager._drop_deferred_id(file_id)

    MediaFileManager.execute_deferred = execute_and_keep
    MediaFileManager._get_inactive_file_ids = inactive_for_long
    MediaFileManager._remove_orphaned_deferred_callables = drop_what_is_old


def _times(manager: MediaFileManager, name: str) -> dict[str, float]:
    """When something happened to files of a manager, by their ids."""
    return manager.__dict__.setdefault(f"glassbox_{name}", {})


keep_files()
