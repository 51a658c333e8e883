"""The page's own few lines of CSS, and which theme is on."""

import streamlit as st

# Less empty space above and beside the view, so that it stands whole on a small laptop's first screen.
_STYLE = """
<style>
[data-testid="stHeader"] { background: transparent; height: 2.6rem; min-height: 2.6rem; }
[data-testid="stMainBlockContainer"] { padding: 2.6rem 1.6rem 2rem; max-width: 1900px; }
[data-testid="stSidebarContent"] [data-testid="stVerticalBlock"] { gap: 0.55rem; }
[data-testid="stSidebarHeader"] { height: 2.2rem; padding-bottom: 0; margin-bottom: 0; }
[data-testid="stSidebarUserContent"] { padding-top: 0.2rem; }
@media (max-width: 640px) { [data-testid="stMainBlockContainer"] { padding: 2.8rem 0.7rem 1.5rem; } }
</style>
"""


def page_style() -> None:
    """Puts the page's CSS in place; once a full run."""
    st.html(_STYLE)


def is_dark() -> bool:
    """Whether the viewer's theme is a dark one."""
    return st.context.theme.type == "dark"
