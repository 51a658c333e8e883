"""All that works around Streamlit 1.67 and the Plotly in it, each with its issue there; look at it with every new version.

In the browser's own code, `live/` asks again for what a component said while it was being mounted, which may be lost
(streamlit/streamlit#16732).
"""

import json
import runpy
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.parts.page.session import Session
from pages.parts.page.style import is_dark

APP = Path(__file__).parents[3] / "app.py"
ANSWERED = "click_answered_in"
TO_TOP = "scroll_to_top"

# What a page may load: pictures of its own alone, so that no text from outside, should one ever be read as Markdown, can
# call another server or send a form there. Streamlit sets no such header and has no option for one (1.67); a browser takes
# the rules from the document's head as well, from then on. Scripts and styles are Streamlit's own and stay as they are.
_POLICY = """
<script>
if (!document.head.querySelector('meta[http-equiv="Content-Security-Policy"]')) {
  const policy = document.createElement("meta");
  policy.httpEquiv = "Content-Security-Policy";
  policy.content = "img-src 'self' data: blob:; media-src 'self' data: blob:; frame-src 'self' data: blob:; " +
    "object-src 'none'; form-action 'self'; base-uri 'self'";
  document.head.append(policy);
}
</script>
"""

# Every write into the link is an entry in the browser's history (streamlit/streamlit#11305). What is written before the
# person has touched a new page completes that page's own entry: without this each page would leave two, and Back would need
# two clicks.
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

# A click on a chart chooses what Plotly found under the pointer before it (plotly/plotly.js#6721). A finger was nowhere
# before: without this its tap chooses nothing, and the next one what lay under the first.
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

# A formula wider than its place is scrolled sideways, and the keyboard must be able to reach it. Formulas that fit are
# no stops. No issue found.
_FORMULAS = """
<script>
if (!window.glassboxFormulas) {
  let waiting = false;
  const reach = () => {
    waiting = false;
    for (const formula of document.querySelectorAll(".katex-display")) {
      if (formula.scrollWidth <= formula.clientWidth) formula.removeAttribute("tabindex");
      else if (formula.tabIndex < 0) formula.tabIndex = 0;
    }
  };
  const soon = () => {
    if (!waiting) setTimeout(reach, 200);
    waiting = true;
  };
  window.glassboxFormulas = new MutationObserver(soon);
  window.glassboxFormulas.observe(document.body, { childList: true, subtree: true });
  window.addEventListener("resize", soon);
}
</script>
"""

# A browser whose language writes 1.5 drops the comma of 1,5 from a field for a number, which then says 15. Both signs are
# read here, typed or pasted. No issue found.
_COMMAS = """
<script>
if (!window.glassboxCommas) {
  window.glassboxCommas = true;
  const isNumber = (target) => target?.matches?.("[data-testid=stNumberInput] input");
  window.addEventListener("keydown", (event) => {
    if (event.key !== "," || !isNumber(event.target)) return;
    event.preventDefault();
    document.execCommand("insertText", false, ".");
  }, { capture: true });
  window.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain").trim() ?? "";
    if (!isNumber(event.target) || !/^[-+]?[0-9]*,[0-9]+$/.test(text)) return;
    event.preventDefault();
    document.execCommand("insertText", false, text.replace(",", "."));
  }, { capture: true });
}
</script>
"""

# Streamlit's own buttons that are an icon alone have no name on hover, and some none at all. No issue found.
_ICONS = """
<script>
if (!window.glassboxIcons) {
  window.glassboxIcons = true;
  const names = { stSidebarCollapseButton: "Hide the side bar", stExpandSidebarButton: "Show the side bar" };
  const name = (event) => {
    const button = event.target.closest?.("button");
    if (!button || button.title || button.querySelector("p")) return;
    const place = button.closest(Object.keys(names).map((key) => `[data-testid=${key}]`).join());
    const said = (place && names[place.dataset.testid]) || button.getAttribute("aria-label");
    if (said) button.title = said;
  };
  for (const type of ["pointerover", "focusin"]) window.addEventListener(type, name, { capture: true, passive: true });
}
</script>
"""

# Figures come in the colours of the theme that the page was run with; a theme that is switched later, in the menu or by the
# evening, reruns nothing (streamlit/streamlit#15287). A button that nobody sees is pressed then, until the page was run with
# the new theme: a press while the page runs may be lost, or come before the server knows of the new theme.
_THEME = """
<script>
window.glassboxDrawn = "DRAWN";
if (!window.glassboxTheme) {
  window.glassboxTheme = true;
  const scheme = () => getComputedStyle(document.querySelector("[data-testid=stApp]")).colorScheme;
  const press = (tries) => {
    if (scheme() === window.glassboxDrawn || !tries) return;
    const free = document.querySelector("[data-test-script-state=notRunning]");
    if (free) document.querySelector(".st-key-theme_switched button")?.click();
    setTimeout(press, free ? 800 : 100, tries - 1);
  };
  const look = () => setTimeout(press, 100, 50);
  new MutationObserver(look).observe(document.querySelector("[data-testid=stApp]"), { attributeFilter: ["class"] });
}
</script>
"""

# A link of the menu or between pages is the page's bare address: opened in a new tab, a session of its own, it would show
# another run without a word. What is OWN are choices of the page on screen alone. No issue found.
_MENU = """
<script>
window.glassboxOwnChoices = OWN;
if (!window.glassboxMenu) {
  window.glassboxMenu = true;
  const carry = (event) => {
    const link = event.target.closest?.(
      'a[data-testid^="stTopNav"], a[data-testid^="stSidebarNav"], a[data-testid^="stPageLink"]'
    );
    if (!link) return;
    const texts = new URLSearchParams(location.search);
    for (const name of window.glassboxOwnChoices) texts.delete(name);
    link.search = texts.toString();
  };
  for (const type of ["pointerover", "pointerdown", "focusin", "contextmenu"]) {
    window.addEventListener(type, carry, { capture: true, passive: true });
  }
}
</script>
"""

# There is no command to scroll (streamlit/streamlit#9516). Up to the page's first chart: the top of the page where the
# chart stands on the screen then, else the chart's own top, once it is drawn. A person who scrolls is left alone.
_SCROLL = """<script>
/* {count} */
(() => {
  const main = document.querySelector("[data-testid=stMain]"), headerHeight = 60;
  let touched = false;
  for (const type of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    window.addEventListener(type, () => { touched = true; }, { once: true, passive: true });
  }
  main.scrollTo(0, 0);
  const look = (tries) => {
    const chart = main.querySelector("[data-testid=stPlotlyChart], [data-testid=stImage]");
    if (touched || !tries) return;
    if (!chart || document.querySelector("[data-test-script-state=running]")) setTimeout(look, 100, tries - 1);
    else if (chart.getBoundingClientRect().bottom > window.innerHeight) {
      main.scrollBy(0, chart.getBoundingClientRect().top - headerHeight);
    }
  };
  setTimeout(look, 100, 300);
})();
</script>"""


def repair_browser(own_choices: Iterable[str] = ()) -> None:
    """Mends the browser's history, taps on charts, wide formulas, commas in fields, icons without a name on hover, figures
    in the colours of another theme and the menu's links, and says what a page may load.

    `own_choices` are names in the link that mean something on this page alone: other pages' links go without them.
    """
    menu = _MENU.replace("OWN;", f"{json.dumps(list(own_choices))};")
    theme = _THEME.replace("DRAWN", "dark" if is_dark() else "light")
    st.html(_POLICY + _HISTORY + _TAPS + _FORMULAS + _COMMAS + _ICONS + theme + menu, unsafe_allow_javascript=True)
    st.button("Draw in the colours of the new theme", key="theme_switched")


def enter_through_app() -> None:
    """Runs app.py, and this page within it, where Streamlit ran the page's file alone.

    It does so for a link to any page but the first, until app.py has named the pages to a new server
    (streamlit/streamlit#9624 tells of the like).
    """
    if "entered" not in st.session_state:
        runpy.run_path(str(APP))
        st.stop()


def rerun_outdated_page(session: Session) -> None:
    """Reruns the page around the player if a change has not reached it.

    Where a control and the player speak within one breath, Streamlit may rerun the player's fragment alone for both.
    No issue found.
    """
    if session.playback.page_outdated:
        session.playback.frames_only = False
        st.rerun("train" if session.playback.playing else "page")


def latest(change: Callable[..., None]) -> Callable[..., None]:
    """`change` as a button's callback that does nothing where a newer click was answered in the same run.

    What is clicked while a page is busy comes to its next run together (streamlit/streamlit#8291). The callback of the
    newest click is called first and that of the oldest last, so that each would undo what a later click asked for.
    """

    @wraps(change)
    def answer(*args: object) -> None:
        run = getattr(get_script_run_ctx(), "cursors", None)  # a new object for every run; not a public name
        if run is not None and st.session_state.get(ANSWERED) is run:
            return
        st.session_state[ANSWERED] = run
        change(*args)

    return answer


def clicked_number(chart: str) -> int | None:
    """The number that a point of the chart with this key carries as `customdata`, where one was clicked.

    It comes as a number, a list or a dict of them. No issue found.
    """
    for point in st.session_state[chart]["selection"]["points"]:
        number = point.get("customdata")
        if isinstance(number, dict):
            number = list(number.values())
        if isinstance(number, list):
            number = number[0] if number else None
        if number is not None:
            return int(number)
    return None


def section(names: Iterable[str], shown: str) -> DeltaGenerator:
    """The container of the finding `shown`, one of `names`; those of the others are emptied at once.

    Streamlit would leave what an earlier run drew on screen, greyed, until this run ends (streamlit/streamlit#6063).
    """
    return {name: st.container() if name == shown else st.empty() for name in names}[shown]


def place_for(name: str, content: str) -> DeltaGenerator:
    """A container at the place called `name`; emptied at once when it showed other `content` before.

    While the content is the same, what stands there stays until the new replaces it, so that nothing blinks. Else Streamlit
    would leave the old on the screen, greyed, and it reads as if it belonged to the new (streamlit/streamlit#6063).
    """
    key = f"place_{name}"
    shown, slot = st.session_state.get(key, (None, 1))
    if shown != content:
        # The other of two slots: a container would take over the children of one that stood in its own slot before,
        # and an "empty" sent just ahead of it is dropped from Streamlit's queue (streamlit/streamlit#5204).
        shown, slot = st.session_state[key] = content, 1 - slot
    slots = [st.container() if number == slot else st.empty() for number in (0, 1)]
    return slots[slot]


def ask_for_top() -> None:
    """Has the page show its top, and its first chart, after its next run: for a button below what it shows."""
    st.session_state[TO_TOP] = st.session_state.get(TO_TOP, 0) + 1


def top_of_page() -> None:
    """Scrolls to the top and the first chart if that was asked for; always takes the same place among the elements."""
    place, count = st.empty(), st.session_state.get(TO_TOP, 0)
    if count != st.session_state.get(f"{TO_TOP}_done", 0):
        st.session_state[f"{TO_TOP}_done"] = count
        place.html(_SCROLL.replace("{count}", str(count)), unsafe_allow_javascript=True)
