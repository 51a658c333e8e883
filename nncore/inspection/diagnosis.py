"""Diagnosis: what is wrong with a training run, in plain words.

A network that does not learn looks the same from outside whatever the reason. Inside, the reasons differ:
neurons that are always 0, neurons that are copies of each other, steps too large or too small, a curve that
turns.
"""

from dataclasses import dataclass

import numpy as np

from nncore.experiments.experiment import Experiment, build_network, build_split
from nncore.inspection.symptoms import CHECKS, Evidence
from nncore.training.stopping import Stop

Array = np.ndarray


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: `kind` is a name for programs, `text` says what it is and what to do."""

    kind: str
    text: str


def diagnose(
    experiment: Experiment, network_parameters: Array, scores: Array, epochs: Array, stop: Stop | None = None
) -> list[Finding]:
    """What is wrong at a recorded frame, most serious first; an empty list when nothing is.

    `network_parameters` (P,) are those of the frame on screen, `scores` (F, 4) and `epochs` (F,) those of all
    frames up to and with it (training loss, validation loss, training score, validation score; nan without
    validation), `stop` why training ended there, if it did. `experiment` holds the settings in force. Raises
    ValueError where they do not fit together.
    """
    scores, epochs = np.asarray(scores, dtype=float), np.asarray(epochs)
    if scores.shape != (len(epochs), 4) or not len(epochs):
        raise ValueError(f"scores must have the shape ({len(epochs)}, 4), F at least 1, got {scores.shape}")
    network = build_network(experiment)
    if np.shape(network_parameters) != (network.n_parameters,):
        raise ValueError(
            f"network_parameters must have the shape ({network.n_parameters},), got "
            f"{np.shape(network_parameters)}"
        )
    network.parameters = network_parameters
    evidence = Evidence(experiment, network, build_split(experiment), scores, epochs, stop)
    found: list[Finding] = []
    with np.errstate(all="ignore"):  # parameters on the way to divergence overflow
        for kind, check in CHECKS.items():
            text = check(evidence, {finding.kind for finding in found})
            if text:
                found.append(Finding(kind, text))
            if kind == "diverged" and found:
                return found  # whatever else the wreck shows follows from it
    return found
