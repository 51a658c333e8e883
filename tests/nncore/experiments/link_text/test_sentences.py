"""Sentences that quote what a link says."""

import pytest

from nncore.experiments.link_text import quoted


@pytest.mark.parametrize(
    ("text", "words"),
    [(" 1,5 ", "1,5"), ("0\n0", "“0 0”"), ("a\u2028b\x1cc\td", "“a b c d”"), ("x" * 41, "“" + "x" * 39 + "…”"), ("", "“”")],
)
def test_what_was_asked_for_is_quoted_in_one_line(text, words):
    assert quoted(text) == words
