"""The inner loop's form of a model that has no faster one of its own."""

import numpy as np

from nncore.data.batching import batch_slices
from nncore.models.protocol import Model

Array = np.ndarray


class RowBatches:
    """Picks the rows of each batch of X (N, D), y and asks the model for its gradient on them."""

    def __init__(self, model: Model, X: Array, y: Array, batch_size: int | None):
        self._model, self._X, self._y = model, X, y
        self._slices = batch_slices(len(X), batch_size)
        self._order = np.arange(len(X))
        self.n_updates = len(self._slices)

    def start_epoch(self, order: Array | None) -> None:
        """Takes the order (N,) of this epoch's samples; None keeps it."""
        self._order = self._order if order is None else order

    def gradient(self, update: int) -> Array:
        """The objective's gradient on batch `update`."""
        rows = self._order[self._slices[update]]
        return self._model.loss_and_gradient(self._X[rows], self._y[rows])[1]
