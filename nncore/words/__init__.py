"""Words: from a text to tokens, from tokens to vectors, and the products of all vectors with each other.

The matrix of these products is what attention begins with; its diagonal can be computed from the rest of it.
"""

from nncore.words.corpus import CATEGORIES, category_of, toy_corpus
from nncore.words.graphemes import JOINER, NON_JOINER
from nncore.words.hidden_diagonal import (
    MAX_WORDS,
    MIN_WORDS,
    DiagonalRun,
    DiagonalTraining,
    HiddenDiagonalSettings,
    root_mean_square,
)
from nncore.words.outer_product import (
    asymmetry,
    best_blocks,
    diagonal_from_rest,
    diagonal_is_largest,
    diagonal_is_tied,
    has_unit_lengths,
    hide_diagonal,
    largest_in_row,
    needed_words,
    zero_rows,
)
from nncore.words.skipgram import Embedding, SkipGramSettings, guessing_loss
from nncore.words.text import (
    MAX_CHARACTERS,
    MAX_TOKENS,
    MAX_WORD,
    TOKEN_RULE,
    TextStages,
    TextSteps,
    text_stages,
    tokenise,
    visible_line,
    words_of,
)
from nncore.words.vectors import VECTORS, nearest, principal_plane, word_vectors

__all__ = [
    "CATEGORIES",
    "JOINER",
    "MAX_CHARACTERS",
    "MAX_TOKENS",
    "MAX_WORD",
    "MAX_WORDS",
    "MIN_WORDS",
    "NON_JOINER",
    "TOKEN_RULE",
    "VECTORS",
    "DiagonalRun",
    "DiagonalTraining",
    "Embedding",
    "HiddenDiagonalSettings",
    "SkipGramSettings",
    "TextStages",
    "TextSteps",
    "asymmetry",
    "best_blocks",
    "category_of",
    "diagonal_from_rest",
    "diagonal_is_largest",
    "diagonal_is_tied",
    "guessing_loss",
    "has_unit_lengths",
    "hide_diagonal",
    "largest_in_row",
    "nearest",
    "needed_words",
    "principal_plane",
    "root_mean_square",
    "text_stages",
    "tokenise",
    "toy_corpus",
    "visible_line",
    "word_vectors",
    "words_of",
    "zero_rows",
]
