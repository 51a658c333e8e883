"""Truncated backpropagation through time: sequences are cut into stretches, and no gradient goes from one into another.

The state is carried on across the cuts, so the answers are the same; only what training learns of is shorter. That saves
memory on long sequences (Williams and Peng, 1990), and it cannot teach what lies further back than a stretch.
"""

import numpy as np

from nncore.checks import require_whole
from nncore.models.recurrence.network import Recurrent

Array = np.ndarray


class TruncatedRecurrent(Recurrent):
    """A `Recurrent` network of which the gradient stops at every cut; `stretch` is the number of steps between two cuts.

    Cuts are counted from the end, so that the last stretch is a whole one.
    """

    def __init__(self, n_inputs: int, n_hidden: int, n_outputs: int, cell: str = "rnn", seed: int = 0, stretch: int = 5):
        super().__init__(n_inputs, n_hidden, n_outputs, cell, seed)
        self.stretch = require_whole("stretch", stretch, 1)

    def _stops_before(self, steps_to_the_end: int) -> bool:
        return steps_to_the_end % self.stretch == 0
