"""The outer product of a sentence with itself: M = E E^T, every word's vector times every other's (the Gram matrix).

With one row of E (T, d) per word, M[i, j] is the dot product of words i and j, so M is symmetric and its diagonal holds
squared lengths. Where the rows have length 1 the diagonal is all ones and the largest of each row; in general neither
holds. And the diagonal says nothing new: it follows from the other cells where there are enough of them.
"""

from itertools import combinations

import numpy as np

from nncore.arguments import array, checked, whole
from nncore.checks import require_array, require_whole

Array = np.ndarray

# A block that enlarges rounding errors by more than this gives no useful answer.
WORST_CONDITION = 1e10
# With many words there are too many pairs of blocks to try them all.
TRIED_BLOCKS = 60
MOST_WORDS = 5000  # whose outer product takes 200 MB


def outer_product(E: Array) -> Array:
    """M = E E^T (T, T) of word vectors E (T, d), or x x^T of one number per word x (T,); for at most 5,000 words."""
    E = _few_rows(E)
    return E @ E.T


@checked(A=array("T", "d"), B=array("S", "d"))
def dot_products(A: Array, B: Array) -> Array:
    """M = A B^T (T, S): every vector of A (T, d) times every vector of B (S, d). With B = A it is the Gram matrix."""
    return A @ B.T


def outer_terms(E: Array) -> Array:
    """The outer product of each column of E (T, d) with itself, (d, T, T): one for each number of a word; their sum is M."""
    E = _few_rows(E)
    if E.shape[1] * len(E) ** 2 > MOST_WORDS**2:
        raise ValueError(f"E must make at most {MOST_WORDS**2:,} terms, got {E.shape[1]} times {len(E):,} squared")
    return E.T[:, :, None] * E.T[:, None, :]


@checked(M=array("T?", "T?"))
def asymmetry(M: Array) -> float:
    """The largest |M - M^T|: 0 for a symmetric matrix."""
    return float(np.abs(M - M.T).max(initial=0.0))


@checked(M=array("T", "T"))
def diagonal_is_largest(M: Array) -> Array:
    """For each row of M (T, T), whether no cell is larger than the one on the diagonal, as bools (T,).

    Cells that differ by rounding alone count as equal.
    """
    diagonal = np.diag(M)
    return M.max(axis=1) <= diagonal + 1e-12 * np.abs(M).max(initial=0.0)


@checked(M=array("T", "T"))
def diagonal_is_tied(M: Array) -> Array:
    """For each row of M (T, T), whether another cell is as large as the one on the diagonal and none is larger, (T,)."""
    others = np.where(np.eye(len(M), dtype=bool), -np.inf, M).max(axis=1)
    return diagonal_is_largest(M) & (others >= np.diag(M) - 1e-12 * np.abs(M).max(initial=0.0))


@checked(M=array("T?", "T?"))
def zero_rows(M: Array) -> Array:
    """For each row of M (T, T), whether all its cells are 0, (T,)."""
    return ~M.any(axis=1)


@checked(M=array("T", "T"))
def largest_in_row(M: Array) -> Array:
    """For each row of M (T, T), the column of its largest cell off the diagonal, (T,); the row's own where T is 1."""
    off = np.where(np.eye(len(M), dtype=bool), -np.inf, M)
    return off.argmax(axis=1)


def has_unit_lengths(E: Array) -> bool:
    """Whether every word vector of E (T, d) has length 1, which makes the diagonal of M all ones."""
    return bool(np.allclose((_as_rows(E) ** 2).sum(axis=1), 1.0, rtol=0, atol=1e-6))


def needed_words(dimensions: int) -> int:
    """How many words suffice in general to tell the diagonal from the other cells: 2d + 1."""
    return 2 * require_whole("dimensions", dimensions, 1) + 1


@checked(M=array(..., "T", "T", limit=None))
def hide_diagonal(M: Array) -> Array:
    """A copy of M (..., T, T) with zeros on the diagonal."""
    return M * (1.0 - np.eye(M.shape[-1]))


@checked(M=array("T", "T"), dimensions=whole(1, MOST_WORDS))
def diagonal_from_rest(M: Array, dimensions: int) -> Array:
    """The diagonal (T,) of M = E E^T (T, T) computed from the other cells alone, for d numbers per word.

    M_ii = M_iJ (M_KJ)^-1 M_Ki with J, K disjoint sets of d other words; for d = 1 this is M_ij M_ik / M_jk. Of the sets
    tried the best conditioned is taken; a word for which none can be inverted gets NaN. Raises ValueError for fewer
    than 2d + 1 words.
    """
    n_words, needed = len(M), needed_words(dimensions)
    if n_words < needed:
        raise ValueError(f"M must have at least 2d + 1 = {needed} words for d = {dimensions}, got {n_words}")
    diagonal = np.full(n_words, np.nan)
    for i in range(n_words):
        blocks = best_blocks(M, i, dimensions)
        if blocks is not None:
            J, K = blocks
            diagonal[i] = M[i, J] @ np.linalg.solve(M[np.ix_(K, J)], M[K, i])
    return diagonal


@checked(M=array("T", "T"), i=whole(0), dimensions=whole(1, MOST_WORDS))
def best_blocks(M: Array, i: int, dimensions: int) -> tuple[Array, Array] | None:
    """The disjoint sets J, K (d,) of words other than i whose block M_KJ is best conditioned, or None.

    Words that are a copy of word i are taken only where there is no answer without them: with one, the formula's first
    factor is the hidden cell itself, and nothing would be shown.
    """
    i = require_whole("i", i, 0, len(M) - 1)
    if len(M) <= 2 * dimensions:
        raise ValueError(f"M must have at least 2d + 1 = {2 * dimensions + 1} words for d = {dimensions}, got {len(M)}")
    copies = np.array([_are_copies(M, i, j) for j in range(len(M))])
    others = np.arange(len(M)) != i
    found = None
    if (others & ~copies).sum() >= 2 * dimensions:
        found = _best_of(M, np.flatnonzero(others & ~copies), dimensions)
    return found if found is not None or not copies.any() else _best_of(M, np.flatnonzero(others), dimensions)


def _are_copies(M: Array, i: int, j: int) -> bool:
    """Whether words i and j have the same products with all the others, as far as these are not hidden."""
    rest = np.ones(len(M), dtype=bool)
    rest[[i, j]] = False
    return i != j and bool(np.abs(M[i, rest] - M[j, rest]).max(initial=0.0) <= 1e-12 * np.abs(M).max(initial=0.0))


def _best_of(M: Array, others: Array, dimensions: int) -> tuple[Array, Array] | None:
    """The sets J, K (d,) among the words `others` whose block is best conditioned, or None where none can be inverted."""
    J, K = _candidate_blocks(others, dimensions)
    smallest = np.linalg.svd(M[K[:, :, None], J[:, None, :]], compute_uv=False)[:, -1]
    best = int(smallest.argmax())
    # Against the largest cell: a block of one tiny number is perfectly conditioned and yet all rounding.
    return (J[best], K[best]) if smallest[best] * WORST_CONDITION > np.abs(M).max() else None


def _candidate_blocks(others: Array, dimensions: int) -> tuple[Array, Array]:
    """Pairs of disjoint sets of `dimensions` of the `others`, (C, d) each: all for d = 1, else some drawn at random."""
    if dimensions == 1:
        pairs = others[np.array(list(combinations(range(len(others)), 2)))]
        return pairs[:, :1], pairs[:, 1:]
    drawn = np.random.default_rng(0).permuted(np.tile(others, (TRIED_BLOCKS, 1)), axis=1)
    return drawn[:, :dimensions], drawn[:, dimensions : 2 * dimensions]


def _few_rows(E: Array) -> Array:
    E = _as_rows(E)
    if len(E) > MOST_WORDS:
        raise ValueError(f"E must have at most {MOST_WORDS:,} words, got {len(E):,}")
    return E


def _as_rows(E: Array) -> Array:
    E = require_array("E", E)
    if E.ndim not in (1, 2):
        raise ValueError(f"E must have the shape (T, d) or (T,), got {E.shape}")
    return E[:, None] if E.ndim == 1 else E
