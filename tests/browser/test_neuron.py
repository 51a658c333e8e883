"""The page about one neuron as a person uses it, in Chromium."""

import re

import pytest
from playwright.sync_api import Page, expect


def open_neuron(page: Page, address: str, link: str = "") -> None:
    page.goto(f"{address}/")
    page.wait_for_function("window.glassbox?.draws > 0", timeout=20_000)
    page.goto(f"{address}/neuron{link}")
    expect(page.locator(".js-plotly-plot").first).to_be_visible(timeout=20_000)
    expect(page.get_by_role("heading", name="What can one neuron learn?")).to_be_visible()


def test_steps_move_the_weight_and_the_link_brings_them_back(page, address):
    open_neuron(page, address, "?n_points=textbook&n_start=0.5,-1.0")
    page.get_by_role("button", name="One step on this sample").click()
    page.wait_for_url(re.compile("n_steps=1s1"))
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("0.6")
    page.reload()
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("0.6")
    expect(page.locator(".katex-display").first).to_be_visible()


def test_chapters_open_by_a_click(page, address):
    open_neuron(page, address)
    for title, words in (("The loss around it", "The slope of the tangent"), ("Where it ends", "Descent is one way"),
                         ("When to stop", "Rightly: at the minimum"), ("Activations", "range of a")):  # fmt: skip
        page.get_by_role("radio", name=title).click()
        expect(page.get_by_text(words).first).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)


@pytest.mark.parametrize("part", ["chain", "loss", "rates", "goal", "stops", "activations"])
def test_a_phone_needs_no_scrolling_sideways(page, address, part):
    page.set_viewport_size({"width": 390, "height": 844})
    open_neuron(page, address, f"?n_inputs=4&n_part={part}")
    page.wait_for_timeout(800)
    main = "document.querySelector('[data-testid=stMain]')"
    assert page.evaluate(f"{main}.scrollWidth <= {main}.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
