"""Fields as text: how the values of a settings dataclass are written into a link and read back."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass
from decimal import Decimal
from numbers import Integral, Real
from typing import Any

import numpy as np

from nncore.arguments import checked, text, texts_by_name
from nncore.checks import require_one_of, shown
from nncore.experiments.link_text.typed_numbers import read_number, read_whole

_PARSERS = {"int": (read_whole, "a whole number"), "float": (read_number, "a number"), "str": (str, "a name")}
_LISTS = {"int": "whole numbers with commas between them, such as 4,2", "float": "numbers with commas between them"}


def write_field(value: Any) -> str:
    """One value as text: a list joined by commas, None and () as "none", numbers in their shortest exact form.

    Raises ValueError for what is no number, no text, no list of them and not None.
    """
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if isinstance(value, tuple | list):
        return ",".join(_write_item(item, value) for item in value) or "none"
    return _write_item(value, value)


def _write_item(item: Any, whole: Any) -> str:
    """One number, text or None of the `whole` value as text."""
    if isinstance(item, np.ndarray) and item.ndim == 0:
        item = item[()]
    if item is None or isinstance(item, str | bool | np.bool_):
        return "none" if item is None else str(item)
    with suppress(Exception):  # of a signalling nan, a fraction beyond all floats, what a stranger calls a number
        if isinstance(item, Real | Decimal) and not isinstance(item, np.timedelta64):
            return str(int(item)) if isinstance(item, Integral) else repr(float(item))
    raise ValueError(f"value must be a number, a text, a list of them or None, got {shown(whole)}")


def field_kind(name: str, value: object, sizes: object) -> str:
    """The declared kind of a field that can stand in a link, as it is: a rule for arguments."""
    item = value.removeprefix("tuple[").partition(",")[0].partition(" | None")[0] if isinstance(value, str) else None
    require_one_of(name, item, _PARSERS)
    return value


def _settings(name: str, value: object, sizes: object) -> object:
    """A class of settings, as it is: a rule for arguments."""
    if not isinstance(value, type) or not is_dataclass(value):
        raise ValueError(f"{name} must be a dataclass, got {shown(value)}")
    return value


@checked(name=text, kind=field_kind, text=text)
def read_field(name: str, kind: str, text: str) -> Any:
    """The value of `text` for a field declared as `kind` ("int", "float | None", "tuple[int, ...]", ...).

    A comma parts the items of a list; in a single number it is a decimal sign: 1,5 is 1.5. Raises ValueError that names the
    field and quotes the text.
    """
    if kind.startswith("tuple["):
        item = kind.removeprefix("tuple[").split(",")[0]
        try:
            return () if _is_none(text) else tuple(_PARSERS[item][0](part) for part in text.split(","))
        except ValueError:
            raise ValueError(f"{name} must be {_LISTS[item]}, got {text[:40]!r}") from None
    kind, optional, _ = kind.partition(" | None")
    if optional and _is_none(text):
        return None
    parse, description = _PARSERS[kind]
    try:
        return parse(text)
    except ValueError:
        raise ValueError(f"{name} must be {description}, got {text[:40]!r}") from None


@checked(cls=_settings, texts=texts_by_name)
def read_fields(cls: type, texts: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    """Values by field name, in the order of `cls`'s fields, and a sentence for each name or text that cannot be."""
    kinds = {field.name: str(field.type) for field in fields(cls)}
    problems = [f"There is no setting called {name[:40]!r}." for name in texts if name not in kinds]
    values = {}
    for name, kind in kinds.items():
        if name in texts:
            try:
                values[name] = read_field(name, kind_text(kind), texts[name])
            except ValueError as error:
                problems.append(f"{error}; the default is used instead.")
    return values, problems


def _is_none(text: str) -> bool:
    """Whether `text` says that there is nothing: "none", in any case."""
    return text.strip().casefold() == "none"


def kind_text(kind: str) -> str:
    """A field's declared type as written in the source, whether annotations were evaluated or not."""
    return kind.removeprefix("<class '").removesuffix("'>")
