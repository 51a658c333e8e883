"""The autoencoder: a network that is asked for its own inputs, through a layer too small to hold them (Hinton and
Salakhutdinov, 2006). Nobody has to say what is right: the inputs are the targets.
"""

from collections.abc import Sequence

import numpy as np

from nncore.checks import require_array
from nncore.models.activations import ACTIVATIONS
from nncore.models.dense import Network
from nncore.models.losses import softmax
from nncore.models.passes import BoundBatches

Array = np.ndarray


class Autoencoder(Network):
    """A dense network of `sizes` (D, ..., d, ..., D), whose smallest layer, the code, stands in the middle.

    All hidden layers, the code's too, have the `activation` (one name, or one per hidden layer). With "identity" everywhere
    and squared error its best is the span of the first principal components (Baldi and Hornik, 1989). Raises ValueError for
    sizes that do not end as they begin or are smallest elsewhere, and for what `Network` refuses.
    """

    def __init__(
        self,
        sizes: Sequence[int],
        activation: str | Sequence[str] = "tanh",
        output: str = "identity",
        loss: str = "mse",
        initializer: str = "xavier_normal",
        l2: float = 0.0,
        seed: int = 0,
    ):
        super().__init__(sizes, activation, output, loss, initializer, l2=l2, seed=seed)
        self.code_layer = len(self.sizes) // 2  # which of the sizes is the code's
        if len(self.sizes) < 3 or len(self.sizes) % 2 == 0:
            raise ValueError(f"sizes must have an odd number of layers, at least 3, got {len(self.sizes)}")
        if self.sizes[0] != self.sizes[-1]:
            raise ValueError(f"sizes must end as they begin, got {self.sizes[0]} and {self.sizes[-1]}")
        if self.sizes[self.code_layer] != min(self.sizes):
            raise ValueError(f"sizes must be smallest in the middle, got {self.sizes}")

    def encode(self, X: Array) -> Array:
        """The codes (N, d) of inputs X (N, D)."""
        return self.forward(X).a[self.code_layer - 1]

    def decode(self, codes: Array) -> Array:
        """What the network makes of `codes` (N, d), which need not come from any input: (N, D)."""
        a = require_array("codes", codes, "N", self.sizes[self.code_layer])
        functions = [*(ACTIVATIONS[name].value for name in self.activations), None]
        functions[-1] = ACTIVATIONS[self.output].value if self.output in ACTIVATIONS else softmax
        with np.errstate(over="ignore", invalid="ignore"):
            a = a.T
            for matrix, function in zip(self.matrices()[self.code_layer :], functions[self.code_layer :], strict=True):
                a = function(matrix[:, :-1] @ a + matrix[:, -1:], None)
        return np.ascontiguousarray(a.T)

    def loss_and_gradient(self, X: Array, targets: Array | None = None) -> tuple[float, Array]:
        """The objective on X (N, D) and its gradient (P,); `targets` (N, D) are X itself unless others are given.

        Other targets make it denoise: X with noise or gaps, the clean inputs as targets.
        """
        return super().loss_and_gradient(X, self._wanted(X, targets))

    def data_loss(self, X: Array, targets: Array | None = None) -> float:
        """The loss on X (N, D) without the L2 term."""
        return super().data_loss(X, self._wanted(X, targets))

    def bind(self, X: Array, targets: Array | None = None, batch_size: int | None = None) -> BoundBatches:
        """The inner loop's form of this network on the training set X (N, D): see `Network.bind`."""
        return super().bind(X, self._wanted(X, targets), batch_size)

    def targets(self, y: Array) -> Array:
        """What should come out, (N, D) floats: y itself, and never labels. Raises ValueError for another shape."""
        return np.array(require_array("y", y, "N", self.sizes[0]))

    def _wanted(self, X: Array, targets: Array | None) -> Array:
        """What should come out for X (N, D): floats (N, D)."""
        return self._inputs(X) if targets is None else require_array("targets", targets, len(self._inputs(X)), self.sizes[0])
