"""Presenter view of every page: its letters can be read from the last row, and it fits the projector."""

from contextlib import suppress

import pytest
from playwright.sync_api import TimeoutError, expect

from pages.parts.way.contents import HOME, PAGES
from tests.browser.everywhere.presented import REMEMBER, SMALL, SMALLEST, SQUEEZED, small_texts
from tests.browser.everywhere.test_accessible import wait_until_still

# What a page needs to show more than its question.
LINKS = {
    "overfitting": "guess=rises", "surface": "dataset=circle&frame=20", "batches": "trained=yes",
    "restarts": "trained=no&starts=256&restart_epochs=1000", "recurrence": "sequence_steps=40",
    "scores": "leak_guess=selection-far", "lessons": "lesson=downhill&lesson_step=3", "weights": "section=sample",
    "backprop": "microscope=chain",
}  # fmt: skip
# What is pressed on a page, and what then moves on it: a picture that grows, and canvases.
PRESSED = {"restarts": ("Train", "img[alt^='Loss curves']"), "recurrence": ("Watch it train again", ".learning canvas")}
# Charts that begin behind the strip that stays in sight, when the page has scrolled to its picture.
HIDDEN = """() => {
  const strip = document.querySelector(".st-key-strip, .st-key-words_strip")?.getBoundingClientRect();
  const boxes = [...document.querySelectorAll("[data-testid=stPlotlyChart]")].map((one) => one.getBoundingClientRect());
  return boxes.filter(({ top, bottom }) => strip && top < strip.bottom && bottom > strip.bottom).length;
}"""
# Formulas that are cut at the edge of their place; KaTeX itself makes one two pixels narrower than it is.
CUT = """[...document.querySelectorAll(".katex-display")]
  .filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth + 4).length"""


@pytest.fixture(scope="module")
def projector(browser):
    """One tab for all pages, as large as a projector's picture."""
    page = browser.new_page(viewport={"width": 1920, "height": 1080})
    page.add_init_script(REMEMBER)
    yield page
    page.context.close()


@pytest.mark.parametrize("name", ["" if entry.name == HOME else entry.name for entry in PAGES])
def test_no_text_is_smaller_than_24_pixels_in_presenter_view(projector, address, name):
    projector.goto(f"{address}/{name}?{LINKS.get(name, '')}&present=1")
    expect(projector.get_by_role("heading", level=1)).to_be_attached(timeout=30_000)
    wait_until_still(projector)
    with suppress(TimeoutError):  # the page is there before it is in presenter view; what is small is said below
        projector.wait_for_function(f"most => ({SMALL})(most).length === 0", arg=[SMALLEST, SQUEEZED], timeout=10_000)
    assert small_texts(projector) == []
    assert projector.evaluate("document.documentElement.scrollWidth") <= 1920
    assert projector.evaluate(CUT) == 0
    projector.wait_for_function(f"() => ({HIDDEN})() === 0")  # it scrolls when all is drawn
    if name in PRESSED:
        label, moves = PRESSED[name]
        projector.get_by_test_id("stMain").get_by_role("button", name=label, exact=True).click()
        projector.wait_for_selector(moves, timeout=30_000)
        assert small_texts(projector) == []


def test_what_is_written_on_canvases_and_in_pictures_is_measured_as_it_is_shown(projector):
    projector.set_content("""<canvas width="200" height="100" style="width: 100px"></canvas><img width="100" src=""><script>
      const pen = document.querySelector("canvas").getContext("2d");
      pen.font = "40px sans-serif";
      pen.fillText("halved", 0, 50);
      pen.scale(2, 2);
      pen.fillText("large", 0, 50);
      pen.fillText("squeezed", 0, 50, 20);
      document.querySelector("img").src = "data:image/svg+xml;base64," +
        btoa('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><text y="50" font-size="30">drawn</text></svg>');
      </script>""")
    projector.wait_for_function("document.querySelector('img').complete")
    assert [line.split()[1] for line in small_texts(projector)] == ["halved", "squeezed", "drawn"]
    assert small_texts(projector)[0].startswith("20.0") and small_texts(projector)[2].startswith("15.0")
