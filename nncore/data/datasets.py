"""Datasets: what can be learned from.

A dataset is a table of inputs X, one row an example, and for each row what the network should say: a class
label or a number. All come through `load_dataset`, with noise, sample count and seed; `DATASETS` lists those
that are built in.
"""

from collections.abc import Sequence

import numpy as np

from nncore.arguments import each
from nncore.checks import require_number, require_one_of, require_whole
from nncore.data.dataset import Dataset
from nncore.data.own.parsing.kinds import dataset_kind, is_own
from nncore.data.table import DATASETS, DatasetKind

__all__ = ["DATASETS", "Dataset", "DatasetKind", "load_dataset"]

MAX_NOISE = 50  # percent


def load_dataset(
    name: str, samples: int | None = None, noise: float = 0, seed: int = 0, columns: Sequence[int] = ()
) -> Dataset:
    """The dataset `name`, of the table or a person's own (see `dataset_kind`), the same for the same arguments.

    `samples` is the number of examples (None: the table's default), `noise` is in percent, 0 to 50; neither
    changes the four corners. `columns` are the indices of the input columns to keep, in that order, () for
    all; only data with more than two columns can be cut down. Raises ValueError that names the argument, the
    rule and the value.
    """
    if not is_own(name):
        require_one_of("name", name, DATASETS)
    kind = dataset_kind(name)
    fraction = require_number("noise", noise, 0, MAX_NOISE) / 100
    rng = np.random.default_rng(require_whole("seed", seed, 0))
    if samples is None or not kind.is_split:
        samples = kind.default_samples
    samples = require_whole("samples", samples, kind.min_samples, kind.max_samples)
    kept = list(_check_columns(columns, kind) or range(kind.n_inputs))
    X, y = kind.make(samples, fraction, rng)
    feature_names = tuple(kind.feature_names[column] for column in kept)
    return Dataset(kind.name, X[:, kept], y, feature_names, kind.class_names, kind.target_name, kind.fill)


def _check_columns(columns: Sequence[int], kind: DatasetKind) -> tuple[int, ...]:
    columns = each(lambda name, column, sizes: column)("columns", columns, {})
    if columns and kind.n_inputs <= 2:
        raise ValueError(f"columns must be empty for {kind.name} (nothing to choose from), got {columns}")
    for position, column in enumerate(columns):
        require_whole(f"columns[{position}]", column, 0, kind.n_inputs - 1)
    if len(set(columns)) < len(columns):
        raise ValueError(f"columns must not repeat, got {columns}")
    return columns
