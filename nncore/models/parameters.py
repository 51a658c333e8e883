"""Flat parameters: one writable vector that holds all of a model's matrices, and views of it by name.

What trains, checks or plots a model sees the vector; the model's formulas see the matrices.
"""

from collections.abc import Mapping

import numpy as np

from nncore.checks import LARGEST, require_array

Array = np.ndarray


class FlatModel:
    """A model whose matrices are views, by name in `views`, of one float64 vector `parameters` (P,)."""

    def __init__(self, shapes: Mapping[str, tuple[int, ...]]):
        self._parameters = np.zeros(sum(int(np.prod(shape)) for shape in shapes.values()))
        self._shapes = dict(shapes)
        self.views = self.split(self._parameters)

    @property
    def parameters(self) -> Array:
        """All parameters (P,); writing into them changes the model."""
        return self._parameters

    @parameters.setter
    def parameters(self, values: Array) -> None:
        self._parameters[...] = require_array("parameters", values, *self._parameters.shape, limit=LARGEST)

    def rebase(self, vector: Array) -> None:
        """Takes `vector` (P,) for its parameters from now on, such as a part of a larger model's own vector."""
        self._parameters = vector
        self.views = self.split(vector)

    def split(self, vector: Array) -> dict[str, Array]:
        """Views of a vector (P,) by the names and in the shapes of this model's matrices."""
        views, begin = {}, 0
        for name, shape in self._shapes.items():
            end = begin + int(np.prod(shape))
            views[name] = vector[begin:end].reshape(shape)
            begin = end
        return views
