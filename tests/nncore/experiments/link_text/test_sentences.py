"""Sentences that quote what a link says."""

import pytest

from nncore.experiments.link_text import ask_choice, quoted, sentence


@pytest.mark.parametrize(
    ("text", "words"),
    [(" 1,5 ", "1,5"), ("0\n0", "“0 0”"), ("a\u2028b\x1cc\td", "“a b c d”"), ("x" * 41, "“" + "x" * 39 + "…”"), ("", "“”")],
)
def test_what_was_asked_for_is_quoted_in_one_line(text, words):
    assert quoted(text) == words


def test_a_choice_that_is_left_open_is_called_none():
    assert sentence("The guess cannot be “https”", "") == "The guess cannot be “https”, so it is now none."


@pytest.mark.parametrize("typed", ["in order", "In Order", "IN-ORDER", "in_order", " in  order "])
def test_a_name_of_two_words_is_read_in_any_case_and_way_of_joining_them(typed):
    assert ask_choice("order", "str", typed, ("in order", "shuffled")).value == "in order"
    assert ask_choice("loss", "str", typed.lower().replace("order", "entropy"), ("in_entropy",)).value == "in_entropy"
    assert ask_choice("order", "str", typed + "s", ("in order", "shuffled")).is_lost
