"""Frames at even distances, for trainings whose number of epochs is known before they begin."""

from functools import cached_property

import numpy as np

Array = np.ndarray

FRAMES = 60


class EvenFrames:
    """What a description of `epochs` epochs says of its frames."""

    epochs: int

    @cached_property
    def frame_epochs(self) -> Array:
        """The epochs (F,) after which losses are recorded: 0, the last, and up to 59 between."""
        return np.unique(np.linspace(0, self.epochs, min(self.epochs, FRAMES) + 1).round().astype(int))

    @property
    def n_frames(self) -> int:
        """Frames of the whole recording."""
        return len(self.frame_epochs)
