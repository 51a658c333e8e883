"""Words in pieces, and why the matrix of products is called outer."""

from functools import partial

import numpy as np
import pytest

from nncore.words.byte_pairs import Merge, learn_merges, toy_word_counts
from nncore.words.text import TOKEN_RULE, words_of
from pages.parts.figures.words.pieces import pairs_figure
from pages.parts.words.outer import missing_words, outer_words
from pages.parts.words.pieces import MERGES, corpus_words, next_words, shown, split_line
from tests.pages.conftest import link_value, open_app

open_pieces = partial(open_app, "words", part="pieces")


def written(app) -> str:
    return "\n".join(element.value for kind in ("markdown", "caption", "code") for element in app.get(kind))


def test_it_opens_before_the_first_merge_and_a_press_makes_it():
    app = open_pieces()
    assert "after no merge yet" in written(app) and "The first merge" not in written(app)
    first = learn_merges(toy_word_counts(), 1).merges[0]
    app.button(key="next_merge").click().run()
    assert f"  1  {shown(first.left)} + {shown(first.right)} → {shown(first.piece)}   {first.count:,} times" in written(app)
    assert link_value(app, "merges") == "1" and not app.exception


def test_typed_words_are_split_by_the_merges_made_so_far():
    assert "c·a·t·s" in written(open_pieces(pieces_text="cats"))
    app = open_pieces(pieces_text="cats", merges=str(MERGES))
    tokeniser = learn_merges(toy_word_counts(), MERGES)
    assert split_line(tokeniser, ["cats"], MERGES) in [code.value for code in app.code]
    assert app.button(key="next_merge").disabled


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("Cats, dogs.", "c·a·t·s d·o·g·s"), ("don’t", "d·o·n·'·t"), ("3.5", "3·.·5"), ("well-known!", "w·e·l·l·-·k·n·o·w·n"),
        ("«mice»\u00a0(two)", "m·i·c·e t·w·o"),
    ],
)  # fmt: skip
def test_typed_words_are_those_of_the_rule_on_screen(typed, line):
    app = open_pieces(pieces_text=typed)
    assert line in [code.value for code in app.code]
    assert any(TOKEN_RULE[1:] in caption.value for caption in app.caption)
    assert line == split_line(learn_merges(toy_word_counts(), 0), words_of(typed), 0)


def test_the_longest_word_is_the_one_with_the_most_letters_as_a_reader_counts_them():
    app = open_pieces(pieces_text="👩🏽\u200d🚀 at", merges=str(MERGES))
    assert any(code.value.endswith("at") and code.value.lstrip().startswith("0") for code in app.code)


@pytest.mark.parametrize("typed", ["", " ", "<b>x</b> **y** $z$", "🐈 снег", "x" * 399, "a\u0301"])
def test_any_text_is_split(typed):
    app = open_pieces(pieces_text=typed, merges="40")
    assert not app.exception and not app.error


def test_a_piece_that_is_no_whole_letter_is_shown_byte_by_byte():
    assert shown("é".encode()) == "é" and shown("é".encode()[:1]) == "⟨c3⟩" and shown(b"th") == "th"


def test_the_corpus_is_counted():
    said = corpus_words({(b"a", b"b"): 3, (b"the",): 5}, 8, 1)
    assert "8 words is 11 pieces long, 1.38 per word; 5 of its words are one piece" in said and "257 in all" in said


def test_which_pair_is_merged_next_is_said():
    ahead, behind = Merge(b"b", b"a", 4), Merge(b"d", b"c", 3)
    assert next_words([ahead, behind], True) == "The first pair becomes one piece next."
    assert next_words([ahead, Merge(b"d", b"c", 4)], True).endswith("of equals the first in the alphabet.")
    assert "end" in next_words([ahead], False) and "next" not in next_words([ahead], False)


def test_the_figure_shows_the_pairs_with_the_next_merge_on_top():
    figure = pairs_figure([("t", "h"), ("<b>", "e")], np.array([7, 5]), dark=False)
    bars = figure.data[0]
    assert list(bars.x) == [7, 5] and figure.layout.yaxis.ticktext == ("t + h", "&lt;b&gt; + e")
    assert bars.marker.color[0] != bars.marker.color[1] and figure.layout.yaxis.autorange == "reversed"


def test_an_unknown_word_leads_to_its_pieces():
    app = open_app("words", text="the robot sleeps")
    app.button(key="in_pieces").click().run()
    assert link_value(app, "part") == "pieces" and app.text_input(key="choose_pieces_text").value == "robot"


def test_the_names_gram_and_outer_are_explained_with_the_numbers_on_screen():
    E = np.array([[1.0, 2.0], [3.0, -1.0]])
    assert "**Gram matrix**" in outer_words(E) and "sum of their 2 outer products" in outer_words(E)
    assert "column x of 2 numbers" in outer_words(E[:, :1])
    assert missing_words(E, 1).startswith("A cell still differs from M by up to 4.00. Its rank is 1")
    assert missing_words(E, 2).startswith("This is M. Its rank is 2")
    app = open_app("words", part="product", vectors="random", numbers="4")
    assert app.slider(key="choose_outer_terms").max == 4 and not app.exception
