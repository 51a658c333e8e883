"""Table: what a person's file holds, and the dataset that follows once a target and inputs are picked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from nncore.arguments import check_fields, checked, each, function, kind_of, one_of, optional, set_fields, text, whole
from nncore.cache import Memo
from nncore.checks import shown
from nncore.data.dataset import Dataset
from nncore.data.own.parsing.columns import CLASS, CONSTANT, DATE, NUMBER, TEXT, Column
from nncore.data.own.parsing.limits import MOST_CLASSES
from nncore.data.shares import stratified_rows

MOST_ROWS = 5000  # that are trained on
FEWEST_ROWS = 3  # one for each of the sets
FEW = 3  # fewer rows of a class are worth a note
TASKS, MISSING_RULES = ("classification", "regression"), ("drop", "mean")
SAMPLE_SEED = 0
MOST_ENTRIES = 2  # that a table keeps; each is small, and counts as one


@dataclass(frozen=True, eq=False)
class Table:
    """A table: its `columns`, the number of its rows, and `notes`, one sentence for everything that was decided.

    `name` is that of the file, `digest` a short text that only the same bytes have, and `packed` those bytes, to
    go along with a saved run; none of a large file.
    """

    name: str
    columns: tuple[Column, ...]
    n_rows: int
    notes: tuple[str, ...] = ()
    digest: str = ""
    packed: bytes = field(default=b"", repr=False)
    by_name: dict[str, Column] = field(init=False, repr=False)
    _entries: Memo = field(init=False, repr=False, default_factory=lambda: Memo(MOST_ENTRIES))

    def __post_init__(self) -> None:
        check_fields(
            self, name=text, columns=each(kind_of(Column)), n_rows=whole(0), notes=each(text), digest=text,
            packed=kind_of(bytes),
        )  # fmt: skip
        set_fields(self, by_name={column.name: column for column in self.columns})

    def __reduce__(self) -> tuple[type, tuple[Any, ...]]:
        """How another process makes it again, without the bytes of its file and without what was made of it here."""
        return type(self), (self.name, self.columns, self.n_rows, self.notes, self.digest)

    @property
    def n_bytes(self) -> int:
        """Bytes that the table takes."""
        return sum(column.n_bytes for column in self.columns) + 1000 * len(self.columns) + len(self.packed)

    @checked(name=text, make=function)
    def entry(self, name: str, make: Callable[[], Any]) -> Any:
        """What `make` gives for a choice of columns called `name`; the last ones are kept, and go when the table goes."""
        return self._entries.fetch(name, make, 1)

    def column(self, name: str) -> Column:
        """The column called `name`. Raises ValueError where there is none."""
        if not isinstance(name, str) or name not in self.by_name:
            names = ", ".join(f"“{column.name}”" for column in self.columns[:20])
            raise ValueError(f"The table has no column {shown(name)}; its columns are {names}.")
        return self.by_name[name]

    @checked(target=text)
    def usable_inputs(self, target: str = "") -> tuple[str, ...]:
        """The columns that a network can be given for what they say, all but the target."""
        return tuple(c.name for c in self.columns if c.name != target and not c.left_out)

    @checked(target=text, inputs=optional(each(text)), task=optional(one_of(TASKS)), missing=one_of(MISSING_RULES))
    def dataset(
        self, target: str, inputs: Sequence[str] | None = None, task: str | None = None, missing: str = "drop"
    ) -> Dataset:
        """The dataset in which `target` is learned from `inputs`, names of columns (None: all that say something).

        `task` is "classification" or "regression"; None lets the target decide. With `missing` "drop" rows without all
        values are left out; with "mean" nan stays in X, and a split fills it with the mean of its training set. Of more than
        5,000 rows a stratified sample is drawn, always the same. Raises ValueError that names the column and a row of it.
        """
        whole = self.whole_dataset(target, inputs, task, missing)
        if len(whole.y) <= MOST_ROWS:
            return whole
        kept = sample_rows(whole, MOST_ROWS, np.random.default_rng(SAMPLE_SEED))
        note = f"A sample of {MOST_ROWS:,} of the {len(whole.y):,} rows was drawn" + (
            ", the same each time." if whole.is_regression else ", with each class in proportion, the same each time.")
        return Dataset(whole.name, whole.X[kept], whole.y[kept], whole.feature_names, whole.class_names, whole.target_name,
                       whole.fill, (*whole.notes, note))  # fmt: skip

    @checked(target=text, inputs=optional(each(text)), task=optional(one_of(TASKS)), missing=one_of(MISSING_RULES))
    def whole_dataset(self, target: str, inputs: Sequence[str] | None, task: str | None, missing: str) -> Dataset:
        """As `dataset`, with all rows."""
        column, notes = self.column(target), []
        if self.n_rows < FEWEST_ROWS:
            rows = "1 row" if self.n_rows == 1 else f"{self.n_rows} rows"
            raise ValueError(f"The table has {rows}, and {FEWEST_ROWS} are needed at least.")
        task = task or column.task
        values, labels = _target(column, task)
        X, names = self._inputs(column, inputs)
        known = ~np.isnan(values)
        _note_missing(notes, (~known).sum(), f"“{target}”, the target, is missing")
        if missing == "drop":
            complete = ~np.isnan(X).any(axis=1)
            _note_missing(notes, (known & ~complete).sum(), "a value is missing")
            known &= complete
        if known.sum() < FEWEST_ROWS:
            raise ValueError(self._too_few(int(known.sum()), inputs, missing))
        X, values = X[known], values[known]
        if missing == "mean" and np.isnan(X).any():
            notes.append(f"{int(np.isnan(X).sum()):,} missing values are filled with the mean of the training set.")
        y, class_names = _classes(column, values, labels, notes) if task == "classification" else (values, ())
        fill = "mean" if missing == "mean" else "none"
        return Dataset(self.name or "table", X, y, names, class_names, target, fill, notes)

    def _inputs(self, target: Column, inputs: Sequence[str] | None) -> tuple[np.ndarray, tuple[str, ...]]:
        """The inputs (N, D), nan where a value is missing, and what each of the D is called."""
        picked = self.usable_inputs(target.name) if inputs is None else tuple(inputs)
        if inputs is not None and not picked:
            raise ValueError(f"No column was picked from which “{target.name}” could be learned: pick one at least.")
        if not picked:
            others = [f"“{c.name}”: {c.left_out}" for c in self.columns if c.name != target.name]
            why = "; ".join(others) if others else "the table has one column only"
            raise ValueError(f"There is no column from which “{target.name}” could be learned ({why}).")
        arrays, names = [], []
        for name in picked:
            if name == target.name:
                raise ValueError(f"“{name}” is the target, so it cannot be an input as well.")
            for label, values in _as_inputs(self.column(name)):
                names.append(label)
                arrays.append(values)
        if len(set(names)) < len(names):
            raise ValueError(f"A column can be picked once only; “{max(names, key=names.count)}” is there twice.")
        return np.column_stack(arrays), tuple(names)

    def _too_few(self, left: int, inputs: Sequence[str] | None, missing: str) -> str:
        """The sentence on rows that are all left out: it names the column that lacks most."""
        emptiest = max(self.columns, key=lambda column: (column.missing, inputs is None or column.name in inputs))
        hint = f": “{emptiest.name}” lacks {emptiest.missing:,} of its {self.n_rows:,} values" if emptiest.missing else ""
        remedy = "; have missing values filled, or leave that column out" if hint and missing == "drop" else ""
        rows = {0: "No row has all its", 1: "Only 1 row has all its"}.get(left, f"Only {left} rows have all their")
        return f"{rows} values, and {FEWEST_ROWS} are needed at least{hint}{remedy}."


def sample_rows(dataset: Dataset, count: int, rng: np.random.Generator) -> np.ndarray:
    """`count` rows of the dataset, in the table's order: with each class in proportion where there are classes."""
    labels = np.zeros(len(dataset.y), dtype=np.int64) if dataset.is_regression else dataset.y
    return stratified_rows(labels, min(count, len(labels)), rng)


def _note_missing(notes: list[str], count: int, why: str) -> None:
    if count:
        rows = "1 row in which" if count == 1 else f"{int(count):,} rows in which"
        notes.append(f"{rows} {why} {'was' if count == 1 else 'were'} left out.")


def _refusal(column: Column, cannot: str) -> ValueError:
    where = f" ({column.example})" if column.example and column.example not in column.left_out else ""
    return ValueError(f"“{column.name}” cannot be {cannot}: {column.left_out}{where}.")


def _target(column: Column, task: str) -> tuple[np.ndarray, tuple[str, ...]]:
    """The target's numbers (N,) and, of classes, their labels by number, () where the numbers are the labels."""
    if column.kind in (CONSTANT, DATE) or column.values is None:
        raise _refusal(column, "the target")
    if task == "regression":
        if column.labels:
            raise ValueError(f"“{column.name}” holds words, so it cannot be the target of a regression: {column.example}.")
        return column.values, ()
    return column.values, column.labels


def _classes(
    column: Column, values: np.ndarray, labels: tuple[str, ...], notes: list[str]
) -> tuple[np.ndarray, tuple[str, ...]]:
    """Labels (N,) from 0 on and the classes' names, of those that are left."""
    distinct, y, counts = np.unique(values, return_inverse=True, return_counts=True)
    names = tuple(labels[int(value)] if labels else f"{value:.12g}" for value in distinct)
    if len(distinct) > MOST_CLASSES:
        hint = "" if labels else ": take it as a number"
        raise ValueError(f"“{column.name}” has {len(distinct):,} different values, and a network here tells at most "
                         f"{MOST_CLASSES} classes apart{hint}.")  # fmt: skip
    if len(distinct) < 2:
        raise ValueError(f"“{column.name}” has one class only, “{names[0]}”, in all rows that are left: nothing can be told "
                         "apart.")  # fmt: skip
    for name, count in zip(names, counts, strict=True):
        if count < FEW:
            rows = "1 row" if count == 1 else f"{count} rows"
            notes.append(f"The class “{name}” has {rows} only, too few for each of the three sets.")
    return y, names


def _as_inputs(column: Column) -> list[tuple[str, np.ndarray]]:
    """What a network is given of a column: its numbers, or for words a 1 where the row has that word."""
    if column.kind not in (NUMBER, CLASS, TEXT) or column.values is None:
        raise _refusal(column, "an input")
    if not column.labels:
        return [(column.name, column.values)]
    if column.labels == ("false", "true"):
        return [(column.name, column.values)]
    shown_labels = column.labels[1:] if len(column.labels) == 2 else column.labels
    return [
        (f"{column.name} = {label}", np.where(np.isnan(column.values), np.nan, column.values == column.labels.index(label)))
        for label in shown_labels
    ]
