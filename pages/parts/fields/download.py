"""The button under which a file is taken away."""

from collections.abc import Callable

import streamlit as st


def download_button(
    label: str, write: Callable[[], str | bytes], file_name: str, mime: str, *, key: str,
    icon: str = ":material/download:", help: str | None = None,
) -> None:  # fmt: skip
    """A button that saves what `write` returns as a file, which is written when the button is pressed and not before.

    A file that is there from the start is fetched by every browser as soon as its button is drawn, and again after each
    change of it. On a slow connection that comes too late: Streamlit has let go of the file by then, and the browser
    reports an error 404 of a file that nobody asked for.
    """
    st.download_button(label, write, file_name, mime, key=key, icon=icon, help=help, on_click="ignore")
