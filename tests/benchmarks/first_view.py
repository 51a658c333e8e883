"""How soon a page is there, beside a bare Streamlit page: seconds from following its link, in Chromium.

Run it with `python -m tests.benchmarks.first_view PAGES ROUNDS SCENES`, by default "train,weights", 10 and "cold,warm"; the
scenes "cold_link" and "warm_phone" emulate a link of 10 Mbit/s and 40 ms, and a processor four times as slow. The pages take
turns, so that a ratio survives a busy machine; medians. Of Train the first draw of the live view counts, of other
pages their first sentence and control, and then the first figure. The exit code is 1 when a target is missed.

The pages are opened as a visitor's browser opens them: no debugger listens. Playwright's own pages have one, for which V8
looks up the line of every exception, caught ones too. Plotly's script throws six while it begins, and for that most of it is
parsed anew several times: 0.4 s that no visitor waits for.
"""

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.benchmarks.replicas import replica
from tests.browser.conftest import CHROMIUM_FLAGS, wait_until_healthy

APP, BARE = 8521, 8522
MOST_TIMES, MOST_SECONDS_TO_FIGURE = 1.6, 1.0
# True when the page is there: a bare page's text; the live view's first draw; another page's sentence, control and figure.
SENTENCE = "document.querySelector('[data-testid=stMain] [data-testid=stMarkdownContainer] p')"
FIGURE = ("document.querySelector('[data-testid=stMain] :is(.main-svg, [data-testid=stImage] img, canvas, table)') || "
          "[...document.querySelectorAll('[data-testid=stMain] [data-testid^=stBidiComponent]')].some((view) => "
          "[...view.shadowRoot?.querySelectorAll('canvas') ?? []].some((canvas) => canvas.clientHeight > 0))")  # fmt: skip
DRAWN = "window.glassbox?.draws > 0"
WATCH = """
{
  const signs = [SIGNS];
  const seen = globalThis.seen = [];
  const look = () => {
    while (seen.length < signs.length && document.body && signs[seen.length]()) seen.push(performance.now());
    if (seen.length < signs.length) requestAnimationFrame(look);
  };
  look();
}
"""


@contextmanager
def bare_page() -> Iterator[str]:
    """The address of a server with a page of one `st.write`."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "bare.py"
        script.write_text('import streamlit as st\nst.write("Nothing else.")\n', encoding="utf-8")
        options = [f"--server.port={BARE}", "--server.address=127.0.0.1", "--server.headless=true"]
        server = subprocess.Popen([sys.executable, "-m", "streamlit", "run", script, *options], stdout=subprocess.DEVNULL)
        try:
            wait_until_healthy(f"http://127.0.0.1:{BARE}/_stcore/health")
            yield f"http://127.0.0.1:{BARE}/"
        finally:
            server.kill()
            server.wait(10)


class Tab:
    """A tab in a cache of its own, with what measures put into it and nothing that listens to its scripts."""

    def __init__(self, browser: Browser):
        self._devtools = browser.new_browser_cdp_session()
        self._devtools.on("Target.receivedMessageFromTarget", lambda event: self._hear(json.loads(event["message"])))
        self._answers: dict[int, dict[str, Any]] = {}
        self._asked = 0
        self._cache = self._devtools.send("Target.createBrowserContext")["browserContextId"]
        self._target = self._session = ""

    def _hear(self, message: dict[str, Any]) -> None:
        if "id" in message:
            self._answers[message["id"]] = message

    def tell(self, method: str, **parameters: Any) -> dict[str, Any]:
        """What the tab's devtools answer."""
        self._asked += 1
        message = json.dumps({"id": self._asked, "method": method, "params": parameters})
        self._devtools.send("Target.sendMessageToTarget", {"sessionId": self._session, "message": message})
        while self._asked not in self._answers:  # it is heard while the next command waits for its own answer
            self._devtools.send("Target.getTargets")
        return self._answers.pop(self._asked)["result"]

    def visit(self, address: str, scene: str, signs: tuple[str, ...]) -> list[float]:
        """Seconds from the beginning of the navigation until each of the signs was true, one after the other."""
        blank = {"url": "about:blank", "browserContextId": self._cache}
        self._target = self._devtools.send("Target.createTarget", blank)["targetId"]
        attached = self._devtools.send("Target.attachToTarget", {"targetId": self._target, "flatten": False})
        self._session = attached["sessionId"]
        self.tell("Page.enable")
        self.tell("Emulation.setDeviceMetricsOverride", width=1280, height=800, deviceScaleFactor=1, mobile=False)
        if scene.endswith("_link"):
            self.tell("Network.enable")
            self.tell("Network.emulateNetworkConditions", offline=False, latency=40, downloadThroughput=1.25e6,
                      uploadThroughput=1.25e6)  # fmt: skip
        if scene.endswith("_phone"):
            self.tell("Emulation.setCPUThrottlingRate", rate=4)
        looks = ", ".join(f"() => {sign}" for sign in signs)
        self.tell("Page.addScriptToEvaluateOnNewDocument", source=WATCH.replace("SIGNS", looks))
        self.tell("Page.navigate", url=address)
        found: list[float] = []
        patience = time.monotonic() + 60
        while len(found) < len(signs):
            time.sleep(0.1)
            if time.monotonic() > patience:
                raise TimeoutError(f"{address} did not come: {len(found)} of {len(signs)} signs")
            answer = self.tell("Runtime.evaluate", expression="globalThis.seen?.join(' ') ?? ''", returnByValue=True)
            found = [float(milliseconds) / 1000 for milliseconds in answer["result"].get("value", "").split()]
        self._devtools.send("Target.closeTarget", {"targetId": self._target})
        return found

    def close(self) -> None:
        """Gives the cache up."""
        self._devtools.send("Target.disposeBrowserContext", {"browserContextId": self._cache})
        self._devtools.detach()


def seconds_until(browser: Browser, address: str, scene: str, signs: tuple[str, ...]) -> list[float]:
    """Seconds from following a link until each of the signs is true, one after the other; a warm cache has seen the page."""
    tab = Tab(browser)
    if scene.startswith("warm"):
        tab.visit(address, "warm", signs)
    found = tab.visit(address, scene, signs)
    tab.close()
    return found


def compare(browser: Browser, bare: str, name: str, rounds: int, scene: str) -> bool:
    """Prints the medians of one page beside the bare one; True where the targets are met."""
    address = f"http://127.0.0.1:{APP}/{'' if name == 'train' else name}"
    signs = (DRAWN,) if name == "train" else (SENTENCE, FIGURE)
    times = [(seconds_until(browser, bare, scene, (SENTENCE,)), seconds_until(browser, address, scene, signs))
             for _ in range(rounds)]  # fmt: skip
    alone = statistics.median(of_bare[0] for of_bare, _ in times)
    first = statistics.median(ours[0] for _, ours in times)
    ratio = statistics.median(ours[0] / of_bare[0] for of_bare, ours in times)
    later = statistics.median(ours[-1] - ours[0] for _, ours in times)
    met = ratio <= MOST_TIMES and later <= MOST_SECONDS_TO_FIGURE
    shown = f"{name:12}{scene:11}{alone:7.2f} s{first:7.2f} s{ratio:7.2f}x{later:12.2f} s"
    print(f"{shown}  {'ok' if met else 'MISSED'}", flush=True)
    return met


def main(pages: str = "train,weights", rounds: str = "10", scenes: str = "cold,warm") -> int:
    """0 when every target is met, else 1."""
    print(f"{'page':12}{'scene':11}{'bare':>9}{'page':>9}{'ratio':>8}{'figure after':>14}")
    with replica(APP), bare_page() as bare, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM_FLAGS)
        seconds_until(browser, f"http://127.0.0.1:{APP}/", "cold", (DRAWN,))  # the server's own first time
        met = [compare(browser, bare, name, int(rounds), scene) for scene in scenes.split(",") for name in pages.split(",")]
        browser.close()
    return int(not all(met))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
