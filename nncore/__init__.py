"""Glassbox's core: a neural network, its training, and everything that can be seen of them, in NumPy.

Axis letters throughout: R runs, N examples, B batch, D features, H hidden, K outputs, T tokens, P parameters.
"""

from nncore.doors import open_doors

__all__, __getattr__ = open_doors(__name__, {
    "attention.attention": "MultiHeadAttention scaled_dot_product_attention",
    "cache": "cached key_of",
    "data.batching": "batch_slices updates_per_epoch",
    "data.datasets": "DATASETS Dataset load_dataset",
    "data.features": "FEATURES SCALINGS",
    "data.splits": "Split make_split",
    "experiments.experiment": "Experiment build_network build_split",
    "experiments.playground": "from_playground",
    "experiments.recording": "ChunkStore FrameSchedule History record",
    "experiments.run": "Branch Run",
    "inspection.gradcheck": "check_gradient",
    "models.activations": "ACTIVATIONS",
    "models.architecture": "OUTPUTS",
    "models.autoencoder": "Autoencoder",
    "models.convolution.network": "ConvNet",
    "models.convolution.windows": "conv2d max_pool2d",
    "models.dense": "Network",
    "models.initializers": "INITIALIZERS",
    "models.losses": "LOSSES",
    "models.recurrence.network": "Recurrent",
    "training.optimizers": "OPTIMIZERS",
    "training.schedules": "SCHEDULES",
    "training.stopping": "STOP_RULES",
    "training.trainer": "Trainer",
})  # fmt: skip
