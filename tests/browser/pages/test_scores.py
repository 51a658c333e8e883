"""The page What is a score worth?: a combination of a search is clicked on its map and opened on Train."""

import re

from playwright.sync_api import Page, expect

from tests.browser.everywhere.test_accessible import sections_of, wait_until_still
from tests.browser.everywhere.test_first_screen import look_at_a_section

SEARCH = ("dataset=moons&samples=60&hidden=3&optimizer=adam&score_view=choosing&search_across=l2"
          "&search_upwards=learning_rate&search_epochs=20&trained=yes")  # fmt: skip


def test_a_square_of_the_search_is_clicked_and_opened_on_train(page: Page, address: str):
    page.goto(f"{address}/scores?{SEARCH}")
    squares = page.locator(".st-key-search_map .scatterlayer .point")
    expect(squares).to_have_count(36)
    expect(page.get_by_text("The best:")).to_be_visible()
    square = squares.nth(8).bounding_box()  # the second row, the third column
    page.mouse.click(square["x"] + square["width"] / 2, square["y"] + square["height"] / 2)
    page.wait_for_url(re.compile("search_cell=8"))
    expect(page.get_by_text(re.compile("Picked:.*L2 0.001 and learning rate 0.003"))).to_be_visible()
    page.get_by_role("button", name="Open this network on Train").click()
    page.wait_for_url(re.compile("l2=0.001"))
    expect(page).to_have_url(re.compile("learning_rate=0.003"))
    expect(page.locator("[data-part='play']")).to_be_visible()


def test_on_a_phone_what_became_of_a_guess_stands_on_the_first_screen_of_every_section(page: Page, address: str):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/scores?{SEARCH}&leak_guess=selection-far&curve_guess=epochs-grows&peek_guess=100of100-some")
    look_at_a_section(page, "choosing")
    for number, section in enumerate(("leakage", "curves", "choosing", "sealed")):
        if section != "choosing":
            sections_of(page, "score_view")[number].click()
            page.wait_for_url(lambda url, name=section: f"score_view={name}" in url or name == "leakage")
            wait_until_still(page)
            look_at_a_section(page, section)
    page.set_viewport_size({"width": 700, "height": 800})
    page.goto(f"{address}/scores?score_view=curves")
    points = page.get_by_alt_text(re.compile("^Its answers on"))
    expect(points).to_be_visible()
    assert points.bounding_box()["x"] + points.bounding_box()["width"] <= 700  # beside the question, and not cut off
