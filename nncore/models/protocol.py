"""The protocol of a model: the members that everything which trains, checks or draws a model relies on."""

from typing import Protocol

import numpy as np

Array = np.ndarray


class Model(Protocol):
    """What every trainable model has.

    A model may also offer `bind(X, y, batch_size)`, a faster form of the inner loop: see `training.trainer`.
    """

    parameters: Array

    def loss_and_gradient(self, X: Array, y: Array) -> tuple[float | Array, Array]:
        """The objective and its gradient, shaped like `parameters`; fresh arrays at every call."""
        ...
