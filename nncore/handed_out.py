"""Values that the core hands out: what somebody makes of them by hand is checked against the kinds of their fields.

A result is made in many places and read in many more. `@handed_out` above its class reads what each field is annotated with
and refuses what is of another kind, by the field's name; what a function answers with was right before and stays as it is.
"""

from collections.abc import Callable, Mapping
from functools import cache, wraps
from numbers import Integral, Real
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import numpy as np

from nncore.checks import shown

Fits = Callable[[Any], bool]


def handed_out(kind: type) -> type:
    """The dataclass or named tuple `kind`, made of fields of their kinds. Raises ValueError naming the field."""
    maker = "__new__" if issubclass(kind, tuple) else "__init__"
    make = getattr(kind, maker)

    @wraps(make)
    def checked_make(self: Any, *args: Any, **kwargs: Any) -> Any:
        made = make(self, *args, **kwargs)
        value = self if made is None else made
        for name, (words, fits) in _rules(kind).items():
            if not fits(getattr(value, name)):
                raise ValueError(f"{name} must be {words}, got {shown(getattr(value, name))}")
        return made

    setattr(kind, maker, checked_make)
    return kind


@cache
def _rules(kind: type) -> dict[str, tuple[str, Fits]]:
    names = getattr(kind, "_fields", None) or tuple(kind.__dataclass_fields__)
    hints = get_type_hints(kind)
    return {name: _rule(hints[name]) for name in names}


SIMPLE: dict[Any, tuple[str, Fits]] = {
    Any: ("anything", lambda value: True),
    bool: ("True or False", lambda value: isinstance(value, bool | np.bool_)),
    int: ("a whole number", lambda value: isinstance(value, Integral) and not isinstance(value, bool)),
    float: ("a number", lambda value: isinstance(value, Real) and not isinstance(value, bool)),
    str: ("a text", lambda value: isinstance(value, str)),
    type(None): ("None", lambda value: value is None),
    np.ndarray: ("an array", lambda value: isinstance(value, np.ndarray)),
}


def _rule(hint: Any) -> tuple[str, Fits]:
    """What a field of this annotation must be, in words and as a question."""
    if hint in SIMPLE:
        return SIMPLE[hint]
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        choices = [_rule(choice) for choice in inner]
        return " or ".join(words for words, _ in choices), lambda value: any(fits(value) for _, fits in choices)
    kind = origin or hint
    if kind in (tuple, list):
        entry = _rule(inner[0])[1] if inner and (kind is list or inner[-1] is ...) else SIMPLE[Any][1]
        return "a list of such entries", lambda value: isinstance(value, tuple | list) and all(map(entry, value))
    if isinstance(kind, type) and issubclass(kind, Mapping):
        return "a dictionary", lambda value: isinstance(value, Mapping)
    if kind is Callable:
        return "a function", callable
    return f"{'an' if kind.__name__[0] in 'AEIOU' else 'a'} {kind.__name__}", lambda value: isinstance(value, kind)
