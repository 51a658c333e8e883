"""Choices: what a link asks for a choice of a page, as near as what that choice may be allows."""

import math
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from numbers import Real
from typing import Any

import numpy as np

from nncore.arguments import check_fields, checked, each, function, kind_of, names, number, optional, text, whole
from nncore.checks import MOST_ITEMS, shown
from nncore.experiments.link_text.asked import Asked, nearest, same_name, unreadable
from nncore.experiments.link_text.sentences import quoted, shown_number, span_ends
from nncore.experiments.link_text.values import field_kind, read_field

MOST_LISTED = 12  # numbers that a choice may be, where a sentence names them all
MOST_NAMED = 8  # names that a sentence gives of more


@dataclass(frozen=True)
class Span:
    """The numbers from `low` to `high`, both included; no end where `high` is None."""

    low: float
    high: float | None

    def __post_init__(self):
        check_fields(self, low=number(), high=optional(number()))
        if self.high is not None and self.high < self.low:
            raise ValueError(f"high must be at least low ({self.low:g}), got {self.high:g}")

    def __contains__(self, value: object) -> bool:
        return isinstance(value, Real) and value >= self.low and (self.high is None or value <= self.high)


@dataclass(frozen=True)
class Each:
    """Several numbers, the k-th of which is within `spans[k]`."""

    spans: tuple[Span, ...]

    def __post_init__(self):
        check_fields(self, spans=each(kind_of(Span), 1))


@dataclass(frozen=True)
class Rule:
    """What `holds` says is right; `words` tell a person what that is: "two to six powers of two"."""

    holds: Callable[[Any], bool]
    words: str

    def __post_init__(self):
        check_fields(self, holds=function, words=text)

    def __call__(self, value: Any) -> bool:
        return bool(self.holds(value))


@checked(names=names(1), fewest=whole(0))
def some_of(names: Collection[str], fewest: int = 0) -> Rule:
    """The rule of a list of names of `names`, at least `fewest` of them."""

    def holds(values: Collection[str]) -> bool:
        return fewest <= len(values) and set(values) <= set(names)

    return Rule(holds, f"{'one or more' if fewest else 'any'} of {_listed(names, 'and')}, with commas between them")


# What a choice may be: a number of a span or of a few, several numbers, one of some names, or what a rule says is right.
Allowed = Span | Each | Collection | Callable[[Any], bool]


def _can_be_chosen(item: object) -> bool:
    if isinstance(item, bool | np.bool_ | np.timedelta64) or not isinstance(item, int | float | np.integer | np.floating):
        return isinstance(item, str)
    try:
        return math.isfinite(item)
    except OverflowError:  # a whole number beyond all floats
        return False


def _choices(name: str, value: object, sizes: object) -> Any:
    """What `Allowed` says, or None."""
    if value is None or callable(value) or isinstance(value, Span | Each):
        return value
    is_group = isinstance(value, Collection) and not isinstance(value, str | bytes) and getattr(value, "ndim", 1) == 1
    if not is_group or _is_endless(value) or not all(map(_can_be_chosen, value)):
        raise ValueError(f"{name} must be a Span, numbers or names to choose from, or a function, got {shown(value)}")
    return value


def _is_endless(group: Collection) -> bool:
    """Whether nobody could look at all of a group: a range may be longer than Python can say."""
    try:
        return len(group) > MOST_ITEMS
    except OverflowError:
        return True


@checked(words=text, kind=field_kind, text=text, allowed=_choices)
def ask_choice(words: str, kind: str, text: str, allowed: Allowed | None) -> Asked:
    """What `text` says for a choice called `words`, of `kind`: one of `allowed`, or what it says is right, or anything."""
    hint = _hint(allowed)
    try:
        value = read_field("value", kind, text)
    except ValueError:
        return unreadable(words, kind, text, hint)
    if allowed is None:
        return Asked(value)
    refused = Asked(None, f"The {words} cannot be {quoted(text)} here", True, hint)
    if callable(allowed):
        return Asked(value) if allowed(value) else refused
    if isinstance(allowed, Each):
        return _ask_each(words, value, text, allowed.spans) or refused
    if not isinstance(allowed, Span) and any(isinstance(item, str) != isinstance(value, str) for item in allowed):
        raise ValueError(f"allowed must hold values of the kind {kind}, got {shown(allowed)}")
    if isinstance(value, str):
        found = same_name(value, allowed)
        return Asked(found) if found is not None else replace(refused, complaint=f"The {words} cannot be {quoted(text)}")
    if value in allowed:
        return Asked(value)
    if value != value or not (isinstance(allowed, Span) or len(allowed)):
        return refused
    span = allowed if isinstance(allowed, Span) else Span(min(allowed), max(allowed))
    near = nearest(value, span.low, span.high)
    if not isinstance(allowed, Span):
        near = min(allowed, key=lambda candidate: abs(candidate - near))
    listed = not isinstance(allowed, Span | range) and len(allowed) <= MOST_LISTED
    can_be = f"one of {', '.join(map(shown_number, allowed))}" if listed else span_ends(span.low, span.high)
    return Asked(type(value)(near), f"The {words} can be {can_be}; the link asked for {quoted(text)}")


def _hint(allowed: Allowed | None) -> str:
    """What a choice can be, as a sentence of its own; "" where nothing is known of it."""
    if isinstance(allowed, Rule):
        return f"It can be {allowed.words}."
    if isinstance(allowed, Each):
        return f"It takes {len(allowed.spans)} numbers: {_ends_of(allowed.spans)}."
    if isinstance(allowed, Span):
        no_end = f"{shown_number(allowed.low)} or more"
        return f"It can be {no_end if allowed.high is None else span_ends(allowed.low, allowed.high)}."
    if allowed is None or callable(allowed):
        return ""
    names = [item if isinstance(item, str) else shown_number(item) for item in allowed if item != ""]
    return f"It can be {_listed(names, 'or')}." if names else "There is nothing to pick from here."


def _listed(names: Collection[str], joined: str) -> str:
    """Names in a sentence: "a, b or c"; of many the first, and how many more there are."""
    first = list(names)[:MOST_NAMED]
    if len(names) > MOST_NAMED + 1:
        return f"{', '.join(first)} {joined} {len(names) - MOST_NAMED} more"
    *most, last = names
    return f"{', '.join(most)} {joined} {last}" if most else last


def _ends_of(spans: tuple[Span, ...]) -> str:
    return " and ".join(dict.fromkeys(span_ends(span.low, span.high) for span in spans))


def _ask_each(words: str, values: tuple[Any, ...], text: str, spans: tuple[Span, ...]) -> Asked | None:
    """Each of `values` as near as its span allows; None where there are more or fewer than spans."""
    if len(values) != len(spans) or any(value != value for value in values):
        return None
    near = tuple(type(value)(nearest(value, span.low, span.high)) for value, span in zip(values, spans, strict=True))
    if near == values:
        return Asked(values)
    return Asked(near, f"The {words} can be {_ends_of(spans)}; the link asked for {quoted(text)}")
