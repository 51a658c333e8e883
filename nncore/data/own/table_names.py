"""Names of tables: what was picked of a table, in one line that a link can carry.

A table does not fit into a link. Its name has the digest of its bytes, by which a server finds it, the file's name, by
which a person does, and the columns by their numbers.
"""

import re
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from nncore.arguments import check_fields, checked, each, kind_of, one_of, text, whole
from nncore.checks import shown
from nncore.data.dataset import Dataset
from nncore.data.own.formula import OWN_GROUP
from nncore.data.own.parsing.cells import LONGEST_NAME, set_apart
from nncore.data.own.shelf import SHELF
from nncore.data.own.tables import MISSING_RULES, MOST_ROWS, TASKS, Table, sample_rows
from nncore.data.table import DatasetKind

TABLE = "table."  # begins the dataset's name
FEWEST = 20  # samples that can be asked for, where the table has so many
# All of these are in the fonts of any machine; wide brackets or dollars, which look more like it, are empty boxes on many.
_LOOKS_LIKE = str.maketrans("*`[]<>\\~|", "∗ˋ()‹›∖∼¦") | {ord("$"): "dollar"}
MOVES_COLUMNS = "Adds to each column a random amount, measured in that column's own standard deviation."
_NAME = re.compile(r"table\.([0-9a-f]{16})\.(\d{1,4})\.([\d_-]*)\.([cr])\.(drop|mean)\.(.*)", re.DOTALL)


@dataclass(frozen=True)
class TableChoice:
    """What was picked of a table: the numbers of the target's column and of the inputs' (() for all that say something)."""

    digest: str
    file_name: str
    target: int
    inputs: tuple[int, ...] = ()
    task: str = "classification"
    missing: str = "drop"

    def __post_init__(self) -> None:
        check_fields(self, digest=text, file_name=text, target=whole(0, 9999), inputs=each(whole(0, 9999)),
                     task=one_of(TASKS), missing=one_of(MISSING_RULES))  # fmt: skip


@checked(choice=kind_of(TableChoice))
def table_name(choice: TableChoice) -> str:
    """The name of the dataset; neighbouring columns are written as 3-7."""
    spans: list[list[int]] = []
    for number in choice.inputs:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    inputs = "_".join(f"{low}-{high}" if high > low else str(low) for low, high in spans)
    return f"{TABLE}{choice.digest}.{choice.target}.{inputs}.{choice.task[0]}.{choice.missing}.{choice.file_name}"


@checked(name=text)
def read_table_name(name: str) -> TableChoice:
    """What a name that `table_name` wrote says. Raises ValueError for any other text."""
    found = _NAME.fullmatch(name)
    if not found:
        raise ValueError(f"The name of a table cannot be read from {shown(name)}.")
    digest, target, spans, task, missing, file_name = found.groups()
    inputs: list[int] = []
    for span in filter(None, spans.split("_")):
        low, _, high = span.partition("-")
        if not low.isdigit() or not (high or low).isdigit() or int(high or low) > 9999:
            raise ValueError(f"The columns of a table cannot be read from {shown(spans)}.")
        inputs += range(int(low), int(high or low) + 1)
    tasks = {task[0]: task for task in TASKS}
    return TableChoice(digest, file_name[:60], int(target), tuple(inputs[:1000]), tasks[task], missing)


def chosen_dataset(choice: TableChoice) -> Dataset:
    """The dataset of what was picked, all its rows. Raises UnknownTable, and ValueError for columns that cannot be."""
    return chosen_from(SHELF.get(choice.digest, choice.file_name), choice)


def chosen_from(table: Table, choice: TableChoice) -> Dataset:
    """The dataset of what was picked, from this table. Raises ValueError for columns that cannot be."""
    names = [column.name for column in table.columns]
    for number in (choice.target, *choice.inputs):
        if number >= len(names):
            raise ValueError(f"The table “{table.name}” has {len(names)} columns, and none with the number {number + 1}.")
    inputs = [names[number] for number in choice.inputs] or None
    return table.whole_dataset(names[choice.target], inputs, choice.task, choice.missing)


@dataclass(frozen=True)
class _Rows:
    """Draws rows of what was picked of a table. It holds none itself, so that a table that made room is really gone."""

    choice: TableChoice
    divisor: float

    def __call__(self, samples: int, noise: float, rng: Generator) -> tuple[np.ndarray, np.ndarray]:
        """Rows X and y; each input is moved by a Gaussian of `noise` times its column's deviation."""
        whole = chosen_dataset(self.choice)
        rows = sample_rows(whole, samples, rng)
        X, y = whole.X[rows], whole.y[rows]
        if noise:
            known = ~np.isnan(X)
            count = np.maximum(known.sum(axis=0), 1)
            mean = np.where(known, X, 0.0).sum(axis=0) / count
            spread = np.sqrt(np.where(known, (X - mean) ** 2, 0.0).sum(axis=0) / count)
            X = X + noise * spread * rng.standard_normal(X.shape)
        return X, y if self.divisor == 1 else y / self.divisor


def table_kind(name: str) -> DatasetKind:
    """The entry of the dataset called `name`. Raises UnknownTable for a table that is not there, and ValueError.

    A target of a regression whose deviation is far from 1 is divided by a power of ten, which its name says: a network whose
    target is in the hundreds needs a learning rate of its own.
    """
    choice = read_table_name(name)
    whole = chosen_dataset(choice)
    n_rows, most = len(whole.y), min(len(whole.y), MOST_ROWS)
    divisor = _divisor(whole)
    target = whole.target_name if divisor == 1 else f"{whole.target_name} / {divisor:,.10g}"
    of = f"{most:,} of " if most < n_rows else ""
    about = " ".join([f"{of}{n_rows:,} rows of your table “{choice.file_name or 'table'}”.", *whole.notes])
    shown = [_all_visible(names) for names in (whole.class_names, whole.feature_names)]
    return DatasetKind(
        table_name(choice), visible(choice.file_name) or "Your table", OWN_GROUP, about, MOVES_COLUMNS,
        _Rows(choice, divisor), *shown, visible(target), default_samples=most, min_samples=min(FEWEST, most),
        max_samples=most, extent=None, fill=whole.fill,
    )  # fmt: skip


def visible(name: str) -> str:
    """A name of a file, as it can stand in a sentence or a figure: letters that Markdown and HTML read are replaced."""
    return _like(name)[:LONGEST_NAME]


def _like(name: str) -> str:
    return " ".join(name.split()).translate(_LOOKS_LIKE)


def _all_visible(names: tuple[str, ...]) -> tuple[str, ...]:
    """As `visible`, of each name; two that would be the same there are told apart by a number."""
    found: list[str] = []
    for name in names:
        found.append(set_apart(_like(name), found))
    return tuple(found)


def _divisor(dataset: Dataset) -> float:
    deviation = float(dataset.y.std()) if dataset.is_regression else 1.0
    return 1.0 if 0.05 <= deviation <= 10 or deviation == 0 else float(10.0 ** np.rint(np.log10(deviation)))
