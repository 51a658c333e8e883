"""A running app and a headless Chromium for the browser tests."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
# Without the last three, Chromium calls home at every start.
CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]
expect.set_options(timeout=20_000)  # milliseconds: a machine that builds something else meanwhile is several times slower


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of the app, shared by all tests."""
    with serving() as url:
        yield url


@contextmanager
def serving(port: int | None = None, prefix: str = "") -> Iterator[str]:
    """The address of an app of its own, started as the README says, on `port` or a free one of this machine.

    A `prefix` is the path under which all of it stands: "/glassbox".
    """
    if port is None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
    options = [f"--server.port={port}", "--server.address=127.0.0.1", "--server.headless=true"]
    options += [f"--server.baseUrlPath={prefix}"] * bool(prefix)
    command = [sys.executable, "-m", "streamlit", "run", "app.py", *options, "--server.fileWatcherType=none"]
    server = subprocess.Popen(command, cwd=ROOT)
    try:
        wait_until_healthy(f"http://127.0.0.1:{port}{prefix}/_stcore/health")
        yield f"http://127.0.0.1:{port}{prefix}"
    finally:
        server.terminate()
        server.wait(10)


def wait_until_healthy(url: str, seconds: float = 30) -> None:
    """Returns when the server answers; raises what it last said when it does not within `seconds`."""
    end = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(url, timeout=1).close()
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium of this machine; where it is installed, the one without windows, which takes a fifth less time."""
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    assert path, "Chromium is needed for the browser tests: apt-get install chromium-headless-shell"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One cache for all tabs at a small laptop's size: Streamlit's own files are then loaded and compiled once."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A fresh tab, which is a session of its own; errors of the page's scripts fail the test."""
    tab = context.new_page()
    errors: list[str] = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    yield tab
    tab.close()
    assert not errors
