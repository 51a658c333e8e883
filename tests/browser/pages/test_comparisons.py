"""The pages that compare initializers and batch sizes, as a person uses them, in Chromium."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.everywhere.test_first_screen import look_at_a_section

PLOT = ".js-plotly-plot .main-svg"


def open_page(page: Page, address: str, link: str) -> None:
    page.goto(f"{address}/{link}")
    page.wait_for_selector(PLOT, timeout=20_000)


def test_initializers_train_and_the_findings_go_into_the_link(page, address):
    open_page(page, address, "initializers?depth=4&race_epochs=20")
    expect(page.get_by_text("the lowest training loss")).to_be_visible()
    page.get_by_role("radio", name="Formulas").click()
    page.wait_for_url(re.compile("initializer_view=formulas"))
    expect(page.get_by_text("promises a deviation of").first).to_be_visible()


def test_a_long_training_is_stopped_and_goes_on(page, address):
    page.goto(f"{address}/initializers?depth=20&width=24&race_epochs=1000")
    page.get_by_role("button", name="Train", exact=True).click()  # work this long asks first
    page.get_by_text(re.compile("Training, [1-9]")).first.wait_for(timeout=60_000)  # the first losses are there
    page.get_by_role("button", name="Stop training").click()
    expect(page.get_by_text(re.compile(r"Stopped after \d+\s%\s*of the work"))).to_be_visible(timeout=10_000)
    expect(page.get_by_role("button", name="Train on")).to_be_visible()


def test_batch_sizes_are_compared_at_equal_cost(page, address):
    open_page(page, address, "batches?batch_epochs=5")
    expect(page.get_by_text("After the same")).to_have_count(3)
    page.get_by_role("radio", name="updates").click()
    page.wait_for_url(re.compile("cost=updates"))


# Whether the page's first figure stands on the screen from its top to its foot, and nothing runs that could move it.
SEEN_WHOLE = """() => {
  const chart = document.querySelector("[data-testid=stMain] [data-testid=stPlotlyChart]")?.getBoundingClientRect();
  return chart && chart.height > 100 && chart.top >= 50 && chart.bottom <= innerHeight &&
    document.querySelector("[data-test-script-state=notRunning]") !== null;
}"""


def test_a_preset_is_shown_from_the_top_of_the_page(page, address):
    open_page(page, address, "batches?batch_epochs=5&batch_view=noise&noise_at=trained")
    main = page.locator("[data-testid=stMain]")
    for name, choice in (("One sample or all", "batch_sizes=1%2Cfull"), ("Noise and 1/√B", "noise_at=first")):
        page.get_by_role("button", name=name).click()
        page.wait_for_url(re.compile(choice))
        page.wait_for_function("document.querySelector('[data-testid=stMain]').scrollTop === 0")
    expect(page.get_by_text("is expected for B = 16 of N = 250")).to_be_visible()
    # Any other control leaves the page where it is.
    page.get_by_role("radio", name="Loss against cost").click()
    expect(page.get_by_text("After the same")).to_have_count(3, timeout=20_000)
    main.evaluate("element => element.scrollTo(0, 100)")
    page.get_by_role("radio", name="updates").click()
    page.wait_for_url(re.compile("cost=updates"))
    assert main.evaluate("element => element.scrollTop") > 0
    # On a phone the figure stands below the first screen: it is brought into view, from the foot of the page.
    page.set_viewport_size({"width": 390, "height": 844})
    for name, choice in (("Noise and 1/√B", "noise_at=first"), ("The same samples seen", "cost=samples")):
        page.get_by_role("button", name=name).click()
        page.wait_for_url(re.compile(choice))
        page.wait_for_function(SEEN_WHOLE, timeout=20_000)


def test_batch_sizes_are_picked(page, address):
    open_page(page, address, "batches?batch_epochs=5&batch_view=samples")
    page.get_by_role("button", name="32", exact=True).click()
    page.wait_for_url(re.compile("batch_sizes=1%2C4%2C16%2C32%2C64%2Cfull"))
    page.get_by_role("button", name="128", exact=True).click()
    expect(page.get_by_text("2 to 6 batch sizes can be compared")).to_be_visible()
    assert "128" not in page.url


def test_no_text_of_one_finding_stands_under_the_next_while_it_trains(page, address):
    page.goto(f"{address}/initializers?initializer_view=formulas&depth=20&width=22&race_epochs=1000")
    expect(page.get_by_text("promises a deviation of").first).to_be_visible(timeout=20_000)
    page.get_by_role("radio", name="Losses").click()
    page.get_by_role("button", name="Train", exact=True).click()  # work this long asks first
    page.get_by_text(re.compile("Training, [1-9]")).first.wait_for(timeout=60_000)  # the first losses are there
    expect(page.get_by_text("promises a deviation of")).to_have_count(0)
    expect(page.get_by_text(re.compile(r"about \d+ (s|minutes?) left"))).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="Stop training").click()
    expect(page.get_by_text("Stopped after")).to_be_visible(timeout=10_000)


@pytest.mark.parametrize("link", [
    "initializers?race_epochs=20", "initializers?initializer_view=pairs", "batches?batch_epochs=5",
    "batches?batch_view=samples", "batches?batch_view=noise",
])  # fmt: skip
def test_nothing_sticks_out_on_a_phone_and_each_finding_shows_its_figure_on_the_first_screen(page, address, link):
    page.set_viewport_size({"width": 390, "height": 844})
    open_page(page, address, link)
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("element => element.scrollWidth <= element.clientWidth")
    look_at_a_section(page, link)


def test_of_presets_clicked_faster_than_the_page_answers_the_last_one_counts(page, address):
    open_page(page, address, "initializers?depth=4&race_epochs=300")
    expect(page.get_by_role("button", name="Six sigmoid layers")).to_be_visible(timeout=60_000)  # it comes after the figure
    page.evaluate("""async () => {
        for (const name of ["Two layers", "Every pair", "Twenty ReLU layers", "Six sigmoid layers"]) {
            [...document.querySelectorAll("button")].find((button) => button.textContent.trim() === name).click();
            await new Promise((done) => setTimeout(done, 30));  // clicks of one moment would be sent as one
        }
    }""")
    expect(page.get_by_text("Box: the middle half").first).to_be_visible(timeout=60_000)  # once six layers are trained
    page.wait_for_url(re.compile("depth=6&.*bend=sigmoid&.*initializer_view=layers"))
