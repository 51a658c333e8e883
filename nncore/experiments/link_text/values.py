"""Fields as text: how the values of a settings dataclass are written into a link and read back."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from nncore.experiments.link_text.typed_numbers import read_number, read_whole

_PARSERS = {"int": (read_whole, "a whole number"), "float": (read_number, "a number"), "str": (str, "a name")}
_LISTS = {"int": "whole numbers with commas between them, such as 4,2", "float": "numbers with commas between them"}


def write_field(value: Any) -> str:
    """One value as text: a tuple joined by commas, None and () as "none", numbers in their shortest exact form."""
    if value is None or value == ():
        return "none"
    if isinstance(value, tuple):
        return ",".join(write_field(item) for item in value)
    return repr(value) if isinstance(value, float) else str(value)


def read_field(name: str, kind: str, text: str) -> Any:
    """The value of `text` for a field declared as `kind` ("int", "float | None", "tuple[int, ...]", ...).

    A comma parts the items of a list; in a single number it is a decimal sign: 1,5 is 1.5. Raises ValueError that names the
    field and quotes the text.
    """
    if kind.startswith("tuple["):
        item = kind.removeprefix("tuple[").split(",")[0]
        try:
            return () if text == "none" else tuple(_PARSERS[item][0](part) for part in text.split(","))
        except ValueError:
            raise ValueError(f"{name} must be {_LISTS[item]}, got {text[:40]!r}") from None
    kind, optional, _ = kind.partition(" | None")
    if optional and text == "none":
        return None
    parse, description = _PARSERS[kind]
    try:
        return parse(text)
    except ValueError:
        raise ValueError(f"{name} must be {description}, got {text[:40]!r}") from None


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


def kind_text(kind: str) -> str:
    """A field's declared type as written in the source, whether annotations were evaluated or not."""
    return kind.removeprefix("<class '").removesuffix("'>")
