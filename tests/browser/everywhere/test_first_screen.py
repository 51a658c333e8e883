"""The first screen of every page, in Chromium: its question, a first figure without scrolling, and a way to jump."""

import pytest
from playwright.sync_api import expect

from pages.parts.way.contents import HOME, PAGES
from tests.browser.everywhere.test_navigation import wait_until_idle

# Pages on which a person acts before there is anything to see are opened as they are when that was done; a list of lessons
# and a lecture that is being written have no figure.
ACTED = {
    "overfitting": "?guess=rises", "restarts": "?trained=yes&starts=8", "surface": "?dataset=circle&frame=20",
    "batches": "?trained=yes", "scores": "?leak_guess=selection-far",
}
WITHOUT_FIGURE = ("lessons", "lecture")
# What counts as a figure, a number large enough to be a finding, or the answer in a table.
FIGURES = (
    "[data-testid=stPlotlyChart], [data-testid=stImage], [data-testid=stMetric], [data-testid=stBidiComponentRegular], "
    "[data-testid=stBidiComponentIsolated], [data-testid^=stCode], .katex-display, table, "
    "[class*='st-key-way_']:not(.st-key-way_foot), .st-key-finding_rule, .glassbox-sheet"
)
LARGEST, DEEPEST = 28, 600  # pixels, of the question's letters and of the first figure's top
LONG = 2500  # pixels: what is longer has a list of its parts
MEASURE = """(figures) => {
  const main = document.querySelector("[data-testid=stMain]"), heading = main?.querySelector("h1");
  if (!heading) return {};
  const tops = [...main.querySelectorAll(figures)].filter((figure) => figure.getBoundingClientRect().height > 8)
    .map((figure) => figure.getBoundingClientRect().top + main.scrollTop);
  const jumps = main.querySelectorAll(".glassbox-jumps a").length, size = parseFloat(getComputedStyle(heading).fontSize);
  return { first: Math.min(...tops), height: main.scrollHeight, jumps, size };
}"""


def measured(page, address: str, name: str) -> dict[str, float]:
    """Where the page's first figure stands, how long it is, how many links jump within it, and its heading's letters."""
    page.goto(f"{address}/{'' if name == HOME else name}{ACTED.get(name, '')}")
    page.wait_for_function(f"(figures) => Number.isFinite(({MEASURE})(figures).first)", arg=FIGURES, timeout=40_000)
    wait_until_idle(page)
    # A page comes to rest in the browser: its style arrives in a file of its own, and the list of parts follows.
    rests = f"(figures) => {{ const found = ({MEASURE})(figures); return found.size <= {LARGEST} && "
    rests += f"found.first <= {DEEPEST} && (found.height <= {LONG} || found.jumps > 1); }}"
    page.wait_for_function(rests, arg=FIGURES, timeout=15_000)
    return page.evaluate(MEASURE, FIGURES)


@pytest.fixture(scope="module", params=[(1280, 800), (390, 844)], ids=["laptop", "phone"])
def screen(request, browser):
    """One tab for all pages, at the size of a laptop's screen and of a phone's."""
    width, height = request.param
    page = browser.new_page(viewport={"width": width, "height": height})
    yield page
    page.context.close()


@pytest.mark.parametrize("name", [entry.name for entry in PAGES if entry.name not in WITHOUT_FIGURE])
def test_a_first_screen_shows_a_question_and_a_figure(screen, address, name):
    found = measured(screen, address, name)
    assert found["size"] <= LARGEST
    assert found["first"] <= DEEPEST


def test_on_a_phone_the_page_is_named_and_settings_are_one_tap_away(browser, address):
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{address}/neuron")
    expect(page.locator(".glassbox-here")).to_contain_text("One neuron", timeout=30_000)
    wait_until_idle(page)
    page.get_by_role("button", name="Settings").click()
    expect(page.get_by_test_id("stSidebar").locator("input, [role=radio], [role=slider]").first).to_be_in_viewport()
    page.context.close()


def test_the_strip_stays_in_sight_and_a_part_is_jumped_to(browser, address):
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{address}/weights?frame=10")
    page.wait_for_selector(".glassbox-jumps a", timeout=30_000)
    wait_until_idle(page)
    page.locator(".glassbox-jumps a").nth(2).click()
    page.wait_for_function("document.querySelector('[data-testid=stMain]').scrollTop > 500")
    top = page.locator(".st-key-strip").bounding_box()["y"]
    page.context.close()
    assert 0 <= top <= 60


def test_the_foot_leads_on_and_the_brand_leads_home_with_the_run(page, address):
    page.goto(f"{address}/surface?dataset=xor&hidden=3&frame=9")
    onward = page.get_by_role("link", name="Next: How many samples should make one update?")
    onward.click(timeout=30_000)
    page.wait_for_url("**/batches?*dataset=xor*", timeout=30_000)
    wait_until_idle(page)
    page.get_by_test_id("stLogoLink").click()
    page.wait_for_function("window.glassbox?.draws > 0 && location.pathname === '/'", timeout=30_000)
    page.wait_for_url("**/?*dataset=xor*hidden=3*", timeout=30_000)
    page.get_by_role("link", name="Start here").first.click()
    expect(page.get_by_text("You have been here.")).to_have_count(3, timeout=30_000)
