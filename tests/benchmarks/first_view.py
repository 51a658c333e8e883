"""How soon a page is there, beside a bare Streamlit page: seconds from following its link, in Chromium.

Run it with `python -m tests.benchmarks.first_view PAGES ROUNDS SCENES`, by default "train,weights", 10 and "cold,warm"; the
scenes "cold_link" and "warm_phone" emulate a link of 10 Mbit/s and 40 ms, and a processor four times as slow. The pages take
turns, so that a ratio survives a busy machine; medians. Of Train the first draw of the live view counts, of other
pages their first sentence and control, and then the first figure. The exit code is 1 when a target is missed.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

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


def slow_down(page: Page, scene: str) -> None:
    """Emulates what the scene names: a link of 10 Mbit/s with 40 ms, or a processor four times as slow."""
    devtools = page.context.new_cdp_session(page)
    if scene.endswith("_link"):
        devtools.send("Network.enable")
        link = {"offline": False, "latency": 40, "downloadThroughput": 1.25e6, "uploadThroughput": 1.25e6}
        devtools.send("Network.emulateNetworkConditions", link)
    if scene.endswith("_phone"):
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": 4})


def seconds_until(browser: Browser, address: str, scene: str, signs: tuple[str, ...]) -> list[float]:
    """Seconds from following a link until each of the signs is true, one after the other; a warm cache has seen the page."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    if scene.startswith("warm"):
        before = context.new_page()
        before.goto(address)
        before.wait_for_function(signs[-1], timeout=60_000)
        before.close()
    page = context.new_page()
    slow_down(page, scene)
    begin, found = time.monotonic(), []
    page.goto(address, wait_until="commit")
    for sign in signs:
        page.wait_for_function(sign, timeout=60_000)
        found.append(time.monotonic() - begin)
    context.close()
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
