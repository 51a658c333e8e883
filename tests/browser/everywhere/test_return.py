"""A page that comes back to a server which knows nothing of it: the link is all the state that matters."""

from playwright.sync_api import expect

from tests.browser.conftest import serving


def test_a_page_whose_server_was_started_anew_answers_again_at_its_frame(context):
    page = context.new_page()
    with serving() as address:
        page.goto(f"{address}/?dataset=xor&hidden=3&frame=12")
        page.wait_for_function("window.glassbox?.frame === 12 && window.glassbox.draws > 0", timeout=60_000)
        page.wait_for_selector("[data-test-script-state=notRunning]")
    page.wait_for_selector("[data-test-connection-state]:not([data-test-connection-state=CONNECTED])", timeout=30_000)
    with serving(int(address.rpartition(":")[2])):
        page.wait_for_selector("[data-test-connection-state=CONNECTED]", timeout=60_000)
        page.wait_for_selector("[data-test-script-state=running]", timeout=60_000)
        page.wait_for_selector("[data-test-script-state=notRunning]", timeout=60_000)
        page.get_by_role("button", name="Play", exact=True).click()
        page.wait_for_function("window.glassbox.frame > 12", timeout=60_000)
        page.get_by_role("button", name="Share").click(delay=90)  # as long as a finger needs; it plays meanwhile
        expect(page.get_by_role("dialog").get_by_text("hidden=3")).to_be_visible()
        page.close()
