"""The page's own few lines of CSS, its place in the browser's history, and which theme is on."""

import runpy
from pathlib import Path

import streamlit as st

APP = Path(__file__).parents[3] / "app.py"

# What is written into the link before the person has touched a new page completes that page's entry in the browser's
# history: without this each page would leave two, and Back would need two clicks.
_HISTORY = """
<script>
if (!window.glassboxHistory) {
  let touched = false;
  const push = history.pushState.bind(history);
  window.glassboxHistory = true;
  for (const type of ["pointerdown", "keydown"]) window.addEventListener(type, () => { touched = true; }, { capture: true });
  window.addEventListener("popstate", () => { touched = false; });
  history.pushState = (state, title, url) => {
    const samePage = new URL(url, location.href).pathname === location.pathname;
    if (!samePage) touched = false;
    if (samePage && !touched && !location.search) history.replaceState(state, title, url);
    else push(state, title, url);
  };
}
</script>
"""

# A click on a chart chooses what Plotly found under the pointer before it. A finger was nowhere before: without this its
# tap chooses nothing, and the next one what lay under the first.
_TAPS = """
<script>
if (!window.glassboxTaps) {
  window.glassboxTaps = true;
  window.addEventListener("touchstart", (event) => {
    const chart = event.touches.length === 1 && event.target.closest?.(".js-plotly-plot .nsewdrag");
    if (!chart) return;
    const { clientX, clientY } = event.touches[0];
    chart.dispatchEvent(new MouseEvent("mousemove", { bubbles: true, view: window, clientX, clientY }));
  }, { capture: true, passive: true });
}
</script>
"""

# The main area takes the focus of a click, and its frame would cross what stands at its edges.
# Streamlit's own Stop button would leave a page half drawn; where there is something to stop, the page has a button for it.
# A training that is watched asks for more while it plays: it must not fade as what is out of date does.
# Less empty space above and beside the view, so that it stands whole on a small laptop's first screen.
_STYLE = """
<style>
[data-testid="stHeader"] { background: BACKGROUND; height: 2.6rem; min-height: 2.6rem; }
[data-testid="stMainBlockContainer"] { padding: 2.6rem 1.6rem 2rem; max-width: 1900px; }
[data-testid="stMain"] h1 { font-size: 2.3rem; padding: 0.5rem 0 0.7rem; }
[data-testid="stMain"]:focus-visible::before { box-shadow: none; }
[data-testid="stStatusWidget"] button { display: none; }
[data-testid="stNumberInputClearButton"] { display: none; }
[data-testid="stSidebarContent"] [data-testid="stVerticalBlock"] { gap: 0.55rem; }
[data-testid="stSidebarHeader"] { height: 2.2rem; padding-bottom: 0; margin-bottom: 0; }
[data-testid="stSidebarUserContent"] { padding-top: 0.2rem; }
.st-key-details { transition: opacity 0.2s; }
body.glassbox-playing .st-key-details { opacity: 0.35; }
body.glassbox-playing .st-key-details::before { content: "Updates when playing pauses."; font-size: 0.9rem; }
:is(.st-key-translate_learning, .st-key-block_learning) [data-stale="true"] {
  opacity: 1 !important; transition: none !important;
}
.katex-display { padding-bottom: 0.5rem; }
SMALL { display: none; }
@media (max-width: 640px) {
  [data-testid="stMainBlockContainer"] { padding: 2.8rem 0.7rem 1.5rem; }
  [data-testid="stMain"] h1 { font-size: 1.7rem; }
  .katex-display { font-size: 0.8rem; }
  [data-testid="stMarkdownContainer"] table { display: block; overflow-x: auto; }
}
</style>
"""


# The number of a cell that Plotly would write smaller than anyone can read, in the matrices of words and of attention.
_MATRICES = ":is(" + ", ".join(f'[class*="st-key-{name}"]' for name in (
    "sentence_rows", "product", "hidden", "two_matrix", "numbers_", "matrix_W_", "matrix_effect")) + ")"  # fmt: skip
_SMALL = ", ".join(f'{_MATRICES} .heatmap-label text[style*="font-size: {size}px"]' for size in range(1, 9))


def page_style() -> None:
    """Puts the page's CSS in place; once a full run."""
    _enter_through_app()
    background = st.get_option(f"theme.{'dark' if is_dark() else 'light'}.backgroundColor")
    st.html(_STYLE.replace("BACKGROUND", background).replace("SMALL", _SMALL))
    st.html(_HISTORY + _TAPS, unsafe_allow_javascript=True)


def _enter_through_app() -> None:
    """Runs app.py, and this page within it, where Streamlit ran the page's file alone.

    It does so for a link to any page but the first, until app.py has named the pages to a new server.
    """
    if "entered" not in st.session_state:
        runpy.run_path(str(APP))
        st.stop()


def is_dark() -> bool:
    """Whether the viewer's theme is a dark one."""
    return st.context.theme.type == "dark"
