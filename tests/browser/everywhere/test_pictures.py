"""Figures as pictures for print, saved by the keyboard alone: PNG four times as fine as the screen, SVG that is drawn."""

import struct
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

SVG = "{http://www.w3.org/2000/svg}"


def saved(page: Page, key: str) -> bytes:
    with page.expect_download() as download:
        page.keyboard.press(key)
    return Path(download.value.path()).read_bytes()


def counts(svg: bytes) -> dict[str, int]:
    names = [element.tag.removeprefix(SVG) for element in ElementTree.fromstring(svg).iter()]
    return {name: names.count(name) for name in names}


def test_every_canvas_of_the_live_view_is_saved_by_the_keyboard(page, address):
    page.goto(f"{address}/?frame=20")
    page.wait_for_function("window.glassbox?.frame === 20")
    page.wait_for_selector("[data-test-script-state=notRunning]")
    page.keyboard.press("Tab")  # from now on figures can be reached
    drawn = {}
    for part in ("diagram", "chart", "overlay"):
        canvas = page.locator(f"canvas[data-part={part}]")
        canvas.focus()
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="PNG")).to_be_focused()
        png, box = saved(page, "Enter"), canvas.bounding_box()
        assert struct.unpack(">II", png[16:24]) == (round(4 * box["width"]), round(4 * box["height"]))
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="SVG")).to_be_focused()
        drawn[part] = saved(page, "Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('.glassbox-pictures')") is None
    assert counts(drawn["diagram"])["path"] > 15 and b">Layer 1</text>" in drawn["diagram"]
    assert counts(drawn["chart"])["path"] >= 3 and "image" not in counts(drawn["chart"])
    assert counts(drawn["overlay"])["image"] == 1 and counts(drawn["overlay"])["circle"] > 50
    assert page.evaluate("Path2D.toString()").startswith("function Path2D() { [native code]")


def test_images_and_tables_are_saved_as_well_and_paper_shows_no_controls(page, address):
    page.goto(f"{address}/report?dataset=moons&frame=20")
    table, network = page.locator(".glassbox-confusion"), page.locator(".glassbox-sheet img").first
    saves = {ending: page.get_by_role("button", name=ending) for ending in ("PNG", "SVG")}
    drawn = {}
    for name, figure in (("table", table), ("network", network)):
        figure.scroll_into_view_if_needed()
        figure.hover()
        box = figure.bounding_box()
        with page.expect_download() as download:
            saves["PNG"].click()
        png = Path(download.value.path()).read_bytes()
        assert struct.unpack(">II", png[16:24]) == pytest.approx((4 * box["width"], 4 * box["height"]), abs=4)
        figure.hover()
        with page.expect_download() as download:
            saves["SVG"].click()
        drawn[name] = Path(download.value.path()).read_bytes()
    words = [one.text for one in ElementTree.fromstring(drawn["table"]).iter(f"{SVG}text")]
    cells = table.locator("td b").all_text_contents()
    assert set(cells) | {"true", "predicted", "upper moon", "lower moon"} <= set(words)
    assert counts(drawn["table"])["rect"] == len(cells) + 1  # and the paper
    assert counts(drawn["network"])["circle"] == 2 + 8 + 8 + 1
    page.goto(f"{address}/?frame=20")
    page.wait_for_selector("canvas[data-part=diagram]")
    page.emulate_media(media="print")
    for unseen in ("stHeader", "stSidebar", "stButton", "stSelectbox", "stSlider"):
        assert not page.get_by_test_id(unseen).first.is_visible()
    assert page.locator("canvas[data-part=diagram]").is_visible()
