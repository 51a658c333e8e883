"""Glassbox's core: a neural network, its training, and everything that can be seen of them, in NumPy.

Axis letters throughout: R runs, N examples, B batch, D features, H hidden, K outputs, T tokens, P parameters.
"""

from nncore.activations import ACTIVATIONS
from nncore.attention import MultiHeadAttention, scaled_dot_product_attention
from nncore.batching import batch_slices, updates_per_epoch
from nncore.chunks import ChunkStore, record
from nncore.datasets import DATASETS, Dataset, load_dataset
from nncore.experiment import Experiment, build_network, build_split
from nncore.features import FEATURES, SCALINGS
from nncore.gradcheck import check_gradient
from nncore.history import FrameSchedule, History
from nncore.initializers import INITIALIZERS
from nncore.losses import LOSSES
from nncore.network import OUTPUTS, Network
from nncore.optimizers import OPTIMIZERS, SCHEDULES
from nncore.run import Branch, Run
from nncore.splits import Split, make_split
from nncore.stopping import STOP_RULES
from nncore.training import Trainer

__all__ = [
    "ACTIVATIONS", "DATASETS", "FEATURES", "INITIALIZERS", "LOSSES", "OPTIMIZERS", "OUTPUTS", "SCALINGS", "SCHEDULES",
    "STOP_RULES", "Branch", "ChunkStore", "Dataset", "Experiment", "FrameSchedule", "History", "MultiHeadAttention",
    "Network", "Run", "Split", "Trainer", "batch_slices", "build_network", "build_split", "check_gradient",
    "load_dataset", "make_split", "record", "scaled_dot_product_attention", "updates_per_epoch",
]
