"""How long the pages that look inside a network take to answer a person, measured in Chromium on a server of its own.

Run it with `python -m tests.benchmarks.studies`; name pages (`weights`, `neuron`, `backprop`) to measure only those. All
show a 784-16-10 network where they show a run. A first picture counts from following the link to the first finished
figure, an interaction from the click to the last change of the page, so that Streamlit's own waiting is in it; both are
medians of five. The full gradient check is left out. The processor time that server and page took is told
beside the clock's, for other work on the machine lengthens only the latter. The exit code is 1 when a limit is missed,
and the last lines name what missed it.
"""

import math
import shutil
import statistics
import sys
from collections.abc import Callable, Iterator
from typing import NamedTuple

from playwright.sync_api import Browser, Locator, Page, TimeoutError, sync_playwright

from tests.benchmarks.server import Server
from tests.browser.conftest import CHROMIUM_FLAGS

FIRST_SECONDS, ACT_SECONDS = 1.0, 0.5
REPEATS = 5
TIMEOUT = 120_000  # milliseconds: training a run for its first viewer takes long on a busy machine
ACT_TIMEOUT = 15_000  # milliseconds, to find and press a widget
DIGITS = "dataset=digits28&hidden=16&optimizer=adam&learning_rate=0.003&batch_size=32"

# What happens in the page, by its own clock: when it last changed, when a figure first stood, when a person last acted.
WATCH = """
window.studies = {changed: 0, picture: null, acted: 0};
const changed = () => {
  studies.changed = performance.now();
  if (studies.picture === null && document.querySelector('[data-testid=stMain] .js-plotly-plot .main-svg'))
    studies.picture = studies.changed;
};
new MutationObserver(records => {
  if (records.some(record => record.target.closest?.('[data-testid=stMain], [data-testid=stSidebar]'))) changed();
}).observe(document, {subtree: true, childList: true, attributes: true});
for (const kind of ['pointerdown', 'keydown'])
  document.addEventListener(kind, () => { studies.acted = studies.changed = performance.now(); }, true);
"""
QUIET = """milliseconds =>
  document.querySelector('[data-testid=stMain]') && performance.now() - studies.changed > milliseconds &&
  !document.querySelector('[data-test-script-state=running], [data-stale=true], [data-testid=stSkeleton]')"""


class Cost(NamedTuple):
    """What an answer took: seconds by the clock, and seconds of processor time of server and page."""

    clock: float
    processor: float


class Study(NamedTuple):
    """A page, and the values of the choice that opens its parts."""

    path: str
    link: str
    choice: str
    parts: tuple[str, ...]


STUDIES = (
    Study("weights", DIGITS, "section", ("matrices", "sample", "pictures", "trends", "chain", "edit")),
    Study("neuron", "", "n_part", ("chain", "loss", "rates", "goal", "stops", "activations")),
    Study("backprop", DIGITS, "microscope", ("batch", "passes", "chain", "check", "flow")),
)


def _press(widget: Locator) -> None:
    handle = widget.get_by_role("slider").last
    lowest = handle.evaluate("it => Number(it.ariaValueNow ?? it.value) <= Number(it.ariaValueMin ?? it.min)")
    handle.press("ArrowRight" if lowest else "ArrowLeft")


def _step_up(widget: Locator) -> None:
    widget.get_by_test_id("stNumberInputStepUp").click()


def _next_option(widget: Locator) -> None:
    options = widget.get_by_role("radio")
    if not options.count():  # of several options that can be on at once, the first is turned off or on
        widget.get_by_role("button").first.click()
        return
    chosen = [options.nth(k).get_attribute("aria-checked") for k in range(options.count())].index("true")
    options.nth((chosen + 1) % options.count()).click()


def _pick_next(widget: Locator) -> None:
    box = widget.get_by_role("combobox")
    box.click()
    box.press("ArrowDown")
    box.press("Enter")


def _click(widget: Locator) -> None:
    widget.get_by_role("button").click()


# How every kind of widget is worked.
ACTS: dict[str, Callable[[Locator], None]] = {
    "stSlider": _press, "stNumberInput": _step_up, "stButtonGroup": _next_option, "stSelectbox": _pick_next,
    "stButton": _click,
}  # fmt: skip
# What of a widget has to be enabled.
WORKED = {
    "stSlider": "[role=slider], input", "stNumberInput": "[data-testid=stNumberInputStepUp]",
    "stButtonGroup": "[role=radio], button", "stSelectbox": "[role=combobox], input", "stButton": "button",
}  # fmt: skip
LEFT_OUT = ("Check every weight and bias", "Open ", "Take back")  # the full check, what trains another run, undo


def wait_until_quiet(page: Page, quiet_seconds: float = 0.4) -> None:
    """Returns when nothing runs and the page has not changed for so long."""
    page.wait_for_function(QUIET, arg=1000 * quiet_seconds, timeout=TIMEOUT, polling=50)


class Tab:
    """A page of the app in the browser, and what it and its server need."""

    def __init__(self, browser: Browser, server: Server):
        self.page = browser.new_page(viewport={"width": 1280, "height": 800})
        self.page.set_default_timeout(ACT_TIMEOUT)
        self.page.add_init_script(WATCH)
        self._server = server
        self._protocol = self.page.context.new_cdp_session(self.page)
        self._protocol.send("Performance.enable", {"timeDomain": "threadTicks"})

    def _processor(self) -> float:
        """Seconds of the server since it began, and of the page since it was opened."""
        metrics = self._protocol.send("Performance.getMetrics")["metrics"]
        used = {metric["name"]: metric["value"] for metric in metrics}
        return used["TaskDuration"] + self._server.usage().seconds

    def act(self, act: Callable[[], None]) -> Cost:
        """The cost of what a person does, up to the last change of the page."""
        before = self._processor()
        act()
        wait_until_quiet(self.page)
        seconds = self.page.evaluate("(studies.changed - studies.acted) / 1000")
        return Cost(seconds, self._processor() - before)

    def open(self, address: str) -> Cost:
        """The cost of following a link, by the clock up to its first figure."""
        before = self._server.usage().seconds
        self.page.goto(address, timeout=TIMEOUT)
        self.page.wait_for_function("studies.picture !== null", timeout=TIMEOUT)
        seconds = self.page.evaluate("studies.picture / 1000")
        wait_until_quiet(self.page)
        return Cost(seconds, self._processor() - before)


class Row(NamedTuple):
    """A line of the table: what was done, what it took each time, and the limit of the clock's median in seconds."""

    name: str
    costs: list[Cost]
    limit: float

    def show(self) -> bool:
        """Prints the line; False when the limit is missed."""
        clock, processor = zip(*self.costs, strict=True)
        met = statistics.median(clock) <= self.limit and math.inf not in clock
        numbers = (statistics.median(clock), min(clock), max(clock), statistics.median(processor))
        print(f"  {self.name:76.76}" + "".join(f"{number:8.2f}" for number in numbers) + f"  {'' if met else 'OVER'}",
              flush=True)  # fmt: skip
        return met


def widgets(page: Page) -> list[tuple[str, str, Locator]]:
    """Kind, name and place of the widgets of the page; the sidebar and what cannot be worked are left out."""
    found = []
    for kind in ACTS:
        places = page.locator(f"[data-testid=stMain] .{kind}")
        for number in range(places.count()):
            text = (places.nth(number).inner_text().strip() or kind).splitlines()
            name = text[-1] if kind == "stButton" else text[0]
            if not name.startswith(LEFT_OUT) and places.nth(number).locator(WORKED[kind]).first.is_enabled():
                found.append((kind, name, places.nth(number)))
    return found


def measure(tab: Tab, address: str, study: Study) -> Iterator[Row]:
    """The rows of one page: its first picture, and every widget of every part."""
    pressed: set[str] = set()
    for part in study.parts:
        link = f"{address}/{study.path}?{study.link}&{study.choice}={part}"
        tab.open(link)  # the first viewer of a run waits for its training
        yield Row(f"{study.path}, {part}: first picture", [tab.open(link) for _ in range(REPEATS)], FIRST_SECONDS)
        for kind, name, widget in widgets(tab.page):
            if kind != "stButton" or name not in pressed:
                pressed.add(name)
                yield Row(f"{study.path}, {part}: {name}", work(tab, link, widget, kind), ACT_SECONDS)


def work(tab: Tab, link: str, widget: Locator, kind: str) -> list[Cost]:
    """How long the page takes to answer one widget, worked several times; for ever where it cannot be worked."""
    costs = []
    try:
        for _ in range(REPEATS):
            if not costs or not (widget.is_visible() and widget.locator(WORKED[kind]).first.is_enabled()):
                tab.open(link)
            costs.append(tab.act(lambda: ACTS[kind](widget)))
    except (TimeoutError, ValueError) as error:
        print(f"  {error}".splitlines()[0], file=sys.stderr)
        costs.append(Cost(math.inf, math.inf))
    return costs


def main(names: list[str]) -> int:
    """0 when every limit is met, else 1. Measures the pages named, or all."""
    over = []
    print(f"  {'seconds':76}{'median':>8}{'least':>8}{'most':>8}{'cpu':>8}")
    with Server() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM_FLAGS)
        for study in STUDIES:
            if not names or study.path in names:
                rows = measure(Tab(browser, server), f"http://127.0.0.1:{server.port}", study)
                over += [row.name for row in rows if not row.show()]
        browser.close()
    print("\n".join([f"{len(over)} over the limit:", *over]) if over else "all within the limits")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
