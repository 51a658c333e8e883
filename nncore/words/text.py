"""From text to tokens: a sentence becomes a list of words, each step of which can be left out and looked at.

Lower-casing makes "The" and "the" one word, punctuation is cut off so that "mouse." is "mouse", splitting turns the line
into tokens, and stop words ("the", "of") may be dropped because they say little. What a token is, is decided here, for every
model that reads what a person types; a model never sees anything else.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nncore.arguments import check_fields, checked, each, flag, kind_of, text
from nncore.handed_out import handed_out
from nncore.words.graphemes import JOINER, NON_JOINER, graphemes, is_picture

GRAPHEME_JOINER = "\u034f"  # a mark that changes the order of marks alone
MAX_TOKENS = 32
MAX_CHARACTERS = 400
MAX_WORD = 40  # letters as a reader counts them: grapheme clusters

TOKEN_RULE = (
    "A word is letters and digits, with an apostrophe or a hyphen between them (don't, well-known); a number keeps its sign "
    "and its point or comma (-3.5), an emoji is a word of its own, other punctuation is cut off, and capitals become small "
    "letters."
)
# Two ways to type the same sign; the browser's keyboard decides which one comes.
_SAME_SIGNS = str.maketrans({"’": "'", "ʼ": "'", "＇": "'", "‐": "-", "‑": "-", "−": "-"})

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

    def __post_init__(self):
        check_fields(self, lower=flag, punctuation=flag, split=flag, stop_words=flag)


@handed_out
@dataclass(frozen=True)
class TextStages:
    """The text after each step: two lines, then two tuples of tokens. `dropped` are the stop words taken out."""

    lowered: str
    cleaned: str
    split: tuple[str, ...]
    tokens: tuple[str, ...]
    dropped: tuple[str, ...]


@checked(text=text, steps=kind_of(TextSteps))
def text_stages(text: str, steps: TextSteps = TextSteps()) -> TextStages:
    """What `text` is after each of the `steps`.

    Without splitting the whole line is one token. Raises ValueError where more than MAX_CHARACTERS come in, a word is longer
    than MAX_WORD characters, or not 1 to MAX_TOKENS tokens come out.
    """
    if len(text) > MAX_CHARACTERS:
        raise ValueError(f"text must have at most {MAX_CHARACTERS} characters, got {len(text):,}")
    line = visible_line(text)
    lowered = line.lower() if steps.lower else line
    cleaned = remove_punctuation(lowered) if steps.punctuation else lowered
    split = tuple(cleaned.split()) if steps.split else (cleaned,) * bool(cleaned)
    dropped = tuple(word for word in split if word in STOP_WORDS) if steps.stop_words else ()
    tokens = tuple(word for word in split if word not in dropped)
    _check(tokens, split, steps.split)
    return TextStages(lowered, cleaned, split, tokens, dropped)


@checked(text=text)
def words_of(text: str) -> list[str]:
    """The words of `text` in lower case by TOKEN_RULE, however many there are and however long."""
    return remove_punctuation(visible_line(text).lower()).split()


@checked(text=text, steps=kind_of(TextSteps))
def tokenise(text: str, steps: TextSteps = TextSteps()) -> tuple[str, ...]:
    """The tokens of `text` after the `steps`; raises ValueError as `text_stages` does."""
    return text_stages(text, steps).tokens


def _check(tokens: Sequence[str], split: Sequence[str], is_split: bool) -> None:
    if not tokens:
        rule = "at least one word that is not a stop word" if split else "at least one word"
        raise ValueError(f"text must hold {rule}, got none")
    if len(tokens) > MAX_TOKENS:
        raise ValueError(f"text must have at most {MAX_TOKENS} words, got {len(tokens)}")
    longest = max(len(graphemes(token)) for token in tokens)
    if is_split and longest > MAX_WORD:
        raise ValueError(f"text must have words of at most {MAX_WORD} characters, got one of {longest}")


@checked(line=text)
def remove_punctuation(line: str) -> str:
    """`line` without punctuation and symbols, by Unicode's classes, with one space between words.

    What stands within a word stays: apostrophes and hyphens between letters, points and commas between digits. So does the
    sign of a number, and the point that one begins with. An emoji is a word of its own, whole.
    """
    clusters = graphemes(line)
    kept = []
    for i, cluster in enumerate(clusters):
        if is_picture(cluster):
            kept.append(f" {cluster} ")
        elif _is_letter(cluster) or _is_part_of_word(clusters, i):
            kept.append(cluster)
        else:
            kept.append(" ")
    return " ".join("".join(kept).split())


def _is_digit(cluster: str) -> bool:
    return unicodedata.category(cluster[0])[0] == "N" and not is_picture(cluster)


def _is_letter(cluster: str) -> bool:
    return unicodedata.category(cluster[0])[0] in "LN" and not is_picture(cluster)


# Signs that join what stands on both of their sides, and what that must be; the last two are Arabic.
_JOINING = {"'": _is_letter, "-": _is_letter, ".": _is_digit, ",": _is_digit, "٫": _is_digit, "٬": _is_digit}


def _is_part_of_word(clusters: Sequence[str], i: int) -> bool:
    """Whether the sign at place i joins what stands before and after it, or begins a number."""
    joins = _JOINING.get(clusters[i].translate(_SAME_SIGNS))
    if joins and 0 < i < len(clusters) - 1 and joins(clusters[i - 1]) and joins(clusters[i + 1]):
        return True
    return _begins_number(clusters, i)


def _begins_number(clusters: Sequence[str], i: int) -> bool:
    """Whether the sign at place i is a plus, a minus or a point with which a number begins: -5, .5, -.5."""
    sign, before = clusters[i].translate(_SAME_SIGNS), clusters[i - 1].translate(_SAME_SIGNS) if i else " "
    after = "".join(clusters[i + 1 : i + 3])
    if not after or _is_letter(before) or before == ".":
        return False
    if sign == ".":
        return _is_digit(after) and (before not in "+-" or _begins_number(clusters, i - 1))
    return sign in ("+", "-") and before not in "+-" and _is_digit(after.removeprefix(".") or ".")


@checked(text=text)
def visible_line(text: str) -> str:
    """`text` in one line of Unicode's composed form: each sign typed in one way, and invisible characters left out."""
    # What is not seen goes first: a mark of direction after an apostrophe does not end the word.
    line = "".join(map(_visible, graphemes(unicodedata.normalize("NFC", text))))
    clusters = graphemes(" ".join(line.split()))
    return "".join(
        cluster.translate(_SAME_SIGNS) if _is_part_of_word(clusters, i) else cluster for i, cluster in enumerate(clusters)
    )


def _visible(cluster: str) -> str:
    """A cluster without what is not seen in it; a control character or a mark without a letter is a space."""
    category = unicodedata.category(cluster[0])
    if category == "Cf" and cluster[0] != "\u200b":  # a soft hyphen or a direction mark parts no words, unlike this space
        return ""
    if category[0] in "CZM":
        return " "
    # The joiners shape letters of some scripts, and in others they make two words of what looks like one.
    cluster = cluster.replace(GRAPHEME_JOINER, "")
    return cluster.rstrip(JOINER + NON_JOINER) if cluster[0].isascii() else cluster


@dataclass(frozen=True)
class Vocabulary:
    """The words a model knows, in a fixed order: a word's place is its row in the model's matrix."""

    words: tuple[str, ...]

    def __post_init__(self):
        check_fields(self, words=each(text))

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


@checked(sentences=each(each(text)))
def build_vocabulary(sentences: Iterable[Sequence[str]]) -> Vocabulary:
    """All words of tokenised `sentences`, the most frequent first, equal ones by the alphabet."""
    counts: dict[str, int] = {}
    for sentence in sentences:
        for word in sentence:
            counts[word] = counts.get(word, 0) + 1
    return Vocabulary(tuple(sorted(counts, key=lambda word: (-counts[word], word))))
