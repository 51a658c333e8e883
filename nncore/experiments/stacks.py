"""Stacks: many parameter vectors of one experiment's network, computed at once within a bounded memory."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from nncore.arguments import array, checked, kind_of, rows, stack_of_models, whole
from nncore.checks import LARGEST, require_array
from nncore.experiments.experiment import Experiment, build_network
from nncore.models.dense import Network
from nncore.models.finite import PIECE_BYTES

Array = np.ndarray

WORK_BYTES = PIECE_BYTES
# Of first weights that are drawn in one piece of work: even orthogonal matrices of so many take some 20 ms.
DRAWN_WEIGHTS, DRAWN_RUNS = 100_000, 64


@checked(experiment=kind_of(Experiment), vectors=array("R", "P", limit=LARGEST))
def stack(experiment: Experiment, vectors: Array) -> Network:
    """Networks of the experiment's shape, one for each of the parameter vectors (R, P), as one stack."""
    # Zeros, because first weights would be drawn at some cost only to be overwritten.
    network = build_network(replace(experiment, initializer="zeros"), len(vectors))
    network.parameters = require_array("vectors", vectors, "R", network.n_parameters, limit=LARGEST)
    return network


def drawn_in_pieces(experiment: Experiment, runs: int) -> Iterator[Network | None]:
    """None after every block of runs, and then the networks of `build_network(experiment, runs)` at their first weights."""
    network = build_network(replace(experiment, initializer="zeros"), runs)
    size = max(1, min(DRAWN_RUNS, DRAWN_WEIGHTS // experiment.n_parameters))
    for begin in range(0, runs, size):
        some = min(size, runs - begin)
        drawn = build_network(replace(experiment, start=experiment.start + begin), some)
        network.parameters[begin : begin + some] = drawn.parameters
        yield None
    yield network


@checked(network=stack_of_models, X=array("N", "D"), y=rows)
def mean_losses(network: Network, X: Array, y: Array) -> Array:
    """The data loss (R,) of each run on (X, y), computed on a part of the samples at a time."""
    *_, losses = mean_losses_in_pieces(network, X, y)
    return losses


def mean_losses_in_pieces(network: Network, X: Array, y: Array) -> Iterator[Array | None]:
    """None after every part of the samples, and then what `mean_losses` gives: for work that is done in slices."""
    total = np.zeros(network.runs)
    for part in _parts(network, len(X)):
        with np.errstate(over="ignore", invalid="ignore"):
            total += network.data_loss(X[part], y[part]) * (part.stop - part.start)
        yield None
    yield total / len(X)


@checked(network=stack_of_models, X=array("N", "D"))
def outputs_of(network: Network, X: Array) -> Array:
    """The outputs (R, N, K) of each run on X (N, D), computed on a part of the samples at a time."""
    with np.errstate(over="ignore", invalid="ignore"):
        return np.concatenate([network.predict(X[rows]) for rows in _parts(network, len(X))], axis=1)


@checked(experiment=kind_of(Experiment), n_samples=whole(1), most=whole(1))
def runs_that_fit(experiment: Experiment, n_samples: int, most: int) -> int:
    """How many runs, from 1 to `most`, take about 16 MB or less while they pass all of `n_samples` samples at once."""
    vectors = 8 * 3 * experiment.n_parameters  # the point, the directions' part of it, and the network's own copy
    one = n_samples * build_network(experiment).architecture.bytes_per_sample + vectors
    return max(1, min(most, 2 * WORK_BYTES // one))


def _parts(network: Network, n_samples: int) -> list[slice]:
    size = max(1, WORK_BYTES // (network.runs * network.architecture.bytes_per_sample))
    return [slice(begin, min(begin + size, n_samples)) for begin in range(0, n_samples, size)]
