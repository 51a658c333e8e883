"""The Batch sizes page, as Streamlit runs it, and its figures."""

import json

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from nncore import Experiment, Network, build_network, build_split
from nncore.many_starts.batches.comparison import Lane
from nncore.many_starts.batches.gradient_noise import batch_noise
from nncore.many_starts.batches.verdicts import PathShape
from pages.parts.batches.costs import verdict_words
from pages.parts.batches.gradients import law_words, noise_words
from pages.parts.batches.paths import shape_words
from pages.parts.batches.theory import names_words, speed_words
from pages.parts.fields.labels import choice_words
from pages.parts.figures.batches import angle_figure, batches_figure, noise_figure, paths_figure
from tests.pages.conftest import open_app, press


def open_page(**link: str) -> AppTest:
    return open_app("batches", **{"batch_epochs": "2", "hidden": "4", **link})


def words(app: AppTest) -> str:
    notes = [note.value.replace("\\", "") for note in app.warning]  # written letter for letter
    return "\n".join([*notes, *(text.value for text in [*app.markdown, *app.caption, *app.error, *app.info])])


@pytest.mark.parametrize("view", ["cost", "paths", "noise", "samples"])
@pytest.mark.parametrize("link", [
    {}, {"dataset": "sine"}, {"dataset": "wine"}, {"dataset": "corners"},
    {"dataset": "plane", "activation": "relu", "learning_rate": "10.0"},
], ids=str)  # fmt: skip
def test_every_finding_opens(view, link):
    assert not open_page(batch_view=view, **link).error


def test_the_costs_come_with_a_verdict():
    text = words(open_page())
    assert "After the same **500 samples seen**" in text and "updates**:" in text and "seconds**:" in text


def test_noise_after_training_trains_first():
    text = words(open_page(batch_view="noise", noise_at="trained", weight_seed="7", batch_sizes="2,64"))
    assert "At the weights that training with batches of 64 led to" in text and "1/√B says √16 = 4.00 times" in text


@pytest.mark.parametrize("view, place, labels", [
    ("cost", "first", {"Epochs, at least", "Learning rate for a batch of B", "Batch sizes", "Loss against"}),
    ("paths", "first", {"Epochs, at least", "Learning rate for a batch of B", "Batch sizes"}),
    ("noise", "first", {"Where"}),
    ("noise", "trained", {"Epochs, at least", "Learning rate for a batch of B", "Batch sizes", "Where"}),
    ("samples", "first", {"Batch sizes", "Update, counted from the first weights"}),
])  # fmt: skip
def test_a_control_is_there_where_it_changes_something(view, place, labels):
    app = open_page(batch_view=view, noise_at=place)
    found = [*app.get("button_group"), *app.slider, *app.select_slider]
    assert {one.label for one in found} == labels | {"Finding"}


def test_the_sizes_of_the_link_are_compared():
    text = words(open_page(batch_sizes="2,32"))
    assert "| batch of 2 |" in text and "| batch of 32 |" in text and "full batch" not in text


@pytest.mark.parametrize("sizes", ["1", "1,3", "1,one", "2,2", "1,2,4,8,16,32,64", "9999999999,1", "none"])
def test_sizes_that_cannot_be_become_the_default(sizes):
    text = words(open_page(batch_sizes=sizes))
    assert "so it is now 1, 4, 16, 64, full" in text and "| batch of 64 |" in text


def test_sizes_beyond_the_training_set_are_said_to_be_the_full_batch():
    text = words(open_page(dataset="corners", batch_sizes="64,128"))
    assert "no batch but the full one has the sizes picked" in text and "| one by one |" in text


def sizes_picker(app: AppTest):
    return next(one for one in app.get("button_group") if one.label == "Batch sizes")


def test_picked_sizes_go_into_the_link_and_too_few_change_nothing():
    app = open_page()
    press(sizes_picker(app).set_value(["full", "8"]).run(), "Train")
    assert app.session_state["glassbox"].choices["batch_sizes"] == "8,full" and "| batch of 8 |" in words(app)
    sizes_picker(app).set_value(["8"]).run()
    assert "2 to 6 batch sizes can be compared; nothing was changed" in words(app)
    assert app.session_state["glassbox"].choices["batch_sizes"] == "8,full" and "| batch of 8 |" in words(app)
    sizes_picker(app).set_value(["1", "4", "16", "64", "full"]).run()
    assert "batch_sizes" not in app.session_state["glassbox"].choices


@pytest.mark.parametrize("title, view", [
    ("The same samples seen", "cost"), ("The same number of updates", "cost"), ("Raise the rate with the batch", "cost"),
    ("One sample or all", "paths"), ("Noise and 1/√B", "noise"),
])  # fmt: skip
def test_a_preset_shows_what_it_promises_from_anywhere(title, view):
    app = open_page(batch_view="noise", noise_at="trained")
    next(one for one in app.button if one.label == title).click().run()
    assert not app.exception
    choices = app.session_state["glassbox"].choices
    assert choices["batch_view"] == view
    assert view != "noise" or choices["noise_at"] == "first"


@pytest.mark.parametrize("name, value", [("batch_epochs", "0"), ("rate_power", "0.3"), ("cost", "money"),
                                         ("noise_at", "last"), ("update", "501")])  # fmt: skip
def test_what_a_link_says_wrongly_becomes_the_default(name, value):
    app = open_page(**{"batch_epochs": "1", name: value})
    assert "so it is now" in words(app) and f"The {choice_words(name)} can" in words(app)
    assert app.query_params.get(name) != value


def lane(size, losses, seconds):
    x = np.array([0.0, 10.0])
    return Lane(size, 0.1, x, x, x, np.array([0.0, seconds]), np.array(losses), np.zeros((2, 1)), 0.0, False)


def test_the_verdict_in_words():
    text = verdict_words([lane(1, [1.0, 0.2], 10.0), lane(None, [1.0, 0.5], 1.0)])
    assert "one by one has the lowest loss, 0.2; full batch has the highest, 0.5" in text
    assert "After the same **1 seconds**: full batch has the lowest loss, 0.5; one by one has the highest, 0.92" in text
    assert "depends on which of the three is counted" in text
    assert "one by one is among the best" in verdict_words([lane(1, [1.0, 0.2], 1.0), lane(None, [1.0, 0.5], 1.0)])


def test_a_batch_size_that_diverged_has_no_loss_in_the_table():
    app = open_page(dataset="plane", learning_rate="0.3", hidden="8,8", batch_epochs="20")
    table = next(text.value for text in app.markdown if "µs per update" in text.value)
    ends = [row.split("|")[-3:-1] for row in table.splitlines()[2:]]
    assert [text.strip() for text in ends[0]] == ["diverged", "diverged"]
    assert not any("diverged" in text for row in ends[1:] for text in row)
    assert "One by one diverged at learning rate 0.3 (✕)" in words(app)
    traces = json.loads(app.get("plotly_chart")[0].proto.spec)["data"]
    assert [trace["marker"]["symbol"] for trace in traces if trace.get("cliponaxis") is False] == ["x"]


def test_zeros_leave_no_gradient_to_compare_with():
    said = words(open_page(batch_view="noise", initializer="zeros"))
    assert "With all weights 0 the gradients of all samples add up to 0" in said
    # Labels that are not balanced leave a gradient on the output's bias.
    assert "With all weights 0" not in words(open_page(batch_view="noise", initializer="zeros", dataset="xor"))


def test_the_noise_in_words_is_the_numbers():
    # One weight, identity, x = 0: gradients on the bias are -2 y. 63 zeros and one 64, in lengths of their mean, 1.
    network = Network((1, 1), output="identity", loss="mse", initializer="zeros")
    noise = batch_noise(network, np.zeros((64, 1)), np.append(np.zeros(63), 32.0))
    text = f"{noise_words(noise)} {law_words(noise)}"
    # sqrt(63) = 7.94; a batch of 8: sqrt(63 / 8 * 56 / 63) = sqrt(7) = 2.65; 7.94 / 2.65 = 3.
    assert "lies **7.94** lengths" in text and "a batch of 8 it is **2.65**" in text and "**3.00 times** nearer" in text
    assert "√8 = 2.83 times" in text and "so that 3.00 times is expected for B = 8 of N = 64" in text
    assert "differ by 0\u00a0%" in text


def test_the_noise_of_few_samples_in_words():
    network = Network((1, 1), output="identity", loss="mse", initializer="zeros")
    two = batch_noise(network, np.zeros((2, 1)), np.array([1.0, 2.0]))
    assert "(root mean square)" in noise_words(two) and law_words(two) == ""
    assert "there is no noise" in noise_words(batch_noise(network, np.zeros((1, 1)), np.array([1.0])))


def test_the_paths_in_words_are_the_numbers():
    text = shape_words(["one by one", "full batch"], [PathShape(4.0, 2.0, 70.0), PathShape(3.0, 2.5, 3.0)])
    assert "One by one takes the longest way round: its path is **2.00 times**" in text and "by 70°" in text
    assert "Full batch is the straightest: **1.20 times** and 3°" in text
    assert shape_words(["a"], [PathShape(0.0, 0.0, 0.0)]) == "None of them has moved."


@pytest.mark.parametrize("dark", [False, True])
def test_figures_draw_what_they_are_given(dark):
    split, network = build_split(Experiment()), build_network(Experiment())
    noise = batch_noise(network, split.X_train, split.y_train)
    ranges, law, expected, measured = noise_figure(noise, dark).data
    assert law.y == pytest.approx(noise.with_replacement) and expected.y == pytest.approx(noise.expected[:-1])
    assert measured.y == pytest.approx(noise.distance[:-1]) and list(ranges.y[:2]) == list(noise.distances[0, [0, 2]])
    assert angle_figure(noise, dark).data[1].y == pytest.approx(noise.angles[:, 1])
    lit = batches_figure(np.zeros((4, 2)), np.array([0, 1, 0, 1]), [np.array([2, 3])], ["a"], dark).data[1]
    assert list(lit.customdata) == [2, 3] and len(set(lit.marker.color)) == 2
    paths = [np.zeros((3, 2)), np.ones((3, 2))]
    figure = paths_figure((np.arange(3.0), np.arange(3.0)), np.zeros((3, 3)), paths, ["a", "b"], dark)
    assert [trace.name for trace in figure.data if trace.name] == ["a", "b", "first weights"]


def test_nothing_is_told_of_the_race_before_it_was_started():
    app = open_app("batches")
    assert not app.get("plotly_chart") and "Make your guess first" in words(app) and "After the same" not in words(app)
    press(app, "Train")
    assert app.get("plotly_chart") and "After the same" in words(app)


def test_a_batch_size_is_called_by_its_name():
    assert names_words(300, 1).endswith("takes 1 of 300 samples per update, 300 updates per epoch: *stochastic gradient "
                                        "descent* in the narrow sense.")
    assert names_words(300, 64).endswith("takes 64 of 300 samples per update, 5 updates per epoch: *mini-batch* gradient "
                                         "descent.")
    assert names_words(300, None).endswith("1 update per epoch: *gradient descent* (full batch).")


def test_the_product_is_measured_on_a_click():
    assert speed_words(2e-6, 1e-4).startswith("Measured here: 2 µs as one product, 100 µs one by one: **50 times** as long.")
    app = open_page(batch_view="samples")
    assert "Measured here" not in words(app)
    app.button(key="measure_product").click().run()
    assert not app.exception and "Measured here" in words(app)
