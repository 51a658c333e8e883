"""Models: what learns.

Every model keeps all of its numbers in one flat vector, `parameters`, and answers `loss_and_gradient(X, y)` and
`predict(X)`. Whatever trains, checks or draws a model needs no more than these members.
"""

from nncore.doors import open_doors

__all__, __getattr__ = open_doors(__name__, {
    "activations": "ACTIVATIONS Activation",
    "architecture": "OUTPUTS check_output probability_output",
    "autoencoder": "Autoencoder",
    "convolution.network": "ConvNet",
    "convolution.windows": "conv2d max_pool2d",
    "dense": "Network",
    "initializers": "INITIALIZERS",
    "losses": "LOSSES Loss softmax_backward",
    "parameters": "FlatModel",
    "protocol": "Model",
    "recurrence.cells": "CELLS",
    "recurrence.network": "Recurrent",
    "targets": "class_targets",
})  # fmt: skip
