"""Filters that a person sets on the Convolution page, and training on from them."""

import numpy as np

from nncore.experiments.architectures import PictureRun, kernel_edits
from nncore.experiments.branches import write_branches
from nncore.experiments.edits import Edit, write_edits
from pages.parts.page.playing.learning import frame_at, updates_by_frame
from tests.pages.conftest import open_app, press, warnings
from tests.pages.convolution.test_page import words

BLUR = write_edits(kernel_edits("blur", 1), PictureRun().filter_sizes)


def numbers(app):
    return [app.text_input(key=f"filter_number_{place}").value for place in range(10)]


def test_a_link_shows_what_is_set_and_a_press_or_a_typed_number_sets_more():
    app = open_app("convolution", filter_hand=BLUR, filter="2")
    assert numbers(app)[:3] == ["0.0625", "0.125", "0.0625"] and numbers(app)[9] == "0"
    assert "**Filter 2 was set by hand:**" in words(app) and "With what you set by hand it is right" in words(app)
    app.button(key="kernel_vertical").click().run()
    assert numbers(app) == ["1", "0", "-1"] * 3 + ["0"] and app.query_params["filter_hand"] != BLUR
    # The window beside follows at once: ink of 1 under the left column alone adds up to as many.
    assert "the bias 0 that is" in words(app).replace("0.000", "0")
    app.text_input(key="filter_number_4").set_value("2,5").run()
    assert numbers(app)[4] == "2.5" and not app.exception
    app.text_input(key="filter_number_4").set_value("two").run()
    assert "Row 2, column 2 of filter 2: The new value must be a number, got “two”. It stays 2.5." in warnings(app)
    assert numbers(app)[4] == "2.5"
    press(app, "Take it back")
    assert "filter_hand" not in app.query_params and "set by hand" not in words(app)


def test_training_goes_on_from_it_and_the_link_says_so():
    app = open_app("convolution", filter_hand=BLUR, filters_frame="60")
    press(app, "Train on from here")
    run = PictureRun().set_by_hand(60, kernel_edits("blur", 1))
    assert app.session_state["filters_watch"].begin == 61
    app.session_state["filters_watch"] = None  # it was watched to the end
    app.run()
    assert app.query_params["filter_branches"] == write_branches(run.branches, run.filter_sizes)
    assert "filter_hand" not in app.query_params
    assert "filter 2 was set by hand after 240 updates (snapshot 61). It went on from there." in words(app)
    assert "Snapshot 121 of 121: after 480 updates" in app.slider(key="choose_filters_frame").label
    app.segmented_control(key="choose_pixels").set_value("shuffled").run()
    app.session_state["filters_watch"] = None
    app.run()
    assert "filter_branches" not in app.query_params and not app.exception


def test_a_filter_of_the_second_block_is_set_on_the_map_that_was_picked():
    app = open_app("convolution", pictures="shapes", zoom_block="2", filter="5", zoom_map="3", filters_frame="20",
                   filter_hand="1,2,1,0.5")  # fmt: skip
    assert "**Filter 2 of block 1 was set by hand:**" in words(app)
    assert "**Filter 5 of block 2**, its window on map 3 of the 8 that come in" in words(app)
    bias = numbers(app)[9]
    app.button(key="kernel_vertical").click().run()
    assert numbers(app) == ["1", "0", "-1"] * 3 + [bias] and app.query_params["filter_hand"].endswith("2,5,27,-1.0")
    assert "**Filter 2 of block 1 and filter 5 of block 2 were set by hand:**" in words(app)
    app.text_input(key="filter_number_9").set_value("0.5").run()
    assert numbers(app)[9] == "0.5" and "2,5,bias,0.5" in app.query_params["filter_hand"]
    press(app, "Train on from here")
    edits = (Edit(0, 1, 0, 0.5), *kernel_edits("vertical", 4, 1, 2), Edit(1, 4, 72, 0.5))
    assert app.session_state["filters_watch"].begin == 21 and not app.exception
    run = PictureRun("shapes").set_by_hand(20, edits)
    app.session_state["filters_watch"] = None
    app.run()
    assert app.query_params["filter_branches"] == write_branches(run.branches, run.filter_sizes)


def test_what_a_link_sets_in_vain_is_said():
    app = open_app("convolution", filter_hand="1,9,1,2", filter_branches="70:edits=1,1,1,0")
    assert "no weight at the place “1,9,1,2”" in warnings(app) and "ends at snapshot 60" in warnings(app)
    assert "filter_hand" not in app.query_params and "z = " in words(app)
    full = ",".join(write_edits(kernel_edits("blur", number), PictureRun().filter_sizes) for number in range(4))
    app = open_app("convolution", filter_hand=full, filter="5")
    app.button(key="kernel_blur").click().run()
    assert "at most 40 numbers set by hand" in warnings(app) and app.query_params["filter_hand"] == full


def test_frames_are_found_by_their_updates_where_they_are_not_evenly_apart():
    run = PictureRun().set_by_hand(3, kernel_edits("blur", 1))
    assert [frame_at(run, updates) for updates in (0, 5, 12, 13, 252)] == [0, 2, 3, 5, 64]
    assert np.array_equal(updates_by_frame(PictureRun()), 4 * np.arange(61))
