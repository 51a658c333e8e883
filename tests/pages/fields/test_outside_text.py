"""Text from outside: the one function, and every page under a link full of nasty strings."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from pages.parts.fields.outside_text import chart_text, cut, literal

ROOT = Path(__file__).parents[3]
LIVE = re.compile(r"(?<!\\)[\[\]<>*_`$:|~#!]")  # punctuation that Markdown would read


@pytest.mark.parametrize("text, shown", [
    ("plain words", "plain words"), ("a\n\n    b\tc\x00d", "a b c d"), ("x" * 40, "x" * 40), ("x" * 41, "x" * 39 + "…"),
    ("👩🏽‍🚀" * 41, "👩🏽‍🚀" * 39 + "…"), ("e\u0301" * 40, "e\u0301" * 40), ("a\u202eb\u2066c\u200bd\ufeff", "abcd"),
    ("x" * 1_000_000, "x" * 39 + "…"), ("a" + "\u0301" * 1_000_000, "a" + "\u0301" * 1199 + "…"), ("", ""),
])  # fmt: skip
def test_a_text_is_cut_to_forty_letters_of_one_line(text, shown):
    assert cut(text) == shown


@pytest.mark.parametrize("text, markdown", [
    ("[a](b)", r"\[a\]\(b\)"), ("<b>", r"\<b\>"), ("**b** $x$", r"\*\*b\*\* \$x\$"),
    ("http://a", "http\u2060\\:\\/\\/a"), ("www.a", "www\u2060\\.a"), ("a@b", "a\u2060\\@\u2060b"),
    (":smile:", "\\:\u2060smile\\:"), (":material/x:", "\\:\u2060material\\/x\\:"), ("a -> b", "a \\-\u2060\\> b"),
    ("12,000: −3 %", r"12\,000\: −3 \%"),
])  # fmt: skip
def test_markdown_shows_a_text_letter_for_letter(text, markdown):
    assert literal(text) == markdown


@given(st.text() | st.text(alphabet="htps:/w.@<>[]()!*_`$#-~=|\\&\n ax"))
def test_nothing_of_a_text_is_left_for_markdown_to_read(text):
    shown = literal(text)
    assert not LIVE.search(re.sub(r"\\.", "", shown)) and "\n" not in shown
    bare = re.sub(r"\\([!-/:-@[-`{-~])", r"\1", shown)
    assert not re.search(r"https?://|www\.|\w@\w|(^|\s)(<->|->|<-|--|>=|<=|~=)(\s|$)|:[\w+-]+:", bare, re.IGNORECASE)
    assert bare.replace("\u2060", "") == cut(text, 400).replace("\u2060", "")


def test_a_chart_shows_a_text_letter_for_letter():
    assert chart_text("<a href='x'>&amp;</a>") == "&lt;a href='x'&gt;&amp;amp;&lt;/a&gt;"
    assert chart_text("<b>" * 20, 5) == "&lt;b&gt;&lt;…"


NASTY = ("[Sign in](http://evil.example)", "![x](http://evil.example/i.png)", "<img src=//evil.example>",
":material/lock: $x$",
         "x" * 20_000)  # fmt: skip
# Each page with a choice of its own that is read as a name, and one that is read as a number.
PAGES = {
    "train": ("answers", "speed"), "weights": ("section", "layer"), "neuron": ("n_kind", "n_rate"),
    "backprop": ("microscope", "update"), "restarts": ("restart_view", "starts"), "landscapes": ("landscape", "balls"),
    "surface": ("surface_view", "surface_zoom"), "initializers": ("initializer_view", "depth"),
    "batches": ("batch_view", "batch_epochs"), "words": ("part", "draw"), "attention": ("step", "heads"),
    "transformer": ("task", "block_heads"), "convolution": ("pictures", "window_row"),
    "recurrence": ("memory_task", "sequence"),
    "autoencoder": ("coded", "code"), "overfitting": ("remedy", "samples"), "scores": ("score_view", "search_epochs"),
    "lessons": ("lesson", "lesson_step"),
}  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_every_page_quotes_a_link_shortly_and_letter_for_letter(page):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.run()
    app.switch_page(f"pages/{page}.py")
    for name, text in zip(("dataset", "hidden", *PAGES[page], "branches"), NASTY, strict=True):
        app.query_params[name] = text
    app.run()
    assert not app.exception and len(app.warning) >= 4
    for alert in [*app.warning, *app.error]:
        said = alert.value
        quotes = re.findall("“[^”]*”", said)
        if quotes or "the link asked for" in said:
            assert not LIVE.search(said) and len(said) < 700, said
