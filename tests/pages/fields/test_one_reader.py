"""One reader of numbers and one of words: every field that one types into is here, with the function that reads it."""

import re
from pathlib import Path

import pytest

from nncore.attention.stages import split_words
from nncore.data.own import formula_name
from nncore.experiments.link_text import read_field, read_number
from nncore.words.text import tokenise
from pages.parts.fields.typed_weight import typed_weight

PAGES = Path(__file__).parents[3] / "pages"
FIELD = re.compile(r"\b(text_input|text_area|number_input|sentence_field|chat_input)\(")
NUMBERS = r"read_number|read_whole|read_field\(label, \"float\"|typed_weight"
WORDS = "split_words|text_stages|words_of|visible_line|read_sequence"
# By module: the fields that it draws, and what reads them; "kept" is shown as it was typed, and nothing is read in it.
READERS = {
    "fields/number_field.py": (2, "number_input"),  # the browser's own field, in which a script turns a comma into a point
    "fields/sentence_field.py": (1, "kept"),  # read by those who draw it
    "lesson/ask.py": (1, "number_input"),
    "attention/two_sentences.py": (1, WORDS),
    "recurrence/letters.py": (1, WORDS),
    "transformer/sequence.py": (1, WORDS),
    "words/pieces.py": (1, WORDS),
    "words/controls.py": (2, f"{WORDS}|{NUMBERS}"),
    "weights/edit.py": (1, NUMBERS),
    "convolution/by_hand.py": (1, NUMBERS),
    "neuron/controls.py": (1, NUMBERS),
    "own/texts.py": (2, "formula_name"),
    "own/table.py": (1, "_take_text"),
    "lecture/editor.py": (3, "kept"),
    "lecture/share.py": (3, "kept"),
}


def fields_of(path):
    """How many fields the module draws: calls, not the definition of one."""
    return len(FIELD.findall(re.sub(r"def \w+\(", "", path.read_text(encoding="utf-8"))))


def test_every_field_is_in_the_table():
    found = {str(path.relative_to(PAGES / "parts")): fields_of(path) for path in PAGES.rglob("*.py") if fields_of(path)}
    assert found == {name: count for name, (count, _) in READERS.items()}


@pytest.mark.parametrize("name", [name for name, (_, reader) in READERS.items() if reader != "kept"])
def test_a_field_is_read_by_the_function_for_it(name):
    text = (PAGES / "parts" / name).read_text(encoding="utf-8")
    assert re.search(READERS[name][1], text)
    if READERS[name][1] != "number_input":  # there the browser hands over a number, not a text
        assert not re.search(r"\b(float|int)\((typed|text)\b", text), "a reader of its own"


@pytest.mark.parametrize("typed", ["1,5", "1.5", " 1,5 ", "+1.50", "１．５", "1,5e0", "٫".join("15")])
def test_a_number_is_the_same_wherever_it_is_typed(typed):
    assert read_number(typed) == typed_weight(typed) == read_field("n", "float", typed) == 1.5


def test_a_formula_takes_both_decimal_signs():
    assert formula_name("x > 1,5") == formula_name("x > 1.5")


@pytest.mark.parametrize("sentence", [
    "don't go", "don’t go", "It costs 3.5 and 1,000.", "a 👩🏽‍🚀 flies", "naïve cafe\u0301",
])  # fmt: skip
def test_words_are_the_same_on_both_pages(sentence):
    words = tuple(split_words("The sentence", sentence))
    assert words == tokenise(sentence)
    if sentence.startswith("don"):
        assert words == ("don't", "go")


def test_numbers_and_emoji_are_whole_words():
    assert "3.5" in tokenise("It costs 3.5 euros.") and "👩🏽‍🚀" in tokenise("a 👩🏽‍🚀 flies")
