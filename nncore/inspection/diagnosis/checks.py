"""Every check of a diagnosis, in the order in which findings are told.

A network that does not learn looks the same from outside whatever the reason. Inside, the reasons differ:
neurons that are always 0, neurons that are copies of each other, steps too large or too small, a curve that
turns.
"""

from collections.abc import Callable

import numpy as np

from nncore.arguments import array, checked, kind_of, optional
from nncore.experiments.experiment import Experiment, build_network, build_split
from nncore.inspection.diagnosis import learning_rate, neurons, objective, samples, standstill
from nncore.inspection.diagnosis.evidence import Advice, Evidence, Finding, without_exponents
from nncore.training.stopping import Stop

Array = np.ndarray

# In the order in which findings are reported: a later check returns None where an earlier finding explains it.
CHECKS: dict[str, Callable[[Evidence, set[str]], Advice]] = {
    "diverged": learning_rate.diverged,
    "unstable": learning_rate.unstable,
    "output_out_of_reach": objective.output_out_of_reach,
    "far_targets": samples.far_targets,
    "identical_neurons": neurons.identical_neurons,
    "learning_rate_too_large": learning_rate.learning_rate_too_large,
    "dead_neurons": neurons.dead_relus,
    "saturated_neurons": neurons.saturated_hidden,
    "saturated_output": objective.saturated_output,
    "penalty_too_strong": objective.penalty_too_strong,
    "vanishing_gradient": neurons.vanishing_gradient,
    "contradictions": samples.contradictions,
    "overfitting": samples.overfitting,
    "tiny_class": samples.tiny_class,
    "stopped_too_early": standstill.stopped_too_early,
    "schedule_too_fast": learning_rate.schedule_too_fast,
    "learning_rate_too_small": learning_rate.learning_rate_too_small,
    "noise": samples.noisy_labels,
    "unscaled_inputs": samples.unscaled_inputs,
    "few_updates": standstill.few_updates,
    "stuck": lambda e, found: standstill.too_simple(e, found) or standstill.stuck(e, found),
    "unexplained": standstill.unexplained,
}


@checked(
    experiment=kind_of(Experiment), scores=array(limit=None), epochs=array("F?"), stop=optional(kind_of(Stop)),
)
def diagnose(
    experiment: Experiment, network_parameters: Array, scores: Array, epochs: Array, stop: Stop | None = None
) -> list[Finding]:
    """What is wrong at a recorded frame, most serious first; an empty list when nothing is.

    `network_parameters` (P,) are those of the frame that is shown, `scores` (F, 4) and `epochs` (F,) those of all
    frames up to and with it (training loss, validation loss, training score, validation score; nan without
    validation), `stop` why training ended there, if it did. `experiment` holds the settings in force. Raises
    ValueError where they do not fit together.
    """
    scores, epochs = np.asarray(scores, dtype=float), np.asarray(epochs)
    if scores.shape != (len(epochs), 4) or not len(epochs):
        raise ValueError(f"scores must have the shape ({len(epochs)}, 4), F at least 1, got {scores.shape}")
    if epochs.min() < 0:
        raise ValueError(f"epochs must be at least 0, got {epochs.min():g}")
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
            advice = check(evidence, {finding.kind for finding in found})
            if advice:
                text, remedy = advice
                found.append(Finding(kind, without_exponents(text), remedy))
            if kind == "diverged" and found:
                return found  # every other symptom follows from it
    return found
