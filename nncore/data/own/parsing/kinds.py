"""Kinds: the entry of any dataset by its name, be it one of the table, a formula, drawn points or a person's table."""

from collections.abc import Callable

from nncore.cache import cached
from nncore.checks import require_one_of
from nncore.data.own.drawn import DRAWN, drawn_kind
from nncore.data.own.formula import FORMULA, OWN_GROUP, formula_kind
from nncore.data.own.shelf import SHELF
from nncore.data.own.table_names import TABLE, read_table_name, table_kind
from nncore.data.table import DATASETS, DatasetKind

OWN = OWN_GROUP  # the group of all that a person brings along
WRITTEN_BYTES = 20_000  # of an entry that was read from its name, about


def is_own(name: object) -> bool:
    """Whether `name` says that a person brought the data along."""
    return isinstance(name, str) and name.startswith((FORMULA, DRAWN, TABLE))


def dataset_kind(name: str) -> DatasetKind:
    """The entry of the dataset called `name`.

    Raises UnknownTable for a person's table that is not there, ValueError for a name of nothing and for data that cannot be.
    """
    if not is_own(name):
        require_one_of("dataset", name, DATASETS)
        return DATASETS[name]
    if name.startswith(TABLE):
        choice = read_table_name(name)
        # The shelf is asked first, so that the table counts as used, and its entry goes when the table goes.
        table = SHELF.get(choice.digest, choice.file_name)
        return table.entry(name, lambda: table_kind(name))
    return cached(_written, name, n_bytes=WRITTEN_BYTES + len(name))


def known_kind(name: str) -> DatasetKind | None:
    """The entry of the dataset called `name`; None for data that came without one."""
    try:
        return dataset_kind(name)
    except ValueError:
        return None


_READ: tuple[tuple[str, Callable[[str], DatasetKind]], ...] = ((FORMULA, formula_kind), (DRAWN, drawn_kind))


def _written(name: str) -> DatasetKind:
    return next(read(name) for begin, read in _READ if name.startswith(begin))
