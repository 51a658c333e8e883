"""Flat parameters: one writable vector that holds all of a model's matrices, and views of it by name.

What trains, checks or plots a model sees the vector; the model's formulas see the matrices.
"""

from collections.abc import Mapping

import numpy as np

from nncore.checks import LARGEST, require_array, require_view, shown

Array = np.ndarray


class FlatParameters:
    """What has numbers that a training changes: one float64 array `parameters`, (P,), or (R, P) for a stack of R."""

    def __init__(self, parameters: Array):
        self._parameters = parameters

    @property
    def parameters(self) -> Array:
        """All parameters, (P,) or (R, P); writing into them changes the model."""
        return self._parameters

    @parameters.setter
    def parameters(self, values: Array) -> None:
        self._parameters[...] = require_array("parameters", values, *self._parameters.shape, limit=LARGEST)


class FlatModel(FlatParameters):
    """A model whose matrices are views, by name in `views`, of its `parameters` (P,)."""

    def __init__(self, shapes: Mapping[str, tuple[int, ...]]):
        super().__init__(np.zeros(sum(int(np.prod(shape)) for shape in shapes.values())))
        self._shapes = dict(shapes)
        self.views = self.split(self._parameters)

    def rebase(self, vector: Array) -> None:
        """Takes `vector` (P,) for its parameters from now on, such as a part of a larger model's own vector.

        It is written into, so it must be an array of float64 that can be; raises ValueError for anything else.
        """
        if require_view("vector", vector, *self._parameters.shape).dtype != np.float64 or not vector.flags.writeable:
            raise ValueError(f"vector must be an array of float64 that can be written into, got {shown(vector)}")
        self._parameters = require_array("vector", vector, limit=LARGEST)
        self.views = self.split(vector)

    def split(self, vector: Array) -> dict[str, Array]:
        """Views of a vector (P,) by the names and in the shapes of this model's matrices."""
        require_view("vector", vector, *self._parameters.shape)
        views, begin = {}, 0
        for name, shape in self._shapes.items():
            end = begin + int(np.prod(shape))
            views[name] = vector[begin:end].reshape(shape)
            begin = end
        return views
