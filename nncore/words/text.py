"""From text to tokens: a sentence becomes a list of words, each step of which can be left out and looked at.

Lower-casing makes "The" and "the" one word, punctuation is cut off so that "mouse." is "mouse", splitting turns the line
into tokens, and stop words ("the", "of") may be dropped because they say little. What a token is, is decided here; a model
never sees anything else.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MAX_TOKENS = 32
MAX_CHARACTERS = 400
MAX_WORD = 32

STOP_WORDS = frozenset({
    "a", "about", "above", "across", "after", "all", "also", "an", "and", "are", "as", "at", "be",
    "been", "before", "behind", "beside", "but", "by", "did", "do", "does", "for", "from", "had", "has",
    "have", "he", "her", "his", "i", "if", "in", "into", "is", "it", "its", "me", "my", "near", "no",
    "nor", "not", "of", "on", "or", "our", "she", "so", "than", "that", "the", "their", "them", "then",
    "these", "they", "this", "those", "to", "up", "was", "we", "were", "what", "when", "where", "which",
    "while", "who", "will", "with", "you", "your",
})  # fmt: skip


@dataclass(frozen=True)
class TextSteps:
    """Which steps are taken, in this order; a step that is off leaves the text as it is."""

    lower: bool = True
    punctuation: bool = True
    split: bool = True
    stop_words: bool = False


@dataclass(frozen=True)
class TextStages:
    """The text after each step: two lines, then two tuples of tokens. `dropped` are the stop words taken out."""

    lowered: str
    cleaned: str
    split: tuple[str, ...]
    tokens: tuple[str, ...]
    dropped: tuple[str, ...]


def text_stages(text: str, steps: TextSteps = TextSteps()) -> TextStages:
    """What `text` is after each of the `steps`.

    Without splitting the whole line is one token. Raises ValueError where more than MAX_CHARACTERS come in, a word is longer
    than MAX_WORD characters, or not 1 to MAX_TOKENS tokens come out.
    """
    if len(text) > MAX_CHARACTERS:
        raise ValueError(f"text must have at most {MAX_CHARACTERS} characters, got {len(text):,}")
    line = " ".join(_visible(text).split())
    lowered = line.lower() if steps.lower else line
    cleaned = remove_punctuation(lowered) if steps.punctuation else lowered
    split = tuple(cleaned.split()) if steps.split else (cleaned,) * bool(cleaned)
    dropped = tuple(word for word in split if word in STOP_WORDS) if steps.stop_words else ()
    tokens = tuple(word for word in split if word not in dropped)
    _check(tokens, split, steps.split)
    return TextStages(lowered, cleaned, split, tokens, dropped)


def tokenise(text: str, steps: TextSteps = TextSteps()) -> tuple[str, ...]:
    """The tokens of `text` after the `steps`; raises ValueError as `text_stages` does."""
    return text_stages(text, steps).tokens


def _check(tokens: Sequence[str], split: Sequence[str], is_split: bool) -> None:
    if not tokens:
        rule = "at least one word that is not a stop word" if split else "at least one word"
        raise ValueError(f"text must hold {rule}, got none")
    if len(tokens) > MAX_TOKENS:
        raise ValueError(f"text must have at most {MAX_TOKENS} words, got {len(tokens)}")
    longest = max(len(token) for token in tokens)
    if is_split and longest > MAX_WORD:
        raise ValueError(f"text must have words of at most {MAX_WORD} characters, got one of {longest}")


def remove_punctuation(line: str) -> str:
    """`line` without punctuation and symbols, by Unicode's classes; hyphens and apostrophes within a word stay.

    What is left of a word without a letter or a digit in it, such as an emoji's marks, is no word.
    """
    kept = [
        letter if not _is_punctuation(letter) or _is_inside_word(line, i) else " " for i, letter in enumerate(line)
    ]
    return " ".join(word for word in "".join(kept).split() if any(map(_is_letter, word)))


def _is_letter(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LN"


def _is_punctuation(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "PS"


def _is_inside_word(line: str, i: int) -> bool:
    return line[i] in "-'’" and 0 < i < len(line) - 1 and line[i - 1].isalnum() and line[i + 1].isalnum()


def _visible(text: str) -> str:
    """`text` in Unicode's composed form, with control and invisible characters as spaces."""
    return "".join(
        " " if unicodedata.category(letter)[0] == "C" else letter for letter in unicodedata.normalize("NFC", text)
    )


@dataclass(frozen=True)
class Vocabulary:
    """The words a model knows, in a fixed order: a word's place is its row in the model's matrix."""

    words: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.words)

    def index(self, word: str) -> int | None:
        """The row of `word`, or None if the word is unknown."""
        return self._rows().get(word)

    def indices(self, words: Iterable[str]) -> tuple[int | None, ...]:
        """The row of each word, None for the unknown ones."""
        rows = self._rows()
        return tuple(rows.get(word) for word in words)

    def _rows(self) -> dict[str, int]:
        return {word: row for row, word in enumerate(self.words)}


def build_vocabulary(sentences: Iterable[Sequence[str]]) -> Vocabulary:
    """All words of tokenised `sentences`, the most frequent first, equal ones by the alphabet."""
    counts: dict[str, int] = {}
    for sentence in sentences:
        for word in sentence:
            counts[word] = counts.get(word, 0) + 1
    return Vocabulary(tuple(sorted(counts, key=lambda word: (-counts[word], word))))
