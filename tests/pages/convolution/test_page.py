"""The Convolution page, as Streamlit runs it."""

import re
from functools import partial

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from nncore.experiments.architectures import PictureRun, ShiftScore, TwinScore
from pages.parts.convolution.findings import shift_words, twin_words
from pages.parts.convolution.study import drawing, filters_of, ink_of, toggle_pixel
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
