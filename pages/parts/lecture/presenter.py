"""Presenter view: nothing but the picture and its words, in letters that can be read from the last row.

What is asked for is in the link of any page: `present=1`, and `hide=` with the names of what is left out. Sizes come from
here alone: the style sheet sets them, the live view reads them from it, and figures are enlarged where they are shown.
"""

import streamlit as st

from nncore.experiments.link_text import quoted
from pages.parts.figures.large_text import SMALLEST
from pages.parts.lecture.keys import PRESENTER_KEYS
from pages.parts.page.session import Session

# Groups of controls by their names in the link, and what hides them; "" is left out by its page.
GROUPS = {
    "data": "", "network": "", "training": "", "presets": "",
    "sidebar": '[data-testid="stSidebar"], [data-testid="stExpandSidebarButton"]',
    "menu": '[data-testid="stHeader"]',
    "title": '[data-testid="stMain"] h1',
    "controls": ", ".join(f'[data-testid="stMain"] [data-testid="{name}"]' for name in (
        "stSelectbox", "stSlider", "stSelectSlider", "stNumberInput", "stTextInput", "stTextArea", "stButtonGroup",
        "stCheckbox", "stRadio", "stMultiSelect", "stFileUploader")),
    "details": ".st-key-details",
    "share": ".st-key-lecture_bar",
}  # fmt: skip

# The smallest text of Streamlit's is 0.85 of the root's size, that of the live view 0.86 of its unit.
ROOT = round(SMALLEST / 0.82)
_HIDDEN = ", ".join((GROUPS["sidebar"], GROUPS["menu"], ".st-key-stop_training"))
# Elements that hold nothing but style sheets and scripts would each leave a gap at the page's top.
_HTML = '> [data-testid="stHtml"]'
WITHOUT_GAPS = (f'[data-testid="stElementContainer"]:has({_HTML}):not(:has({_HTML} > :not(style, script, span:empty))) '
                "{ display: none; }")  # fmt: skip
# A formula too wide for its column takes the row, what stood beside it comes below: nobody scrolls a projector's picture.
_STYLE = f"""
:root {{ --glassbox-unit: {ROOT}px; --glassbox-scale: 1.9; }}
html {{ font-size: {ROOT}px !important; }}
{_HIDDEN} {{ display: none !important; }}
[data-testid="stMainBlockContainer"] {{ padding: 0.4rem 1.2rem 3.4rem !important; max-width: none !important; }}
[data-testid="stMain"] [data-testid="stVerticalBlock"] {{ gap: 0.5rem !important; }}
[data-testid="stMain"] .st-key-head {{ gap: 0 !important; }}
{WITHOUT_GAPS}
.glassbox-jumps {{ display: none !important; }}
.st-key-keep_frame, [data-testid="stElementContainer"]:has(+ .st-key-keep_frame) {{ display: none; }}
[data-testid="stMain"] h1 {{ font-size: 1.25rem !important; padding: 0 0 0.2rem !important; }}
[data-testid="stMain"] :is(h2, h3) {{ font-size: 1.15rem !important; }}
[data-testid="stMain"] :is([data-testid="stSliderTickBar"] *, [data-testid="stSliderThumbValue"], code, small) {{
  font-size: 0.85rem !important;
}}
[data-testid="stMain"] [data-testid="stHtml"] img {{ width: 100%; max-height: none !important; }}
[data-testid="stMain"] [data-testid="stCode"] code span {{ font-size: inherit !important; }}
.katex .sizing.reset-size3.size1 {{ font-size: 1em; }}
[data-testid="stColumn"]:has(.katex-display) {{ min-width: min-content; }}
[data-testid="stLayoutWrapper"]:has(> :is(.st-key-strip, .st-key-words_strip)) {{ top: 0 !important; }}
.heatmap-label text:is({", ".join(f'[style*="font-size: {size}px"]' for size in range(1, SMALLEST))}) {{ display: none; }}
"""
_EMBEDDED = f"{GROUPS['sidebar']}, {GROUPS['menu']}, .st-key-lecture_bar {{ display: none !important; }}"
NEUTRAL = ("", "0")


def read_view(session: Session) -> None:
    """Corrects what the link asks for: of `present` anything but 1 or 0, of `hide` names that there are not."""
    carried, notes = session.carried, session.notes
    asked = carried.get("present", "")
    if asked not in ("1", *NEUTRAL):
        notes.append(f"Presenter view can be 1 (on) or 0 (off); the link asked for {quoted(asked)}, so it is off.")
    if asked != "1":
        carried.pop("present", None)
    names = [name for name in carried.get("hide", "").split(",") if name]
    for name in [name for name in names if name not in GROUPS]:
        notes.append(f"The link asks to hide {quoted(name)}. What can be hidden is {', '.join(GROUPS)}.")
    known = list(dict.fromkeys(name for name in names if name in GROUPS))
    if known:
        carried["hide"] = ",".join(known)
    else:
        carried.pop("hide", None)


def view_style(session: Session) -> str:
    """The CSS that presenter view, an embedded page and hidden groups need; none in the usual view."""
    rules = [f"{GROUPS[name]} {{ display: none !important; }}" for name in session.hidden if GROUPS[name]]
    if session.presents:
        rules.insert(0, _STYLE)
    elif st.context.is_embedded:
        rules.insert(0, _EMBEDDED)
    return "\n".join(rules)


def presenter_keys(session: Session) -> None:
    """Has space, arrows and Escape press the buttons of presenter view, once in a full run."""
    if session.presents:
        st.html(PRESENTER_KEYS, unsafe_allow_javascript=True)


def leave(session: Session) -> None:
    """Back to the usual view, for a button."""
    session.carried.pop("present", None)
    session.carried.pop("lecture_step", None)


def enter(session: Session) -> None:
    """Into presenter view, for a button."""
    session.carried["present"] = "1"
