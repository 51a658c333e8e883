"""Data: what can be learned from, and how it is dealt out.

A dataset is a table of raw inputs and targets. Features and scaling turn it into a network's inputs, fitted on the training
set alone; a split says which examples are learned from; batching says which of them make each update.
"""

from nncore.data.batch_order import update_at
from nncore.data.batching import batch_slices, epoch_order, updates_per_epoch
from nncore.data.datasets import MAX_NOISE, Dataset, load_dataset
from nncore.data.features import FEATURES, SCALINGS, InputTransform, fit_transform
from nncore.data.splits import Split, make_split, scarce_classes
from nncore.data.table import DATASETS, REAL, DatasetKind

__all__ = [
    "DATASETS",
    "FEATURES",
    "MAX_NOISE",
    "REAL",
    "SCALINGS",
    "Dataset",
    "DatasetKind",
    "InputTransform",
    "Split",
    "batch_slices",
    "epoch_order",
    "fit_transform",
    "load_dataset",
    "make_split",
    "scarce_classes",
    "update_at",
    "updates_per_epoch",
]
