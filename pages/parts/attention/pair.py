"""Two sentences as vectors, and what the product of these says, in sentences made of its numbers."""

from dataclasses import dataclass

import numpy as np

from nncore.words.accidents import BEYOND, Cell, beyond_accident, measured_spread, random_spread, unlike_words
from nncore.words.outer_product import dot_products
from pages.parts.fields.numbers import short

NAMED = 3  # pairs of words


@dataclass(frozen=True)
class Pair:
    """Two sentences: their words, and their vectors A (T, d) and B (S, d), of length 1, or 0 for a word without one.

    Where the vectors are learned, `corpus` holds all words that have one.
    """

    first: list[str]
    second: list[str]
    A: np.ndarray
    B: np.ndarray
    kind: str
    corpus: tuple[str, ...] = ()

    @property
    def product(self) -> np.ndarray:
        """M = A B^T, (T, S)."""
        return dot_products(self.A, self.B)

    @property
    def unlike(self) -> np.ndarray:
        """Which cells of M are of two different words, (T, S)."""
        return unlike_words(self.first, self.second)

    @property
    def known(self) -> np.ndarray:
        """Which cells of M are of two words with a vector, (T, S)."""
        return self.A.any(axis=1)[:, None] & self.B.any(axis=1)

    @property
    def unknown(self) -> list[str]:
        """The words without a vector, each once."""
        words, rows = [*self.first, *self.second], np.vstack([self.A, self.B])
        return list(dict.fromkeys(word for word, row in zip(words, rows, strict=True) if not row.any()))


def lengths_in_words(pair: Pair) -> str:
    """How long the vectors are, and so which cells of M are cosines."""
    if not pair.unknown:
        return "All lengths are 1, so each number is a cosine."
    sides = [name for name, rows in (("first", pair.A), ("second", pair.B)) if not rows.any()]
    if sides:
        whose = f"the {sides[0]} sentence" if len(sides) == 1 else "either sentence"
        return f"The corpus knows no word of {whose}, so every product is 0, and none of them is a cosine."
    return ("Every word of the corpus has a vector of length 1, so the product of two such words is a cosine. A word that "
            "is not in it has length 0: its row or column is zeros, not cosines.")


def same_in_words(pair: Pair) -> str:
    """How many pairs there are of a known word with itself, and what their products are."""
    same = int((~pair.unlike & pair.known).sum())
    if not same:
        which = "No word" if pair.unlike.all() else "No word of the corpus"
        return f"{which} stands in both sentences, so no cell is a word times itself, which would be 1."
    return (f"Pairs of the same word: {same}, {'each with a' if same > 1 else 'with a'} product of 1, because every word "
            "has one vector of length 1.")  # fmt: skip


def notice(pair: Pair) -> str:
    """What the cells of unlike words are worth, computed against the spread of random directions."""
    d, unlike = pair.A.shape[1], pair.unlike & pair.known
    count = int(unlike.sum())
    if not count and pair.unknown:
        return "no cell is of two different words of the corpus: there is nothing to compare."
    if not count:
        return "every cell is of a word with itself: there are no unlike words to compare."
    chance, measured = random_spread(d), measured_spread(pair.product, unlike)
    if pair.kind == "random":
        cells = "the hatched cell is an **accident**" if count == 1 else f"the {count} hatched cells are **accidents**"
        return (f"{cells}: random vectors know nothing of what words mean. They spread by {short(measured)} around 0, and "
                f"chance alone gives 1/√{d} = {short(chance)} for {d} numbers per word. Random vectors carry one fact: "
                "whether two words are the same.")
    far = beyond_accident(pair.product, unlike, d)
    kind = "unlike words of the corpus" if pair.unknown else "unlike words"
    bound = f"±{short(BEYOND * chance)}, twice the spread 1/√{d} that random vectors of {d} numbers would have"
    if not far:
        begin = f"none of the {count} cells of {kind} lies" if count > 1 else f"the only cell of {kind} does not lie"
        return f"{begin} beyond {bound}: no pair here is more than an accident."
    named = dict.fromkeys(f"*{pair.first[c.row]}* and *{pair.second[c.column]}* {short(c.value)}" for c in far)
    begin = f"{len(far)} of the {count} cells" if count > 1 else "the only cell"
    lie = "lies" if len(far) == 1 else "lie"
    return (f"{begin} of {kind} {lie} beyond {bound}. Farthest: "
            f"{', '.join(list(named)[:NAMED])}. {company_words(far)}")  # fmt: skip


def company_words(far: list[Cell]) -> str:
    """What cosines beyond an accident say of the words' company in the corpus."""
    signs = {cell.value > 0 for cell in far}
    if signs == {True}:
        return "Such words keep the same company in the corpus."
    return ("Such words keep opposite company in the corpus." if signs == {False}
            else "Words with a large cosine keep the same company in the corpus, those with one near −1 opposite company.")
