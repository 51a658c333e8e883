"""Signal propagation: how strongly signals and gradients pass through the layers of a network.

A layer with the same activations for all samples tells the next one nothing, and a gradient of 0 changes nothing. Each layer
multiplies both by its weights and derivatives. Over many layers a factor of a half makes them vanish and one of two makes
them explode: an initializer is there to keep that factor near 1.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np

from nncore.arguments import array, checked, each, networks, number, one_of, rows, stack_of_networks, whole
from nncore.handed_out import handed_out
from nncore.many_starts.restarts.restarts import MAX_STARTS
from nncore.models.activations import ACTIVATIONS
from nncore.models.dense import Network
from nncore.models.initializers import INITIALIZERS

Array = np.ndarray

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
FADES, EXPLODES = 0.1, 10.0  # the last hidden layer's signal over the first one's
NOTHING = 1e-6  # a first layer's signal below this counts as none
ROUNDING = 1e-14  # of the activations' size: a smaller signal is the rounding of their mean
SATURATES = 0.3  # of a network's activations so near an end that the derivative there is below 4 % of the largest
DRAWS = 200
MAX_WIDTH = 10_000


@dataclass(frozen=True, eq=False)
class Spread:
    """How R networks of L hidden layers pass on signals, and gradients back.

    `signal` (R, L) is how far a layer's activations differ from sample to sample: their standard deviation over the samples,
    as a root mean square over the neurons. `activations` (R, L, 5) and `gradients` (R, L + 1, 5) are the 5, 25, 50, 75 and
    95 % quantiles of all activations and of the sizes of the loss's gradient on single weights; `gradient` (R, L + 1) is the
    latter's root mean square. `saturated` (R,) is the share of activations at an end of a sigmoid or a tanh, 0 for others.
    """

    signal: Array
    activations: Array
    gradients: Array
    gradient: Array
    saturated: Array


def spread_in_pieces(network: Network, X: Array, y: Array) -> Iterator[Spread | None]:
    """None after every network of the stack, and then what `measure_spread` gives: for work that is done in slices."""
    spreads = []
    for run in range(network.runs):
        spreads.append(measure_spread(network.of_runs(slice(run, run + 1)), X, y))
        yield None
    yield Spread(*(np.concatenate([getattr(one, field.name) for one in spreads]) for field in fields(Spread)))


@checked(network=stack_of_networks, X=array("N", "D"), y=rows)
def measure_spread(network: Network, X: Array, y: Array) -> Spread:
    """The Spread of a stack of networks on X (N, D), y. Numbers that overflow come back as inf or nan."""
    if len(network.sizes) < 3:
        raise ValueError(f"network must have a hidden layer, got the sizes {network.sizes}")
    with np.errstate(over="ignore", invalid="ignore"):
        hidden = network.forward(X).a[:-1]
        sizes = [np.abs(matrix[..., :-1]) for matrix in network.matrices(network.loss_and_gradient(X, y)[1])]
        return Spread(
            np.stack([signal_of(layer) for layer in hidden], axis=1),
            np.stack([_quantiles(layer) for layer in hidden], axis=1),
            np.stack([_quantiles(layer) for layer in sizes], axis=1),
            np.stack([np.sqrt(np.square(layer).mean(axis=(1, 2))) for layer in sizes], axis=1),
            np.mean([_at_ends(layer, name) for layer, name in zip(hidden, network.activations, strict=True)], axis=0),
        )


@checked(activations=array("R", "N", "H", limit=None))
def signal_of(activations: Array) -> Array:
    """How far the activations (R, N, H) of a layer differ from sample to sample, (R,); 0 where that is only rounding."""
    signal = np.sqrt(activations.var(axis=1).mean(axis=-1))
    size = np.sqrt(np.square(activations).mean(axis=(1, 2)))
    return np.where(signal <= ROUNDING * size, 0.0, signal)


def _quantiles(values: Array) -> Array:
    """The five quantiles (R, 5) of values (R, ...)."""
    return np.quantile(values.reshape(len(values), -1), QUANTILES, axis=1).T


def _at_ends(values: Array, activation: str) -> Array:
    """The share (R,) of activations `values` (R, N, H) near an end of the activation, if it has two."""
    entry = ACTIVATIONS[activation]
    # Within 1 % of its range the derivative of a sigmoid and of a tanh is below 4 % of the largest.
    return entry.near_an_end(values, 0.01 * (entry.bounds[1] - entry.bounds[0])).mean(axis=(1, 2))


@checked(signal=array("L", limit=None), saturated=number(0, 1), distinct=whole(0), width=whole(1))
def judge(signal: Array, saturated: float, distinct: int, width: int) -> str:
    """What becomes of a signal (L,), in a few words; `distinct` is the most neurons of a layer that differ."""
    if width > 1 and distinct == 1:
        return "neurons stay identical"
    if signal[0] < NOTHING:
        return "nothing to pass on"
    with np.errstate(over="ignore", invalid="ignore"):
        ratio = signal[-1] / signal[0]
    if not np.isfinite(ratio) or ratio > EXPLODES:
        return "explodes"
    if ratio < FADES:
        return "fades"
    return "saturates" if saturated > SATURATES else "passes"


@checked(sizes=each(whole(1), 3), X=array("N", "D"), seed=whole(0), start=whole(0))
def signal_ratios(sizes: tuple[int, ...], X: Array, seed: int = 0, start: int = 0) -> Array:
    """The last hidden layer's signal over the first one's for every initializer and activation, (I, A); nan for 0 / 0."""
    ratios = np.empty((len(INITIALIZERS), len(ACTIVATIONS)))
    for column, activation in enumerate(ACTIVATIONS):
        network = first_weights(Network(sizes, activation, initializer="zeros", runs=len(INITIALIZERS)), seed, start)
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            hidden = network.forward(X).a
            ratios[:, column] = signal_of(hidden[-2]) / signal_of(hidden[0])
    return ratios


@handed_out
@dataclass(frozen=True, eq=False)
class PairSurvey:
    """Every initializer with every activation over S starts: `ratios` (S, I, A) as of `signal_ratios`.

    `identical` (I, A) marks pairs that leave a layer with one distinct neuron in every start, `saturated` those with more
    than `SATURATES` of the answers at the ends, at the median: a ratio near 1 says nothing good of either.
    """

    ratios: Array
    identical: Array
    saturated: Array

    @property
    def median(self) -> Array:
        """The median ratio (I, A) over the starts; nan where half of them have none."""
        with np.errstate(invalid="ignore"):
            return np.median(self.ratios, axis=0)


@checked(sizes=each(whole(1), 3), X=array("N", "D"), seed=whole(0), start=whole(0), starts=whole(1, MAX_STARTS))
def survey_pairs(sizes: tuple[int, ...], X: Array, seed: int = 0, start: int = 0, starts: int = 10) -> PairSurvey:
    """The PairSurvey of the `starts` starts from `start` on. Numbers that overflow come back as inf or nan."""
    shape = (starts, len(INITIALIZERS), len(ACTIVATIONS))
    ratios, at_ends, alike = np.empty(shape), np.empty(shape), np.empty(shape, dtype=bool)
    for offset in range(starts):
        for column, activation in enumerate(ACTIVATIONS):
            network = Network(sizes, activation, initializer="zeros", runs=len(INITIALIZERS))
            first_weights(network, seed, start + offset)
            with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
                hidden = network.forward(X).a[:-1]
                ratios[offset, :, column] = signal_of(hidden[-1]) / signal_of(hidden[0])
                at_ends[offset, :, column] = np.mean([_at_ends(layer, activation) for layer in hidden], axis=0)
            neurons = network.matrices()[0]
            alike[offset, :, column] = sizes[1] > 1 and (neurons == neurons[:, :1]).all(axis=(1, 2))
    return PairSurvey(ratios, alike.all(axis=0), np.median(at_ends, axis=0) > SATURATES)


@checked(network=networks, seed=whole(0), start=whole(0))
def first_weights(network: Network, seed: int, start: int) -> Network:
    """The stack `network` with run r at the first weights of initializer number r, all from the same random numbers."""
    activation = network.activations[0] if network.activations else "tanh"
    for run, name in enumerate(INITIALIZERS):
        one = Network(network.sizes, activation, network.output, network.loss, name, seed=seed, start=start)
        network.parameters[run] = one.parameters
    return network


@checked(name=one_of(INITIALIZERS), n_in=whole(1, MAX_WIDTH), n_out=whole(1, MAX_WIDTH), seed=whole(0))
def measured_deviation(name: str, n_in: int, n_out: int, seed: int = 0) -> float:
    """The standard deviation of the weights in 200 matrices (n_out, n_in) drawn by initializer `name`."""
    rng = np.random.default_rng(seed)
    return float(np.std([INITIALIZERS[name].draw(rng, n_out, n_in) for _ in range(DRAWS)]))
