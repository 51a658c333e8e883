"""A page that comes back to a server which knows nothing of it: the link is all the state that matters."""

import os
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import serving


def seconds_trained_beside(address: str) -> float:
    """Processor time that the process in which the server at `address` trains has taken, in seconds."""
    port = f"--server.port={address.rpartition(':')[2]}".encode()
    servers = [told.parent for told in Path("/proc").glob("[0-9]*/cmdline") if port in told.read_bytes()]
    others = [number for server in servers for number in (server / f"task/{server.name}/children").read_text().split()]
    assert len(others) == 1, f"a server has one process in which it trains, got {others}"
    fields = Path(f"/proc/{others[0]}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


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
        before = seconds_trained_beside(address)
        page.get_by_role("button", name="Play", exact=True).click()
        page.wait_for_function("window.glassbox.frame > 12", timeout=60_000)
        page.get_by_role("button", name="Share").click(delay=90)  # as long as a finger needs; it plays meanwhile
        expect(page.get_by_role("dialog").get_by_text("hidden=3")).to_be_visible()
        page.wait_for_function("window.glassbox.frame > 200", timeout=60_000)
        assert seconds_trained_beside(address) > before  # not in the process that draws the pages
        page.close()
