"""The sealed test set: opened once, on purpose, when everything has been chosen.

A validation score has been looked at again and again, and the network was chosen by it. The test set had no part in that,
until it is looked at: then it has been used, for this network and for every other that is judged on the same rows.
"""

import math
from dataclasses import dataclass, replace

import numpy as np

from nncore.arguments import array, checked, kind_of
from nncore.cache import key_of
from nncore.data.own import TABLE, read_table_name, table_name
from nncore.experiments.experiment import Experiment, build_network, build_split
from nncore.handed_out import handed_out
from nncore.metrics import accuracy, r_squared

Array = np.ndarray


@checked(experiment=kind_of(Experiment))
def sealed_rows(experiment: Experiment) -> str:
    """A text that is the same for experiments whose test sets are the same rows.

    The test set is cut first, so neither the validation share nor anything of the network is part of it, nor which columns
    the network is given. (Of a table where rows with gaps are left out, other columns may leave out other rows: most stay.)
    """
    e = experiment
    dataset = table_name(replace(read_table_name(e.dataset), inputs=())) if e.dataset.startswith(TABLE) else e.dataset
    return key_of(dataset, e.samples, e.noise, (), e.test, e.data_seed, e.split_seed)


@handed_out
@dataclass(frozen=True)
class OpenedTest:
    """What an opened test set says: score (accuracy or R²) and loss there, and beside them those on the validation set.

    Validation numbers are nan without such a set. `n_test` and `n_validation` are samples. `is_regression` says which score.
    """

    score: float
    loss: float
    validation_score: float
    validation_loss: float
    n_test: int
    n_validation: int
    is_regression: bool

    @property
    def difference(self) -> float:
        """Test score minus validation score: below 0 where the validation set flattered."""
        return self.score - self.validation_score

    @property
    def chance(self) -> float:
        """How far two accuracies on so many samples differ by chance alone, in 95 of 100 cases; nan for regression."""
        if self.is_regression or not (self.n_test and self.n_validation):
            return math.nan
        right = self.score * self.n_test + self.validation_score * self.n_validation
        share = right / (self.n_test + self.n_validation)
        return 1.96 * math.sqrt(share * (1 - share) * (1 / self.n_test + 1 / self.n_validation))


@checked(experiment=kind_of(Experiment), parameters=array("P"))
def open_test(experiment: Experiment, parameters: Array) -> OpenedTest:
    """The experiment's network with these `parameters` (P,), judged on its test set.

    Raises ValueError where the split holds no test set.
    """
    split, network = build_split(experiment), build_network(experiment)
    if not len(split.test):
        raise ValueError("test must be above 0 percent, got a split without a test set")
    network.parameters = parameters

    def judged(X: Array, y: Array) -> tuple[float, float]:
        if not len(y):
            return math.nan, math.nan
        outputs = network.predict(X)
        score = r_squared(outputs, y) if experiment.is_regression else accuracy(outputs, y, network.output)
        return float(score), float(network.data_loss(X, y))

    with np.errstate(over="ignore", invalid="ignore"):
        test, validation = judged(split.X_test, split.y_test), judged(split.X_validation, split.y_validation)
    return OpenedTest(*test, *validation, len(split.test), len(split.validation), experiment.is_regression)
