"""Models: what learns.

Every model keeps all of its numbers in one flat vector, `parameters`, and answers `loss_and_gradient(X, y)` and
`predict(X)`. Whatever trains, checks or draws a model needs no more than these members.
"""

from nncore.models.activations import ACTIVATIONS, Activation
from nncore.models.architecture import OUTPUTS, check_output, probability_output
from nncore.models.dense import Network
from nncore.models.initializers import INITIALIZERS
from nncore.models.losses import LOSSES, Loss, softmax_backward
from nncore.models.parameters import FlatModel
from nncore.models.protocol import Model
from nncore.models.targets import class_targets

__all__ = [
    "ACTIVATIONS",
    "INITIALIZERS",
    "LOSSES",
    "OUTPUTS",
    "Activation",
    "FlatModel",
    "Loss",
    "Model",
    "Network",
    "check_output",
    "class_targets",
    "probability_output",
    "softmax_backward",
]
