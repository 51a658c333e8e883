"""The Convolution page, as Streamlit runs it."""

import re
from functools import partial

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from nncore.experiments.architectures import PictureRun, ShiftScore, TwinScore
from nncore.inspection.windows import answer_sum
from pages.parts.convolution.answer import side_by_side, softmax_words, total_words
from pages.parts.convolution.board import network_of, take_drawing
from pages.parts.convolution.findings import order_table, order_words, shift_words, twin_words
from pages.parts.convolution.study import Look, drawing, filters_of, ink_of, toggle_pixel
from pages.parts.fields.numbers import fine_percent
from pages.parts.figures.palette import NEGATIVE
from pages.parts.page.playing.learning_view import Attention, learning_scene
from pages.parts.page.session import Session
from tests.pages.conftest import TRAINED, open_app, press

open_page = partial(open_app, "convolution")


def words(app: AppTest) -> str:
    notes = [note.value.replace("\\", "") for note in app.warning]
    return " ".join([*notes, *(element.value for kind in ("markdown", "caption", "error") for element in app.get(kind))])


def test_it_opens_on_a_trained_network_and_says_so():
    app = open_page()
    assert TRAINED.search(words(app))[1] == "240" and not app.exception
    assert "The 9 products add up to" in words(app) and "the map moves along" in words(app)
    app.button(key="filters_rerun").click().run()
    assert app.get("bidi_component") and "Notice:" not in words(app)
    app.session_state["filters_watch"] = None
    assert "Trained before" not in words(app.run()) and "Notice:" in words(app)


def test_a_window_at_the_corner_and_another_frame():
    app = open_page(window_row="1", window_column="8", filter="3", filters_frame="0", picture="7")
    assert "z = " in words(app) and "Snapshot 0 of 60" in app.slider(key="choose_filters_frame").label
    before = words(app)
    app.slider(key="choose_window_row").set_value(5).run()
    assert not app.exception and words(app) != before and app.query_params["window_row"] == "5"


@pytest.mark.parametrize(("use", "says"), [
    ("places", "This needs pictures whose place is known"), ("sizes", "**1,370**"), ("shuffled", "With pixels in order"),
])  # fmt: skip
def test_every_finding_of_the_digits(use, says):
    app = open_page(use=use)
    assert not app.exception and says in words(app)
    if use == "sizes":
        assert "a number of convolution 1 sees 3 × 3 pixels, a number of pooling 1 sees 4 × 4 pixels" in words(app)


def test_shapes_at_places_never_seen():
    app = open_page(pictures="shapes", window_row="12", window_column="12")
    assert not app.exception and "asked for shapes 2 pixels away" in words(app) and "a guess gets 33 %" in words(app)


def test_the_dense_network_waits_for_a_guess():
    app = open_page()
    app.segmented_control(key="choose_use").set_value("shuffled").run()
    assert "Make your guess first" in app.info[0].value and "With pixels in order**" not in words(app)
    press(app, "Compare")
    assert "**With pixels in order**, the network with filters gets" in words(app)
    table = next(text.value for text in app.markdown if "pixels in order | shuffled" in text.value)
    assert len(re.findall(r"\| [\d.]+.% \([\d.]+.% to [\d.]+.%\)", table)) == 4
    app.button(key="other_pixels").click().run()
    app.session_state["filters_watch"] = None  # its training was watched to the end
    app.run()
    assert "With pixels shuffled, will a dense network" in app.info[0].value


def test_what_a_link_asks_for_in_vain_is_said():
    app = open_page(pictures="cats", filter="99", window_row="-3")
    assert not app.exception and len(app.warning) == 3 and "z = " in words(app)


def test_it_waits_for_train_where_the_link_says_so():
    app = open_page(filters="0")
    assert "Train" in [button.label for button in app.button] and "1,000 pictures" in words(app)


def test_what_moves_while_it_trains_are_the_filters_by_name_in_two_colours():
    run = PictureRun()
    model = run.model()
    seen = filters_of(run)(model.parameters)
    assert seen.titles[0] == "filter 1" and len(seen.titles) == len(seen.weights) == 8
    assert np.allclose(seen.weights * np.abs(model.filters[0]).max(), model.filters[0][:, 0])
    assert not seen.panels
    two = PictureRun("shapes")
    second = two.model().filters[1]
    tiles = filters_of(two)(two.model().parameters).panels[0]
    assert tiles.told["across"] == 8 and np.allclose(tiles.values[8 * 2 + 5] * np.abs(second).max(), second[2, 5])
    scene = learning_scene(240, 61, seen, False)
    assert scene["titles"] == list(seen.titles) and scene["colours"]["below"] == NEGATIVE != scene["colours"]["all"]
    assert learning_scene(240, 61, Attention(seen.weights, "a", "b", 1), True)["titles"] == []


def test_a_person_draws_and_sees_the_answer():
    app = open_page(whose_picture="draw your own")
    assert "**The picture is empty.**" in words(app) and not app.exception
    # Worked by hand: pixels 4 + 8 k are the fourth column of eight.
    app = open_page(whose_picture="draw your own", ink=",".join(str(4 + 8 * row) for row in range(8)))
    assert "The network says that you drew" in words(app) and "held-out picture" not in words(app).lower()
    app.button(key="wipe").click().run()
    assert "**The picture is empty.**" in words(app) and "ink" not in app.query_params
    app = open_page(whose_picture="draw your own", ink="1,65")
    assert len(app.warning) == 1 and "**The picture is empty.**" in words(app)


def test_what_the_board_draws_is_kept_where_it_is_a_picture_of_this_size():
    session, run = Session(), PictureRun()
    take_drawing(session, run, {"ink": [9, 0], "number": 1})
    assert session.choices["ink"] == "1,10"
    for bad in ([64], [-1], ["a"], "12", None):
        take_drawing(session, run, {"ink": bad})
    assert session.choices["ink"] == "1,10"
    take_drawing(session, run, {"ink": []})
    assert "ink" not in session.choices


def test_shuffled_the_network_is_given_the_drawing_in_its_own_order():
    app = open_page(pixels="shuffled", whose_picture="draw your own", ink="1,2,3")
    run = PictureRun(shuffled=True)
    place = int(np.argmax(run.pixel_order == 0))  # where the first pixel of the drawing comes to stand
    app.slider(key="choose_window_row").set_value(place // 8 + 1).run()
    app.slider(key="choose_window_column").set_value(place % 8 + 1).run()
    assert app.button(key="ink_here").label.startswith("Wipe")
    app.button(key="ink_here").click().run()
    assert app.query_params["ink"] == "2,3"


@pytest.mark.parametrize("row", ["2", "6"])
def test_the_second_block_is_written_out_map_by_map(row):
    app = open_page(pictures="shapes", zoom_block="2", zoom_map="3", filter="4", window_row=row, window_column="3")
    said = words(app).replace("−", "-")
    found = re.search(r"The 72 products add up to (\S+), map by map (.*?); with the bias (\S+) that is \*\*z = (\S+)\*\*",
                      said)  # fmt: skip
    total, bias, z = (float(found[k]) for k in (1, 3, 4))
    by_map = [float(part.strip("()")) for part in found[2].split(" + ")]
    assert len(by_map) == 8 and f"{sum(by_map):.3f}" == f"{total:.3f}" and total + bias == pytest.approx(z, abs=1e-9)
    written = re.search(r"Written out on map 3, .*?: (.*?) = (\S+)\.(?:\s|$)", said)
    again = sum(np.prod([float(part.strip("()")) for part in term.split("·")]) for term in written[1].split(" + "))
    assert f"{again:.3f}" == f"{float(written[2]):.3f}" and f"{by_map[2]:.3f}" == f"{float(written[2]):.3f}"
    assert "All maps of block 2, after ReLU" in said and "pick *Block* 1 above" not in said
    assert "tile of 3 × 3 places" in said
    app.segmented_control(key="choose_zoom_block").set_value(1).run()
    assert "zoom_map" not in app.query_params and "window_row" not in app.query_params and "The 9 products" in words(app)


def test_one_block_has_no_second_and_a_place_beyond_its_maps_is_said():
    app = open_page(zoom_block="2")
    assert len(app.warning) == 1 and "The 9 products add up to" in words(app)
    app = open_page(pictures="shapes", zoom_block="2", window_row="12")
    assert len(app.warning) == 1 and "row of the window" in app.warning[0].value and not app.exception


def test_the_answer_is_added_up_from_the_last_maps_and_softmax_divides_it():
    app = open_page(zoom_answer="3")
    said = words(app).replace("−", "-")
    found = re.search(r"The 128 products of \*\*3\*\*, map by map: (.*?); with the bias (\S+) that is \*\*(\S+)\*\*", said)
    parts = [float(part.strip("()")) for part in found[1].split(" + ")]
    assert len(parts) == 8 and sum(parts) + float(found[2].strip("()")) == pytest.approx(float(found[3]), abs=0.0051)
    sums = re.search(r"one sum made for each class: (.*?)\. Softmax", said)[1].split(", ")
    assert len(sums) == 10 and sums[3] == found[3]
    model, picture = (run := PictureRun()).model(), run.split()[1].X[0]
    at = answer_sum(model, picture, 1)
    assert fine_percent(float(model.predict(picture[None])[0, 1])) in softmax_words(at, "1")
    assert total_words(at, "1").startswith("The 128 products of **1**")


def test_maps_stand_side_by_side_with_a_gap():
    row = side_by_side(np.arange(8.0).reshape(2, 2, 2))
    assert np.array_equal(row[:2], [[0, 1, np.nan, 4, 5], [2, 3, np.nan, 6, 7]], equal_nan=True)
    assert row.shape == (3, 5) and np.isnan(row[2]).all()


def test_the_board_is_given_the_network_with_what_was_set_by_hand():
    run = PictureRun("shapes")
    model = run.model()
    look = Look(Session(), run, None, 0, model, run.split()[1].X[0], None, 0)
    told = network_of(look)
    assert [(block["side"], block["kernel"], block["pool"]) for block in told["blocks"]] == [(12, 3, 2), (6, 3, 3)]
    assert np.allclose(np.array(told["blocks"][1]["matrix"])[:, :-1].reshape(8, 8, 3, 3), model.filters[1], atol=1e-6)
    assert np.allclose(np.array(told["dense"])[:, :-1], model.weights[0], atol=1e-6)


def test_a_click_puts_ink_on_a_pixel_and_another_takes_it_away():
    session, run = Session(), PictureRun()
    toggle_pixel(session, run, 0)
    toggle_pixel(session, run, 9)
    assert np.argwhere(drawing(session, run)[0]).tolist() == [[0, 0], [1, 1]]
    toggle_pixel(session, run, 0)
    assert np.argwhere(drawing(session, run)[0]).tolist() == [[1, 1]] and ink_of(session, run) == (10,)
    toggle_pixel(session, run, 9)
    assert "ink" not in session.choices


def test_the_pixel_under_the_window_is_drawn_by_its_button():
    app = open_page(whose_picture="draw your own", ink="", window_row="3", window_column="4")
    assert not app.warning and "By keyboard" in words(app)
    app.button(key="ink_here").click().run()
    assert app.query_params["ink"] == "20"  # two rows of eight lie before the fourth pixel of the third
    assert app.button(key="ink_here").label.startswith("Wipe")
    app.button(key="ink_here").click().run()
    assert "ink" not in app.query_params


def test_other_pictures_begin_without_the_places_of_these():
    app = open_page(pictures="shapes", whose_picture="draw your own", ink="144", window_row="12")
    app.segmented_control(key="choose_pictures").set_value("digits").run()
    app.session_state["filters_watch"] = None
    assert not app.run().warning and "window_row" not in app.query_params and "ink" not in app.query_params


@pytest.mark.parametrize(("row", "column", "number"), [("3", "4", "1"), ("5", "5", "7"), ("1", "8", "12")])
def test_the_products_written_out_add_up_to_what_is_printed(row, column, number):
    said = words(open_page(window_row=row, window_column=column, picture=number, filter="2")).replace("−", "-")
    found = re.search(r"add up to (\S+); with the bias (\S+) that is \*\*z = (\S+)\*\*", said)
    total, bias, z = map(float, found.groups())
    assert total + bias == pytest.approx(z, abs=1e-9)
    written = re.search(r"Written out, .*?: (.*?) = (\S+)\.(?:\s|$)", said)
    if written is None:
        assert "All pixels under the window are 0" in said and total == 0
        return
    again = sum(np.prod([float(part.strip("()")) for part in term.split("·")]) for term in written[1].split(" + "))
    assert f"{again:.3f}" == f"{float(written[2]):.3f}" and float(written[2]) == total


def test_a_difference_between_networks_is_a_finding_only_beyond_their_intervals():
    far = ShiftScore(2, False, 300, 0.9, (0.86, 0.93), 0.4, (0.35, 0.46))
    assert "A filter looks everywhere" in shift_words([far], 1 / 3)
    near = far._replace(dense=0.88, dense_interval=(0.84, 0.91))
    assert "overlap: filters are of no clear help" in shift_words([near], 1 / 3)
    behind = ShiftScore(2, False, 300, 0.4, (0.35, 0.46), 0.9, (0.86, 0.93))
    assert "the dense network is ahead" in shift_words([behind], 1 / 3)
    apart = TwinScore(300, 0.9, 0.4, (0.86, 0.93), (0.35, 0.46))
    close = TwinScore(300, 0.9, 0.88, (0.86, 0.93), (0.84, 0.91))
    assert "they do not overlap. Both are one training each" in twin_words(apart, False)
    assert "the difference may be chance" in twin_words(close, True)


def test_all_four_networks_stand_together_and_what_is_said_follows_their_intervals():
    ordered = TwinScore(300, 0.95, 0.9, (0.92, 0.97), (0.86, 0.93))
    mixed = TwinScore(300, 0.7, 0.88, (0.65, 0.75), (0.84, 0.91))
    table = order_table(ordered, mixed).replace("\u00a0", " ")
    assert "| **filters** | 95 % (92 % to 97 %) | 70 % (65 % to 75 %) |" in table
    assert "| **dense** | 90 % (86 % to 93 %) | 88 % (84 % to 91 %) |" in table
    said = order_words(ordered, mixed).replace("\u00a0", " ")
    assert "Shuffling takes 25 % of the pictures from the filters" in said and "all the same" in said
    assert "do not clearly lose" in order_words(ordered, ordered)
    assert "do not overlap, either" in order_words(ordered, mixed._replace(dense_interval=(0.5, 0.6)))
