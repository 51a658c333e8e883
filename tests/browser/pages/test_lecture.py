"""A lecturer's path in Chromium: prepare four steps, present them, ask a room of several phones, reveal."""

import re
from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

from pages.parts.lecture.steps import unpack
from tests.browser.everywhere.presented import small_texts

# Where each step was added, at which snapshot, and what was written in the form.
ADDED = (
    ("", 0, {"Say_a_sentence": "Begin."}),
    ("", 40, {"Say_a_sentence": "Look.", "Ask_the_room": "Can a line?", "Answers_to_choose_from": "Yes\n* No <b>never</b>"}),
    ("neuron", 0, {}),
    ("weights", 40, {"Say_a_sentence": "Each weight has its cell."}),
)  # fmt: skip


def wait_until_still(page: Page) -> None:
    page.wait_for_selector("[data-test-script-state='notRunning']", timeout=60_000)


def open_page(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_be_attached(timeout=30_000)
    wait_until_still(page)


def add_step(page: Page, **lines: str) -> None:
    page.get_by_role("button", name="Share").click()
    dialog = page.get_by_role("dialog")
    for label, text in lines.items():
        dialog.get_by_role("textbox", name=label.replace("_", " ")).fill(text)
    dialog.get_by_role("button", name="Add what is on screen").click()
    expect(dialog.get_by_text(re.compile(r"is step \d+"))).to_be_visible()


def phone(browser: Browser, link: str) -> Page:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(link)
    expect(page.get_by_role("button", name=re.compile("^A"))).to_be_visible(timeout=30_000)
    return page


def steps_in(page: Page) -> tuple:
    """The steps that the address of the page carries."""
    return unpack(re.search("[?&]lecture=([^&]+)", page.url)[1])


def prepare(page: Page, address: str) -> None:
    """Four steps added from their pages, then put in order and changed on the page of the lecture."""
    run, lecture = "dataset=xor&hidden=4", ""
    for number, (name, frame, lines) in enumerate(ADDED, start=1):
        open_page(page, f"{address}/{name}?{run}&frame={frame}{lecture}")
        add_step(page, **lines)
        page.wait_for_url(re.compile("lecture=(?!.*lecture=)"))
        expect(page.get_by_text(f"is step {number}")).to_be_visible()
        lecture = "&" + re.search("lecture=[^&]+", page.url)[0]
    page.get_by_role("button", name="Open the lecture (4 steps)").click()
    expect(page.get_by_role("heading", name="What shall the class see?")).to_be_visible()
    page.wait_for_url(re.compile("/lecture.*lecture="))
    steps = steps_in(page)
    assert [step.page for step in steps] == ["train", "train", "neuron", "weights"]
    assert steps[1].choices == ("Yes", "No <b>never</b>") and steps[1].right == 1 and steps[1].sentence == "Look."
    page.get_by_role("button", name="Up").nth(3).click()
    expect(page.get_by_text(re.compile("3 · Weights"))).to_be_visible()
    sentence = page.get_by_role("textbox", name="Sentence").first
    sentence.fill("This is where it begins.")
    sentence.press("Enter")
    until(lambda: steps_in(page)[0].sentence == "This is where it begins.", page)
    assert [step.page for step in steps_in(page)] == ["train", "train", "weights", "neuron"]


def until(holds: Callable[[], bool], page: Page) -> None:
    """Waits until the address of the page, which changes a little later than what stands on it, is as it should be."""
    for _ in range(100):
        if holds():
            return
        page.wait_for_timeout(100)
    raise AssertionError(page.url)


def test_a_lecturer_prepares_four_steps_presents_them_asks_the_room_and_reveals(browser, page, address):
    prepare(page, address)
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.get_by_role("button", name="Present", exact=True).last.click()
    expect(page.get_by_text("This is where it begins.")).to_be_visible(timeout=30_000)
    page.wait_for_function("window.glassbox?.draws > 0")
    assert not page.get_by_test_id("stHeader").is_visible() and not page.get_by_test_id("stSidebar").is_visible()
    wait_until_still(page)
    page.keyboard.press("Space")  # the next step, not Play
    question = page.get_by_text("Can a line?")
    expect(question).to_be_visible(timeout=30_000)
    wait_until_still(page)
    page.keyboard.press("Space")
    code = page.get_by_alt_text(re.compile("room answers"))
    expect(code).to_be_visible()
    assert code.bounding_box()["width"] > 500 and small_texts(page) == []
    room = re.search("[?&]room=([^&]+)", page.url)[1]
    phones = [phone(browser, f"{address}/lecture?room={room}") for _ in range(3)]
    for number, one in enumerate(phones):
        one.get_by_role("button", name=re.compile("^A" if number == 0 else "^B")).click()
        expect(one.get_by_text(re.compile("Your answer is"))).to_be_visible()
        expect(page.get_by_text(("1 answer", "2 answers", "3 answers")[number], exact=True)).to_be_visible()  # it rises
    phones[0].get_by_role("button", name=re.compile("^B")).click()
    expect(phones[0].get_by_text("Your answer is B.")).to_be_visible()
    assert page.get_by_text("100 %").count() == 0
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("3 (100 %)")).to_be_visible()
    wait_until_still(page)
    assert page.get_by_text("right").count() == 0
    page.keyboard.press("PageDown")
    expect(page.get_by_text("3 (100 %) · ✓ right")).to_be_visible()
    expect(page.get_by_text("No <b>never</b>")).to_be_visible()
    # The phones follow by themselves, and one that is loaded again is the same viewer still.
    expect(phones[0].get_by_text("3 (100 %) · ✓ right · your answer")).to_be_visible()
    phones[1].reload()
    expect(phones[1].get_by_text("3 (100 %) · ✓ right · your answer")).to_be_visible()
    wait_until_still(page)
    page.keyboard.press("Space")
    page.wait_for_function("window.glassbox?.frame === 40 && location.pathname === '/'", timeout=30_000)
    wait_until_still(page)
    page.locator(".st-key-live canvas").last.click()  # what a canvas or a figure was clicked for, the keys lead on
    page.keyboard.press("Space")
    expect(page.get_by_text("Each weight has its cell.")).to_be_visible(timeout=30_000)
    wait_until_still(page)
    page.locator(".js-plotly-plot").first.click()
    wait_until_still(page)
    page.keyboard.press("PageDown")
    expect(page.get_by_text("4 of 4")).to_be_visible(timeout=30_000)
    page.wait_for_url(re.compile("/neuron"))
    wait_until_still(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Share")).to_be_visible(timeout=30_000)
    until(lambda: "present" not in page.url, page)
    for one in phones:
        one.context.close()


def test_space_plays_where_no_lecture_is_shown_and_the_menu_carries_presenter_view(page, address):
    open_page(page, f"{address}/?present=1&dataset=xor&hidden=4")
    page.wait_for_function("window.glassbox?.draws > 0")
    page.keyboard.press("Space")
    page.wait_for_function("window.glassbox.playing === true")
    page.keyboard.press("Space")
    page.wait_for_function("window.glassbox.playing === false")
    assert "present=1" in page.url


def test_an_embedded_page_has_no_sidebar_and_no_menu(page, address):
    page.goto(f"{address}/?embed=true&dataset=xor&hidden=4")
    page.wait_for_function("window.glassbox?.draws > 0", timeout=30_000)
    wait_until_still(page)
    assert not page.get_by_test_id("stSidebar").is_visible() and page.get_by_role("button", name="Share").count() == 0
    assert page.get_by_role("link", name="Train", exact=True).count() == 0
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Open in a new tab").click()
    assert "dataset=xor" in opened.value.url and "embed" not in opened.value.url
