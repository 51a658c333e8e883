"""The Convolution page in Chromium: a click on a map moves the window."""

from tests.browser.everywhere.test_navigation import wait_until_idle

MAP = ".st-key-window_map .nsewdrag"


def test_a_click_on_the_map_moves_the_window_there(page, address):
    page.goto(f"{address}/convolution?window_row=1&window_column=1")
    page.wait_for_selector(MAP, timeout=40_000)
    wait_until_idle(page)
    box = page.locator(MAP).first.bounding_box()
    page.mouse.click(box["x"] + 0.74 * box["width"], box["y"] + 0.6 * box["height"])
    page.wait_for_function("!/window_row=1&window_column=1/.test(location.search)", timeout=15_000)
    assert "window_row=" in page.url and "window_column=" in page.url
