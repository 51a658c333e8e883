"""The few lines of CSS that all pages share, what a page adds to them, and which theme is on."""

from pathlib import Path

import streamlit as st

from pages.parts.figures.palette import TEST, TRAINING, VALIDATION, text, zero

# The main area takes the focus of a click, and its frame would cross what stands at its edges.
# Streamlit's own Stop button would leave a page half drawn; where there is something to stop, the page has a button for it.
# A training that is watched asks for more while it plays: it must not fade as what is out of date does.
# Streamlit writes white on every primary button, which the dark theme's light blue is too pale for.
# Streamlit's colours of code are too pale for small letters, in both themes.
# On a laptop the whole menu fits into one line, without icons, and the buttons at its right say their names on hover.
# A button in a figure that was pressed or is pointed at is made nearly white by Plotly, in the dark under white letters.
# On a phone the choices of a row wrap: each is then a box of its own, not a piece of one that is cut.
# Less empty space above and beside the view, so that it stands whole on a small laptop's first screen.
_STYLE = """
<style>
[data-testid="stHeader"] { background: BACKGROUND; height: 2.6rem; min-height: 2.6rem; }
[data-testid="stMainBlockContainer"] { padding: 3rem 1.6rem 2rem; max-width: 1900px; }
[data-testid="stMain"] h1 { font-size: 1.65rem; line-height: 1.25; padding: 0; }
[data-testid="stMain"]:focus-visible::before { box-shadow: none; }
[data-testid="stBaseButton-primary"]:not(:disabled) :is(p, span), [data-testid="stBaseButton-primary"]:not(:disabled) {
  color: light-dark(#ffffff, #0e1117);
}
.st-key-page_style { display: none; }
[data-testid="stStatusWidget"] button, .st-key-draw_anew, .st-key-draw_rest { display: none; }
[data-testid="stMain"]:has(.st-key-draw_rest) .st-key-way_foot { visibility: hidden; }
[data-testid="stNumberInputClearButton"] { display: none; }
[data-testid="stSliderTickBar"] { transition: none !important; }
[data-testid="stSidebarContent"] [data-testid="stVerticalBlock"] { gap: 0.55rem; }
[data-testid="stSidebarHeader"] { height: 2.2rem; padding-bottom: 0; margin-bottom: 0; }
[data-testid="stSidebarUserContent"] { padding-top: 0.2rem; }
:is([class*="_learning "], [class$="_learning"]) [data-stale="true"] {
  opacity: 1 !important; transition: none !important;
}
pre code, pre code span { overflow-wrap: anywhere; }
code .token.token { color: light-dark(#31333f, #e8ecf1); }
code .token.token:is(.keyword, .function, .builtin, .boolean) { color: light-dark(#055d94, #6cb8ea); }
code .token.token:is(.number, .constant) { color: light-dark(#0b6b53, #4fc9ab); }
code .token.token:is(.string, .triple-quoted-string) { color: light-dark(#186b2f, #7fcf8f); }
code .token.token:is(.comment, .decorator), code .linenumber.linenumber { color: light-dark(#5f6368, #a3a9b3) !important; }
[data-testid="stCaptionContainer"] code { color: inherit; }
.katex-display { padding: 0 2px 0.5rem; }
@media (min-width: 641px) and (max-width: 1500px) {
  [data-testid="stTopNavLink"] > span:has([data-testid="stIconMaterial"]) { display: none; }
  :is([data-testid="stTopNavLink"], [data-testid="stTopNavSection"]) { padding: 0 5px; }
  :is([data-testid="stTopNavLink"], [data-testid="stTopNavSection"]) :is(p, span) { font-size: 13px; }
  [data-testid="stTopNavSection"] svg { width: 12px; height: 12px; }
  [data-testid="stToolbar"] div:has(> [data-testid="stMainMenu"]) { min-width: 8rem; }
  .st-key-lecture_bar [data-testid="stMarkdownContainer"] {
    position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  }
}
[data-testid="stButtonGroup"] > div { flex-wrap: wrap; }
[data-testid="stPageLink"] p { white-space: normal; }
@media (max-width: 640px) {
  [data-testid="stMainBlockContainer"] { padding: 2.8rem 0.7rem 1.5rem; }
  [data-testid="stMain"] h1 { font-size: 1.4rem; }
  .katex-display { font-size: 0.8rem; }
  .katex-display > .katex { white-space: normal; }
  .katex-display > .katex > .katex-html > .base { margin-block: 0.2em; }
  .katex .sizing.reset-size3.size1 { font-size: 1em; }
  [data-testid="stColumn"]:not(:has(button, p, svg, img, table, input, iframe, canvas, [data-testid="stSkeleton"])) {
    display: none;
  }
  [data-testid="stMarkdownContainer"] table { display: block; overflow-x: auto; }
  [data-testid="stButtonGroup"] > div:has(> [data-variant="segmented_control"]) { gap: 3px; }
  [data-testid="stButtonGroup"] button[data-variant="segmented_control"] { border-radius: 0.5rem; margin: 0; }
  [data-testid="stButtonGroup"] button[data-variant="segmented_control"]:not([aria-checked="true"]) {
    border: 1px solid color-mix(in srgb, currentColor 20%, transparent) !important;
  }
}
@media (prefers-reduced-motion: reduce) {
  *, ::before, ::after {
    animation-duration: 0.01ms !important; animation-iteration-count: 1 !important; transition-duration: 0.01ms !important;
    scroll-behavior: auto !important;
  }
}
.glassbox-pictures { position: fixed; z-index: 999980; display: flex; gap: 2px; }
.glassbox-pictures[hidden] { display: none; }
.glassbox-pictures button {
  font: 600 12px/1 var(--st-font, sans-serif); min-width: 40px; min-height: 26px; cursor: pointer; border-radius: 6px;
  border: 1px solid light-dark(#8a929c, #7d8794); background: BACKGROUND; color: light-dark(#0b1017, #e8ecf1);
}
.heatmap-label text:is(SMALL) { display: none; }
.updatemenu-item-rect { fill: QUIET !important; }
.updatemenu-button:hover .updatemenu-item-rect { fill: color-mix(in srgb, QUIET 85%, currentColor) !important; }
PRINTED
OWN
</style>
"""

# The number of a cell that Plotly would write smaller than anyone can read; it is told where one points at the cell.
_SMALL = ", ".join(f'[style*="font-size: {size}px"]' for size in range(1, 9))
_PRINT = Path(__file__).with_name("print.css").read_text(encoding="utf-8")


def page_style(own: str = "") -> None:
    """Puts the CSS in place, with a page's `own` rules at its end; once per full run."""
    with st.container(key="page_style"):
        # Of a style alone Streamlit chooses the place, and it may be lost when two runs of the page overlap.
        st.html(_styles(own) + "<span></span>")


def _styles(own: str) -> str:
    styles = _STYLE.replace("OWN", own).replace("PRINTED", _PRINT).replace("BACKGROUND", background())
    quiet = f"light-dark({zero(False)}, {zero(True)})"
    return styles.replace("SMALL", _SMALL).replace("QUIET", quiet)


def background() -> str:
    """The colour of the page, as CSS: the browser chooses between the two, and so follows a theme that is switched there."""
    light, dark = (st.get_option(f"theme.{theme}.backgroundColor") for theme in ("light", "dark"))
    return f"light-dark({light}, {dark})"


def light_theme() -> dict[str, str]:
    """The colours of the light theme by the names of the CSS variables that components read: paper is light in any theme."""
    named = {"--st-text-color": "text", "--st-background-color": "background", "--st-primary-color": "primary",
             "--st-secondary-background-color": "secondaryBackground"}  # fmt: skip
    light = {name: st.get_option(f"theme.light.{colour}Color") for name, colour in named.items()}
    return {name: colour or st.get_option(f"theme.{named[name]}Color") for name, colour in light.items()}


def light_colours() -> dict[str, str]:
    """The light theme's colours of figures, by those of the dark one, for what came in the dark one's alone."""
    styles = {style.dark: style.light for style in (TRAINING, VALIDATION, TEST)}
    return {zero(True): zero(False), text(True): text(False)} | styles


def is_dark() -> bool:
    """Whether the viewer's theme is a dark one."""
    return st.context.theme.type == "dark"
