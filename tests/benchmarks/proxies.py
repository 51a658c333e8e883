"""Where others put the app: in a frame of another site, under a path, behind a proxy that cuts idle websockets.

Run it with `python -m tests.benchmarks.proxies`; it needs nginx and Chromium. Two replicas stand behind `deploy/nginx.conf`.
Each way is tried for real; the exit code is 1 where one does not work.
"""

import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.benchmarks.replicas import AT_FRAME, FRONT, PORTS, front, replica
from tests.browser.conftest import CHROMIUM_FLAGS

CLASSROOM, IDLE_SECONDS = 8530, 5
QUERY = "dataset=spiral&hidden=8%2C8&frame=37"
CONNECTED = "document.querySelector('[data-test-connection-state]')?.dataset.testConnectionState === 'CONNECTED'"
WAIT = 60_000  # milliseconds
# No cookie is kept for what stands in a frame of another site.
FLAGS = [*CHROMIUM_FLAGS, "--test-third-party-cookie-phaseout"]


@contextmanager
def behind(path: str = "", idle: str = "2h") -> Iterator[str]:
    """Two replicas behind nginx; the address of the app."""
    with ExitStack() as stack, tempfile.TemporaryDirectory() as folder:
        for port in PORTS:
            stack.enter_context(replica(port, path))
        stack.enter_context(front(Path(folder), path, idle))
        yield f"http://127.0.0.1:{FRONT}/{path and f'{path}/'}"


@contextmanager
def classroom(inner: str) -> Iterator[str]:
    """The address of another site with a page that has `inner` in a frame."""
    with tempfile.TemporaryDirectory() as folder:
        frame = f'<!doctype html><h1>Week 3</h1><iframe src="{inner}" width="1200" height="700"></iframe>'
        (Path(folder) / "index.html").write_text(frame, encoding="utf-8")
        handler = partial(SimpleHTTPRequestHandler, directory=folder)
        with ThreadingHTTPServer(("127.0.0.1", CLASSROOM), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            yield f"http://localhost:{CLASSROOM}/"
            server.shutdown()


def in_a_frame(browser: Browser) -> str:
    """A page in a frame of another site plays, has its pictures, and opens by itself at the same run."""
    with behind() as address, classroom(f"{address}?embed=true&{QUERY}") as outside:
        page, missing = browser.new_page(), []
        page.on("response", lambda response: missing.append(response.url) if response.status >= 400 else None)
        page.goto(outside)
        frame = page.wait_for_selector("iframe").content_frame()
        frame.wait_for_function(AT_FRAME, timeout=WAIT)
        page.wait_for_timeout(3000)
        with page.expect_popup() as opened:
            frame.get_by_text("Open in a new tab").click()
        alone = opened.value
        alone.wait_for_function(AT_FRAME, timeout=WAIT)
        assert "embed" not in alone.url and "frame=37" in alone.url, alone.url
        missing = [url for url in missing if "favicon" not in url]
        assert not missing, f"what could not be loaded: {missing[:3]}"
        page.context.close()
    return "plays, and opens in a new tab at its run and frame"


def under_a_path(browser: Browser) -> str:
    """A page under a path of a larger site: followed by its link, and from page to page."""
    with behind("glassbox") as address:
        page = browser.new_page()
        page.goto(f"{address}?{QUERY}")
        page.wait_for_function(AT_FRAME, timeout=WAIT)
        page.goto(f"{address}weights?{QUERY}")
        page.get_by_role("heading", name="What is in the weight matrices?").wait_for(timeout=WAIT)
        assert page.url.startswith(f"{address}weights"), page.url
        page.context.close()
    return "a link, and another page"


def cut_when_idle(browser: Browser) -> str:
    """A page whose websocket is cut whenever nothing was said for five seconds: it is there again, at its frame."""
    with behind(idle=f"{IDLE_SECONDS}s") as address:
        page, cuts = browser.new_page(viewport={"width": 1280, "height": 800}), []
        page.on("websocket", lambda socket: socket.on("close", lambda _: cuts.append(1)))
        page.goto(f"{address}?{QUERY}")
        page.wait_for_function(AT_FRAME, timeout=WAIT)
        page.wait_for_timeout(3 * 1000 * IDLE_SECONDS)
        page.wait_for_function(CONNECTED, timeout=WAIT)
        assert page.evaluate(AT_FRAME), "the page stands at another frame"
        answers_a_click(page)
        page.context.close()
    return f"cut {len(cuts)} times in {3 * IDLE_SECONDS} s, at its frame, and answers a click"


def answers_a_click(page: Page) -> None:
    """The page's *Share* opens."""
    page.get_by_role("button", name="Share").click()
    page.get_by_role("dialog").wait_for(timeout=WAIT)


WAYS: dict[str, Callable[[Browser], str]] = {"frame": in_a_frame, "path": under_a_path, "idle": cut_when_idle}


def main(names: list[str]) -> int:
    """0 when every way works, else 1. Tries those named, or all."""
    met = True
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for name in names or WAYS:
            try:
                print(f"{name}: {WAYS[name](browser)}", flush=True)
            except Exception as error:
                print(f"{name}: MISSED, {error}", flush=True)
                met = False
        browser.close()
    return int(not met)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
