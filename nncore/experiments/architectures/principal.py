"""The linear autoencoder and its end: principal component analysis.

Without activations the network is one matrix of rank d. Of all of them the projection onto the first d principal
components has the least squared error, and every other point where the gradient is zero is a saddle (Baldi and Hornik,
1989). So training must end there from every start, in the subspace; its directions within it are its own.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from nncore.arguments import array, checked, kind_of, whole
from nncore.models.autoencoder import Autoencoder
from nncore.training.lbfgs import descend

Array = np.ndarray

ROUNDING = 1e-20  # of the mean square: an error below it is none, but for rounding
# Passes that a start is expected to take: in any case, and by the variances. Of one below FLAT of the largest the loss
# hardly tells any more.
LEAST, PASSES, SPREAD_POWER, FIRST_POWER, FLAT, MOST_PASSES = 24.0, 0.4, 2.05, 0.68, 1e-5, 4000.0


class Principal(NamedTuple):
    """The first d principal components of a data set: unit directions (d, D), its mean (D,), and the squared error (mean
    over all N * D numbers) that is left."""

    directions: Array
    mean: Array
    error: float


class LinearEnd(NamedTuple):
    """Where one start of a linear autoencoder ended: its squared error, by how large a share that is above the principal
    components' error, and the largest angle between the two subspaces, in degrees."""

    seed: int
    error: float
    excess: float
    angle: float


@checked(X=array("N", "D"), d=whole(1))
def principal_components(X: Array, d: int) -> Principal:
    """The first `d` principal components of X (N, D), and the error left. Raises ValueError for more than there are."""
    if d > min(X.shape):
        raise ValueError(f"d must be at most {min(X.shape)}, got {d}")
    mean = X.mean(axis=0)
    _, lengths, directions = np.linalg.svd(X - mean, full_matrices=False)
    return Principal(directions[:d], mean, float((lengths[d:] ** 2).sum() / X.size))


@checked(X=array("N", "D"))
def principal_errors(X: Array) -> Array:
    """The squared error (D + 1,) that 0, 1, ..., D principal components of X (N, D) leave."""
    lengths = np.zeros(X.shape[1])
    found = np.linalg.svd(X - X.mean(axis=0), compute_uv=False)
    lengths[: len(found)] = found
    return np.append(np.cumsum((lengths**2)[::-1])[::-1], 0.0) / X.size


@checked(A=array("d", "D"), B=array("k", "D"))
def subspace_angle(A: Array, B: Array) -> float:
    """The largest angle, in degrees, between the subspaces that the rows of A (d, D) and of B (d, D) span.

    Worked out from its sine (Björck and Golub, 1973): near 0 the cosine of an angle cannot be told from 1. Raises
    ValueError where their numbers of rows differ.
    """
    if len(A) != len(B):
        raise ValueError(f"B must have {len(A)} rows, as A, got {len(B)}")
    P, Q = (np.linalg.qr(rows.T)[0] for rows in (A, B))
    outside = np.linalg.svd(Q - P @ (P.T @ Q), compute_uv=False)
    return float(np.degrees(np.arcsin(min(1.0, outside[0]))))


@checked(X=array("N", "D"), d=whole(1), seed=whole(0))
def linear_end(X: Array, d: int, seed: int) -> LinearEnd:
    """A linear autoencoder (D, d, D) trained on X (N, D) from the start `seed` to where its loss no longer falls.

    Full batch, by L-BFGS: it learns the loss's curvature from the gradients of the last updates, and so comes to
    the end itself, of which steps of one size would stay short. Where d components leave no error, all of that of the
    network is its excess.
    """
    *_, end = linear_end_in_pieces(X, d, seed)
    return end


def linear_end_in_pieces(X: Array, d: int, seed: int) -> Iterator[LinearEnd | None]:
    """None after every pass over the data, and then what `linear_end` gives: for work that is done in slices."""
    best, model = principal_components(X, d), Autoencoder((X.shape[1], d, X.shape[1]), "identity", seed=seed)
    few = same_moments(X)
    yield None

    def loss(parameters: Array) -> tuple[float, Array]:
        model.parameters = parameters
        return model.loss_and_gradient(few)

    model.parameters = yield from descend(loss, model.parameters)
    error = model.data_loss(X)
    excess = (error - best.error) / best.error if best.error > ROUNDING * np.square(X).mean() else error
    yield LinearEnd(seed, error, float(excess), subspace_angle(decoder_directions(model), best.directions))


@checked(X=array("N", "D"), d=whole(1))
def expected_passes(X: Array, d: int) -> float:
    """About how many passes over X (N, D) a start of `linear_end` takes, by a model: within a factor of two as a rule.

    It was fitted to the counted passes of real and of drawn data with 2 to 64 inputs. They grow with the code, with the
    range of the variances along the principal components, and with how much the first of them stands out.
    """
    variances = np.linalg.svd(X - X.mean(axis=0), compute_uv=False) ** 2
    least = LEAST * d**0.25 * (X.shape[1] / 2) ** 0.35
    if not variances[0]:
        return least
    spread = np.log(variances[0] / max(variances[-1], FLAT * variances[0]))
    stands_out = variances[0] / variances.mean()
    return min(MOST_PASSES, least + PASSES * d**0.75 * (1 + spread) ** SPREAD_POWER * stands_out**FIRST_POWER)


@checked(X=array("N", "D"))
def same_moments(X: Array) -> Array:
    """At most 2 D rows (M, D) with the mean and the covariance of X (N, D); X itself where it has no more rows.

    A linear network's squared error follows from these two alone, so it is the same on either, and cheaper on the fewer.
    """
    N, D = X.shape
    if N <= 2 * D:
        return X
    mean = X.mean(axis=0)
    rows = np.linalg.qr(X - mean, mode="r") * np.sqrt(D / N)  # rows.T @ rows / D is the covariance
    return mean + np.concatenate([rows, -rows])


@checked(model=kind_of(Autoencoder))
def decoder_directions(model: Autoencoder) -> Array:
    """What each number of the code adds to the outputs of a linear autoencoder: (d, D), the last matrix's columns."""
    return np.array(model.matrices()[-1][:, :-1].T)
