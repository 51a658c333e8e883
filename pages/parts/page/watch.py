"""Watching work: long work advances in slices, and between them the viewer sees how far it is and how the losses fall.

Every slice ends in a call of Streamlit, where a click can cut the work off.
"""

import time
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import streamlit as st

from pages.parts.figures.loss_strip import loss_strip
from pages.parts.page.style import is_dark

T = TypeVar("T")

SLICE_SECONDS = 0.1


@dataclass(frozen=True)
class Progress:
    """How far work is: the `share` done (0 to 1), a `text`, and losses (F, L) of curves called `names` so far."""

    share: float
    text: str
    losses: np.ndarray
    names: Sequence[str]


def watch(work: Iterator[T], describe: Callable[[T], Progress]) -> T:
    """The last value that `work` gives, having shown what `describe` says of the newest one about ten times a second."""
    place, value, shown = st.empty(), None, 0.0
    for value in work:
        if time.monotonic() - shown > SLICE_SECONDS:
            _show(place, describe(value))
            shown = time.monotonic()
    if value is None:
        raise ValueError("work must give at least one value, got none")
    place.empty()
    return value


def _show(place: "st.delta_generator.DeltaGenerator", progress: Progress) -> None:
    with place.container():
        st.progress(min(1.0, progress.share), progress.text)
        # As a picture's address: Streamlit lets no SVG elements through.
        picture = b64encode(loss_strip(progress.losses, progress.names, progress.share, is_dark()).encode()).decode()
        st.html(f'<img alt="Losses so far" style="max-width: 100%" src="data:image/svg+xml;base64,{picture}">')
