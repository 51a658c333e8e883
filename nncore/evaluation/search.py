"""Searches: two settings tried in many combinations, each network judged on the validation set.

A grid tries every combination of the values; a random search draws as many from the same ranges (Bergstra and Bengio, 2012).
Combinations that differ in numbers alone (rate, penalty, first weights) are trained at once, as one stack; the others stack
by stack.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from nncore.arguments import check_fields, checked, each, kind_of, one_of, set_fields, whole
from nncore.checks import require_kind, require_whole
from nncore.evaluation.together import Recipe, Together, together_bytes
from nncore.experiments.costs import cost_of
from nncore.experiments.experiment import Experiment, build_network, build_split
from nncore.experiments.stacks import mean_losses, outputs_of, runs_that_fit, stack
from nncore.handed_out import handed_out
from nncore.metrics import accuracy, r_squared

Array = np.ndarray

# The settings that can be searched, with the values that are tried. `hidden` is the width of every hidden layer.
SEARCHED: dict[str, tuple] = {
    "learning_rate": (0.001, 0.003, 0.01, 0.03, 0.1, 0.3),
    "l2": (0.0, 0.0001, 0.001, 0.003, 0.01, 0.1),
    "hidden": (1, 2, 4, 8, 16, 32),
    "batch_size": (1, 5, 10, 20, 50, None),
    "weight_seed": (0, 1, 2, 3, 4, 5),
}
TOGETHER = {"learning_rate": 0.03, "l2": 0.0, "l1": 0.0, "weight_seed": 0, "start": 0}  # settings that leave shapes alone
MOST_VALUES, MAX_EPOCHS = 12, 1000


@dataclass(frozen=True)
class Search:
    """What is tried: the settings `across` and `upwards`, and for each a tuple of values; every network for `epochs` epochs.

    A recorded training with a frame for each stack. Stop rules are ignored. With a `sample`, so many combinations drawn at
    random are tried in place of all. Raises ValueError out of range.
    """

    experiment: Experiment
    across: str = "learning_rate"
    upwards: str = "hidden"
    across_values: tuple = SEARCHED["learning_rate"]
    upwards_values: tuple = SEARCHED["hidden"]
    epochs: int = 100
    sample: int = 0
    seed: int = 0

    def __post_init__(self):
        require_kind("experiment", self.experiment, Experiment)
        check_fields(self, across=one_of(SEARCHED), upwards=one_of(SEARCHED), across_values=each(_as_is, 1, MOST_VALUES),
                     upwards_values=each(_as_is, 1, MOST_VALUES), epochs=whole(1, MAX_EPOCHS),
                     sample=whole(0, MOST_VALUES**2), seed=whole(0, 2**31))  # fmt: skip
        if self.across == self.upwards:
            raise ValueError(f"upwards must be another setting than across, got {self.upwards} twice")
        set_fields(self, experiment=self.experiment.without_stop_rule())
        if not len(build_split(self.experiment).validation):
            raise ValueError("validation must be above 0 percent, as networks are chosen by it, got a split without it")
        try:
            # What is searched is set to one value, so that it makes no other key.
            set_fields(self, experiment=self.cell(0, 0))
            _ = self.cells
        except ValueError as error:
            raise ValueError(f"across_values and upwards_values must hold values of their settings: {error}") from None

    @cached_property
    def cells(self) -> list[tuple[int, int, Experiment]]:
        """What is tried, (row, column, experiment) each, in order."""
        places = [(row, column) for row in range(len(self.upwards_values)) for column in range(len(self.across_values))]
        if self.sample:
            order = np.random.default_rng(self.seed).permutation(len(places))[: self.sample]
            places = [places[number] for number in sorted(order)]
        return [(row, column, self.cell(row, column)) for row, column in places]

    @checked(row=whole(0, MOST_VALUES), column=whole(0, MOST_VALUES))
    def cell(self, row: int, column: int) -> Experiment:
        """The experiment of one combination: row of `upwards_values`, column of `across_values`."""
        require_whole("row", row, 0, len(self.upwards_values) - 1)
        require_whole("column", column, 0, len(self.across_values) - 1)
        changed = with_setting(self.experiment, self.across, self.across_values[column])
        return with_setting(changed, self.upwards, self.upwards_values[row])

    @cached_property
    def stacks(self) -> list[list[tuple[int, int, Experiment]]]:
        """The cells, those together that are trained as one stack, as many as fit into memory."""
        found: dict[Experiment, list] = {}
        for cell in self.cells:
            found.setdefault(replace(cell[2], **TOGETHER), []).append(cell)
        n_train, blocks = len(build_split(self.experiment).train), []
        for e, some in found.items():
            at_once = runs_that_fit(e, min(e.batch_size or n_train, n_train), len(some))
            blocks += [some[begin : begin + at_once] for begin in range(0, len(some), at_once)]
        return blocks

    @property
    def n_frames(self) -> int:
        """Frames of the whole recording: one before any training, and one after each stack."""
        return len(self.stacks) + 1

    @property
    def n_bytes(self) -> int:
        """Memory that it takes at its height, in bytes."""
        n_train = len(build_split(self.experiment).train)
        return 300_000 + max(together_bytes(some[0][2], len(some), n_train) for some in self.stacks)

    @property
    def seconds(self) -> float:
        """Time that the search will take, by a model, in seconds."""
        costs = [cost_of(some[0][2], some[0][2].batch_size, len(some)) for some in self.stacks]
        return sum(cost.seconds(self.epochs * cost.updates_per_epoch) for cost in costs)

    def record(self) -> Iterator["SearchOutcome | None"]:
        """What is known after every stack."""
        shape = len(self.upwards_values), len(self.across_values)
        scores = np.full((*shape, 4), np.nan)
        yield SearchOutcome(self, scores.copy(), 0)
        done = 0
        for some in self.stacks:
            found = None
            for found in trained_scores([experiment for *_, experiment in some], self.epochs):
                if found is None:
                    yield None
            for (row, column, _), cell_scores in zip(some, found, strict=True):
                scores[row, column] = cell_scores
            done += len(some)
            yield SearchOutcome(self, scores.copy(), done)


@handed_out
@dataclass(frozen=True, eq=False)
class SearchOutcome:
    """Training loss, validation loss, training score, validation score of each combination, (rows, columns, 4).

    nan where a combination was not tried, or diverged. `done` counts those that were tried.
    """

    search: Search
    scores: Array
    done: int

    @property
    def n_bytes(self) -> int:
        """Memory that is held, in bytes."""
        return self.scores.nbytes

    @property
    def best(self) -> tuple[int, int] | None:
        """Row and column of the lowest validation loss; None where there is none yet."""
        losses = self.scores[..., 1]
        if np.isnan(losses).all():
            return None
        row, column = np.unravel_index(np.nanargmin(losses), losses.shape)
        return int(row), int(column)


@checked(experiment=kind_of(Experiment), name=one_of(SEARCHED))
def with_setting(experiment: Experiment, name: str, value: object) -> Experiment:
    """The experiment with this value of a searched setting; as `hidden` a width for every hidden layer that it has.

    Raises ValueError for a value that cannot be.
    """
    changes = {name: value}
    try:
        if name == "hidden":
            width = whole(1)("hidden", value, {})
            changes = {"hidden": (width,) * max(1, len(experiment.hidden)), "activation": experiment.activation or ("tanh",)}
        return experiment.with_changes(**changes)
    except ValueError as error:
        raise ValueError(f"value must be one of the setting {name}: {error}") from None


def trained_scores(experiments: list[Experiment], epochs: int) -> Iterator[Array | None]:
    """None while they train, and then the scores (R, 4) of experiments that differ in `TOGETHER` alone.

    A row is that of `experiments.frames.evaluate`: both losses, then both scores; nan where the network diverged.
    """
    e, split = experiments[0], build_split(experiments[0])
    network = stack(e, np.stack([build_network(other).parameters for other in experiments]))
    rates, l1, l2 = (np.array([getattr(other, name) for other in experiments]) for name in ("learning_rate", "l1", "l2"))
    recipe = Recipe(epochs, e.optimizer, e.batch_size, e.batch_seed, e.schedule)
    yield from Together(network, split.X_train, split.y_train, recipe, rates, (l1, l2)).train()
    losses, scores = [], []
    for X, y in ((split.X_train, split.y_train), (split.X_validation, split.y_validation)):
        yield None
        outputs = outputs_of(network, X)
        with np.errstate(over="ignore", invalid="ignore"):
            losses.append(mean_losses(network, X, y))
            scores.append(r_squared(outputs, y) if e.is_regression else accuracy(outputs, y, e.output))
    found = np.stack([*losses, *scores], axis=1)
    found[~np.isfinite(found[:, :2]).all(axis=1)] = np.nan
    yield found


@checked(search=kind_of(Search), n_jobs=whole(-64, 64))
def run_search(search: Search, n_jobs: int = 1) -> SearchOutcome:
    """The whole search, its stacks in `n_jobs` processes of joblib (-1: as many as there are cores); the same as recorded.

    Inside `joblib.parallel_config` the stacks go to whatever backend that names.
    """
    from sklearn.utils.parallel import Parallel, delayed

    if n_jobs == 0:
        raise ValueError("n_jobs must be -64 to 64 and not 0, got 0")
    found = Parallel(n_jobs=n_jobs)(
        delayed(_last_scores)([experiment for *_, experiment in some], search.epochs) for some in search.stacks
    )
    scores = np.full((len(search.upwards_values), len(search.across_values), 4), np.nan)
    for some, rows in zip(search.stacks, found, strict=True):
        for (row, column, _), cell_scores in zip(some, rows, strict=True):
            scores[row, column] = cell_scores
    return SearchOutcome(search, scores, len(search.cells))


def _last_scores(experiments: list[Experiment], epochs: int) -> Array:
    *_, found = trained_scores(experiments, epochs)
    return found


def _as_is(name: str, value: object, sizes: dict) -> object:
    return value
