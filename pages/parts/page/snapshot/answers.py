"""A network's answers against the truth: the confusion matrix of a set, or its residuals."""

import numpy as np

from nncore.data.splits import Split
from nncore.experiments.experiment import Experiment, build_network
from nncore.metrics import confusion_matrix, predicted_labels
from pages.parts.figures.way.confusion import confusion_table
from pages.parts.figures.way.residuals import residuals_picture

# The sets of a split as they are called on screen, and by the names of their members.
SETS = {"training": "train", "validation": "validation", "test": "test"}


def sets_of(split: Split) -> dict[str, str]:
    """Those of SETS that have samples."""
    return {name: member for name, member in SETS.items() if len(getattr(split, member))}


def answers_picture(settings: Experiment, split: Split, parameters: np.ndarray, part: str) -> str:
    """HTML of the answers of the network with these `parameters` (P,) on the set `part` of SETS."""
    X, y = (getattr(split, f"{letter}_{SETS[part]}") for letter in "Xy")
    network, dataset = build_network(settings), split.dataset
    network.parameters = parameters
    outputs = network.predict(X)
    if settings.is_regression:
        spoken = f"Predicted against true {dataset.target_name} on the {part} set, and the residuals."
        return residuals_picture(outputs[:, 0], y, dataset.target_name, spoken)
    counts = confusion_matrix(y, predicted_labels(outputs, settings.output), dataset.n_classes)
    spoken = f"Confusion matrix on the {part} set: {np.trace(counts)} of {counts.sum()} right."
    return confusion_table(counts, dataset.class_names, spoken)
