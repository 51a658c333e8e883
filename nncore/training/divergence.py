"""Divergence: when the numbers of a training leave all bounds, and what is kept then.

Every run keeps the parameters with which its epoch began. A run whose numbers are no longer finite is put back to them and
stays there, while the others of its stack go on.
"""

from collections.abc import Generator

import numpy as np

from nncore.models.protocol import Model

Array = np.ndarray

SAFE = 1e12  # squared length of the parameters: below it not even 20 layers lead to a loss that overflows
GROWN = 30.0  # parameters are checked once they are this many times as long as at the start


class DivergenceGuard:
    """Keeps the parameters that `model` had when the epoch on X (N, D), y began, and holds runs that diverge at them.

    `diverged` marks them (bool, or (R,)); `kept` is shaped like the model's parameters.
    """

    def __init__(self, model: Model, X: Array, y: Array):
        self.diverged: bool | Array = np.zeros(model.parameters.shape[:-1], dtype=bool)[()]
        self.kept = model.parameters.copy()
        self._model, self._X, self._y = model, X, y
        with np.errstate(over="ignore"):
            self._grown = GROWN**2 * max(1.0, float(np.square(model.parameters).sum()))

    def start_epoch(self) -> None:
        """Keeps the parameters as they are now."""
        self.kept[...] = self._model.parameters

    def is_safe(self) -> bool:
        """Whether all runs go on and their parameters are so small that nothing can overflow: then `hold` has nothing to do.

        Asked after every update, where NumPy's warnings are off.
        """
        safe, diverged = self._safe(), self.diverged
        if safe.ndim == 0:  # of one number `all` and `any` take longer than the step of an update
            return bool(safe) and not diverged
        return bool(safe.all()) and not diverged.any()

    def _safe(self) -> Array:
        """Which runs have parameters below SAFE, () or (R,): they and their loss are finite; nan is not below."""
        return np.vecdot(self._model.parameters, self._model.parameters) < SAFE

    def hold(self, ends_epoch: bool) -> Generator[None, None, bool]:
        """Puts diverged runs back to where this epoch began, yielding between pieces of work; returns whether none is left.

        Between two epochs the loss decides as well. It costs a pass over all samples, and makes no difference before.
        """
        parameters = self._model.parameters
        with np.errstate(over="ignore", invalid="ignore"):
            unsafe = ~(self._safe() | self.diverged)
        if unsafe.any():
            finite = yield from self._is_finite(unsafe, ends_epoch)
            self.diverged = self.diverged | (unsafe & ~finite)
        parameters[...] = np.where(np.expand_dims(self.diverged, -1), self.kept, parameters)
        return bool(self.diverged.all())

    def _is_finite(self, runs: Array, ends_epoch: bool) -> Generator[None, None, Array]:
        """Whether parameters, and at an epoch's end the objective, are finite, () or (R,); right for these `runs` alone."""
        model = self._model
        finite = np.isfinite(model.parameters).all(axis=-1)
        if not ends_epoch or not finite.any():
            return finite
        if not hasattr(model, "is_finite_in_pieces"):
            with np.errstate(all="ignore"):
                return finite & np.isfinite(model.loss_and_gradient(self._X, self._y)[0])
        found = None
        for found in (model if runs.ndim == 0 else model.of_runs(runs)).is_finite_in_pieces(self._X, self._y):
            if found is None:
                yield
        if runs.ndim == 0:
            return found
        finite[runs] = found
        return finite

    def hold_above(self, bound: float) -> Generator[None, None, bool]:
        """Puts a single network back when this epoch made its objective rise above `bound`; returns whether it did.

        To be asked once an epoch, so that it makes no difference where the work is cut. Only when the parameters have grown
        is the objective computed, because that costs a pass over all samples.
        """
        parameters = self._model.parameters
        with np.errstate(over="ignore"):
            if bound == float("inf") or parameters.ndim > 1 or np.vecdot(parameters, parameters) < self._grown:
                return False
        now = self._objective()
        if not now > bound:
            return False
        yield
        grown = parameters.copy()
        parameters[...] = self.kept
        if not now > self._objective():
            parameters[...] = grown
            return False
        self.diverged = np.True_
        return True

    def _objective(self) -> float:
        with np.errstate(all="ignore"):
            return float(self._model.loss_and_gradient(self._X, self._y)[0])
