"""What the strips of the pages say; those with pictures of a run lead to Train with that run."""

import pytest

from tests.pages.conftest import link_value, open_app, press


@pytest.mark.parametrize(("name", "link", "says"), [
    ("scores", {}, ["**Leakage**", "data and models of its own"]),
    ("scores", {"score_view": "sealed"}, ["**The sealed test set**", "Train's"]),
    ("recurrence", {"cell": "lstm"}, ["LSTM cell, 16 neurons, 20 steps, start 0"]),
    ("overfitting", {}, ["**Moons**", "1,185 weights and biases, its first weights"]),
    ("restarts", {"restart_of": "corners", "starts": "8"}, ["**Four corners**", "ReLU, He normal, Adam at 0.03"]),
    ("words", {"part": "pieces"}, ["**4 · Words in pieces**", "byte-pair merges of the toy corpus"]),
    ("words", {"part": "product", "vectors": "unit", "numbers": "1"}, ["word vectors: random, length 1; 1 number per word"]),
    ("neuron", {}, ["20 samples, 0 steps taken"]),
])  # fmt: skip
def test_what_a_page_studies_is_said_in_words(name, link, says):
    captions = " ".join(caption.value.replace("\\", "") for caption in open_app(name, **link).caption)
    assert all(words in captions for words in says)


@pytest.mark.parametrize(("name", "link", "data"), [
    ("overfitting", {"guess": "rises", "remedy": "small"}, "moons"), ("restarts", {"restart_of": "corners"}, "corners"),
])  # fmt: skip
def test_a_run_of_the_page_s_own_is_drawn_in_its_strip_and_goes_to_train(name, link, data):
    app = open_app(name, **link)
    [pictures] = [one.proto.body for one in app.get("html") if 'class="glassbox-run"' in one.proto.body]
    assert pictures.count("<img") == 2
    assert link_value(press(app, "Change it on Train"), "dataset") == data
