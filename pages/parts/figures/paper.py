"""What a dark page shows, on paper, which is light: what turns its figures into those of a light page."""

from collections.abc import Callable
from typing import Any

import numpy as np
import plotly.graph_objects as go

ON_PAPER = "glassbox-on-paper"  # the class of a picture that is printed in place of the one before it

Change = tuple[list[str | int], Any]


def light_changes(shown: go.Figure, light: go.Figure) -> list[Change]:
    """Where the figure `light` says something else than `shown`, as a path from the figure down, and what it says there.

    Both are made by one function from the same numbers, and differ in their colours alone.
    """
    return _changes(shown.to_plotly_json(), light.to_plotly_json(), [])


def _changes(shown: Any, light: Any, path: list[str | int]) -> list[Change]:
    if isinstance(shown, dict) and isinstance(light, dict):
        return [change for name in light for change in _changes(shown.get(name), light[name], [*path, name])]
    shown, light = _plain(shown), _plain(light)
    if isinstance(light, list | tuple) and isinstance(shown, list | tuple) and len(light) == len(shown):
        if all(isinstance(one, str) for one in light):
            return [] if list(shown) == list(light) else [(path, list(light))]
        pairs = enumerate(zip(shown, light, strict=True))
        return [change for number, pair in pairs for change in _changes(*pair, [*path, number])]
    return [(path, light)] if isinstance(light, str | int | float) and shown != light else []


def _plain(values: Any) -> Any:
    return values.tolist() if isinstance(values, np.ndarray) and values.dtype.kind in "OU" else values


def on_paper_too(make: Callable[[bool], str], dark: bool) -> str:
    """The HTML image that `make(dark)` gives; on a dark page the light one after it, which paper shows in its place."""
    if not dark:
        return make(False)
    return make(True) + make(False).replace("<img ", f'<img class="{ON_PAPER}" aria-hidden="true" ', 1)
