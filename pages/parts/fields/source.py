"""The code behind a number: the very function of the core that computed it, with the numbers of this call."""

import inspect
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import streamlit as st

from pages.parts.fields.numbers import plain

LONGEST = 12  # of a vector, and of the rows of a matrix, that are written out


def show_source(
    function: Callable[..., Any], *, key: str | None = None, came: Any = None, once_open: bool = False, **values: Any
) -> None:
    """A fold with the source of `function`, called with `values`, and what it gives: no copy, the code that runs.

    `key` tells two folds of one page apart that show the same function. `came` is the result where the page has called
    the function with these values already, so that a slow one is not called twice. With `once_open` the fold is filled when
    it is opened: what colours code is 1.5 MB, which a visit that only looks need not load. What the function raises is no
    error of the page: it is said in the fold.
    """
    title, asks = f"The code that computed this: {_name(function).strip('_')}", "rerun" if once_open else "ignore"
    with st.expander(title, icon=":material/code:", key=key, on_change=asks) as fold:
        if once_open and not fold.open:
            return
        st.code(called_text(function, values, came), language="python", wrap_lines=True)
        st.code(source_of(function), language="python", line_numbers=True, wrap_lines=True)
        st.caption(f"This is `{_module(function)}` itself, as it runs here.")


def source_of(function: Callable[..., Any]) -> str:
    """The source of `function` without the checks that are wrapped around it, its indentation taken off."""
    return inspect.cleandoc("\n" + inspect.getsource(inspect.unwrap(function)))


def called_text(function: Callable[..., Any], values: dict[str, Any], came: Any = None) -> str:
    """The call with its numbers, and below it what comes of it; `came` where that is known."""
    arguments = ",\n    ".join(f"{name} = {number_text(value)}" for name, value in values.items())
    try:
        found = function(**values) if came is None else came
        result = _parts(found) if _field_names(found) else number_text(found)
    except ValueError as error:
        result = f"ValueError: {error}"
    call = f"{_name(function)}(\n    {arguments},\n)" if arguments else f"{_name(function)}()"
    return f"{call}\n→ {result}"


def _parts(found: Any) -> str:
    """The fields of a result, one a line."""
    lines = (f"    {name} = {number_text(getattr(found, name))}," for name in _field_names(found))
    return "\n".join((f"{type(found).__name__}(", *lines, ")"))


def _field_names(found: Any) -> tuple[str, ...]:
    """The names of a result's fields; none where it has no named ones."""
    if is_dataclass(found):
        return tuple(field.name for field in fields(found))
    return getattr(found, "_fields", ())


def number_text(value: Any) -> str:
    """A value as Python writes it, with four digits a number and long arrays cut."""
    if isinstance(value, np.ndarray) and value.ndim:
        return np.array2string(
            value, precision=4, suppress_small=True, threshold=LONGEST * LONGEST, edgeitems=3, separator=", ", prefix=" " * 8
        )
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return ", ".join(f"{name} = {number_text(part)}" for name, part in zip(value._fields, value, strict=True))
    if isinstance(value, list | tuple):
        return "(" + ", ".join(map(number_text, value[:LONGEST])) + (", …)" if len(value) > LONGEST else ")")
    if isinstance(value, float | np.floating):
        return plain(float(value), 6).replace("−", "-")
    if is_dataclass(value) or hasattr(value, "parameters"):
        return f"<{type(value).__name__}{_few_parameters(value)}>"
    text = str(value) if isinstance(value, np.integer | np.ndarray) else repr(value)
    return text if len(text) <= 120 and " at 0x" not in text else f"<{type(value).__name__}>"


def _few_parameters(value: Any) -> str:
    """The parameters of a small model, in words; nothing of a large one, or of what is no model."""
    parameters = getattr(value, "parameters", None)
    return f" with {number_text(parameters)}" if isinstance(parameters, np.ndarray) and parameters.size <= LONGEST else ""


def _module(function: Callable[..., Any]) -> str:
    plain_function = inspect.unwrap(function)
    return f"{plain_function.__module__}.{plain_function.__qualname__}"


def _name(function: Callable[..., Any]) -> str:
    return "formula" if "<" in function.__name__ else function.__name__
