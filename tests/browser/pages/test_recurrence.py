"""The Recurrence page in Chromium: states and gates move while it trains, Stop keeps what was learned, and it goes on."""

import re

from playwright.sync_api import expect

from tests.browser.everywhere.test_navigation import wait_until_idle


def test_states_and_gates_move_while_it_trains_and_stop_keeps_what_was_learned(page, address):
    page.goto(f"{address}/recurrence?memory_task=echo&cell=gru&sequence_steps=12&state_size=8")
    page.wait_for_selector(".st-key-memory_steps .main-svg", timeout=60_000)
    wait_until_idle(page)
    page.get_by_role("button", name="Watch it train again").click()
    gate = page.get_by_role("img", name="update gate z").element_handle(timeout=20_000)
    moved = "([canvas, before]) => canvas.toDataURL() !== before"
    page.wait_for_function(moved, arg=[gate, gate.evaluate("canvas => canvas.toDataURL()")], timeout=15_000)
    assert [page.get_by_role("img", name=name).count() for name in ("hidden state h", "reset gate r")] == [1, 1]
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.get_by_text(re.compile(r"Stopped after \d+ of 400 updates"))).to_be_visible()
    page.wait_for_url(re.compile(r"memory=\d+"))
    page.get_by_text("Exploding, and clipped").click()
    expect(page.get_by_text("A gradient explodes where W_hh stretches it")).to_be_visible()
    page.emulate_media(media="print")  # a fold of controls is one, too
    assert page.get_by_test_id("stPopover").count() and not page.get_by_test_id("stPopover").first.is_visible()
