"""A person's own data in a real browser: a table is brought, learned and sent on by its link; points are drawn."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from nncore.data import read_table
from nncore.data.own import TableChoice, drawn_name, read_drawn, table_name

ROWS = "".join(f"{k * 7 % 13},{k * 5 % 11},{'pear' if k * 7 % 13 > 6 else 'fig'}\n" for k in range(80))
FRUIT = f"length,width,fruit\n{ROWS}"


def file(name: str, text: str) -> dict:
    return {"name": name, "mimeType": "text/csv", "buffer": text.encode()}


def test_a_table_is_brought_learned_and_asked_for_again(page: Page, address: str):
    page.goto(address)
    page.get_by_text("A table", exact=True).first.click()
    page.locator(".st-key-own_file input[type=file]").set_input_files(file("fruit.csv", FRUIT))
    expect(page.get_by_text("80 rows and 3 columns were read.")).to_be_visible()
    expect(page).to_have_url(re.compile(r"fruit\.csv&scaling=standard"))
    expect(page.locator(".st-key-details").get_by_text("fig", exact=True).first).to_be_attached()  # the page below follows
    page.locator("[data-part='play']").click()
    page.wait_for_function("window.glassbox.frame >= 5", timeout=20_000)
    page.locator("[data-part='play']").click()
    page.reload()  # the server still has the table
    expect(page.get_by_text("Which data? fruit.csv")).to_be_visible()
    expect(page.get_by_text("This link uses the table")).to_have_count(0)

    other = FRUIT.replace("pear", "plum")
    name = table_name(TableChoice(read_table(other.encode()).digest, "plums.csv", 2))
    page.goto(f"{address}/?dataset={name}&hidden=5&scaling=standard")
    expect(page.get_by_text("This link uses the table “plums.csv”.")).to_be_visible()
    page.locator(".st-key-missing_file input[type=file]").set_input_files(file("plums.csv", other))
    expect(page.get_by_text("Which data? plums.csv")).to_be_visible()
    expect(page).to_have_url(re.compile(r"plums\.csv.*hidden=5"))


def test_points_are_drawn_fast_and_stand_in_the_link(page: Page, address: str):
    page.goto(address)
    page.get_by_text("Draw points", exact=True).click()
    canvas = page.locator(".points canvas")
    canvas.scroll_into_view_if_needed()
    places = [(0.2, 0.2), (0.3, 0.3), (0.2, 0.4), (0.4, 0.2)]
    for label in (1, 2):
        page.get_by_role("button", name=f"class {label}").click()
        box = canvas.bounding_box()
        for x, y in places:
            page.mouse.click(box["x"] + (x + 0.4 * (label - 1)) * box["width"], box["y"] + y * box["height"])
    expect(page.locator(".points .count")).to_have_text("8 of 80")
    expect(page).to_have_url(re.compile(r"dataset=drawn\.[\w-]{32}(&|$)"))
    points, labels = read_drawn("drawn." + page.url.partition("drawn.")[2].partition("&")[0])
    assert labels.tolist() == [0] * 4 + [1] * 4
    assert points[0].tolist() == pytest.approx([-3.6, 3.6], abs=0.1)


def test_points_are_drawn_moved_and_erased_on_the_live_map(page: Page, address: str):
    name = drawn_name([[-3, 3], [-2, 2], [3, -3], [2, -2]], [0, 0, 1, 1])
    page.goto(f"{address}/?dataset={name}&hidden=3")
    page.wait_for_function("window.glassbox?.draws > 0", timeout=20_000)
    overlay, tools = page.locator("[data-part='overlay']"), page.locator("[data-part='tools']")

    def at(x: float, y: float) -> dict:
        return dict(zip("xy", page.evaluate(f"glassbox.live.map.places.of([{x}, {y}])"), strict=True))

    def shows(points: list, labels: list) -> None:
        expect(tools).to_contain_text(f"{len(points)} of 80")
        expect(page).to_have_url(re.compile(rf"dataset={re.escape(drawn_name(points, labels))}(&|$)"))

    tools.get_by_role("button", name="Class 3").click()
    expect(tools.get_by_role("button", name="Class 3")).to_have_attribute("aria-pressed", "true")
    overlay.focus()
    for _ in range(2):  # the probe stands at a point of the training set: each step is a fiftieth of the width
        page.keyboard.press("Shift+ArrowUp")
    page.keyboard.press("Enter")
    expect(tools).to_contain_text("5 of 80")
    expect(page.locator("[data-part='legend']")).to_contain_text("class 3")
    tools.get_by_role("button", name="Erase").click()
    page.wait_for_function("!glassbox.live.player.commands.unheard.length")
    x, y = page.evaluate("(({x, y}) => [x, y])(glassbox.live.sketched.points[4])")
    overlay.click(position=at(x, y))
    shows([[-3, 3], [-2, 2], [3, -3], [2, -2]], [0, 0, 1, 1])
    overlay.click(position=at(-3, 3))
    overlay.click(position=at(-2, 2))
    expect(tools).to_contain_text("2 of 80. Draw at least 3 points; there are 2.")


def test_mouse_and_finger_draw_on_the_live_map_and_the_field_and_the_link_follow(browser: Browser, address: str):
    start = [[-3, 3], [-2, 2], [3, -3], [2, -2]]
    context = browser.new_context(has_touch=True, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(f"{address}/?dataset={drawn_name(start, [0, 0, 1, 1])}&hidden=3")
    page.wait_for_function("window.glassbox?.draws > 0", timeout=20_000)
    page.get_by_text("Draw points", exact=True).click()
    overlay, tools = page.locator("[data-part='overlay']"), page.locator("[data-part='tools']")
    field, finger = page.locator(".points .count"), context.new_cdp_session(page)
    expect(field).to_have_text("4 of 80")

    def at(x: float, y: float) -> tuple[float, float]:
        left, top = page.evaluate(f"glassbox.live.map.places.of([{x}, {y}])")
        box = overlay.bounding_box()
        return box["x"] + left, box["y"] + top

    def touch(kind: str, *places: tuple[float, float]) -> None:
        points = [dict(zip("xy", place, strict=True)) for place in places]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def drawn(count: int) -> tuple[list, list]:
        expect(tools).to_contain_text(f"{count} of 80")
        expect(field).to_have_text(f"{count} of 80")
        expect(page).to_have_url(re.compile(rf"dataset=drawn\.[\w-]{{{4 * count}}}(&|$)"))
        points, labels = read_drawn("drawn." + page.url.partition("drawn.")[2].partition("&")[0])
        return points.tolist(), labels.tolist()

    tools.get_by_role("button", name="Class 1").click()
    overlay.scroll_into_view_if_needed()
    page.mouse.move(*at(-5, -1))
    page.mouse.down()
    for step in range(1, 4):
        page.mouse.move(*at(-5, -1 - step))
    page.mouse.up()
    points, labels = drawn(8)
    assert labels == [0, 0, 1, 1, 0, 0, 0, 0]
    assert points[4:] == [pytest.approx([-5, -1 - k], abs=0.1) for k in range(4)]

    tools.get_by_role("button", name="Class 2").click()
    scrolled = page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop")
    touch("touchStart", at(5, 1))
    for step in range(1, 4):
        touch("touchMove", at(5, 1 + step))
    touch("touchEnd")
    points, labels = drawn(12)
    assert labels[8:] == [1] * 4 and points[8:] == [pytest.approx([5, 1 + k], abs=0.1) for k in range(4)]
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == scrolled

    tools.get_by_role("button", name="Move").click()
    touch("touchStart", at(-3, 3))
    touch("touchMove", at(-1, 5))
    touch("touchEnd")
    page.wait_for_function("!glassbox.live.player.commands.unheard.length")
    expect(page).not_to_have_url(re.compile(re.escape(drawn_name(points, labels))))
    assert drawn(12)[0][0] == pytest.approx([-1, 5], abs=0.1)
    context.close()
