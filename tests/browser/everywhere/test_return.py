"""A page that comes back to a server which knows nothing of it: the link is all the state that matters."""

import os
import time
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import serving
from tests.browser.everywhere.test_navigation import wait_until_idle

PATIENCE = 60.0  # seconds


def told_of(process: Path, what: str) -> bytes:
    """What Linux tells of a process; nothing where it has ended."""
    try:
        return (process / what).read_bytes()
    except OSError:
        return b""


def seconds_trained_beside(address: str) -> float:
    """Processor time that the process in which the server at `address` trains has taken, in seconds."""
    port = f"--server.port={address.rpartition(':')[2]}".encode()
    processes = list(Path("/proc").glob("[0-9]*"))
    (server,) = (one.name.encode() for one in processes if port in told_of(one, "cmdline"))
    fields = [told_of(one, "stat").rpartition(b")")[2].split() for one in processes]  # state, parent, ...
    (other,) = (told for told in fields if told[1:2] == [server])
    return (int(other[11]) + int(other[12])) / os.sysconf("SC_CLK_TCK")


def seconds_once_it_waits(address: str) -> float:
    """As `seconds_trained_beside`, once the process is there and does nothing for a second. No page waits for that."""
    end, before = time.monotonic() + PATIENCE, None
    while time.monotonic() < end:
        try:
            now = seconds_trained_beside(address)
        except ValueError:  # it is not there yet
            now = None
        if now is not None and now == before:
            return now
        before = now
        time.sleep(1)
    raise AssertionError(f"no process in which the server trains came to rest within {PATIENCE} seconds")


def expect_training_beside(address: str, since: float) -> None:
    """Waits until the process in which the server trains has taken half a second more; tidying up takes 0.01."""
    end = time.monotonic() + PATIENCE
    while seconds_trained_beside(address) < since + 0.5:
        assert time.monotonic() < end, "it trains in the process that draws the pages"
        time.sleep(0.2)


def test_a_page_whose_server_was_started_anew_answers_again_at_its_frame(context):
    page = context.new_page()
    with serving() as address:
        page.goto(f"{address}/?dataset=xor&hidden=3&frame=12")
        page.wait_for_function("window.glassbox?.frame === 12 && window.glassbox.draws > 0", timeout=60_000)
        page.wait_for_selector("[data-test-script-state=notRunning]")
    page.wait_for_selector("[data-test-connection-state]:not([data-test-connection-state=CONNECTED])", timeout=30_000)
    with serving(int(address.rpartition(":")[2])) as address:
        page.wait_for_selector("[data-test-connection-state=CONNECTED]", timeout=60_000)
        page.wait_for_selector("[data-test-script-state=running]", timeout=60_000)
        page.wait_for_selector("[data-test-script-state=notRunning]", timeout=60_000)
        before = seconds_once_it_waits(address)
        wait_until_idle(page)  # what comes after the first picture: until then Share is that of the old server's page
        page.get_by_role("button", name="Play", exact=True).click()
        page.wait_for_function("window.glassbox.frame > 12", timeout=60_000)
        page.get_by_role("button", name="Share").click(delay=90)  # as long as a finger needs; it plays meanwhile
        expect(page.get_by_role("dialog").get_by_text("hidden=3")).to_be_visible()
        page.wait_for_function("window.glassbox.frame > 200", timeout=60_000)
        expect_training_beside(address, before)
        page.close()
