"""Attention as a person uses it, in Chromium."""

import re

from playwright.sync_api import Locator, Page, expect

PATIENCE = 30_000  # milliseconds


def test_a_translation_is_trained_and_rewound(page: Page, address: str):
    page.goto(f"{address}/attention?step=learned&translate=0")
    page.get_by_role("button", name="Train", exact=True).click()
    expect(page.get_by_role("img", name="Attention, attention")).to_be_visible(timeout=PATIENCE)
    page.wait_for_function("window.glassboxLearning?.drawn >= 20", timeout=PATIENCE)  # frame by frame, not the end alone
    expect(page.get_by_text("At this snapshot 100 % of the held-out phrases are right.")).to_be_visible(timeout=PATIENCE)
    slider = page.get_by_role("slider")
    expect(slider).to_have_value("100")
    slider.focus()
    page.keyboard.press("Home")
    expect(page.get_by_text("Snapshot 0 of 100: after 0 updates")).to_be_visible(timeout=PATIENCE)
    page.wait_for_url(re.compile("translation_frame=0"), timeout=PATIENCE)


def place_at_rest(page: Page, table: Locator) -> dict:
    """Where the table lies once nothing above it has moved it for a second."""
    seen, since = table.bounding_box(), 0
    for _ in range(100):
        page.wait_for_timeout(200)
        before, seen = seen, table.bounding_box()
        since = since + 1 if seen == before else 0
        if since == 5:
            return seen
    raise AssertionError("the table did not come to rest within 20 s")


def test_a_number_typed_into_a_matrix_changes_the_weights(page: Page, address: str):
    page.goto(f"{address}/attention?step=matrices")
    undo = page.get_by_role("button", name="Take back all")
    expect(undo).to_be_disabled(timeout=PATIENCE)
    expect(page.locator(".heatmap-label")).to_have_count(12 * 12 + 5 * 5, timeout=PATIENCE)
    table = page.get_by_test_id("stDataFrame")
    expect(table.locator("canvas").first).to_be_visible(timeout=PATIENCE)
    table.scroll_into_view_if_needed()
    corner = place_at_rest(page, table)
    page.mouse.dblclick(corner["x"] + 90, corner["y"] + 52)  # the first row's first number: it is drawn on a canvas
    cell = page.locator("#portal input, #portal textarea").first
    cell.fill("5", timeout=PATIENCE)
    expect(cell).to_have_value("5")
    page.wait_for_timeout(300)  # the table takes in what was typed a moment later
    cell.press("Enter")
    expect(undo).to_be_enabled(timeout=PATIENCE)
    expect(page.locator(".heatmap-label").filter(has_text="5.00").first).to_be_visible(timeout=PATIENCE)


def test_typed_text_is_drawn_as_text(page: Page, address: str):
    page.goto(f"{address}/attention?step=numbers")
    box = page.get_by_role("textbox", name="Sentence")
    box.fill("<b>bold</b> <img src=x onerror=alert(1)> 🐈")
    box.press("Enter")
    # Words end at signs: b, bold, b, img, ... and none of them is anything but text.
    expect(page.locator(".ytick text").filter(has_text="onerror").first).to_be_visible(timeout=PATIENCE)
    assert page.locator(".ytick text").filter(has_text="bold").count()
    assert page.locator("[data-testid=stMain] img").count() == 0
    box.fill("")
    box.press("Enter")
    expect(page.get_by_text("The sentence is empty: type at least one word.")).to_be_visible(timeout=PATIENCE)


def test_a_block_is_trained_by_its_link_on_a_phone(page: Page, address: str):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/transformer?task=copy&block=1&length=12")
    expect(page.get_by_text("12 of 12 right")).to_be_visible(timeout=PATIENCE)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
