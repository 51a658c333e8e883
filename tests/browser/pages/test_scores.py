"""The page What is a score worth?: a combination of a search is clicked on its map and opened on Train."""

import re

from playwright.sync_api import Page, expect

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
