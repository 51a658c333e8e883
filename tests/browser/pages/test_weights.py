"""The Weights page as a person uses it, in Chromium."""

import re

import pytest
from playwright.sync_api import Page, expect

from nncore import Network
from nncore.inspection.files import to_npz
from tests.browser.everywhere.test_accessible import walk
from tests.browser.everywhere.test_first_screen import look_at_a_section, look_at_the_keyboards_way

PLOT = ".js-plotly-plot .main-svg"
DIGITS = "dataset=digits28&hidden=16&samples=400&optimizer=adam&learning_rate=0.003"


def open_page(page: Page, address: str, link: str = "") -> None:
    page.goto(f"{address}/weights?{link}")
    page.wait_for_selector(PLOT, timeout=60_000)


def drawn(page: Page, key: str):
    return page.locator(f".st-key-{key}")


def open_section(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name, exact=True).click()


def uploader(page: Page, moves: int):
    """The input for a file after so many changes and returns: it is another one after each, on the frame 120."""
    return page.locator(f"[class*=st-key-weights_file][class*=_120_{moves}] input[type=file]")


def test_a_link_to_this_page_works_on_a_fresh_server_with_all_pages_named(page, address):
    open_page(page, address)
    expect(page.get_by_role("link", name="Train", exact=True).first).to_be_visible()
    expect(page.get_by_text("W1 is 4 x 2, W2 is 2 x 4, W3 is 1 x 2")).to_be_visible()
    expect(page.locator(PLOT).first).to_be_visible()


def test_sections_and_the_frame_go_into_the_link(page, address):
    open_page(page, address, "frame=40")
    open_section(page, "Distributions, spectra")
    page.wait_for_url(re.compile("section=trends"))
    expect(page.get_by_text("All 16 weights of layer 1")).to_be_visible()
    page.get_by_role("slider").first.press("ArrowLeft")
    page.wait_for_url(re.compile("frame=39"))
    expect(page.get_by_text("Snapshot 39 of")).to_be_visible()


def test_a_click_on_the_map_picks_a_sample(page, address):
    open_page(page, address, "section=sample")
    points = page.locator(".st-key-weights_map .scatterlayer .point")
    points.nth(20).click(force=True)
    page.wait_for_url(re.compile(r"sample=\d+"))


def test_a_box_drawn_on_a_neuron_s_picture_masks_the_rest(page, address):
    open_page(page, address, f"section=pictures&{DIGITS}")
    expect(page.get_by_text("12,730 in all")).to_be_visible()
    picture = page.locator(".st-key-weights_mask .nsewdrag")
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    page.mouse.move(box["x"] + 0.4 * box["width"], box["y"] + 0.3 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.7 * box["width"], box["y"] + 0.8 * box["height"], steps=5)
    page.mouse.up()
    page.wait_for_url(re.compile(r"rows=\d+(,|%2C)\d+"))
    expect(page.get_by_text("outside the region: training loss")).to_be_visible()


def test_a_silenced_neuron_and_a_loaded_file_are_shown_and_taken_back(page, address):
    open_page(page, address, "section=edit&hidden=3")
    page.get_by_role("button", name="Silence it: always 0").click()
    expect(page.get_by_text("neuron 1 of layer 1 silenced")).to_be_visible()
    expect(page.get_by_text("As changed")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="All matrices (.npz)").click()
    assert download.value.suggested_filename.endswith("-edited.npz")
    page.get_by_role("button", name="Take back all").click()
    expect(page.get_by_text("layer 1 silenced")).to_have_count(0)
    uploader(page, 2).set_input_files({"name": "w.npz", "mimeType": "", "buffer": to_npz(Network((2, 3, 1), seed=9))})
    expect(page.get_by_text("all weights and biases from a file")).to_be_visible()
    uploader(page, 3).set_input_files({"name": "w.npz", "mimeType": "", "buffer": b"no such file"})
    expect(page.get_by_text("this one cannot be read as that")).to_be_visible()


def test_the_same_file_can_be_loaded_again_after_it_was_taken_back(page, address):
    open_page(page, address, "section=edit&hidden=3")
    file = {"name": "w.npz", "mimeType": "", "buffer": to_npz(Network((2, 3, 1), seed=9))}
    loaded = page.get_by_text("all weights and biases from a file")
    for moves in (0, 2):
        uploader(page, moves).set_input_files(file)
        expect(loaded).to_be_visible()
        page.get_by_role("button", name="Take back all").click()
        expect(loaded).to_have_count(0)


def test_numbers_in_all_pictures_are_written_into_the_second_layer(page, address):
    open_page(page, address, DIGITS)
    numbers = page.locator(".st-key-matrices_difference .heatmap-label")
    expect(numbers).to_have_count(0)
    page.get_by_text("Numbers in all four pictures", exact=True).click()
    page.wait_for_url(re.compile("numbers=all"))
    expect(numbers).to_have_count(170)  # 10 x 16 weights and 10 biases


def test_a_region_is_drawn_by_hand_and_given_back(page, address):
    open_page(page, address, f"section=pictures&shape=hand&{DIGITS}")
    picture = page.locator(".st-key-weights_mask .nsewdrag")
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    around = [(0.3, 0.3), (0.7, 0.3), (0.7, 0.7), (0.3, 0.7), (0.3, 0.35)]
    places = [(box["x"] + across * box["width"], box["y"] + down * box["height"]) for across, down in around]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=4)
    page.mouse.up()
    page.wait_for_url(re.compile(r"corners=[-\d]+(,|%2C)"))
    page.get_by_role("button", name="Whole picture").click()
    page.wait_for_url(lambda url: "corners" not in url)


def test_nothing_sticks_out_on_a_phone_and_each_section_shows_its_figure_on_the_first_screen(page, address):
    page.set_viewport_size({"width": 390, "height": 844})
    open_page(page, address, DIGITS)
    main = page.locator("[data-testid=stMain]")
    for section in walk(page, "section", ("matrices", "sample", "pictures", "trends", "chain", "edit")):
        assert main.evaluate("element => element.scrollWidth <= element.clientWidth"), section
        look_at_a_section(page, section)
        look_at_the_keyboards_way(page, section)


def test_a_number_out_of_range_is_answered_in_words_and_a_power_of_ten_is_read_as_typed(page, address):
    open_page(page, address, "section=edit&hidden=4,2")
    field = page.get_by_role("spinbutton", name="Neuron of layer 1, 1 to 4")
    for typed, received in (("9", "9"), ("1e3", "1,000"), ("2.5", "2.5"), ("", "no number")):
        field.fill(typed)
        field.press("Enter")
        expect(page.get_by_text(f"takes a whole number from 1 to 4, got {received}. It stays 1.")).to_be_visible()
        expect(field).to_have_value("1")
    page.locator("[data-testid=stNumberInput]").filter(has=field).get_by_test_id("stNumberInputStepUp").click()
    expect(page.get_by_text("takes a whole number")).to_have_count(0)
    expect(field).to_have_value("2")
    page.wait_for_url(re.compile("neuron=2"))


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_a_click_on_a_picture_chooses_its_neuron_and_leaves_no_blank_below(page, address, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    open_page(page, address, f"{DIGITS}&section=pictures")
    chart = drawn(page, "pictures").locator(".js-plotly-plot")
    chart.evaluate("plot => plot.scrollIntoView({block: 'end'})")  # clear of the strip that stays at the top
    x, y, bottom = chart.evaluate("""plot => {
        const {_offset: left, d2p: across} = plot._fullLayout.xaxis, {_offset: top, d2p: down} = plot._fullLayout.yaxis;
        const targets = plot._fullData.find(trace => trace.customdata), side = 28;
        return [left + across(targets.x[8]), top + down(targets.y[8]), top + down(targets.y[15] + side / 2)];
    }""")
    box = chart.bounding_box()
    page.mouse.click(box["x"] + x + 12, box["y"] + y - 12)
    page.wait_for_url(re.compile("neuron=9"))
    expect(page.get_by_role("spinbutton", name="Neuron of layer 1, 1 to 16")).to_have_value("9")
    assert 0 <= drawn(page, "pictures").bounding_box()["height"] - bottom < 60


def test_a_tap_chooses_what_lies_under_the_finger(browser, address):
    phone = browser.new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    open_page(phone, address, "dataset=digits&hidden=16&samples=400&section=pictures")
    field = phone.get_by_role("spinbutton", name="Neuron of layer 1, 1 to 16")
    chart = drawn(phone, "pictures").locator(".js-plotly-plot")
    chart.evaluate("plot => plot.scrollIntoView({block: 'end'})")  # clear of the strip that stays at the top
    for neuron in (10, 3):
        expect(chart).to_have_count(1)  # once the page has been drawn for the last tap, the one before is gone
        box = chart.bounding_box()
        x, y = chart.evaluate("""(plot, number) => {
            const targets = plot._fullData.find(trace => trace.customdata), {xaxis, yaxis} = plot._fullLayout;
            return [xaxis._offset + xaxis.d2p(targets.x[number - 1]), yaxis._offset + yaxis.d2p(targets.y[number - 1])];
        }""", neuron)
        phone.touchscreen.tap(box["x"] + x, box["y"] + y)
        expect(field).to_have_value(str(neuron))
        phone.wait_for_url(re.compile(f"neuron={neuron}"))
    phone.context.close()
