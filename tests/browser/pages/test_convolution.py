"""The Convolution page in Chromium: a click on a map moves the window, and a digit is drawn by mouse, finger and keys."""

import pytest
from playwright.sync_api import expect

from tests.browser.everywhere.test_navigation import wait_until_idle

DRAWN = "/convolution?whose_picture=draw%20your%20own"
BOARD, BARS = ".drawing-board canvas.picture", ".drawing-board .bars"
MAP = ".st-key-window_map .nsewdrag"
# Headings that a browser may leave alone at the foot of a sheet: something between them and what they stand over ends there.
LEFT_ALONE = """() => [...document.querySelectorAll("[data-testid=stHeadingWithActionElements]:last-child")]
  .map((heading) => heading.closest("[data-testid=stElementContainer]"))
  .filter((one) => {
    if (!one.offsetHeight) return false;
    const box = getComputedStyle(one.parentElement).display;
    for (let at = one; at && (at === one || !at.offsetHeight); at = at.nextElementSibling)
      if (getComputedStyle(at).breakAfter !== "avoid" && at.getBoundingClientRect().top) return true;
    return box !== "block";
  }).map((one) => one.textContent)"""


def test_a_click_on_the_map_moves_the_window_there(page, address):
    page.goto(f"{address}/convolution?window_row=1&window_column=1")
    page.wait_for_selector(MAP, timeout=60_000)
    wait_until_idle(page)
    name, share = page.locator(f"{BARS} .most").all_inner_texts()  # the given picture lies on the board, with its answer
    expect(page.get_by_text(f"The network says {name} ({share} sure)")).to_be_visible()
    expect(page.locator(BOARD)).to_have_attribute("aria-label", f"The picture. The network says {name}.")
    page.locator(MAP).first.scroll_into_view_if_needed()
    box = page.locator(MAP).first.bounding_box()
    page.mouse.click(box["x"] + 0.74 * box["width"], box["y"] + 0.6 * box["height"])
    page.wait_for_function("!/window_row=1&window_column=1/.test(location.search)", timeout=15_000)
    assert "window_row=" in page.url and "window_column=" in page.url
    expect(page.get_by_role("heading", name="What are filters good for?")).to_be_visible()
    wait_until_idle(page)
    page.emulate_media(media="print")
    assert page.evaluate(LEFT_ALONE) == []


def pixel(box, row, column):
    """The middle of a pixel, from 1, of the board of 8 by 8."""
    return box["x"] + (column - 0.5) / 8 * box["width"], box["y"] + (row - 0.5) / 8 * box["height"]


def open_board(page, address):
    page.goto(address + DRAWN)
    page.wait_for_selector(BOARD, timeout=60_000)
    wait_until_idle(page)
    return page.locator(BOARD).bounding_box()


def ink_in_link(page, pixels):
    page.wait_for_function("want => new URL(location).searchParams.get('ink') === want", arg=pixels, timeout=15_000)


def said_by_both(page):
    """The answer that the board gives by itself, once the page that follows the link gives the same."""
    name, share = page.locator(f"{BARS} .most").all_inner_texts()
    expect(page.get_by_text(f"The network says that you drew {name} ({share}")).to_be_visible()
    return name


def test_a_stroke_of_the_mouse_draws_and_is_answered_before_it_ends_and_keys_draw_on(page, address):
    box = open_board(page, address)
    before = page.locator(BARS).inner_text()
    page.mouse.move(*pixel(box, 2, 5))
    page.mouse.down()
    page.mouse.move(*pixel(box, 7, 5))  # one movement: the pixels on the way are drawn too
    assert page.locator(BARS).inner_text() != before and "ink=" not in page.url
    page.mouse.up()
    ink_in_link(page, "13,21,29,37,45,53")
    said_by_both(page)
    page.mouse.move(*pixel(box, 7, 5))
    page.mouse.down()
    page.mouse.move(*pixel(box, 6, 5))  # begun on ink: it wipes
    page.mouse.up()
    ink_in_link(page, "13,21,29,37")
    page.locator(BOARD).focus()
    for key in ("ArrowRight", "Space"):
        page.keyboard.press(key)
    ink_in_link(page, "13,21,29,37,46")
    page.get_by_role("button", name="Wipe the drawing").click()
    page.wait_for_function("!location.search.includes('ink=')", timeout=15_000)
    expect(page.get_by_text("The picture is empty.")).to_be_visible()
    wait_until_idle(page)  # the board itself is told after the words
    page.mouse.click(*pixel(page.locator(BOARD).bounding_box(), 2, 5))
    ink_in_link(page, "13")


@pytest.fixture
def phone(browser):
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    yield context.new_page()
    context.close()


def test_a_finger_draws_and_the_page_stays_where_it_is(phone, address):
    open_board(phone, address)
    phone.locator(BOARD).scroll_into_view_if_needed()
    wait_until_idle(phone)
    box, finger = phone.locator(BOARD).bounding_box(), phone.context.new_cdp_session(phone)
    for kind, row in (("touchStart", 2), ("touchMove", 4), ("touchMove", 7), ("touchEnd", 0)):
        x, y = pixel(box, row, 4)
        points = [{"x": x, "y": y}] if row else []
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    ink_in_link(phone, "12,20,28,36,44,52")
    assert phone.locator(BOARD).bounding_box()["y"] == box["y"]
    said_by_both(phone)
