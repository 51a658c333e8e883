"""The inner loop's form of a model that has no faster one of its own."""

import numpy as np

from nncore.data.batching import BatchOrder
from nncore.models.protocol import Model

Array = np.ndarray


class RowBatches(BatchOrder):
    """Picks the rows of each batch of X (N, D), y and asks the model for its gradient on them."""

    def __init__(self, model: Model, X: Array, y: Array, batch_size: int | None):
        super().__init__(len(X), batch_size)
        self._model, self._X, self._y = model, X, y

    def gradient(self, update: int) -> Array:
        """The objective's gradient on batch `update`."""
        rows = self.rows(update)
        return self._model.loss_and_gradient(self._X[rows], self._y[rows])[1]
