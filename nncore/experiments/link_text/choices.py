"""Choices: what a link asks for a choice of a page, as near as what that choice may be allows."""

import math
from collections.abc import Callable, Collection
from dataclasses import dataclass
from numbers import Real
from typing import Any

from nncore.arguments import check_fields, checked, each, kind_of, number, optional, text
from nncore.checks import shown
from nncore.experiments.link_text.asked import Asked, nearest, same_name, unreadable
from nncore.experiments.link_text.sentences import quoted, shown_number, span_ends
from nncore.experiments.link_text.values import field_kind, read_field

MOST_LISTED = 12  # numbers that a choice may be, where a sentence names them all


@dataclass(frozen=True)
class Span:
    """The numbers from `low` to `high`, both included; no end where `high` is None."""

    low: float
    high: float | None

    def __post_init__(self):
        check_fields(self, low=number(), high=optional(number()))
        if self.high is not None and self.high < self.low:
            raise ValueError(f"high must be at least low ({self.low:g}), got {self.high:g}")

    def __contains__(self, value: float) -> bool:
        return value >= self.low and (self.high is None or value <= self.high)


@dataclass(frozen=True)
class Each:
    """Several numbers, the k-th of which is within `spans[k]`."""

    spans: tuple[Span, ...]

    def __post_init__(self):
        check_fields(self, spans=each(kind_of(Span), 1))


# What a choice may be: a number of a span or of a few, several numbers, one of some names, or what a rule says is right.
Allowed = Span | Each | Collection | Callable[[Any], bool]


def _can_be_chosen(item: object) -> bool:
    return isinstance(item, str) or (isinstance(item, Real) and math.isfinite(item))


def _choices(name: str, value: object, sizes: object) -> Any:
    """What `Allowed` says, or None."""
    if value is None or callable(value) or isinstance(value, Span | Each):
        return value
    is_group = isinstance(value, Collection) and not isinstance(value, str | bytes) and getattr(value, "ndim", 1) == 1
    if not is_group or not all(map(_can_be_chosen, value)):
        raise ValueError(f"{name} must be a Span, numbers or names to choose from, or a function, got {shown(value)}")
    return value


@checked(words=text, kind=field_kind, text=text, allowed=_choices)
def ask_choice(words: str, kind: str, text: str, allowed: Allowed | None) -> Asked:
    """What `text` says for a choice called `words`, of `kind`: one of `allowed`, or what it says is right, or anything."""
    try:
        value = read_field("value", kind, text)
    except ValueError:
        return unreadable(words, kind, text)
    if allowed is None:
        return Asked(value)
    if callable(allowed):
        return Asked(value) if allowed(value) else Asked(None, f"The {words} cannot be {quoted(text)} here", True)
    if isinstance(allowed, Each):
        return _ask_each(words, value, text, allowed.spans)
    if not isinstance(allowed, Span) and any(isinstance(item, str) != isinstance(value, str) for item in allowed):
        raise ValueError(f"allowed must hold values of the kind {kind}, got {shown(allowed)}")
    if isinstance(value, str):
        found = same_name(value, allowed)
        return Asked(found, "" if found else f"The {words} cannot be {quoted(text)}", found is None)
    if value in allowed:
        return Asked(value)
    if value != value or not (isinstance(allowed, Span) or len(allowed)):
        return Asked(None, f"The {words} cannot be {quoted(text)} here", True)
    span = allowed if isinstance(allowed, Span) else Span(min(allowed), max(allowed))
    near = nearest(value, span.low, span.high)
    if not isinstance(allowed, Span):
        near = min(allowed, key=lambda candidate: abs(candidate - near))
    listed = not isinstance(allowed, Span | range) and len(allowed) <= MOST_LISTED
    can_be = f"one of {', '.join(map(shown_number, allowed))}" if listed else span_ends(span.low, span.high)
    return Asked(type(value)(near), f"The {words} can be {can_be}; the link asked for {quoted(text)}")


def _ask_each(words: str, values: tuple[Any, ...], text: str, spans: tuple[Span, ...]) -> Asked:
    """Each of `values` as near as its span allows; lost where there are more or fewer than spans."""
    if len(values) != len(spans) or any(value != value for value in values):
        return Asked(None, f"The {words} cannot be {quoted(text)} here", True)
    near = tuple(type(value)(nearest(value, span.low, span.high)) for value, span in zip(values, spans, strict=True))
    if near == values:
        return Asked(values)
    ends = " and ".join(dict.fromkeys(span_ends(span.low, span.high) for span in spans))
    return Asked(near, f"The {words} can be {ends}; the link asked for {quoted(text)}")
