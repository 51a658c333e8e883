"""Borrowed: tables that another process holds, for one that trains for it and would have to bring them in again."""

from collections.abc import Callable
from typing import Any

Lend = Callable[[str, tuple[Any, ...]], Any]

_lenders: list[Lend] = []


def borrow_from(lend: Lend) -> None:
    """From now on this process asks `lend` for the tables that it lacks: by what they are, and which one."""
    _lenders[:] = [lend]


def is_borrower() -> bool:
    """Whether this process has its tables from another."""
    return bool(_lenders)


def borrowed(what: str, *which: Any) -> Any:
    """The table `which` of the kind `what`, from the process that lends it."""
    return _lenders[0](what, which)
