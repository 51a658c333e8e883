"""The words page as a person uses it, in Chromium."""

import re

from playwright.sync_api import Page, expect

from tests.browser.everywhere.test_first_screen import look_at_a_section


def open_words(page: Page, address: str, link: str = "") -> None:
    page.goto(f"{address}/words{link}")
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible(timeout=60_000)


def test_a_person_types_a_sentence_and_sees_its_matrix(page, address):
    open_words(page, address)
    box = page.get_by_role("textbox", name="Type a sentence")
    box.fill("The fox <b>fears</b> the dragon")
    box.press("Enter")
    expect(page.get_by_text("Not in the corpus, and so a row of zeros:")).to_contain_text("dragon")
    assert page.locator("[data-testid=stMain] b").count() == 0  # the <b> is gone as punctuation, or plain text
    page.get_by_text("2 · The outer product").click()
    expect(page.get_by_text("Symmetric", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile("part=product"))
    page.locator(".js-plotly-plot .nsewdrag").first.hover()
    expect(page.locator(".js-plotly-plot .hoverlayer .hovertext").first).to_contain_text("=")


def test_training_is_watched_and_scrubbed(page, address):
    open_words(page, address, "?part=diagonal&run_sentences=4000")
    expect(page.get_by_text("Epoch 60 of 60")).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="Watch it train").click()
    expect(page.get_by_role("img", name="Losses so far")).to_be_visible(timeout=10_000)
    expect(page.get_by_role("img", name="Losses so far")).to_have_count(0, timeout=60_000)
    page.get_by_role("slider", name=re.compile("Epoch")).press("ArrowLeft")
    expect(page.get_by_text("the network, epoch 59")).to_be_visible()


def test_a_phone_needs_no_sideways_scrolling_and_shows_each_part_on_its_first_screen(page, address):
    page.set_viewport_size({"width": 390, "height": 844})
    for part in ("text", "product", "diagonal"):
        open_words(page, address, f"?part={part}")
        page.wait_for_timeout(500)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        look_at_a_section(page, part)
