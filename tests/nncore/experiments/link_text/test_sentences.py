"""Sentences that quote what a link says."""

import pytest

from nncore.experiments.link_text import quoted, sentence


@pytest.mark.parametrize(
    ("text", "words"),
    [(" 1,5 ", "1,5"), ("0\n0", "“0 0”"), ("a\u2028b\x1cc\td", "“a b c d”"), ("x" * 41, "“" + "x" * 39 + "…”"), ("", "“”")],
)
def test_what_was_asked_for_is_quoted_in_one_line(text, words):
    assert quoted(text) == words


def test_a_choice_that_is_left_open_is_called_none():
    assert sentence("The guess cannot be “https”", "") == "The guess cannot be “https”, so it is now none."
