"""The Autoencoder page in Chromium: a point in the code plane is decoded as it is dragged, by mouse and by keys."""

from tests.browser.everywhere.test_navigation import wait_until_idle

PLANE, SAYS = ".code-plane canvas.plane", ".code-plane .says"


def test_a_point_is_dragged_and_decoded_at_once(page, address):
    page.goto(f"{address}/autoencoder?coded=spiral&code_use=losses")
    page.wait_for_selector(PLANE, timeout=60_000)
    wait_until_idle(page)
    plane, says = page.locator(PLANE), page.locator(SAYS)
    before, box = says.inner_text(), plane.bounding_box()
    page.mouse.move(box["x"] + 100, box["y"] + 90)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 120)
    during = says.inner_text()
    page.mouse.up()
    assert during != before and "Code (" in during
    page.wait_for_function("/code_x=/.test(location.search)", timeout=15_000)
    wait_until_idle(page)
    plane.focus()
    page.keyboard.press("ArrowRight")
    assert says.inner_text() != during
