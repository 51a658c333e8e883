"""The doors of the rooms: the public names of a package, imported when somebody asks for them.

A server imports in many threads at once. A package that imported its modules while it is imported itself would wait for them
while they wait for it; names that are fetched when they are asked for leave no such circle.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def open_doors(package: str, names: Mapping[str, str]) -> tuple[list[str], Callable[[str], Any]]:
    """`__all__` and `__getattr__` of `package`, whose public `names` stand, with blanks between them, by their modules."""
    home = {name: module for module, listed in names.items() for name in listed.split()}

    def fetch(name: str) -> Any:
        if name not in home:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f"{package}.{home[name]}"), name)

    return sorted(home), fetch
