"""A training drawn in the browser: its losses and its attention move there, frame by frame, as fast as one can follow.

The view plays the recorded frames that it was sent and asks for more before they run out. Nothing runs on a timer here:
what a viewer does not watch is not trained.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from nncore.experiments.recording.recording import Recording
from pages.parts.fields.numbers import fine_percent
from pages.parts.figures.palette import POSITIVE, TRAINING, VALIDATION, LineStyle, zero

SECONDS = 4.0  # in which a whole training is played


class Panel(NamedTuple):
    """One more picture of a frame: `kind` "points", its values (N, 2) places, or "tiles", its values (K, H, W) pictures.

    `told` is what all frames share: of points the `marks` (a letter or two) and `colours` of each, of tiles the `inputs`,
    flat, that stand above them, and how many are `across`.
    """

    kind: str
    title: str
    values: np.ndarray
    told: dict[str, Any]


class Attention(NamedTuple):
    """Weights (heads, T_q, T_k) of a model at one frame, the names of rows and columns, and the longest row's letters.

    `titles` name the heads, where they are not just numbered. Weights below 0, down to -1, wear the colour `below`;
    those of NaN are masked, and crossed by a line. `panels` are pictures beside them.
    """

    weights: np.ndarray
    rows: Sequence[str]
    columns: Sequence[str]
    letters: int
    titles: Sequence[str] = ()
    below: str = ""
    panels: Sequence[Panel] = ()

    @property
    def flat(self) -> np.ndarray:
        """All numbers of the frame, in one row."""
        return np.concatenate([part.ravel() for part in (self.weights, *(panel.values for panel in self.panels))])


Looks = Callable[[np.ndarray], Attention]


def frame_words(recording: Recording, frame: int, n_updates: int, attention: Attention) -> dict[str, Any]:
    """What is said of one frame: the words beside and behind the pictures, and the names of its rows."""
    done, scores = int(recording.updates[frame]), recording.scores[frame]
    if len(scores) == 2:
        both = f"loss {scores[0]:.3f} in training, {scores[1]:.3f} held out"
        return {"rows": list(attention.rows), "says": f"<b>{done:,} of {n_updates:,} updates</b> · {both}",
                "alt": [f"{both.capitalize()}, after {done:,} updates", ""]}  # fmt: skip
    loss, training, held_out = scores
    right = f"{fine_percent(training)} of the training set, {fine_percent(held_out)} held out"
    return {
        "rows": list(attention.rows), "says": f"<b>{done:,} of {n_updates:,} updates</b> · loss {loss:.3f} · right: {right}",
        "alt": [f"Training loss, {loss:.3f} after {done:,} updates", f"Right after {done:,} updates: {right}"],
    }  # fmt: skip


def learning_scene(n_updates: int, n_frames: int, attention: Attention, dark: bool) -> dict[str, Any]:
    """What all frames share: axes, names, pace (frames a second) and colours."""
    return {
        "total": n_updates, "pace": n_frames / SECONDS, "heads": len(attention.weights),
        "titles": list(attention.titles),
        "panels": [{"kind": panel.kind, "title": panel.title, "shape": list(panel.values.shape), **panel.told}
                   for panel in attention.panels],
        "columns": list(attention.columns), "longest": attention.letters,
        "colours": {"none": zero(dark), "all": POSITIVE, "below": attention.below or zero(dark)},
        "styles": {"training": _style(TRAINING, dark), "held": _style(VALIDATION, dark)},
    }  # fmt: skip


def _style(style: LineStyle, dark: bool) -> dict[str, str]:
    return {"colour": style.colour(dark), "dash": style.dash}
