import pytest
from hypothesis import given
from hypothesis import strategies as st

from nncore.words.text import (
    MAX_CHARACTERS,
    MAX_TOKENS,
    TextSteps,
    Vocabulary,
    build_vocabulary,
    remove_punctuation,
    text_stages,
    tokenise,
    words_of,
)


def test_every_step_can_be_looked_at():
    stages = text_stages("The cat, the DOG!", TextSteps(stop_words=True))
    assert stages.lowered == "the cat, the dog!"
    assert stages.cleaned == "the cat the dog"
    assert stages.split == ("the", "cat", "the", "dog")
    assert stages.tokens == ("cat", "dog")
    assert stages.dropped == ("the", "the")


@pytest.mark.parametrize(
    ("steps", "tokens"),
    [
        (TextSteps(), ("the", "cat", "sees", "the", "mouse")),
        (TextSteps(lower=False), ("The", "cat", "sees", "the", "mouse")),
        (TextSteps(punctuation=False), ("the", "cat", "sees", "the", "mouse.")),
        (TextSteps(split=False), ("the cat sees the mouse",)),
        # A capital hides a stop word.
        (TextSteps(lower=False, stop_words=True), ("The", "cat", "sees", "mouse")),
    ],
)
def test_a_step_that_is_off_leaves_the_text_as_it_is(steps, tokens):
    assert tokenise("The  cat sees the mouse.", steps) == tokens


def test_punctuation_within_a_word_stays():
    assert remove_punctuation("don't stop - well-known 'words' (here)…") == "don't stop well-known words here"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "text must hold at least one word, got none"),
        (" \n\t\x00 ", "text must hold at least one word, got none"),
        ("© → !!! ... \u0301", "text must hold at least one word, got none"),
        ("a " * 33, "text must have at most 32 words, got 33"),
        ("x" * 401, "text must have at most 400 characters, got 401"),
        ("x" * 41, "text must have words of at most 40 characters, got one of 41"),
        ("e\u0323\u0301" * 41, "text must have words of at most 40 characters, got one of 41"),
    ],
)
def test_text_that_cannot_be_used_is_refused_in_one_sentence(text, words):
    with pytest.raises(ValueError, match=words):
        tokenise(text)


def test_a_line_of_stop_words_is_refused_when_they_are_dropped():
    with pytest.raises(ValueError, match="that is not a stop word"):
        tokenise("the of and", TextSteps(stop_words=True))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don't DON’T donʼt", ["don't"] * 3),
        ("It is -5, +3.5 or −.5 degrees (-7).", ["it", "is", "-5", "+3.5", "or", "-.5", "degrees", "-7"]),
        (".5 ..5 --5 1-2 a-3 x=-4 end.5 - 6", [".5", "5", "5", "1-2", "a-3", "x", "-4", "end", "5", "6"]),
        ("١٢٫٥ ١٬٠٠٠ co\u034fop -1\ufe0f\u20e3", ["١٢٫٥", "١٬٠٠٠", "coop", "1\ufe0f\u20e3"]),
        ("3.5 or 3,5, then 1,000. 3.", ["3.5", "or", "3,5", "then", "1,000", "3"]),
        ("well‑known ‘quoted’ - end-", ["well-known", "quoted", "end"]),
        ("cat👨‍👩‍👧‍👦sees 👍🏽❤️!", ["cat", "👨‍👩‍👧‍👦", "sees", "👍🏽", "❤️"]),
        ("🇩🇪🇫🇷 1️⃣ 🏴\U000e0067\U000e0062\U000e007f", ["🇩🇪", "🇫🇷", "1️⃣", "🏴\U000e0067\U000e0062\U000e007f"]),
        ("e\u0301te\u0301 = été", ["été", "été"]),
        ("don’\u202at 0'\u20600 3.\u00ad5", ["don't", "0'0", "3.5"]),
        ("ca\u00adt ca\u200dt \u202acat\u200bdog", ["cat", "cat", "cat", "dog"]),
        ("नमस्ते दुनिया, می\u200cخواهم", ["नमस्ते", "दुनिया", "می\u200cخواهم"]),
        ("50 % of $5: C++, x_1", ["50", "of", "5", "c", "x", "1"]),
    ],
)  # fmt: skip
def test_words_are_cut_by_one_rule(text, words):
    assert words_of(text) == words


@pytest.mark.parametrize("text", ["привет мир", "你好 世界", "été\u0301 naïve", "<b>bold</b>"])
def test_other_scripts_are_words_too(text):
    assert 1 <= len(tokenise(text)) <= 4


@given(st.text(max_size=MAX_CHARACTERS + 20), st.builds(TextSteps, *[st.booleans()] * 4))
def test_any_text_gives_tokens_or_one_sentence(text, steps):
    try:
        tokens = tokenise(text, steps)
    except ValueError as error:
        assert "text must" in str(error)
    else:
        assert 1 <= len(tokens) <= MAX_TOKENS and all(tokens)


def test_a_vocabulary_is_ordered_by_count_and_knows_its_rows():
    vocabulary = build_vocabulary([("b", "a", "b"), ("c",)])
    assert vocabulary == Vocabulary(("b", "a", "c"))
    assert (len(vocabulary), vocabulary.index("a"), vocabulary.index("z")) == (3, 1, None)
    assert vocabulary.indices(("c", "z", "b")) == (2, None, 0)


def test_words_that_are_as_frequent_stand_in_the_alphabets_order():
    assert build_vocabulary([("b", "c", "c"), ("a",)]).words == ("c", "a", "b")
