"""The strip in words, on pages that study no run of Train."""

import pytest

from tests.pages.conftest import open_app


@pytest.mark.parametrize(("name", "link", "says"), [
    ("scores", {}, ["**Leakage**", "data and models of its own"]),
    ("scores", {"score_view": "sealed"}, ["**The sealed test set**", "Train's"]),
    ("words", {"part": "pieces"}, ["**4 · Words in pieces**", "byte-pair merges of the toy corpus"]),
    ("words", {"part": "product", "vectors": "unit", "numbers": "1"}, ["word vectors: random, length 1; 1 number per word"]),
    ("neuron", {}, ["20 samples, 0 steps taken"]),
])  # fmt: skip
def test_what_a_page_studies_is_said_in_words(name, link, says):
    captions = " ".join(caption.value.replace("\\", "") for caption in open_app(name, **link).caption)
    assert all(words in captions for words in says)
