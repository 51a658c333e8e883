"""Every page for people who do not use a mouse, do not see colours, or read on a small phone: measured in Chromium.

axe-core, the checker that accessibility reviews use, looks for what breaks WCAG 2.2 at levels A and AA. It comes with
`axe-playwright-python`, so nothing is fetched while the tests run.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.everywhere.icons import unnamed_icons
from tests.browser.everywhere.views import ACTED, VIEWS

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
EVERYTHING = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}  # what a theme can change

# What is left lies inside Streamlit's own widgets, where no option of the theme reaches: the rule, a piece of the selector
# or of the element, and the issue there.
KNOWN: tuple[tuple[str, str, str], ...] = ()

# Signs of Markdown and of icons, none of which belongs in what a screen reader says.
MARKDOWN = re.compile(r"\*\*|`|:material/|!\[|\$[^$]+\$")


def open_view(page: Page, address: str, name: str, query: str) -> None:
    page.goto(f"{address}/{name}?{query}")
    page.wait_for_selector("[data-testid='stMain'] h1", timeout=60_000)
    wait_until_still(page)


# Resolves when nothing has changed in the page for so many milliseconds, or after three seconds of changes.
QUIET = """milliseconds => new Promise((done) => {
  const end = () => { watch.disconnect(); done(); };
  const watch = new MutationObserver(() => { clearTimeout(soon); soon = setTimeout(end, milliseconds); });
  let soon = setTimeout(end, milliseconds);
  setTimeout(end, 3000);
  watch.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
})"""


def wait_until_still(page: Page) -> None:
    """Returns when the page is drawn: some time after a click its script begins, and figures come after its end.

    On a first visit all behind the first figure is asked for once that is drawn.
    """
    page.evaluate(QUIET, 200)
    page.locator(".st-key-draw_rest").wait_for(state="detached", timeout=60_000)
    page.wait_for_selector("[data-test-script-state='notRunning']", timeout=120_000)
    page.evaluate(QUIET, 150)


def sections_of(page: Page, field: str) -> list[Locator]:
    """The buttons with which one picks among the sections of a page, once they are there; `field` names it in the link."""
    buttons = page.locator(f"[data-testid='stMain'] .st-key-choose_{field} button")
    buttons.first.wait_for(timeout=60_000)
    return buttons.all()


def walk(page: Page, field: str, names: Sequence[str]) -> Iterator[str]:
    """Goes through the sections of a page that is open at the first of them; the link's `field` names each of the others."""
    for name, section in zip(names, sections_of(page, field), strict=True):
        if name != names[0]:
            section.click()
            page.wait_for_url(re.compile(f"[?&]{field}={name}(&|$)"))
        wait_until_still(page)
        yield name


def unfold(page: Page) -> None:
    """Opens all that is folded, and what lies folded in that."""
    titles = "[data-testid='stExpander'] details:not([open]) > summary"
    for _ in range(3):
        if not page.evaluate("titles => [...document.querySelectorAll(titles)].map((one) => one.click()).length", titles):
            return
        wait_until_still(page)


def violations(page: Page, rules: dict) -> list[str]:
    """What axe-core finds, but for what is known: the rule, the element, and why, in a line each."""
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    lines = [
        f"{rule['id']}: {node['target']} {node['html'][:120]} {node['failureSummary'][:160]}"
        for rule in found for node in rule["nodes"]
    ]  # fmt: skip
    return [line for line in lines if not any(line.startswith(f"{rule}: ") and piece in line for rule, piece, _ in KNOWN)]


def problems(page: Page, schemes: tuple[str, str]) -> list[str]:
    """What breaks a rule in the colour scheme of the page, or in the second; nameless icons; and Markdown spoken."""
    found = [f"{schemes[0]} {line}" for line in violations(page, EVERYTHING)]
    page.emulate_media(color_scheme=schemes[1])  # switched without a reload
    wait_until_still(page)
    found += [f"{schemes[1]} {line}" for line in violations(page, COLOURS)]
    found += unnamed_icons(page)
    spoken = page.locator("body").aria_snapshot()
    said = (line.strip() for line in spoken.splitlines())
    return found + [f"says {line}" for line in said if MARKDOWN.search(line) and not line.startswith("- code:")]


@pytest.mark.parametrize("name", VIEWS)
def test_no_section_breaks_wcag_in_either_theme_and_no_request_leaves_this_machine(page, address, name):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.emulate_media(color_scheme="light")
    found, schemes = [], ("light", "dark")
    if name in ACTED or name == "initializers":  # as it is before, with its question and what can be guessed
        open_view(page, address, name, "")
        page.evaluate(AXE)
        found += [f"at first: {line}" for line in problems(page, schemes)]
        schemes = schemes[::-1]  # the page is in the second one now
    query, field = VIEWS[name]
    open_view(page, address, name, query)
    assert page.get_by_role("heading", level=1).count() == 1
    page.evaluate(AXE)
    sections = sections_of(page, field) if field else page.get_by_role("tab").all()
    assert len(sections) > 1 or not field
    for section in sections or [None]:
        if section is not None:
            section.click()
            wait_until_still(page)
        unfold(page)
        where = section.inner_text() if section is not None else "the page"
        found += [f"{where}: {line}" for line in problems(page, schemes)]
        schemes = schemes[::-1]
    assert not found, "\n".join(dict.fromkeys(found))
    assert page.evaluate("document.fonts.check('16px \"Material Symbols Rounded\"')")
    assert page.locator("link[rel*='icon']").first.get_attribute("href").startswith(("data:", address, "/", "./"))
    assert not [url for url in asked if not url.startswith((address, "data:", "blob:"))]


def test_the_header_and_the_figures_follow_a_theme_that_is_switched_without_a_reload(page, address):
    page.emulate_media(color_scheme="light")
    open_view(page, address, "neuron", "")
    colour = "name => getComputedStyle(document.querySelector(`[data-testid=${name}]`)).backgroundColor"
    grounds = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function(f"(want) => (({colour})('stApp') === 'rgb(18, 22, 28)') === want", arg=scheme == "dark")
        assert page.evaluate(colour, "stHeader") == page.evaluate(colour, "stApp")
        grounds.append(page.evaluate(colour, "stHeader"))
    assert len(set(grounds)) == 2
    ink = page.locator(".js-plotly-plot .xtitle").first  # the figures follow as well, which the server draws
    expect(ink).to_have_css("fill", "rgb(250, 250, 250)")
    page.emulate_media(color_scheme="light")
    expect(ink).to_have_css("fill", "rgb(49, 51, 63)")


@pytest.mark.parametrize("typed", ["1,5", "1.5"])
def test_a_comma_typed_into_a_field_for_whole_numbers_is_read_as_a_point_and_answered(page, address, typed):
    open_view(page, address, "neuron", "")
    field = page.get_by_role("spinbutton", name="Draw")
    field.click()
    page.keyboard.press("Control+a")
    page.keyboard.type(typed)
    page.keyboard.press("Tab")
    page.get_by_text("got 1.5. It stays").wait_for(timeout=20_000)


def test_a_comma_of_a_phones_keyboard_is_read_as_a_point(browser, address):
    page = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).new_page()
    open_view(page, address, "landscapes", "landscape=camel&rolled=no")
    field, keyboard = page.get_by_role("spinbutton", name="y of a ball"), page.context.new_cdp_session(page)
    for put in ([("insertText", {"text": letter}) for letter in "0,5"], [("insertText", {"text": "0,5"})],
                [*(("imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
                   for text in ("0", "0,", "0,5")), ("insertText", {"text": "0,5"})]):  # fmt: skip
        field.tap()
        field.fill("")
        for method, arguments in put:  # no key is pressed on a phone: letters come as text, or are put together
            keyboard.send(f"Input.{method}", arguments)
        expect(field).to_have_value("0.5")
    field.blur()
    wait_until_still(page)
    expect(field).to_have_value("0.50")
    assert page.get_by_test_id("stAlert").count() == 0
    open_view(page, address, "attention", "step=matrices")
    table = page.locator("[data-testid=stDataFrame] .dvn-scroller").first
    table.scroll_into_view_if_needed()
    table.dblclick(position={"x": table.bounding_box()["width"] / 2, "y": 55})
    expect(page.locator(".gdg-input")).to_be_focused()
    page.keyboard.press("Control+a")
    for letter in "-1,5":
        page.keyboard.insert_text(letter)
    expect(page.locator(".gdg-input")).to_have_value("-1.5")
    page.context.close()


def test_every_icon_button_of_the_live_view_has_its_name_on_hover(page, address):
    open_view(page, address, "", "")
    unnamed = page.locator("[data-part='play']").evaluate(
        "play => [...play.getRootNode().querySelectorAll('button, select')]"
        ".filter(one => !one.title && !one.innerText.trim()).map(one => one.outerHTML)")  # fmt: skip
    assert unnamed == unnamed_icons(page) == []
    page.locator("[data-part='back']").evaluate("one => one.removeAttribute('title')")
    assert len(unnamed_icons(page)) == 1


def test_the_keyboard_goes_through_the_weights_of_a_neuron(page, address):
    open_view(page, address, "", "hidden=3&dataset=circle")
    page.locator("[data-part='diagram']").focus()
    page.keyboard.press("ArrowRight")  # layer 1, neuron 1
    for said in (r"w = .*from x₁ to neuron 1 of layer 1", r"w = .*from x₂ to neuron 1 of layer 1", r"the bias of neuron 1"):
        page.keyboard.press("Shift+ArrowDown")
        page.wait_for_function("said => new RegExp(said).test(window.glassbox.formula)", arg=said)
        assert re.search(said, page.locator("[data-part='summary']").inner_text())
    page.keyboard.press("Shift+ArrowUp")
    page.wait_for_function("window.glassbox.formula.includes('from x₂')")
    page.keyboard.press("ArrowDown")  # back to the neuron that it leads to
    page.wait_for_function("window.glassbox.formula.startsWith('Neuron 1 of layer 1')")


def test_arrow_keys_move_a_probe_over_the_decision_map_and_what_is_there_is_announced(page, address):
    open_view(page, address, "", "dataset=circle")
    page.locator("[data-part='overlay']").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("window.glassbox.formula.startsWith('x₁')")
    before = page.evaluate("[...glassbox.live.probe]")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowUp")
    page.wait_for_function("y => glassbox.live.probe[1] > y + 0.5", arg=before[1])
    after = page.evaluate("[...glassbox.live.probe]")
    # The map is 12 wide: a fiftieth of it, and a tenth with Shift, to whole pixels at worst.
    assert after[0] - before[0] == pytest.approx(0.24, abs=0.03)
    assert after[1] - before[1] == pytest.approx(1.2, abs=0.06)
    assert re.match(r"x₁ = .*output = ", page.locator("[data-part='summary']").inner_text())
    assert page.evaluate("glassbox.frame") == 0


def test_nothing_glides_where_less_motion_is_asked_for(browser, address):
    calm = browser.new_page(reduced_motion="reduce")
    open_view(calm, address, "", "")
    seconds = (
        "element => [...element.getRootNode().querySelectorAll('*')].map(one => getComputedStyle(one)).flatMap(style =>"
        " [...style.transitionDuration.split(','), ...style.animationDuration.split(',')]).map(parseFloat)"
    )
    for inside in (calm.locator("h1").first, calm.locator("[data-part='play']")):
        assert max(inside.evaluate(seconds)) < 0.001
    # What plays changes twice a second, not with every frame of the screen.
    calm.locator("[data-part='play']").click()
    calm.wait_for_function("window.glassbox.frame > 8")
    before = calm.evaluate("window.glassbox.draws")
    calm.wait_for_timeout(2000)
    assert calm.evaluate("window.glassbox.draws") - before <= 6
    calm.context.close()


def test_while_it_plays_no_heading_names_an_epoch_that_is_over(page, address):
    open_view(page, address, "", "")
    heading = page.get_by_role("heading", name="At epoch 0")
    assert heading.is_visible()
    page.locator("[data-part='play']").click()
    page.wait_for_function("window.glassbox.frame > 5")
    assert not heading.is_visible()
    page.locator("[data-part='play']").click()
