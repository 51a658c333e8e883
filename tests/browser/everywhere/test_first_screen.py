"""Every page, opened by a link in Chromium: it fits the screen, and the first screen has its question, a figure, a way on.

A page is loaded once for each link and size of screen, and all that must hold there is looked for in that one load.
"""

from contextlib import suppress
from itertools import pairwise

import pytest
from playwright.sync_api import TimeoutError, expect

from pages.parts.lessons.table import LESSONS
from tests.browser.everywhere.emptiness import emptiest, look_for_emptiness
from tests.browser.everywhere.letters import SMALL, SMALLEST, keep_drawn, small_letters
from tests.browser.everywhere.test_accessible import sections_of, unfold, wait_until_still
from tests.browser.everywhere.test_navigation import wait_until_idle
from tests.browser.everywhere.views import ACTED, VIEWS

# A list of lessons and a lecture that is being written have no figure.
WITHOUT_FIGURE = ("lessons", "lecture")
# What counts as a figure, a number large enough to be a finding, or the answer in a table.
FIGURES = (
    "[data-testid=stPlotlyChart], [data-testid=stImage], [data-testid=stMetric], [data-testid=stBidiComponentRegular], "
    "[data-testid=stBidiComponentIsolated], [data-testid^=stCode], .katex-display, table, "
    "[class*='st-key-way_']:not(.st-key-way_foot), .st-key-finding_rule, .glassbox-sheet, "
    ".glassbox-subject, .glassbox-fits, .glassbox-ways"
)
LARGEST, DEEPEST = 28, 600  # pixels, of the question's letters and of the first figure's top
WALKED = ("attention", "landscapes", "restarts")  # pages whose sections no other test opens on a phone
FORMULAS = ("initializers", "neuron")  # pages whose formulas are long
FILLED = 0.36  # of a wide screen may be empty in a lesson
LONG = 2500  # pixels: what is longer has a list of its parts
MEASURE = """(figures) => {
  const main = document.querySelector("[data-testid=stMain]"), heading = main?.querySelector("h1");
  if (!heading) return {};
  const tops = [...main.querySelectorAll(figures)].filter((figure) => figure.getBoundingClientRect().height > 8)
    .map((figure) => figure.getBoundingClientRect().top + main.scrollTop);
  const jumps = main.querySelectorAll(".glassbox-jumps a").length, size = parseFloat(getComputedStyle(heading).fontSize);
  return { first: Math.min(...tops), height: main.scrollHeight, jumps, size };
}"""


# A finding in words is a measured number in bold, in what a page says of itself.
FINDING = """() => {
  const main = document.querySelector("[data-testid=stMain]");
  const told = [...main.querySelectorAll("[data-testid=stMarkdownContainer] strong")]
    .filter((one) => /^[−-]?\\d/.test(one.textContent) && one.getClientRects().length);
  return Math.min(...told.map((one) => one.getBoundingClientRect().top + main.scrollTop));
}"""


def links(*names: str) -> list[tuple[str, str]]:
    """Each page with each of its links, once: its bare name, and for `names` what the table of views says."""
    return [(name, query) for name, view in VIEWS.items()
            for query in dict.fromkeys(("", view.query if name in names else ""))]  # fmt: skip


def acted_link(name: str) -> str:
    """The link at which the page has something to show: its bare name, or as it is when a person has acted."""
    return VIEWS[name].query if name in ACTED else ""


def open_and_look(page, address: str, name: str, query: str) -> None:
    """Opens the page; it must come without an error and fit."""
    page.goto(f"{address}/{name}?{query}")
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=60_000)
    wait_until_still(page)
    assert page.get_by_test_id("stException").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def look_at_the_first_screen(page, name: str, query: str) -> None:
    """Where the page has one to show, its question must not be too large, and its first figure must not stand too deep."""
    if name in WITHOUT_FIGURE or query not in ("", acted_link(name)):
        return
    # A page comes to rest in the browser: its style arrives in a file of its own, and the list of parts follows.
    rests = f"(figures) => {{ const found = ({MEASURE})(figures); return found.size <= {LARGEST} && "
    rests += f"Math.min(found.first, ({FINDING})()) <= {DEEPEST} && (found.height <= {LONG} || found.jumps > 1); }}"
    page.wait_for_function(rests, arg=FIGURES, timeout=40_000)
    found = page.evaluate(MEASURE, FIGURES)
    assert found["size"] <= LARGEST
    assert min(found["first"], page.evaluate(FINDING)) <= DEEPEST


def look_at_a_section(page, name: str) -> None:
    """The first figure, or the first finding in words, of the section `name` on screen must not stand too deep."""
    rests = f"(figures) => Math.min(({MEASURE})(figures).first, ({FINDING})()) <= {DEEPEST}"
    with suppress(TimeoutError):  # figures come after the page; how deep they stand then is said below
        page.wait_for_function(rests, arg=FIGURES, timeout=10_000)
    assert min(page.evaluate(MEASURE, FIGURES)["first"], page.evaluate(FINDING)) <= DEEPEST, name


# Where what has the keyboard stands on the page, and what it says; nothing where it is in what stays in sight, or outside.
AT = """() => {
  const on = document.activeElement, main = document.querySelector("[data-testid=stMain]");
  const aside = ".st-key-strip, .st-key-words_strip, .st-key-lecture_bar";
  if (!main.contains(on) || on.closest(aside)) return null;
  const foot = Boolean(on.closest(".st-key-way_foot")), words = on.ariaLabel || on.innerText || on.tagName;
  return [on.getBoundingClientRect().top + main.scrollTop, words.trim().slice(0, 40), foot];
}"""
ROW, MOST_STOPS = 40, 90  # pixels that two stops of one row may differ by; presses of Tab on a page


def look_at_the_keyboards_way(page, name: str) -> None:
    """Tab must go through the section `name` on screen from above to below, as it is seen, to the page's foot."""
    page.get_by_role("heading", level=1).click()
    stops = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(AT)
        if stop and stop[2]:
            break
        stops += [stop] if stop else []
    assert stop and stop[2], f"{name}: the foot is not reached after {stops[-3:]}"
    back = [(before[1], after[1]) for before, after in pairwise(stops) if after[0] < before[0] - ROW]
    assert not back and len(stops) > 2, f"{name}: {back or stops}"


@pytest.fixture(scope="module")
def laptop(browser):
    """One dark tab for all pages, at the size of a small laptop's screen."""
    page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme="dark")
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def phone(browser):
    """One light tab for all pages, at the size of a small phone."""
    page = browser.new_page(viewport={"width": 360, "height": 740}, color_scheme="light")
    keep_drawn(page)
    yield page
    page.context.close()


@pytest.mark.parametrize(("name", "query"), links(*ACTED))
def test_a_link_opens_a_page_that_fits_with_a_question_and_a_figure_on_its_first_screen(laptop, address, name, query):
    laptop.set_viewport_size({"width": 1280, "height": 800})
    open_and_look(laptop, address, name, query)
    look_at_the_first_screen(laptop, name, query)
    look_for_emptiness(laptop)
    laptop.set_viewport_size({"width": 1920, "height": 1080})
    look_for_emptiness(laptop)


@pytest.mark.parametrize("name", LESSONS)
def test_every_step_of_a_lesson_fills_the_screen(laptop, address, name):
    laptop.set_viewport_size({"width": 1280, "height": 800})
    open_and_look(laptop, address, "lessons", f"lesson={name}")
    look_for_emptiness(laptop)
    laptop.set_viewport_size({"width": 1920, "height": 1080})  # where a few sentences and a picture are easily lost
    for number in range(len(LESSONS[name].steps)):
        if number:
            laptop.locator(f".st-key-lesson_steps_{name} [role=radio]").nth(number).click()
            laptop.wait_for_url(f"**lesson_step={number + 1}*")
            wait_until_idle(laptop)
        look_for_emptiness(laptop, FILLED)


def test_the_largest_empty_part_of_a_screen_is_found(laptop):
    laptop.set_viewport_size({"width": 1280, "height": 800})
    boxes = "".join(f'<canvas style="position: absolute; {place}"></canvas>' for place in (
        "left: 0; top: 0; width: 1280px; height: 200px", "left: 0; top: 0; width: 320px; height: 800px"))  # fmt: skip
    laptop.set_content(f'<main data-testid="stMain" style="position: fixed; inset: 0">{boxes}</main>')
    assert emptiest(laptop) == pytest.approx(0.75 * 0.75)


def test_the_balls_can_be_rolled_without_scrolling_on_a_laptop_of_768_lines(laptop, address):
    laptop.set_viewport_size({"width": 1366, "height": 768})
    open_and_look(laptop, address, "landscapes", "")
    expect(laptop.locator(".st-key-roll button")).to_be_in_viewport(ratio=1)
    laptop.set_viewport_size({"width": 1280, "height": 800})


# Elements that stick out to the right without a box around them that scrolls.
TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth, found = [];
  const isScrolled = (element) => {
    for (let box = element.parentElement; box; box = box.parentElement) {
      if (getComputedStyle(box).overflowX !== "visible" && box.getBoundingClientRect().right <= width + 1) return true;
    }
    return false;
  };
  const look = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) look(element.shadowRoot);
      const box = element.getBoundingClientRect();
      if (box.width < 2 || box.height < 2 || !element.checkVisibility({ visibilityProperty: true })) continue;
      if (box.left < width && box.right > width + 1 && !isScrolled(element)) found.push(element.outerHTML.slice(0, 150));
    }
  };
  look(document);
  return found;
}"""
# Formulas that run past their box, where they fit on a phone if they are broken between their parts.
CUT_FORMULAS = """() => [...document.querySelectorAll(".katex-display")]
  .filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.querySelector("annotation").textContent)"""
FITS = "(main => main.scrollWidth <= main.clientWidth)(document.querySelector('[data-testid=stMain]'))"


def look_at_a_small_phone(phone) -> None:
    """All must be large enough, and nothing stick out."""
    with suppress(TimeoutError):  # its styles come in files of their own; what is still too wide then is said below
        rests = f"() => {FITS} && ({TOO_WIDE})().length === 0 && ({SMALL})({SMALLEST}).length === 0"
        phone.wait_for_function(rests, timeout=10_000)
    assert phone.evaluate(TOO_WIDE) == []
    assert small_letters(phone) == []
    assert phone.evaluate(FITS)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    cut = phone.locator("[data-testid='stMain'] :is([data-testid='stButtonGroup'] > div, [data-testid='stPageLink'] p)")
    for group in cut.all():
        assert group.evaluate("element => element.scrollWidth <= element.clientWidth + 1"), group.inner_text()


@pytest.mark.parametrize(("name", "query"), links(*VIEWS))
def test_on_phones_all_is_large_enough_nothing_scrolls_sideways_and_the_first_screen_is_complete(
    phone, address, name, query
):
    phone.set_viewport_size({"width": 360, "height": 740})
    open_and_look(phone, address, name, query)
    if query == VIEWS[name].query:
        look_at_a_small_phone(phone)
    if name == "" and query:
        # The line above the picture is long here, and the note on the map must not stay where it stood before it was there.
        note, on = (phone.locator(place).bounding_box() for place in (".notes p >> nth=-1", "[data-part=map]"))
        assert on["y"] <= note["y"] <= on["y"] + 0.5 * on["height"]
    phone.set_viewport_size({"width": 390, "height": 844})
    look_at_the_first_screen(phone, name, query)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    if name in FORMULAS and query == VIEWS[name].query:
        unfold(phone)
        assert phone.locator(".katex-display").count() > 2 and phone.evaluate(CUT_FORMULAS) == []
    if name in WALKED and query == VIEWS[name].query:
        for section in sections_of(phone, VIEWS[name].sections)[1:]:
            section.click()
            wait_until_still(phone)
            look_at_a_section(phone, f"{name}, {section.inner_text()}")


def test_a_training_is_watched_on_a_small_phone_in_letters_that_can_be_read(phone, address):
    phone.set_viewport_size({"width": 360, "height": 740})
    phone.goto(f"{address}/restarts?dataset=circle&hidden=16&starts=64&restart_epochs=500&trained=yes")
    # The picture is another one several times a second, so it is looked at when it is found.
    picture = "document.querySelector('img[alt^=\"Loss curves\"]')"
    seen = f"() => {picture}?.clientWidth > 200 && {{ small: ({SMALL})({SMALLEST}) }}"
    assert phone.wait_for_function(seen, timeout=60_000).json_value() == {"small": []}
    phone.goto("about:blank")  # who has left trains no longer


def test_on_a_phone_the_page_is_named_and_settings_are_one_tap_away(browser, address):
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{address}/neuron")
    expect(page.locator(".glassbox-here")).to_contain_text("One neuron", timeout=30_000)
    wait_until_idle(page)
    page.get_by_role("button", name="Settings").click()
    expect(page.get_by_test_id("stSidebar").locator("input, [role=radio], [role=slider]").first).to_be_in_viewport()
    page.context.close()


def test_the_strip_stays_in_sight_and_a_part_is_jumped_to(page, address):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/weights?frame=10")
    page.wait_for_selector(".glassbox-jumps a", timeout=30_000)
    wait_until_idle(page)
    page.locator(".glassbox-jumps a").nth(2).click()
    page.wait_for_function("document.querySelector('[data-testid=stMain]').scrollTop > 500")
    top = page.locator(".st-key-strip").bounding_box()["y"]
    assert 0 <= top <= 60
    # The list is there while the page is long, also where only heights change.
    body = page.get_by_test_id("stMainBlockContainer")
    body.evaluate("body => Object.assign(body.style, { maxHeight: '900px', overflow: 'hidden' })")
    expect(page.locator(".glassbox-jumps a")).to_have_count(0)
    body.evaluate("body => Object.assign(body.style, { maxHeight: '', overflow: '' })")
    expect(page.locator(".glassbox-jumps a").nth(1)).to_be_attached()


def test_the_foot_leads_on_and_the_brand_leads_home_with_the_run(page, address):
    page.goto(f"{address}/surface?dataset=xor&hidden=3&frame=9")
    onward = page.get_by_role("link", name="Next page: How many samples should make one update?")
    onward.click(timeout=30_000)
    page.wait_for_url("**/batches?*dataset=xor*", timeout=30_000)
    wait_until_idle(page)
    page.get_by_test_id("stLogoLink").click()
    page.wait_for_function("window.glassbox?.draws > 0 && location.pathname === '/'", timeout=30_000)
    page.wait_for_url("**/?*dataset=xor*hidden=3*", timeout=30_000)
    page.get_by_role("link", name="Start here").first.click()
    expect(page.get_by_text("You have been here.")).to_have_count(3, timeout=30_000)
