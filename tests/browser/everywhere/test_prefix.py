"""The app under a path of a larger site: every page, its links, and what is shared stay under that path."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import serving
from tests.browser.everywhere.test_navigation import wait_until_idle


def test_links_and_what_is_shared_stay_under_the_path(context):
    with serving(prefix="/teach/glassbox") as address:
        page = context.new_page()
        page.goto(f"{address}/?dataset=xor&frame=12")
        page.wait_for_function("window.glassbox?.frame === 12 && window.glassbox.draws > 0", timeout=60_000)
        wait_until_idle(page)
        page.get_by_role("button", name="Share").click()
        expect(page.get_by_role("dialog").get_by_text(f"{address}/?")).to_be_visible()
        page.get_by_role("dialog").press("Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()
        page.get_by_role("link", name=re.compile("Next page:")).click()
        page.wait_for_url(lambda url: url.startswith(f"{address}/") and not url.startswith(f"{address}/?"))
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.goto(f"{address}/weights?dataset=xor&frame=12")
        page.wait_for_selector("[data-testid=stPlotlyChart] .main-svg", timeout=60_000)
        page.close()
