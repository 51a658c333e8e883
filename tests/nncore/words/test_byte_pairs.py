"""Byte-pair merges, worked by hand on a corpus of four words, and what must hold for any text."""

from collections import Counter

import pytest

from nncore.words.byte_pairs import (
    BytePairs,
    Merge,
    bytes_of,
    corpus_in_pieces,
    count_pieces,
    decode,
    learn_merges,
    pair_counts,
    rank_pairs,
    toy_word_counts,
    word_counts,
)

# The example of Sennrich et al. (2016), without their sign for a word's end.
SENNRICH = {"low": 5, "lower": 2, "newest": 6, "widest": 3}
TEXTS = ["", " ", "low lower", "  two  blanks\n", "Don't! 3.5",
         "naïve café", "🐈‍⬛ снег 猫", "a\ud800b", "x" * 300, "\x00\u202e"]


def test_the_first_merges_are_those_counted_by_hand():
    # e+s stands in newest (6) and widest (3): 9 times, as s+t does. Of the two e+s comes first in the alphabet.
    # Then es+t, 9; then l+o, in low (5) and lower (2), 7; then lo+w, 7; then e+w, n+e and w+est, 6 each.
    merges = learn_merges(SENNRICH, 5).merges
    assert merges == (Merge(b"e", b"s", 9), Merge(b"es", b"t", 9), Merge(b"l", b"o", 7), Merge(b"lo", b"w", 7),
                      Merge(b"e", b"w", 6))  # fmt: skip
    assert merges[1].piece == b"est"


def test_a_word_that_was_never_seen_is_a_row_of_known_pieces():
    tokeniser = learn_merges(SENNRICH, 4)
    assert tokeniser.encode("lowest") == [b"low", b"est"]
    assert tokeniser.encode("lowest", 2) == [b"l", b"o", b"w", b"est"]
    assert tokeniser.encode("lowest", 0) == list(bytes_of("lowest"))
    assert tokeniser.steps("lowest") == [
        (0, (b"l", b"o", b"w", b"e", b"s", b"t")), (1, (b"l", b"o", b"w", b"es", b"t")), (2, (b"l", b"o", b"w", b"est")),
        (3, (b"lo", b"w", b"est")), (4, (b"low", b"est")),
    ]  # fmt: skip


def test_pairs_are_counted_with_the_words_and_ranked_by_number_then_alphabet():
    words = {(b"a", b"b", b"a"): 2, (b"a", b"b"): 1}
    assert pair_counts(words) == Counter({(b"a", b"b"): 3, (b"b", b"a"): 2})
    assert rank_pairs({(b"d", b"c"): 4, (b"b", b"a"): 4, (b"e", b"e"): 5}, 3) == [
        Merge(b"e", b"e", 5), Merge(b"b", b"a", 4), Merge(b"d", b"c", 4)]  # fmt: skip


def test_a_repeated_letter_is_merged_from_the_left():
    assert learn_merges({"aaa": 2}, 1).encode("aaaa aaa") == [b"aa", b"aa", b" ", b"aa", b"a"]


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
@pytest.mark.parametrize("n_merges", [0, 3, 60])
def test_what_is_encoded_is_decoded_to_the_same_text(text, n_merges):
    tokeniser = learn_merges(toy_word_counts(), 60)
    assert decode(tokeniser.encode(text, n_merges)) == text


def test_counts_never_rise_and_every_merge_is_the_most_frequent_pair_of_its_moment():
    counts = toy_word_counts()
    tokeniser = learn_merges(counts, 40)
    numbers = [merge.count for merge in tokeniser.merges]
    assert numbers == sorted(numbers, reverse=True) and len(set(tokeniser.merges)) == 40
    for k, merge in enumerate(tokeniser.merges):
        assert rank_pairs(corpus_in_pieces(counts, tokeniser, k), 1) == [merge]


def test_the_order_of_the_corpus_does_not_matter():
    backwards = dict(reversed(list(SENNRICH.items())))
    assert learn_merges(SENNRICH, 20) == learn_merges(backwards, 20)


def test_merging_ends_where_no_pair_stands_together_twice():
    assert learn_merges({"ab": 1, "cd": 1}, 5).merges == ()
    assert [merge.piece for merge in learn_merges({"ab": 2}, 5).merges] == [b"ab"]


def test_every_merge_shortens_the_corpus_by_as_many_pieces_as_its_pair_had():
    # But where a letter is repeated three times in a row, which this corpus lacks: there two pairs share a letter.
    tokeniser = learn_merges(SENNRICH, 5)
    sizes = [count_pieces(corpus_in_pieces(SENNRICH, tokeniser, k)) for k in range(6)]
    assert sizes == [79, 70, 61, 54, 47, 41]


def test_words_are_counted_as_the_page_cuts_them():
    assert word_counts(["The cat.", "A cat, the CAT!"]) == Counter({"cat": 3, "the": 2, "a": 1})


def test_bad_values_are_said():
    with pytest.raises(ValueError, match="n_merges must be at least 0, got -1"):
        learn_merges(SENNRICH, -1)
    with pytest.raises(ValueError, match="pieces must be bytes"):
        decode([b"\xff"])
    with pytest.raises(ValueError, match="text must be"):
        BytePairs(()).encode(3)
