"""Byte-pair merges: words cut into pieces that a corpus repeats, so that no word is unknown.

Every text is bytes first (an English letter is one byte). Then the two neighbouring pieces that stand together most often
become one piece, again and again: frequent words end up whole, rare ones fall into parts, and a word that was never seen is
still a row of known pieces. Merges never cross a blank. Source: Sennrich et al., 2016, "Neural Machine Translation of Rare
Words with Subword Units"; on bytes as in GPT-2 (Radford et al., 2019).
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from nncore.arguments import check_fields, checked, each, kind_of, text, whole
from nncore.checks import require_kind, require_whole, shown
from nncore.words.corpus import toy_corpus
from nncore.words.text import words_of

N_BYTES = 256  # the pieces that are there before the first merge
MAX_MERGES = 10_000
LEAST = 2  # a pair that occurs less often is not merged: nothing would become shorter
Pieces = tuple[bytes, ...]


def _counts(name: str, value: object, sizes: object) -> Mapping[str, int]:
    """Words and how often each occurs."""
    require_kind(name, value, Mapping)
    each(text)(name, list(value), {})
    for word, times in value.items():
        require_whole(f"{name}[{word[:40]!r}]", times, 1)
    return value


class Merge(NamedTuple):
    """One merge: the two pieces that become one, and how often they stood together just before."""

    left: bytes
    right: bytes
    count: int

    @property
    def piece(self) -> bytes:
        """What the two are together."""
        return self.left + self.right


def _merge(name: str, value: object, sizes: object) -> Merge:
    """A merge of two pieces, neither of them empty."""
    require_kind(name, value, Merge)
    for side in ("left", "right"):
        piece = getattr(value, side)
        if not isinstance(piece, bytes) or not piece:
            raise ValueError(f"{name}.{side} must be bytes, at least 1, got {shown(piece)}")
    return value


@dataclass(frozen=True)
class BytePairs:
    """A tokeniser: its `merges` in the order in which they were learned, each a new piece beside the 256 bytes."""

    merges: tuple[Merge, ...]

    def __post_init__(self):
        check_fields(self, merges=each(_merge))

    @checked(text=text, n_merges=whole(0))
    def encode(self, text: str, n_merges: int = MAX_MERGES) -> list[bytes]:
        """The pieces of `text`, which joined are its bytes; only the first `n_merges` merges are applied."""
        return [piece for part in re.findall(r"\s+|\S+", text) for piece in self._pieces(part, n_merges)]

    @checked(word=text, n_merges=whole(0))
    def steps(self, word: str, n_merges: int = MAX_MERGES) -> list[tuple[int, Pieces]]:
        """How `word` is put together: (0, its bytes), then the number of each merge that applies, from 1, and the pieces."""
        pieces = bytes_of(word)
        steps = [(0, pieces)]
        for number, merge in enumerate(self.merges[:n_merges], 1):
            merged = _merged(pieces, merge)
            if merged != pieces:
                steps.append((number, merged))
                pieces = merged
        return steps

    def _pieces(self, word: str, n_merges: int) -> Pieces:
        """Merges in the order in which they were learned: each sees the pieces that those before it left."""
        pieces = bytes_of(word)
        for merge in self.merges[:n_merges]:
            if len(pieces) == 1:
                break
            pieces = _merged(pieces, merge)
        return pieces


@checked(word=text)
def bytes_of(word: str) -> Pieces:
    """The bytes of `word` in UTF-8, each a piece of its own: an English letter is one, é two, an emoji four or more."""
    return tuple(bytes([byte]) for byte in word.encode("utf-8", "surrogatepass"))


def decode(pieces: Iterable[bytes]) -> str:
    """The text that `pieces` are the bytes of: the opposite of `encode`. Raises ValueError where they are no text."""
    try:
        return b"".join(pieces).decode("utf-8", "surrogatepass")
    except (TypeError, UnicodeDecodeError):
        raise ValueError("pieces must be bytes that together are a text in UTF-8") from None


def pair_counts(words: Mapping[Pieces, int]) -> Counter:
    """How often each two pieces stand together in `words`, a number of occurrences for each word in pieces."""
    counts: Counter = Counter()
    for pieces, times in words.items():
        for pair in pairwise(pieces):
            counts[pair] += times
    return counts


@checked(counts=_counts, n_merges=whole(0, MAX_MERGES))
def learn_merges(counts: Mapping[str, int], n_merges: int) -> BytePairs:
    """The first `n_merges` merges of a corpus whose words and their numbers of occurrences are `counts`.

    The most frequent pair first; of equally frequent ones the first by their bytes, so that the same corpus always gives
    the same merges. Fewer where no pair stands together twice any more.
    """
    words = Counter({bytes_of(word): times for word, times in counts.items()})
    merges = []
    while len(merges) < n_merges:
        ranking = rank_pairs(words, 1)
        if not ranking or ranking[0].count < LEAST:
            break
        merges.append(ranking[0])
        words = Counter({_merged(pieces, ranking[0]): times for pieces, times in words.items()})
    return BytePairs(tuple(merges))


@checked(most=whole(1))
def rank_pairs(words: Mapping[Pieces, int], most: int) -> list[Merge]:
    """The `most` frequent pairs of `words` in pieces, the most frequent first, equal ones by their bytes."""
    ranking = sorted(pair_counts(words).items(), key=lambda item: (-item[1], item[0]))
    return [Merge(*pair, count) for pair, count in ranking[:most]]


@checked(sentences=each(text))
def word_counts(sentences: Sequence[str]) -> Counter:
    """How often each word, in lower case and without punctuation, stands in `sentences`."""
    return Counter(word for sentence in sentences for word in words_of(sentence))


@cache
def toy_word_counts() -> Counter:
    """How often each word stands in the toy corpus. Shared by all who ask: not to be changed."""
    return word_counts(toy_corpus())


@checked(counts=_counts, tokeniser=kind_of(BytePairs), n_merges=whole(0))
def corpus_in_pieces(counts: Mapping[str, int], tokeniser: BytePairs, n_merges: int) -> dict[Pieces, int]:
    """The words of a corpus in pieces after `n_merges` merges, with their numbers of occurrences."""
    return {tuple(tokeniser.encode(word, n_merges)): times for word, times in counts.items()}


def count_pieces(words: Mapping[Pieces, int]) -> int:
    """How many pieces a corpus of `words` in pieces has in all."""
    return sum(len(pieces) * times for pieces, times in words.items())


def _merged(pieces: Pieces, merge: Merge) -> Pieces:
    """`pieces` with every pair of `merge` made one, from left to right."""
    if merge.left not in pieces or merge.right not in pieces:
        return pieces
    merged, i = [], 0
    while i < len(pieces):
        if i + 1 < len(pieces) and pieces[i] == merge.left and pieces[i + 1] == merge.right:
            merged.append(merge.piece)
            i += 2
        else:
            merged.append(pieces[i])
            i += 1
    return tuple(merged)
