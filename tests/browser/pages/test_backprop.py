"""The page about one update as a person uses it, in Chromium."""

import re

from playwright.sync_api import Page, expect

from tests.browser.everywhere.test_accessible import walk
from tests.browser.everywhere.test_first_screen import look_at_a_section, look_at_the_keyboards_way

FIGURES = ".js-plotly-plot"


def open_page(page: Page, address: str, link: str = "") -> None:
    page.goto(f"{address}/backprop{link}")
    page.locator(FIGURES).first.wait_for(timeout=60_000)
    expect(page.get_by_text("Change it on Train")).to_be_visible(timeout=60_000)


def click_point(page: Page, trace: str, number: int) -> None:
    """Clicks a point of the named trace of the page's figure, where Plotly drew it."""
    chart = page.locator(FIGURES).first
    chart.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    box = chart.bounding_box()
    place = chart.evaluate(
        """(plot, [name, number]) => {
            const trace = plot._fullData.find(trace => trace.name === name);
            const {xaxis, yaxis} = plot._fullLayout;
            return [xaxis._offset + xaxis.d2p(trace.x[number]), yaxis._offset + yaxis.d2p(trace.y[number])];
        }""",
        [trace, number],
    )
    page.mouse.move(box["x"] + place[0], box["y"] + place[1])
    page.mouse.click(box["x"] + place[0], box["y"] + place[1])


def test_a_click_on_a_line_opens_the_chain_of_its_weight(page, address):
    open_page(page, address, "?hidden=3&frame=20&microscope=passes&pass_step=6")
    click_point(page, "weights", 3)  # the second neuron's weight on the second input
    page.wait_for_url(re.compile("chain_weight=1%2C2%2C2|chain_weight=1,2,2"), timeout=10_000)
    expect(page.get_by_text("You chose the weight of neuron 2 of layer 1 on x₂")).to_be_visible()
    expect(page.get_by_role("radio", name="3 · One weight")).to_be_checked()


def test_a_click_on_a_neuron_within_the_slow_motion_shows_its_numbers(page, address):
    open_page(page, address, "?hidden=3&frame=20&microscope=passes&pass_step=1")
    expect(page.get_by_text("For neuron 1 (")).to_be_visible()
    click_point(page, "layer 1<br>tanh", 2)
    expect(page.get_by_text("For neuron 3 (")).to_be_visible()
    assert "microscope=passes" in page.url


def test_a_click_on_a_lit_point_follows_that_sample(page, address):
    open_page(page, address, "?hidden=3&frame=20")
    click_point(page, "in the batch", 4)
    page.wait_for_url(re.compile("batch_sample=5"), timeout=10_000)
    expect(page.get_by_text("Sample 5 of the batch, in the ring")).to_be_visible()


def test_the_slow_motion_steps_and_nothing_moves_by_itself(page, address):
    open_page(page, address, "?frame=20&microscope=passes&pass_step=0")
    page.get_by_role("button", name="Next step").click()
    expect(page.get_by_text("Forward, layer 1.")).to_be_visible()
    page.wait_for_timeout(1500)
    expect(page.get_by_text("Forward, layer 1.")).to_be_visible()
    assert "pass_step=1" in page.url
    page.get_by_role("button", name="Next step").click()
    expect(page.get_by_text("Forward, layer 2.")).to_be_visible()


def test_the_slow_motion_and_the_update_go_by_keyboard_alone(page, address):
    open_page(page, address, "?frame=20&microscope=passes&pass_step=0")
    page.get_by_role("button", name="Next step").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Forward, layer 1.")).to_be_visible()
    page.get_by_role("slider", name=re.compile("Step of the slow motion")).focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("Forward, layer 2.")).to_be_visible()
    page.get_by_role("slider", name=re.compile("Update of epoch 21")).focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("Update 2 of 25")).to_be_visible()
    page.wait_for_url(re.compile("update=2"), timeout=10_000)


def test_every_weight_is_in_the_lists(page, address):
    open_page(page, address, "?dataset=digits28&hidden=16&frame=3&microscope=passes")
    expect(page.get_by_text("Of a layer with more than 8 neurons, 8 are drawn")).to_be_visible()
    page.get_by_role("combobox", name=re.compile("Input that it multiplies")).click()
    page.keyboard.type("301:")
    page.get_by_role("option", name=re.compile("^301:")).click()
    page.wait_for_url(re.compile("chain_weight=1%2C1%2C301|chain_weight=1,1,301"), timeout=10_000)


def test_the_check_of_all_tells_the_worst(page, address):
    open_page(page, address, "?frame=20&microscope=check")
    page.get_by_role("button", name="Check every weight and bias").click()
    expect(page.get_by_text("Checked all 105 of them")).to_be_visible(timeout=15_000)


def test_a_phone_needs_no_sideways_scrolling_and_shows_each_part_on_its_first_screen(page, address):
    page.set_viewport_size({"width": 390, "height": 844})
    open_page(page, address, "?hidden=8,8,8,16,16,16&activation=sigmoid&frame=3")
    for part in walk(page, "microscope", ("batch", "passes", "chain", "check", "flow")):
        widths = page.evaluate(
            "[document.documentElement.scrollWidth, document.querySelector('[data-testid=stMain]').scrollWidth]"
        )
        assert max(widths) <= 390, part
        look_at_a_section(page, part)
        look_at_the_keyboards_way(page, part)
