"""Rules for arguments: what a public function takes, written in front of it.

`@checked(X=array("N", "D"), y=array("N"))` puts each argument through its rule before the function runs; a letter stands
for the same size wherever it appears. What runs in the inner loop of training has no rules: its arguments were checked
where they came in.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from inspect import signature
from typing import Any

import numpy as np

from nncore.checks import (
    LARGEST,
    LARGEST_ENTRY,
    Sizes,
    items_of,
    plain_text,
    require_array,
    require_data,
    require_kind,
    require_number,
    require_one_of,
    require_whole,
    require_wholes,
    shown,
)

Array = np.ndarray
Rule = Callable[[str, Any, Sizes], Any]


def array(*shape: object, limit: float | None = LARGEST_ENTRY, keep: bool = False) -> Rule:
    """An array of finite numbers of this shape: see `require_array`."""
    return lambda name, value, sizes: require_array(name, value, *shape, limit=limit, keep=keep, sizes=sizes)


def wholes(low: int, high: int | None, *shape: object) -> Rule:
    """An array of whole numbers of this shape: see `require_wholes`."""
    return lambda name, value, sizes: require_wholes(name, value, low, high, *shape, sizes=sizes)


def bools(*shape: object) -> Rule:
    """An array of booleans of this shape."""

    def rule(name: str, value: object, sizes: Sizes) -> Array:
        numbers = require_array(name, value, *shape, sizes=sizes)
        if np.asarray(value).dtype != bool:
            raise ValueError(f"{name} must hold True and False, got {shown(value)}")
        return numbers.astype(bool)

    return rule


def whole(low: int, high: int | None = None) -> Rule:
    """A whole number: see `require_whole`."""
    return lambda name, value, sizes: require_whole(name, value, low, high)


def data(name: str, value: object, sizes: Sizes) -> Array:
    """Labels, tokens or values, of any shape: see `require_data`."""
    return require_data(name, value)


def rows(name: str, value: object, sizes: Sizes) -> Array:
    """Labels, tokens or values, one row for each of the N that came before."""
    kept = require_data(name, value)
    if kept.ndim == 0 or len(kept) != sizes["N"] or not kept.size:
        raise ValueError(f"{name} must have as many rows as {sizes['N of']}, {sizes['N']}, got the shape {kept.shape}")
    return kept


def number(low: float = -LARGEST, high: float | None = None) -> Rule:
    """A number: see `require_number`."""
    return lambda name, value, sizes: require_number(name, value, low, high)


def positive(high: float = LARGEST) -> Rule:
    """A number above 0 and at most `high`."""

    def rule(name: str, value: object, sizes: Sizes) -> float:
        if require_number(name, value, 0, high) == 0:
            raise ValueError(f"{name} must be above 0, got {shown(value)}")
        return float(value)

    return rule


def one_of(allowed: Iterable[str]) -> Rule:
    """One of these names, as a plain text."""

    return lambda name, value, sizes: require_one_of(name, value, allowed)


def kind_of(*kinds: type) -> Rule:
    """An instance of one of these classes, as it is."""
    return lambda name, value, sizes: require_kind(name, value, *kinds)


def flag(name: str, value: object, sizes: Sizes) -> bool:
    """True or False."""
    if not isinstance(value, bool | np.bool_):
        raise ValueError(f"{name} must be True or False, got {shown(value)}")
    return bool(value)


def text(name: str, value: object, sizes: Sizes) -> str:
    """A text, as a plain one."""
    plain = plain_text(value)
    if plain is None:
        raise ValueError(f"{name} must be a text, got {shown(value)}")
    return plain


def function(name: str, value: object, sizes: Sizes) -> object:
    """Something that can be called, as it is."""
    if not callable(value):
        raise ValueError(f"{name} must be a function, got {shown(value)}")
    return value


def model(name: str, value: object, sizes: Sizes) -> object:
    """A model (see `models.protocol`), as it is; P is the length of its parameters, D the number of its inputs."""
    parameters = getattr(value, "parameters", None)
    if not isinstance(parameters, np.ndarray) or not callable(getattr(value, "loss_and_gradient", None)):
        raise ValueError(f"{name} must be a model with parameters and loss_and_gradient, got {shown(value)}")
    sizes["P"], sizes["P of"] = parameters.shape[-1], name
    if hasattr(value, "sizes"):
        sizes["D"], sizes["D of"] = value.sizes[0], name
    return value


def stack_of_models(name: str, value: object, sizes: Sizes) -> object:
    """A model that is a stack of runs."""
    if model(name, value, sizes).parameters.ndim != 2:
        raise ValueError(f"{name} must be a stack of runs, got a single one")
    return value


def one_model(name: str, value: object, sizes: Sizes) -> object:
    """A model that is not a stack of runs."""
    shape = model(name, value, sizes).parameters.shape
    if len(shape) != 1:
        raise ValueError(f"{name} must be a single one, got a stack of {shape[0]} runs")
    return value


def networks(name: str, value: object, sizes: Sizes) -> object:
    """A dense network or a stack of them."""
    if not (hasattr(value, "forward") and hasattr(value, "matrices") and hasattr(value, "sizes")):
        raise ValueError(f"{name} must be a Network, got {shown(value)}")
    return model(name, value, sizes)


def stack_of_networks(name: str, value: object, sizes: Sizes) -> object:
    """A stack of dense networks."""
    return stack_of_models(name, networks(name, value, sizes), sizes)


def network(name: str, value: object, sizes: Sizes) -> object:
    """A dense network that is not a stack of runs."""
    return one_model(name, networks(name, value, sizes), sizes)


def mapping(name: str, value: object, sizes: Sizes) -> object:
    """A dictionary or another mapping, as it is."""
    if not isinstance(value, Mapping):
        raise ValueError(f"{name} must be a dictionary, got {shown(value)}")
    return value


def texts_by_name(name: str, value: object, sizes: Sizes) -> object:
    """A mapping of texts to texts, as it is; a name may be long, and is quoted cut."""
    for key, text in mapping(name, value, sizes).items():
        if not isinstance(key, str):
            raise ValueError(f"{name} must hold texts by their names, got the name {shown(key)}")
        if not isinstance(text, str):
            raise ValueError(f"{shown(key)[1:-1]} must be a text, got {shown(text)}")
    return value


def optional(rule: Rule) -> Rule:
    """None, or what the `rule` takes."""
    return lambda name, value, sizes: None if value is None else rule(name, value, sizes)


def each(rule: Rule, fewest: int = 0, most: int | None = None) -> Rule:
    """A list or a tuple of what the `rule` takes, as a tuple of `fewest` to `most`."""

    def check(name: str, value: object, sizes: Sizes) -> tuple:
        items = items_of(value)
        if items is None:
            raise ValueError(f"{name} must be a list, got {shown(value)}")
        if len(items) < fewest or (most is not None and len(items) > most):
            rule_text = f"at least {fewest}" if most is None else f"{fewest} to {most}"
            raise ValueError(f"{name} must hold {rule_text} entries, got {len(items)}")
        return tuple(rule(f"{name}[{k}]", item, dict(sizes)) for k, item in enumerate(items))

    return check


def names(fewest: int = 0) -> Rule:
    """Texts, `fewest` at least: in a list, or the names of a dictionary; a tuple of them."""
    rule = each(text, fewest)
    return lambda name, value, sizes: rule(name, tuple(value) if isinstance(value, Mapping) else value, sizes)


def checked(**rules: Rule) -> Callable[[Callable], Callable]:
    """A function whose arguments go through their `rules`, in the order given, whenever they are passed."""

    def decorate(function: Callable) -> Callable:
        names = list(signature(function).parameters)
        places = [(names.index(name), name, rule) for name, rule in rules.items()]

        @wraps(function)
        def run(*args: Any, **kwargs: Any) -> Any:
            given, sizes = list(args), {}
            for place, name, rule in places:
                if place < len(given):
                    given[place] = rule(name, given[place], sizes)
                elif name in kwargs:
                    kwargs[name] = rule(name, kwargs[name], sizes)
            return function(*given, **kwargs)

        return run

    return decorate


def check_fields(value: object, **rules: Rule) -> None:
    """Puts the fields of a dataclass, frozen or not, through their `rules`, in the order given."""
    sizes: Sizes = {}
    for name, rule in rules.items():
        set_fields(value, **{name: rule(name, getattr(value, name), sizes)})


def set_fields(value: object, **fields: object) -> None:
    """Gives fields of a dataclass, frozen or not, the values that they keep: for its `__post_init__` alone."""
    vars(value).update(fields)  # as `cached_property` does, past the class that freezes its attributes
