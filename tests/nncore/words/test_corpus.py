import pytest

from nncore.words.corpus import CATEGORIES, category_of, toy_corpus, toy_sentences
from nncore.words.text import tokenise


def test_the_corpus_has_a_few_hundred_short_sentences():
    assert 300 <= len(toy_corpus()) <= 900
    assert all(4 <= len(tokenise(sentence)) <= 10 for sentence in toy_corpus())


def test_every_word_of_every_category_is_met_often_enough_to_be_learned():
    words = [word for sentence in toy_corpus() for word in tokenise(sentence)]
    for category in CATEGORIES.values():
        assert all(words.count(word) >= 8 for word in category)


def test_no_word_has_two_categories():
    words = [word for category in CATEGORIES.values() for word in category]
    assert len(words) == len(set(words))
    assert (category_of("cat"), category_of("the")) == ("animals", None)


def test_sentences_are_the_same_for_the_same_seed_and_go_on_as_more_are_asked_for():
    assert toy_sentences(20, seed=3) == toy_sentences(50, seed=3)[:20] != toy_sentences(20, seed=4)


def test_a_sentence_does_not_use_a_word_of_a_category_twice():
    for sentence in toy_sentences(100):
        words = [word for word in tokenise(sentence) if category_of(word)]
        assert len(words) == len(set(words))


def test_no_sentences_are_refused():
    with pytest.raises(ValueError, match="count must be at least 1, got 0"):
        toy_sentences(0)
