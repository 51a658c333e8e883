"""A typed beginning is read as every other sentence: one way to type a sign, letters whole, and what cannot be is said."""

import pytest

from nncore.data.sequences import ALPHABET
from pages.parts.recurrence.letters import read_beginning


@pytest.mark.parametrize(("typed", "read"), [
    ("The cat", "the cat"), ("  the\u00a0 cat", "the cat"), ("the ", "the "), ("t\u200dhe", "the"), ("a.\tb", "a. b"),
])  # fmt: skip
def test_a_beginning_is_read_in_one_way(typed, read):
    assert "".join(ALPHABET[k] for k in read_beginning(typed)[0]) == read


@pytest.mark.parametrize(("typed", "wrong"), [
    ("ab👩🏽\u200d🚀c", "👩🏽\u200d🚀"), ("e\u0301", "é"), ("don’t", "'"), ("don't", "'"), ("3.5", "3"), ("🇩🇪", "🇩🇪"),
])  # fmt: skip
def test_what_is_no_letter_is_said_whole(typed, wrong):
    with pytest.raises(ValueError, match=f"^The beginning can have letters a to z, spaces and stops, and “{wrong}” is none"):
        read_beginning(typed)


@pytest.mark.parametrize(("typed", "size"), [("", 0), ("a" * 61, 61)])
def test_a_beginning_has_a_length(typed, size):
    with pytest.raises(ValueError, match=f"^The beginning can have 1 to 60 letters, and this has {size}$"):
        read_beginning(typed)
