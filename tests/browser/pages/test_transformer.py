"""The transformer block as a person trains it, in Chromium."""

import re

from playwright.sync_api import Page, expect

PATIENCE = 60_000  # milliseconds


def test_the_loss_falls_in_view_and_stop_keeps_what_was_learned(page: Page, address: str):
    page.goto(f"{address}/transformer?task=match&block_start=7&block=0")
    page.get_by_role("button", name="Train", exact=True).click(timeout=PATIENCE)
    picture = page.get_by_role("img", name=re.compile("^Training loss"))
    expect(picture).to_be_visible(timeout=PATIENCE)
    first = picture.get_attribute("aria-label")
    expect(picture).not_to_have_attribute("aria-label", first, timeout=PATIENCE)  # another picture, further on
    expect(page.get_by_role("button", name="Train", exact=True)).to_have_count(0)
    expect(page.locator(".js-plotly-plot")).to_have_count(0)  # which would blink
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text(re.compile(r"Stopped after \d+ of 1,000 updates"))).to_be_visible(timeout=PATIENCE)
    assert f"after {page.evaluate('window.glassboxLearning.update')} " in page.get_by_text("Stopped after").inner_text()
    page.wait_for_url(re.compile(r"block=\d\d+"), timeout=PATIENCE)
    expect(page.get_by_text("Other lengths:")).to_be_visible(timeout=PATIENCE)
    expect(picture).to_have_count(0)


def test_another_task_can_be_chosen_while_one_trains(page: Page, address: str):
    page.goto(f"{address}/transformer?task=match&block_start=8&block=0")
    page.get_by_role("button", name="Train", exact=True).click(timeout=PATIENCE)
    expect(page.get_by_role("img", name=re.compile("^Training loss"))).to_be_visible(timeout=PATIENCE)
    page.get_by_role("radio", name="copy").or_(page.get_by_role("button", name="copy", exact=True)).first.click()
    expect(page.get_by_text("Snapshot 30 of 30: after 120 updates")).to_be_visible(timeout=PATIENCE)


def test_a_typed_sequence_is_answered_and_goes_into_the_link(page: Page, address: str):
    page.goto(f"{address}/transformer?task=copy&block=1")
    box = page.get_by_role("textbox", name="Your own sequence")
    box.fill("h e a d", timeout=PATIENCE)
    box.press("Enter")
    expect(page.get_by_text("sequence   h e a d")).to_be_visible(timeout=PATIENCE)
    page.wait_for_url(re.compile("typed_letters=h"), timeout=PATIENCE)


def test_while_it_trains_there_is_one_stop_button_and_it_is_the_page_s(page: Page, address: str):
    page.goto(f"{address}/transformer?task=match&block_start=9&block_heads=4&block=0")
    page.get_by_role("button", name="Train", exact=True).click(timeout=PATIENCE)
    stop = page.get_by_role("button", name=re.compile("stop", re.IGNORECASE))
    expect(stop).to_be_visible(timeout=PATIENCE)
    matrix = page.get_by_role("img", name="Attention, head 2")  # saved, it is itself alone, not all heads one upon the other
    svg = matrix.evaluate("(canvas) => window.glassboxPictures.canvasSvg(canvas)", timeout=PATIENCE)
    assert re.findall(r">(head \d)<", svg) == ["head 2"]
    for _ in range(8):  # Streamlit shows its own half a second after a run began
        page.wait_for_timeout(200)
        assert stop.count() <= 1
    expect(page.get_by_test_id("stStatusWidget").get_by_role("button")).to_have_count(0)
