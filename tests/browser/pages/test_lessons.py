"""A lesson in Chromium: predict, unlock, see the outcome, go on; the link shows it all to somebody else."""

import re

from playwright.sync_api import Page, expect


def open_step(page: Page, address: str, link: str) -> None:
    page.goto(f"{address}/lessons?{link}")
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=30_000)
    page.wait_for_selector("[data-test-script-state='notRunning']", timeout=30_000)


def play(page: Page):
    return page.get_by_test_id("stMain").get_by_role("button", name="Play", exact=True)


def place_of_question(page: Page) -> tuple[float, float]:
    """Where the question of the step stands within the page, in whole pixels."""
    return tuple(page.evaluate("""() => {
      const question = document.querySelector(".st-key-lesson_words h5").getBoundingClientRect();
      const top = document.querySelector("[data-testid=stMainBlockContainer]").getBoundingClientRect().top;
      return [Math.round(question.left), Math.round(question.top - top)];
    }"""))


def test_a_prediction_unlocks_the_outcome_and_the_link_reproduces_it(page, browser, address):
    open_step(page, address, "lesson=weight&lesson_step=2")
    expect(play(page)).to_be_disabled()
    assert page.get_by_text("Why.").count() == 0
    page.get_by_text("Nobody can tell without the bias.").click()
    expect(play(page)).to_be_enabled()
    asked = place_of_question(page)
    play(page).click()
    expect(page.get_by_text("Not this time.")).to_be_visible()
    assert place_of_question(page) == asked
    expect(page.locator(".st-key-way_foot")).to_be_hidden()  # which would lead out of the lesson
    expect(page.get_by_text("Why.")).to_be_visible()
    page.wait_for_url(re.compile("lesson_told="))
    link = page.url
    page.set_viewport_size({"width": 1280, "height": 560})  # where the next step's picture stands too deep to be seen whole
    onward = page.get_by_role("button", name="Next step", exact=True)
    expect(onward).to_be_in_viewport(ratio=1)  # however long the step is
    onward.click()
    page.wait_for_url(re.compile("lesson_step=3"))
    expect(play(page)).to_be_disabled()
    page.wait_for_timeout(1000)  # a page that leads to its first picture has done so by then
    expect(page.locator(".st-key-lesson_list")).to_be_in_viewport(ratio=1)
    expect(play(page)).to_be_in_viewport(ratio=1)
    page.set_viewport_size({"width": 390, "height": 844})
    expect(play(page)).to_be_in_viewport(ratio=1)  # a phone shows no empty picture before the question
    asked = place_of_question(page)
    page.get_by_role("spinbutton", name="x", exact=True).fill("2")
    page.get_by_role("spinbutton", name="x", exact=True).press("Tab")
    expect(play(page)).to_be_enabled()
    play(page).click()
    expect(page.get_by_text("Why.")).to_be_visible()
    page.wait_for_selector("[data-testid=stPlotlyChart]")
    assert place_of_question(page) == asked
    for name in ("Previous step", "Next step", "Other numbers"):  # on a phone in one row, two of them without their words
        expect(page.get_by_role("button", name=name, exact=True)).to_be_in_viewport(ratio=1)
    order = [page.locator(name).bounding_box()["y"] for name in (
        ".st-key-lesson_words h5", ".st-key-lesson_verdict", ".st-key-lesson_seen_later", ".st-key-lesson_why")]
    assert order == sorted(order)

    other = browser.new_page()
    other.goto(link)
    expect(other.get_by_text("Not this time.")).to_be_visible(timeout=30_000)
    expect(other.get_by_text("Nobody can tell without the bias.")).to_be_visible()
    other.goto(f"{address}/lessons?lessons_done=weight")
    expect(other.get_by_text("1 of 18 lessons done")).to_be_visible(timeout=30_000)
    expect(other.locator(".st-key-stop_training")).to_be_hidden()  # the bar is no training's
    gaps = other.evaluate("""() => {
      const box = key => document.querySelector(`.st-key-lesson_${key}`).getBoundingClientRect();
      const captions = [...document.querySelectorAll("[data-testid=stCaptionContainer] p")];
      const said = captions.map(one => one.getBoundingClientRect()).find(one => one.top > box("regression").top);
      return [said.top - box("regression").bottom, box("nonlinear").top - said.bottom];
    }""")
    assert 0 <= 2 * gaps[0] < gaps[1]  # a question stands nearer to its own lesson than to the next
    other.context.close()


def test_a_curve_is_drawn_with_the_mouse_and_moved_with_the_keyboard(page, address):
    open_step(page, address, "lesson=downhill&lesson_step=3")
    field = page.locator(".sketch svg")
    box = field.bounding_box()
    page.mouse.move(box["x"] + 0.1 * box["width"], box["y"] + 0.2 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.95 * box["width"], box["y"] + 0.6 * box["height"], steps=12)
    page.mouse.up()
    expect(play(page)).to_be_enabled()
    heights = [float(dot.get_attribute("aria-valuenow")) for dot in field.locator("circle").all()]
    assert heights == sorted(heights, reverse=True) and heights[0] - heights[-1] > 0.3
    # The stroke was straight: so lie the points that it passed, within the reach of their dots.
    begin, end = (0.1 * box["width"], 0.2 * box["height"]), (0.95 * box["width"], 0.6 * box["height"])
    slope = (end[1] - begin[1]) / (end[0] - begin[0])
    for dot in field.locator("circle").all()[1:-1]:
        across, down = float(dot.get_attribute("cx")), float(dot.get_attribute("cy"))
        assert abs(begin[1] + slope * (across - begin[0]) - down) < 3
    first = field.locator("circle").first
    first.focus()
    page.keyboard.press("ArrowDown")
    expect(first).to_have_attribute("aria-valuenow", f"{heights[0] - 0.05:.3f}")
    play(page).click()
    verdict = page.get_by_text(re.compile(r"Your curve is near the true one at \d of 7 places")).first
    expect(verdict).to_be_visible(timeout=60_000)  # once it has played
    page.wait_for_url(re.compile("lesson_told="))


def test_in_front_of_a_class_keys_play_what_was_predicted_and_its_outcome_waits_until_it_rests(page, address):
    page.set_viewport_size({"width": 1920, "height": 1080})
    open_step(page, address, "lesson=score&lesson_step=1&present=1")
    page.keyboard.press("Space")  # locked still
    expect(play(page)).to_be_disabled()
    asked = place_of_question(page)
    page.get_by_test_id("stMain").get_by_role("radiogroup").locator("label").first.click()
    expect(play(page)).to_be_enabled()
    page.keyboard.press("Space")
    page.wait_for_function("""() => {
      const words = document.querySelector(".st-key-lesson_waits_words p");
      return window.glassbox?.frame > 2 && words && !words.checkVisibility();
    }""", timeout=30_000)
    assert place_of_question(page) == asked
    page.keyboard.press("Space")
    expect(page.get_by_text("Why.")).to_be_visible()
    assert place_of_question(page) == asked
    assert page.get_by_text("What came of your prediction appears").count() == 0
    # Where Tab has led into the view, it has its keys; where a click has, they lead on.
    page.wait_for_selector("[data-test-script-state='notRunning']")
    page.locator(".st-key-live button").first.focus()
    page.keyboard.press("Tab")
    frame = page.evaluate("window.glassbox.frame")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("frame => window.glassbox.frame === frame + 1", arg=frame)
    assert "lesson_step=2" not in page.url
    page.locator(".st-key-live canvas").last.click()
    page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile("lesson_step=2"))
    page.wait_for_selector("[data-test-script-state='notRunning']")
    page.keyboard.press("PageUp")
    expect(page.get_by_text("Why.")).to_be_visible()
    page.wait_for_function("!location.search.includes('lesson_step=2')")
    page.wait_for_selector("[data-test-script-state='notRunning']")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Share")).to_be_visible()
    page.wait_for_function("!location.search.includes('present')")
