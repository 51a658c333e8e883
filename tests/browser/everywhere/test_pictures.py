"""Figures as pictures for print, saved by the keyboard alone: PNG four times as fine as the screen, SVG that is drawn."""

import base64
import re
import struct
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from pages.parts.figures.palette import TEXT_DARK, TEXT_LIGHT

SVG = "{http://www.w3.org/2000/svg}"


def saved(page: Page, key: str) -> bytes:
    with page.expect_download() as download:
        page.keyboard.press(key)
    assert download.value.suggested_filename.startswith("glassbox-")
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
    words = [one for one in ElementTree.fromstring(drawn["diagram"]).iter(f"{SVG}text") if one.text]
    assert words and all(float(one.get("textLength")) > 0 for one in words)  # as wide in any font
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
        assert download.value.suggested_filename == "glassbox-report.svg"
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


def test_a_chart_of_a_dark_page_is_on_white_paper_its_lines_and_letters_as_on_the_screen(page, address):
    page.emulate_media(color_scheme="dark")
    page.goto(f"{address}/neuron?n_part=loss")
    chart = page.locator(".st-key-n_slice .js-plotly-plot")
    chart.hover()
    with page.expect_download() as download:
        page.get_by_role("button", name="SVG").click()
    root = ElementTree.fromstring(Path(download.value.path()).read_bytes())
    paper, width = root.find(f"{SVG}rect"), float(root.get("width"))
    assert paper.get("fill") == "rgb(255, 255, 255)" and float(paper.get("width")) == width <= chart.bounding_box()["width"]
    letters = [one for one in root.iter(f"{SVG}text") if one.get("textLength")]
    shades = [sum(map(int, re.findall(r"fill: rgb\((\d+), (\d+), (\d+)", one.get("style"))[0])) for one in letters]
    assert len(letters) > 8 and max(shades) < 3 * 110  # dark letters
    assert "vector-effect" not in ElementTree.tostring(root, encoding="unicode")
    chart.hover()
    with page.expect_download() as download:
        page.get_by_role("button", name="PNG").click()
    png = Path(download.value.path()).read_bytes()
    assert struct.unpack(">II", png[16:24]) == pytest.approx((4 * width, 4 * float(root.get("height"))), abs=4)
    assert darkest_run(page, png) >= 6  # the curve is two pixels thick on the screen, and four times as much here
    dark = ElementTree.tostring(root, encoding="unicode")
    letters = "document.querySelector('.st-key-n_slice .js-plotly-plot')._fullLayout.font.color"
    page.emulate_media(color_scheme="dark", media="print")
    page.wait_for_function(f"{letters} === '{TEXT_LIGHT}'")  # on paper the figure itself is the light page's
    page.emulate_media(color_scheme="dark", media="screen")
    page.wait_for_function(f"{letters} === '{TEXT_DARK}'")
    page.emulate_media(color_scheme="light")
    page.wait_for_function(f"{letters} === '{TEXT_LIGHT}'")
    page.wait_for_selector("[data-test-script-state=notRunning]")
    chart.hover()
    with page.expect_download() as download:
        page.get_by_role("button", name="SVG").click()
    assert colours(dark) == colours(Path(download.value.path()).read_text(encoding="utf-8"))


def test_a_live_view_is_the_same_on_paper_in_both_themes_and_after_it_as_before(page, address):
    page.emulate_media(color_scheme="dark")
    page.goto(f"{address}/?frame=20")
    page.wait_for_function("window.glassbox?.frame === 20 && window.glassboxPictures")
    page.wait_for_selector("[data-test-script-state=notRunning]")
    dark, seen = pictures(page), page.evaluate("window.glassbox.live.theme.background")
    assert sum(seen) < 3 * 128  # the page itself is dark as before
    page.emulate_media(color_scheme="dark", media="print")
    page.wait_for_function("window.glassbox.live.theme.background[0] === 255")
    page.emulate_media(color_scheme="dark", media="screen")
    page.wait_for_function("(first) => window.glassbox.live.theme.background[0] === first", arg=seen[0])
    page.emulate_media(color_scheme="light")
    page.wait_for_function("window.glassbox.live.theme.background[0] === 255")
    assert pictures(page) == dark


def colours(svg: str) -> list[str]:
    """All colours of an SVG document, in its order."""
    return re.findall(r"rgba?\([^)]+\)|#[0-9a-f]{6}", svg)


def pictures(page: Page) -> list[str]:
    """The live view's canvases as pictures for paper, as the addresses of their bytes."""
    return page.locator("canvas:is([data-part=diagram], [data-part=chart], [data-part=overlay])").evaluate_all(
        "(all) => all.map((canvas) => window.glassboxPictures.canvasPicture(canvas).toDataURL())"
    )


def darkest_run(page: Page, png: bytes) -> int:
    """The longest stretch of dark pixels in any of a few columns of a picture: how thick its line is there."""
    return page.evaluate("""async (letters) => {
      const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${letters}`)).blob());
      const canvas = new OffscreenCanvas(picture.width, picture.height), pen = canvas.getContext("2d");
      pen.drawImage(picture, 0, 0);
      return Math.max(...[0.8, 0.9].map((share) => {
        const { data } = pen.getImageData(Math.round(share * picture.width), 0.2 * picture.height, 1, 0.6 * picture.height);
        let run = 0, most = 0;
        for (let at = 0; at < data.length; at += 4) {
          run = data[at] + data[at + 1] + data[at + 2] < 250 ? run + 1 : 0;
          most = Math.max(most, run);
        }
        return most;
      }));
    }""", base64.b64encode(png).decode())  # fmt: skip
