"""Glassbox's core: a neural network, its training, and everything that can be seen of them, in NumPy.

Axis letters throughout: R runs, N examples, B batch, D features, H hidden, K outputs, T tokens, P parameters.
"""

from nncore.attention.attention import MultiHeadAttention, scaled_dot_product_attention
from nncore.data.batching import batch_slices, updates_per_epoch
from nncore.data.datasets import DATASETS, Dataset, load_dataset
from nncore.data.features import FEATURES, SCALINGS
from nncore.data.splits import Split, make_split
from nncore.experiments.chunk_store import ChunkStore, record
from nncore.experiments.experiment import Experiment, build_network, build_split
from nncore.experiments.frames import FrameSchedule, History
from nncore.experiments.run import Branch, Run
from nncore.inspection.gradcheck import check_gradient
from nncore.models.activations import ACTIVATIONS
from nncore.models.architecture import OUTPUTS
from nncore.models.dense import Network
from nncore.models.initializers import INITIALIZERS
from nncore.models.losses import LOSSES
from nncore.training.optimizers import OPTIMIZERS
from nncore.training.schedules import SCHEDULES
from nncore.training.stopping import STOP_RULES
from nncore.training.trainer import Trainer

__all__ = [
    "ACTIVATIONS", "DATASETS", "FEATURES", "INITIALIZERS", "LOSSES", "OPTIMIZERS", "OUTPUTS", "SCALINGS", "SCHEDULES",
    "STOP_RULES", "Branch", "ChunkStore", "Dataset", "Experiment", "FrameSchedule", "History", "MultiHeadAttention",
    "Network", "Run", "Split", "Trainer", "batch_slices", "build_network", "build_split", "check_gradient",
    "load_dataset", "make_split", "record", "scaled_dot_product_attention", "updates_per_epoch",
]
