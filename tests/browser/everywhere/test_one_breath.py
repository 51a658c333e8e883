"""A field or a drop-down of the page and a button of the view, used within one breath: both happen, in Chromium."""

import re

import pytest
from playwright.sync_api import Page, expect


def open_app(page: Page, address: str) -> None:
    page.goto(f"{address}/?dataset=moons&hidden=5&frame=12&epoch_limit=300")
    page.wait_for_function("window.glassbox?.draws > 0", timeout=60_000)
    page.wait_for_selector("[data-test-script-state='notRunning']", timeout=60_000)
    page.get_by_role("tab", name="Network", exact=True).click()


def change(page: Page, kind: str) -> str:
    """Changes a field without leaving it, or picks from a drop-down; returns what the link says then."""
    if kind == "field":
        page.locator(".st-key-more summary").click()
        page.get_by_role("spinbutton", name="Which weight seed?").fill("41")
        return "weight_seed=41"
    page.get_by_role("combobox", name="Initializer").first.click()
    page.get_by_role("option", name="He normal").click()
    return "initializer=he_normal"


@pytest.mark.parametrize("kind", ["field", "drop-down"])
@pytest.mark.parametrize("button", ["redraw", "end", "reset"])
def test_a_change_and_a_button_of_the_view_in_one_breath_both_happen(page, address, kind, button):
    open_app(page, address)
    changed = change(page, kind)
    page.locator(f"[data-part='{button}']").click()
    expect(page).to_have_url(re.compile(changed), timeout=30_000)
    if button == "redraw":
        expect(page).to_have_url(re.compile(r"start=1(&|$)"), timeout=30_000)
    elif button == "end":
        page.wait_for_function("window.glassbox.epoch === 300", timeout=60_000)
        expect(page).to_have_url(re.compile(r"frame=\d\d+"), timeout=30_000)
    else:
        page.wait_for_function("window.glassbox.frame === 0", timeout=30_000)


def test_every_press_of_the_dice_counts_however_quickly_they_follow(page, address):
    open_app(page, address)
    page.locator("[data-part='redraw']").evaluate("(dice) => { for (let i = 0; i < 4; i++) dice.click(); }")
    expect(page).to_have_url(re.compile(r"start=4(&|$)"), timeout=30_000)
    # A click outside the view brings the link along from before the dice's, and undoes nothing; each is one step back.
    for start in range(5, 11):
        page.wait_for_selector("[data-test-script-state='notRunning']", timeout=30_000)
        page.locator("[data-part='redraw']").evaluate("""(dice, wait) => {
            dice.click();
            setTimeout(() => document.querySelector(".st-key-draw_anew button").click(), wait);
        }""", 5 * start - 20)  # fmt: skip
        expect(page).to_have_url(re.compile(rf"start={start}(&|$)"), timeout=30_000)
    page.wait_for_selector("[data-test-script-state='notRunning']", timeout=30_000)
    page.go_back()
    expect(page).to_have_url(re.compile(r"start=9(&|$)"), timeout=30_000)


PRESET = ".st-key-preset_The-spiral-in-five-seconds button"


@pytest.mark.parametrize("button,done", [
    ("[data-part='redraw']", r"(?=.*dataset=spiral).*start=1(&|$)"),
    ("[data-build='neurons,1'][data-by='1']", r"(?=.*dataset=spiral).*hidden=17%2C16"),
])  # fmt: skip
def test_a_preset_and_a_button_of_the_view_in_one_breath_both_happen_in_their_order(page, address, button, done):
    open_app(page, address)
    preset = page.locator(PRESET)
    for wait in (0, 30, 200):
        preset.wait_for(timeout=30_000)
        page.locator(button).evaluate("""(button, [preset, wait]) => {
            document.querySelector(preset).click();
            setTimeout(() => button.click(), wait);
        }""", [PRESET, wait])  # fmt: skip
        expect(page).to_have_url(re.compile(done), timeout=30_000)
        page.wait_for_selector("[data-test-script-state='notRunning']", timeout=30_000)
