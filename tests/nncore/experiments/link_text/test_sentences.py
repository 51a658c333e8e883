"""Sentences that quote what a link says."""

import pytest

from nncore.experiments.link_text import Each, Rule, Span, ask_choice, quoted, sentence, some_of


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


@pytest.mark.parametrize(("kind", "asked", "allowed", "hint"), [
    ("str", "cubic", {"line": 1, "curve": 2, "": 3}, "It can be line or curve."),
    ("str", "x", ("only",), "It can be only."),
    ("str", "x", tuple("abcdefghi"), "It can be a, b, c, d, e, f, g, h or i."),
    ("str", "x", tuple("abcdefghijk"), "It can be a, b, c, d, e, f, g, h or 3 more."),
    ("int", "two", Span(1, 4), "It can be 1 to 4."),
    ("int", "two", (8, 16), "It can be 8 or 16."),
    ("float", "nan", Span(0.5, None), "It can be 0.5 or more."),
    ("str", "x", (), "There is nothing to pick from here."),
    ("tuple[int, ...]", "1", Each((Span(1, 4), Span(0, 9))), "It takes 2 numbers: 1 to 4 and 0 to 9."),
    ("tuple[str, ...]", "a,q", some_of(("a", "b")), "It can be any of a and b, with commas between them."),
    ("tuple[str, ...]", "", some_of(("a", "b"), 1), "It can be one or more of a and b, with commas between them."),
    ("int", "7", Rule(lambda value: value % 2 == 0, "an even number"), "It can be an even number."),
])  # fmt: skip
def test_what_cannot_be_is_said_with_what_can_be(kind, asked, allowed, hint):
    found = ask_choice("thing", kind, asked, allowed)
    assert found.is_lost and found.hint == hint
    assert sentence(found.complaint, 5, found.hint).endswith(f", so it is now 5. {hint}")


def test_what_is_right_or_becomes_the_nearest_needs_no_hint():
    assert ask_choice("thing", "int", "9", Span(1, 4)).hint == "" == ask_choice("thing", "int", "3", Span(1, 4)).complaint
    assert sentence("The loss is none.", 3) == "The loss is none."
