"""The first minute on Train: notes in the picture, nothing told before it was played, and a network built by hand."""

import re

from playwright.sync_api import Page, expect

from nncore import Experiment, Run
from pages.parts.page.session import OPENING
from tests.browser.pages.test_train import open_app, part, pause, play, state, wait_for_frame


def sizes(page: Page, wanted: list[int]) -> None:
    page.wait_for_function("sizes => glassbox.live.player.run.scene?.sizes.join() === sizes", arg=",".join(map(str, wanted)))


def typed(page: Page, *values: str) -> None:
    """Types the numbers of one neuron from its first weight on; Enter goes on to the next."""
    for value in values:
        page.keyboard.type(value)
        page.keyboard.press("Enter")


def test_notes_name_what_one_sees_until_the_first_play_and_come_back_on_request(page, address):
    open_app(page, address, "")
    notes = part(page, "notes").locator("p")
    expect(notes).to_have_count(4)
    boxes = [note.bounding_box() for note in notes.all()]
    for k, one in enumerate(boxes):
        for other in boxes[:k]:
            apart_across = one["x"] >= other["x"] + other["width"] or other["x"] >= one["x"] + one["width"]
            assert apart_across or one["y"] >= other["y"] + other["height"] or other["y"] >= one["y"] + one["height"]
    play(page)
    wait_for_frame(page, 3)
    expect(part(page, "notes")).to_be_hidden()
    pause(page)
    expect(part(page, "notes")).to_be_hidden()
    page.keyboard.press("?")
    expect(notes.first).to_be_visible()
    here = page.get_by_test_id("stTopNavLink").filter(has_text="Train")
    here.focus()
    expect(here).to_have_css("outline-style", "solid")  # where the keyboard is, beside the shade of the page on screen
    part(page, "help").click()
    expect(part(page, "notes")).to_be_hidden()


def test_what_was_not_played_is_not_drawn(page, address):
    open_app(page, address, "")
    assert state(page, "known") > 30  # it is there all the same
    assert page.evaluate("glassbox.live.chart.rows.length") == 1
    play(page)
    wait_for_frame(page, 10)
    frame = pause(page)
    assert page.evaluate("glassbox.live.chart.rows.length") == frame + 1
    page.keyboard.press("Home")
    page.wait_for_function("glassbox.frame === 0")
    assert page.evaluate("glassbox.live.chart.rows.length") == frame + 1  # it was seen


def test_exclusive_or_is_built_and_solved_with_the_keyboard_alone(page, address):
    open_app(page, address, "?dataset=xor&hidden=2")
    part(page, "help").focus()
    page.keyboard.press("Tab")  # the buttons above the network come before it, as they stand
    expect(page.locator("[aria-label='One neuron less in layer 1']")).to_be_focused()
    page.locator("[aria-label='One hidden layer less']").focus()
    page.keyboard.press("Enter")
    sizes(page, [2, 1])
    page.locator("[data-build='feature,x1_x2']").focus()
    page.keyboard.press("Space")
    sizes(page, [3, 1])
    part(page, "diagram").focus()
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Enter")
    expect(part(page, "hand-value")).to_be_focused()
    weight = float(part(page, "hand-value").input_value())
    page.keyboard.press("ArrowUp")
    assert 0 < float(part(page, "hand-value").input_value()) - weight <= 0.1001
    page.keyboard.press("Control+a")
    typed(page, "0", "0", "1", "0")
    expect(part(page, "score")).to_have_text("100.0 %")
    base = Run(Experiment("xor", hidden=(), features=("x1", "x2", "x1_x2")))
    run = base.edited(0, [(0, 0, 0, 0.0), (0, 0, 1, 0.0), (0, 0, 2, 1.0), (0, 0, 3, 0.0)])
    page.wait_for_function(f"glassbox.run === '{run.key}' && glassbox.frame === 1")
    page.keyboard.press("Escape")
    expect(part(page, "hand")).to_be_hidden()
    expect(part(page, "diagram")).to_be_focused()
    play(page)
    wait_for_frame(page, 6)  # it trains on from there
    assert state(page, "run") == run.key


def test_a_weight_is_changed_by_touch_on_a_phone_and_everything_follows_while_it_moves(browser, address):
    phone = browser.new_page(viewport={"width": 390, "height": 844}, has_touch=True)
    open_app(phone, address, "?dataset=xor&hidden=none&features=x1,x2,x1_x2")
    diagram = part(phone, "diagram")
    diagram.scroll_into_view_if_needed()
    x, y = phone.evaluate("""() => {
        const [inputs, output] = glassbox.live.diagram.columns, a = inputs.boxes[2], b = output.boxes[0];
        return [(a.x + a.size + b.x) / 2, (a.y + a.size / 2 + b.y + b.size / 2) / 2] }""")
    diagram.tap(position={"x": x, "y": y})
    expect(part(phone, "hand-title")).to_have_text("Weight from x₁x₂ to the output")
    before = part(phone, "training").inner_text()
    slider = part(phone, "hand-range")
    slider.evaluate("e => { e.value = 5; e.dispatchEvent(new Event('input', {bubbles: true})) }")
    expect(part(phone, "training")).not_to_have_text(before)
    assert "branches" not in phone.url  # nothing is asked of the server while it moves
    slider.evaluate("e => e.dispatchEvent(new Event('change', {bubbles: true}))")
    phone.wait_for_url(re.compile("branches=0(%3A|:)edits"))
    for _ in range(3):  # the two others, and the bias
        part(phone, "hand-after").tap()
        part(phone, "hand-value").fill("0")
        part(phone, "hand-value").blur()
    expect(part(phone, "score")).to_have_text("100.0 %")
    small = phone.evaluate("""() => [...glassbox.live.element.querySelectorAll("button")].filter((e) => e.offsetParent
        && Math.min(e.offsetWidth, e.offsetHeight) < 24).map((e) => e.outerHTML)""")
    assert small == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.context.close()


def test_a_limit_that_a_person_set_is_no_dead_end(page, address):
    open_app(page, address, "?dataset=circle&epoch_limit=30&frame=30")
    part(page, "on").click()
    wait_for_frame(page, 40)
    assert state(page, "run") == Run(Experiment(epoch_limit=30)).goes_on(30).key


def test_neurons_and_layers_are_added_in_the_picture_while_it_plays(page, address):
    open_app(page, address, "")
    play(page)
    wait_for_frame(page, 3)
    more = page.locator("[aria-label='One neuron more in layer 2']")
    more.click()
    more.click()
    page.locator("[aria-label='One hidden layer more']").click()
    sizes(page, [2, 4, 4, 4, 1])
    page.wait_for_function(f"glassbox.run === '{Run(OPENING.with_changes(hidden=(4, 4, 4))).key}' && glassbox.playing")


def test_neurons_and_layers_are_added_and_taken_away_by_touch(browser, address):
    phone = browser.new_page(viewport={"width": 390, "height": 844}, has_touch=True)
    open_app(phone, address, "")
    for label, wanted in (("One neuron more in layer 2", [2, 4, 3, 1]), ("One neuron less in layer 1", [2, 3, 3, 1]),
                          ("One hidden layer more", [2, 3, 3, 3, 1]), ("One hidden layer less", [2, 3, 3, 1])):  # fmt: skip
        phone.locator(f"[aria-label='{label}']").tap()
        sizes(phone, wanted)
    phone.wait_for_url(re.compile("hidden=3(%2C|,)3"))
    phone.context.close()
