"""Addresses of this app for somebody else: of what is on screen, of a lecture, of a room; and their QR codes."""

from urllib.parse import urlencode

import streamlit as st

from pages.parts.page.session import Session

TITLES, HERE = "page_titles", "page_here"  # keys in Streamlit's state: app.py says which pages there are, and which is on
PRIVATE = ("lecture", "lecture_step", "room", "room_key", "present")


def here() -> str:
    """The name of the page on screen."""
    return st.session_state.get(HERE, "train")


def title_of(page: str) -> str:
    """A page's title in the menu."""
    return st.session_state.get(TITLES, {}).get(page, page.capitalize())


def home() -> str:
    """The address of the app as this viewer sees it, with a slash at its end."""
    address = (st.context.url or "http://localhost:8501/").partition("?")[0].rstrip("/")
    if here() != "train" and address.endswith(f"/{here()}"):
        address = address.removesuffix(f"/{here()}")
    return f"{address.removesuffix('/~/+')}/"


def address_of(page: str, texts: dict[str, str]) -> str:
    """The address of a page with these texts in its link."""
    query = urlencode(texts)
    return f"{home()}{'' if page == 'train' else page}{'?' if query else ''}{query}"


def shown_texts(session: Session) -> dict[str, str]:
    """What the link says of what is on screen: without lecture, room and presenter view."""
    return {name: text for name, text in session.link.items() if name not in PRIVATE}
