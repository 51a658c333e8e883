"""Restarts, rolling balls and the loss surface as a person uses them, in Chromium."""

import re

from playwright.sync_api import Browser, Page, expect

from nncore.many_starts.landscapes.table import LANDSCAPES

CORNERS = "dataset=corners&hidden=2&activation=relu&initializer=he_normal&optimizer=adam&batch_size=none"


def test_starts_train_while_one_watches_and_can_be_stopped(page: Page, address: str):
    page.goto(f"{address}/restarts?dataset=spiral&hidden=8,8&starts=64&restart_epochs=5000")
    page.get_by_role("button", name="Train", exact=True).click()  # work this long asks first
    fan = page.get_by_alt_text(re.compile("Loss curves of 64 starts, up to epoch"))
    expect(fan).to_be_visible(timeout=20_000)
    first = fan.get_attribute("alt")
    page.wait_for_function(f"document.querySelector('img[alt^=\"Loss curves\"]')?.alt !== {first!r}", timeout=10_000)
    page.get_by_role("button", name="Stop training").click()
    expect(page.get_by_text(re.compile("of the 5,000 epochs are trained"))).to_be_visible(timeout=20_000)
    expect(page.get_by_text("Succeed", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Stop training")).not_to_be_visible()  # nothing trains any more


def test_a_start_of_exclusive_or_opens_on_the_train_page(page: Page, address: str):
    page.goto(f"{address}/restarts?{CORNERS}&starts=32&restart_epochs=1000")
    expect(page.locator(".js-plotly-plot").first).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="On the Train page").click()
    page.wait_for_function("window.glassbox?.draws > 0", timeout=20_000)
    expect(page).to_have_url(re.compile(r"start=\d+"), timeout=10_000)


def test_balls_roll_in_the_browser(page: Page, address: str):
    page.goto(f"{address}/landscapes")
    balls = ".st-key-land_roll .scatterlayer .trace:last-child path.point"
    page.get_by_role("button", name="Roll", exact=True).click()
    page.wait_for_selector(balls, timeout=20_000)
    before = page.locator(balls).first.get_attribute("transform")
    page.wait_for_function(
        f"document.querySelector('{balls}').getAttribute('transform') !== {before!r}", timeout=10_000
    )


def test_a_click_into_the_landscape_places_a_ball_where_it_was_clicked(page: Page, address: str):
    page.goto(f"{address}/landscapes?landscape=camel&rolled=no")
    picture = page.locator(".st-key-land_start .nsewdrag").first
    expect(picture).to_be_visible(timeout=20_000)
    box = picture.bounding_box()
    page.mouse.click(box["x"] + 0.25 * box["width"], box["y"] + 0.75 * box["height"])
    page.wait_for_url(re.compile("ball_at="), timeout=10_000)
    x, y = map(float, re.split("%2C|,", re.search(r"ball_at=([^&]+)", page.url)[1]))
    (left, right), (low, high) = LANDSCAPES["camel"].extent
    assert abs(x - (left + 0.25 * (right - left))) < 0.05 * (right - left)
    assert abs(y - (low + 0.25 * (high - low))) < 0.05 * (high - low)


def test_balls_are_at_their_end_at_once_where_less_motion_is_asked_for(browser: Browser, address: str):
    calm = browser.new_page(reduced_motion="reduce")
    calm.add_init_script("""
        window.seen = []
        const note = () => {
            const label = document.querySelector(".st-key-land_roll .slider-label")
            if (label && label.textContent !== window.seen.at(-1)) window.seen.push(label.textContent)
            requestAnimationFrame(note)
        }
        note()
    """)
    calm.goto(f"{address}/landscapes")
    calm.get_by_role("button", name="Roll", exact=True).click()
    numbers = calm.locator(".st-key-ball_numbers")
    numbers.wait_for(state="attached", timeout=20_000)
    assert numbers.is_visible()
    calm.wait_for_function("window.seen.includes('step 200')", timeout=20_000)
    calm.wait_for_timeout(300)
    assert calm.evaluate("window.seen") in (["step 0", "step 200"], ["step 200"])  # no step between
    calm.context.close()


def test_nothing_is_wider_than_a_phone(page: Page, address: str):
    page.set_viewport_size({"width": 390, "height": 844})
    for link in (f"restarts?{CORNERS}&starts=16&restart_epochs=100", "landscapes?landscape=camel", "surface?frame=20"):
        page.goto(f"{address}/{link}")
        expect(page.locator(".js-plotly-plot").first).to_be_visible(timeout=20_000)
        wider = "(main => main.scrollWidth - main.clientWidth)(document.querySelector('[data-testid=stMain]'))"
        assert page.evaluate(wider) <= 0


def test_no_words_of_another_section_stay_while_new_starts_train(page: Page, address: str):
    page.goto(f"{address}/restarts?starts=8&restart_epochs=1000&restart_view=best")
    expect(page.get_by_text("the best of all 8 at")).to_be_visible(timeout=30_000)
    page.evaluate("""() => {
        window.together = []
        new MutationObserver(() => {
            if (document.querySelector('img[alt^="Loss curves of 16"]'))
                window.together.push(document.body.innerText.includes("the best of all 8 at"))
        }).observe(document.body, {childList: true, subtree: true})
    }""")
    page.get_by_role("slider", name="Starts").press("ArrowRight")
    page.get_by_role("button", name="Train", exact=True).click()  # another training, another guess
    expect(page.get_by_text("the best of all 16 at")).to_be_visible(timeout=60_000)
    together = page.evaluate("window.together")
    assert together and not any(together)


def test_scrubbing_moves_the_ball(page: Page, address: str):
    page.goto(f"{address}/surface?frame=40")
    ball = ".scatterlayer .trace:last-child path.point"
    page.wait_for_selector(ball, timeout=30_000)
    before = page.locator(ball).last.get_attribute("transform")
    page.get_by_role("slider").first.press("ArrowRight")
    page.wait_for_function(f"document.querySelector('{ball}')?.getAttribute('transform') !== {before!r}", timeout=20_000)
    expect(page).to_have_url(re.compile("frame=41"), timeout=10_000)
