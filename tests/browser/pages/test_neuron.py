"""The page about one neuron as a person uses it, in Chromium."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.everywhere.test_accessible import walk
from tests.browser.everywhere.test_first_screen import look_at_a_section


def open_neuron(page: Page, address: str, link: str = "") -> None:
    page.goto(f"{address}/")
    page.wait_for_function("window.glassbox?.draws > 0", timeout=20_000)
    page.goto(f"{address}/neuron{link}")
    expect(page.locator(".js-plotly-plot").first).to_be_visible(timeout=20_000)
    expect(page.get_by_role("heading", name="What can one neuron learn?")).to_be_visible()


def weight_now(page: Page) -> Locator:
    """The first weight in the row of the table that says how things are now."""
    return page.locator("table.numbers").first.locator("tbody tr").last.locator("td").first


def test_steps_move_the_weight_and_the_link_brings_them_back(page, address):
    open_neuron(page, address, "?n_points=textbook&n_start=0.5,-1.0")
    page.get_by_role("button", name="One step on this sample").click()
    page.wait_for_url(re.compile("n_steps=1s1~0.1"))
    expect(weight_now(page)).to_have_text("0.6")
    page.reload()
    expect(weight_now(page)).to_have_text("0.6")
    expect(page.locator(".katex-display").first).to_be_visible()


def test_a_click_on_a_sample_chooses_it_and_pales_no_other(page, address):
    open_neuron(page, address, "?n_points=and&n_inputs=2")
    # The corners of AND are four marks in the order of their numbers; the last of them is x1 = x2 = 1.
    marks = page.locator(".js-plotly-plot").first.locator(".scatterlayer .trace").first.locator(".points path")
    box = marks.nth(3).bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url(re.compile("n_sample=4"))
    expect(page.get_by_role("spinbutton", name="Sample, 1 to 4")).to_have_value("4")
    expect(page.get_by_text("For sample 4 alone")).to_be_visible()
    assert all(opacity in ("1", "") for opacity in marks.evaluate_all("marks => marks.map(mark => mark.style.opacity)"))


def test_another_rate_goes_on_from_here_and_a_press_can_be_undone(page, address):
    open_neuron(page, address, "?n_points=textbook&n_start=0.5,-1.0&n_rate=1&n_steps=1s1~0.1")
    weight = weight_now(page)
    expect(weight).to_have_text("0.6")
    page.get_by_role("button", name="10 steps", exact=True).click()
    page.wait_for_url(re.compile(r"n_steps=1s1~0\.1(,|%2C)10b~1(&|$)"))
    expect(weight).not_to_have_text("0.6")
    page.get_by_role("button", name="Undo").click()
    expect(weight).to_have_text("0.6")
    page.get_by_role("button", name="From the first weights").click()
    expect(weight).to_have_text("0.5")


def test_what_is_no_number_for_a_first_weight_gets_one_sentence(page, address):
    open_neuron(page, address)
    field = page.get_by_role("textbox", name="First w₁")
    for typed, got in (("abc", "'abc'"), ("", "''")):
        field.fill(typed)
        field.press("Enter")
        expect(page.get_by_text(f"First w₁ must be a number, got {got}. It stays −1.")).to_be_visible()
        expect(field).to_have_value("−1")
    field.fill("2,5")
    field.press("Enter")
    expect(weight_now(page)).to_have_text("2.5")
    expect(page.get_by_test_id("stAlert")).to_have_count(0)


def test_clicks_that_come_fast_are_all_taken(page, address):
    open_neuron(page, address, "?n_points=textbook")
    button = page.get_by_role("button", name="One step on the batch")
    for _ in range(6):
        button.click(delay=5)
    expect(page.get_by_role("rowheader", name="after 6 steps")).to_be_visible(timeout=15_000)
    page.wait_for_url(re.compile("n_steps=6x1b"))


def test_chapters_open_by_a_click(page, address):
    open_neuron(page, address)
    for title, words in (("The loss around it", "The slope of the tangent"), ("The learning rate", "steps that led up"),
                         ("Where it ends", "Descent is one way"),
                         ("When to stop", "At a minimum: rightly"), ("Activations", "range of a")):  # fmt: skip
        page.get_by_role("radio", name=title).click()
        expect(page.get_by_text(words).first).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_a_phone_needs_no_scrolling_sideways(page, address):
    page.set_viewport_size({"width": 390, "height": 844})
    open_neuron(page, address, "?n_inputs=4")
    main = "document.querySelector('[data-testid=stMain]')"
    for part in walk(page, "n_part", ("chain", "loss", "rates", "goal", "stops", "activations")):
        assert page.evaluate(f"{main}.scrollWidth <= {main}.clientWidth"), part
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), part
        look_at_a_section(page, part)
