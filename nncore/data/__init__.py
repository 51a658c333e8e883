"""Data: what can be learned from, and how it is dealt out.

A dataset is a table of raw inputs and targets, built in or a person's own. Features and scaling turn it into a network's
inputs, fitted on the training set alone; a split says which examples are learned from; batching says which of them make each
update.
"""

from nncore.doors import open_doors

__all__, __getattr__ = open_doors(__name__, {
    "batch_order": "update_at",
    "batching": "batch_slices epoch_order updates_per_epoch",
    "datasets": "MAX_NOISE Dataset load_dataset",
    "drawn_shapes": "SHAPES draw_shapes shape_picture",
    "corpus": "CATEGORIES toy_corpus",
    "own": "SHELF Column Table UnknownTable dataset_kind drawn_points from_expression is_own known_kind read_table",
    "features": "FEATURES SCALINGS InputTransform fit_transform",
    "sequences": "MEMORY_TASKS MemoryTask Sequences draw_sequences echo_answers letter_windows one_hot read_symbols",
    "splits": "Split make_split scarce_classes",
    "table": "DATASETS REAL DatasetKind",
})  # fmt: skip
