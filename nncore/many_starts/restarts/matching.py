"""Matching: are two solutions different, or the same one with its neurons in another order?

The neurons of a hidden layer can change places without changing what the network computes; a tanh neuron can flip all its
signs, and the incoming weights of a ReLU neuron may grow as its outgoing ones shrink. So one solution has very many
parameter vectors.
Here neurons of two networks are paired one to one (Hungarian assignment) before the two are compared.
"""

from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from nncore.arguments import array, checked, flag, network, number, whole
from nncore.models.activations import ACTIVATIONS
from nncore.models.dense import Network

Array = np.ndarray

KEPT_BYTES = 16_000_000  # of activations, while many are matched
ROUNDING = 1e-9  # of a vector's length: what the sums of two distances may differ by


@checked(network=network, vectors=array(..., "P"))
def canonical(network: Network, vectors: Array) -> Array:
    """Copies of `vectors` (..., P), same functions: the row of each neuron with a homogeneous activation gets length 1.

    The neuron's outgoing weights are multiplied by what its row is divided by. Rows of zeros stay.
    """
    result = np.array(vectors, dtype=float)
    matrices = network.matrices(result)
    for k, name in enumerate(network.activations):
        if ACTIVATIONS[name].is_homogeneous:
            lengths = np.linalg.norm(matrices[k], axis=-1)
            lengths[lengths == 0] = 1.0
            matrices[k] /= lengths[..., None]
            matrices[k + 1][..., :-1] *= lengths[..., None, :]
    return result


@checked(network=network, reference=array("P"), vector=array("P"), X=array("N", "D"))
def align(network: Network, reference: Array, vector: Array, X: Array) -> Array:
    """`vector` (P,) with its neurons in the order (and for tanh with the signs) nearest to those of `reference` (P,).

    The function stays the same. Layer by layer, neuron i of the one is paired with the neuron j of the other that has the
    most similar activations on X (N, D) and weights. `network` is a single one, used for its shape.
    """
    return _aligned(network, reference, vector, (_activations(network, reference, X), _activations(network, vector, X)))


def _aligned(network: Network, reference: Array, vector: Array, activations: tuple[list[Array], list[Array]]) -> Array:
    """As `align`, where the `activations` (N, n) of each hidden layer of both are known."""
    aligned = vector.copy()
    activations_a, activations_b = activations
    rows_a, rows_b = network.matrices(reference), network.matrices(aligned)
    for k, name in enumerate(network.activations):
        # Of an odd activation, flipping the signs of incoming and outgoing weights changes nothing.
        order, signs = _pair(activations_a[k], activations_b[k], rows_a[k], rows_b[k], ACTIVATIONS[name].is_odd)
        rows_b[k][...] = rows_b[k][order] * signs[:, None]
        rows_b[k + 1][:, :-1] = rows_b[k + 1][:, order] * signs
    return aligned


def _activations(network: Network, vector: Array, X: Array) -> list[Array]:
    """The activations (N, n) of each hidden layer on X under these parameters."""
    network.parameters = vector
    return network.forward(X).a[:-1]


def _pair(activations_a: Array, activations_b: Array, rows_a: Array, rows_b: Array, odd: bool) -> tuple[Array, Array]:
    """For each neuron of a its partner in b, ints (n,), and the sign (n,) with which it is taken."""
    from scipy.optimize import linear_sum_assignment

    # |u - s v|^2 = |u|^2 + |v|^2 - 2 s u.v, both for activations (a mean over the samples) and for weights.
    products = activations_a.T @ activations_b / len(activations_a) + rows_a @ rows_b.T / rows_a.shape[1]
    sizes_a, sizes_b = (
        np.square(activations).mean(axis=0) + np.square(rows).mean(axis=1)
        for activations, rows in ((activations_a, rows_a), (activations_b, rows_b))
    )
    likeness = np.abs(products) if odd else products
    _, order = linear_sum_assignment(sizes_a[:, None] + sizes_b - 2 * likeness)
    signs = np.where(odd & (products[np.arange(len(order)), order] < 0), -1.0, 1.0)
    return order, signs


@checked(a=array("P"), b=array("P"))
def relative_distance(a: Array, b: Array) -> float:
    """How far two parameter vectors (P,) are apart, as a share of the longer one's length: 0 for the same."""
    longest = max(np.linalg.norm(a), np.linalg.norm(b))
    return float(np.linalg.norm(a - b) / longest) if longest > 0 else 0.0


@checked(
    network=network, vectors=array("R", "P"), outputs=array("R", "A"), X=array("N", "D"), tolerance=number(0),
    matched=flag,
)
def same_solutions(
    network: Network, vectors: Array, outputs: Array, X: Array, tolerance: float, matched: bool = True
) -> Array:
    """For each of R parameter vectors (R, P) the number of its solution, int (R,), counted from 0 in the order given.

    A vector belongs to the first solution whose first member lies within `tolerance` (a relative distance), after
    matching unless `matched` is False. `outputs` (R, N) are those on X: vectors whose outputs differ by more than
    `tolerance` on average are not matched at all, as twins have the same outputs.
    """
    *_, labels = solutions_in_pieces(network, vectors, outputs, X, tolerance, matched)
    return labels


def solutions_in_pieces(
    network: Network, vectors: Array, outputs: Array, X: Array, tolerance: float, matched: bool
) -> Iterator[int | Array]:
    """How many vectors are done, after each and before every match, and then what `same_solutions` gives."""
    vectors = canonical(network, vectors) if matched else vectors
    labels, first_members = np.empty(len(vectors), dtype=int), []
    kept = max(2, KEPT_BYTES // (8 * len(X) * max(1, sum(network.sizes[1:-1]))))
    activations = lru_cache(kept)(lambda run: _activations(network, vectors[run], X))
    rows, lengths = _row_lengths(network, vectors), np.linalg.norm(vectors, axis=1)
    nearest = min(tolerance, 2.0) + ROUNDING  # no two vectors are farther apart than twice the longer one
    for run, vector in enumerate(vectors):
        longest = np.maximum(lengths[first_members], lengths[run])
        least = np.linalg.norm(rows[first_members] - rows[run], axis=1)
        for label in np.flatnonzero(least <= nearest * longest):
            member = first_members[label]
            yield run
            if np.abs(outputs[run] - outputs[member]).mean() > tolerance:
                continue
            pair = (activations(member), activations(run)) if matched else None
            other = _aligned(network, vectors[member], vector, pair) if matched else vector
            if relative_distance(vectors[member], other) <= tolerance:
                labels[run] = label
                break
        else:
            labels[run] = len(first_members)
            first_members.append(run)
    yield labels


def _row_lengths(network: Network, vectors: Array) -> Array:
    """The lengths of the rows of all matrices (R, rows), sorted within each.

    No order of neurons and no signs change them, and however rows are paired, they are at least as far apart as their sorted
    lengths: two vectors whose lengths differ by more than a tolerance need not be matched.
    """
    return np.concatenate(
        [np.sort(np.linalg.norm(matrix, axis=-1), axis=-1) for matrix in network.matrices(vectors)], axis=-1
    )


@checked(a=array("P"), b=array("P"), steps=whole(2, 100_000))
def line_between(a: Array, b: Array, steps: int = 41) -> tuple[Array, Array]:
    """Shares (steps,) from 0 to 1 and the parameter vectors (steps, P) on the straight line from a to b."""
    shares = np.linspace(0.0, 1.0, steps)
    return shares, a + shares[:, None] * (b - a)


@checked(shares=array("S"), losses=array("S", limit=None))
def barrier(shares: Array, losses: Array) -> float:
    """The highest rise of losses (S,) over the straight line between their ends (Frankle et al., 2020); at least 0."""
    with np.errstate(over="ignore", invalid="ignore"):
        return float(np.max(losses - ((1 - shares) * losses[0] + shares * losses[-1])))
