"""From page to page, in Chromium."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import serving


def wait_until_idle(page: Page) -> None:
    page.wait_for_selector("[data-test-script-state='notRunning']", timeout=30_000)
    page.locator(".st-key-draw_rest").wait_for(state="detached", timeout=30_000)
    page.wait_for_selector("[data-test-script-state='notRunning']", timeout=30_000)


def visit(page: Page, section: str, title: str) -> None:
    page.get_by_role("button", name=section, exact=True).click()
    page.get_by_role("menuitem", name=title).click()


def test_leaving_the_page_and_coming_back_finds_the_run(page, address):
    page.goto(f"{address}/?dataset=xor&hidden=5")
    page.wait_for_function("window.glassbox?.draws > 0", timeout=20_000)
    wait_until_idle(page)
    page.locator("[data-part='play']").click()
    page.wait_for_function("window.glassbox.frame >= 15")
    page.locator("[data-part='play']").click()
    page.wait_for_function("window.glassbox.playing === false")
    frame = page.evaluate("window.glassbox.frame")
    page.wait_for_url(re.compile(rf"frame={frame}(&|$)"))
    visit(page, "Look inside", "Weights")
    expect(page.get_by_text(re.compile(rf"Snapshot {frame} of "))).to_be_visible(timeout=20_000)
    page.wait_for_url(re.compile("weights.*dataset=xor"))
    page.get_by_role("link", name="Train", exact=True).click()
    page.wait_for_function(f"window.glassbox.frame === {frame} && document.querySelector('[data-testid=stTab]')")
    page.wait_for_url(re.compile(rf"dataset=xor.*frame={frame}(&|$)"))


def test_a_link_to_any_page_may_be_a_new_server_s_first_visit(browser):
    with serving() as address:
        page = browser.new_page()
        page.goto(f"{address}/weights?dataset=xor&frame=10")
        expect(page.get_by_text(re.compile("Snapshot 10 of "))).to_be_visible(timeout=20_000)
        expect(page.get_by_role("link", name="Train", exact=True)).to_be_visible()
        page.context.close()


def test_back_goes_page_by_page_and_each_page_is_named_in_the_tab(page, address):
    page.goto(f"{address}/?dataset=xor")
    titles = ("Train", "Weights", "One neuron", "Backpropagation")
    for title in titles:
        if title != "Train":
            visit(page, "Look inside", title)
        expect(page).to_have_title(f"{title} · Glassbox", timeout=20_000)
        page.wait_for_url(re.compile("dataset=xor"))
        wait_until_idle(page)
    for title in reversed(titles[:-1]):
        page.go_back()
        expect(page).to_have_title(f"{title} · Glassbox", timeout=20_000)
        page.wait_for_url(re.compile("dataset=xor"))
        wait_until_idle(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_scrolls_by_does_not_show_through_the_header(browser, address, scheme):
    page = browser.new_page(color_scheme=scheme)
    page.goto(f"{address}/weights")
    wait_until_idle(page)
    colours = page.evaluate("['stHeader', 'stApp'].map(name => getComputedStyle("
                            "document.querySelector(`[data-testid=${name}]`)).backgroundColor)")  # fmt: skip
    assert colours[0] == colours[1] and not colours[0].startswith("rgba")
    page.context.close()


def test_back_undoes_a_pick_and_forward_takes_it_again(page, address):
    page.goto(f"{address}/weights?dataset=xor&frame=10")
    chain = page.get_by_role("radio", name="Linear chain")
    expect(chain).to_be_visible(timeout=30_000)
    page.get_by_text("Linear chain", exact=True).click()
    page.wait_for_url(re.compile("section=chain"), timeout=20_000)
    wait_until_idle(page)
    page.go_back()
    expect(page.get_by_role("radio", name="Matrices")).to_be_checked(timeout=20_000)
    wait_until_idle(page)
    assert "section" not in page.url
    page.go_forward()
    expect(chain).to_be_checked(timeout=20_000)


def test_leaving_while_it_plays_keeps_the_frame_that_was_on_screen(page, address):
    page.goto(f"{address}/?dataset=moons&hidden=5")
    page.wait_for_function("window.glassbox?.draws > 0", timeout=20_000)
    wait_until_idle(page)
    page.locator("[data-part='play']").click()
    page.wait_for_function("window.glassbox.frame >= 30", timeout=20_000)
    visit(page, "Look inside", "Weights")
    shown = page.get_by_text(re.compile(r"Snapshot \d+ of "))
    expect(shown).to_be_visible(timeout=20_000)
    frame = re.search(r"Snapshot (\d+)", shown.inner_text())[1]
    assert int(frame) >= 30
    page.get_by_role("link", name="Train", exact=True).click()
    page.wait_for_function(f"window.glassbox.frame === {frame} && document.querySelector('[data-testid=stTab]')")
    page.wait_for_timeout(1000)
    assert page.evaluate("[window.glassbox.frame, window.glassbox.playing]") == [int(frame), False]


def test_links_of_the_menu_carry_the_run_and_not_what_is_picked_on_this_page_alone(page, address):
    page.goto(f"{address}/weights?dataset=xor&hidden=3&frame=9&section=chain")
    expect(page.get_by_role("radio", name="Linear chain")).to_be_checked(timeout=30_000)
    wait_until_idle(page)
    page.get_by_role("button", name="Look inside", exact=True).click()
    link = page.get_by_role("menuitem", name="Backpropagation")
    link.hover()
    address_of = link.get_attribute("href")
    assert re.search(r"/backprop\?(?=.*dataset=xor)(?=.*hidden=3)(?=.*frame=9)", address_of) and "section" not in address_of
    with page.context.expect_page() as opened:
        link.click(modifiers=["Control"])
    opened.value.wait_for_url(address_of)
    assert "/weights?" in page.url
    expect(opened.value.get_by_text(re.compile("Snapshot 9 of "))).to_be_visible(timeout=30_000)
    assert opened.value.get_by_test_id("stAlert").count() == 0
    opened.value.close()


def test_back_and_forward_right_after_a_field_was_changed_keep_the_field_and_the_view_in_agreement(page, address):
    page.goto(f"{address}/?dataset=moons&hidden=5&frame=3&weight_seed=7")
    page.wait_for_function("window.glassbox?.draws > 0", timeout=30_000)
    wait_until_idle(page)
    page.locator(".st-key-more summary").click()
    field = page.get_by_role("spinbutton", name="Which weight seed?")
    expect(field).to_have_value("7", timeout=20_000)
    first = page.evaluate("window.glassbox.run")
    field.fill("41")
    field.press("Enter")
    page.wait_for_url(re.compile("weight_seed=41"))
    page.go_back()
    expect(field).to_have_value("7", timeout=20_000)
    page.wait_for_function("run => window.glassbox.run === run && window.glassbox.frame === 3", arg=first)
    page.go_forward()
    expect(field).to_have_value("41", timeout=20_000)
    page.wait_for_function("run => window.glassbox.run !== run", arg=first)
    wait_until_idle(page)
    assert "weight_seed=41" in page.url and field.input_value() == "41"


def test_the_first_page_by_its_name_leads_to_the_bare_address_with_its_link_and_back_out(page, address):
    before = page.url
    page.goto(f"{address}/train?dataset=xor&hidden=3&frame=5")
    page.wait_for_url(re.compile(r"/\?dataset=xor&hidden=3&frame=5"), timeout=30_000)
    page.wait_for_function("window.glassbox?.draws > 0", timeout=30_000)
    assert page.get_by_text("Page not found").count() == 0
    wait_until_idle(page)
    page.go_back()  # past the address that led here, which would lead here once more
    page.wait_for_url(before, timeout=10_000)


def test_the_name_of_a_group_typed_by_hand_leads_to_its_first_page_with_the_link(page, address):
    page.goto(f"{address}/Gradient_Descent?dataset=xor")
    page.wait_for_url(re.compile(r"/landscapes\?.*dataset=xor"), timeout=30_000)
    expect(page.get_by_role("heading", name="Where does a ball roll to?")).to_be_visible()
    expect(page.get_by_text("Page not found")).to_have_count(0)  # which a new server says for a moment
    assert page.get_by_test_id("stAlert").count() == 0
    page.goto(f"{address}/wieghts/of?dataset=xor")  # what stands in a folder is led out of it
    page.wait_for_url(re.compile(r"/weights\?.*dataset=xor"), timeout=30_000)
    expect(page.get_by_text("There is no page at the address “wieghts”, so this is “Weights”.")).to_be_visible()
    assert page.get_by_text("Page not found").count() == 0
