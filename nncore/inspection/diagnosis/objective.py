"""Symptoms of the objective: an output, a loss or a penalty that keeps the network away from its targets."""

import numpy as np

from nncore.experiments.experiment import build_network
from nncore.inspection.diagnosis.evidence import Advice, Evidence, output_range, rate_text, share_text
from nncore.models.activations import ACTIVATIONS
from nncore.models.architecture import probability_output
from nncore.models.losses import LOSSES
from nncore.models.targets import class_targets
from nncore.training.optimizers import OPTIMIZERS

JUMP = 0.03  # weights that an update of L1 alone moves so far never come to rest


def output_out_of_reach(e: Evidence, found: set[str]) -> Advice:
    """Targets beyond the ends of the output's activation."""
    if not e.experiment.is_regression:
        return None
    low, high = output_range(e.network.output)
    y = e.split.y_train
    beyond = float(((y < low) | (y > high)).mean())
    if beyond == 0 or e.loss_floor < 0.02 * np.square(y - y.mean()).mean():
        return None
    ends = f"between {low:g} and {high:g}" if np.isfinite(high) else f"at {low:g} or above"
    return (
        f"The output cannot reach the targets: {_output_name(e.network.output)} stays {ends}, but {share_text(beyond)} of "
        f"the training targets, which go from {y.min():.3g} to {y.max():.3g}, lie outside. No weights bring the "
        f"{LOSSES[e.network.loss].label} loss below {e.loss_floor:.2g}; it is {e.scores[-1, 0]:.3g}. Choose the output "
        "identity, which has no ends."
    ), {"output": "identity", "loss": e.experiment.loss}


def saturated_output(e: Evidence, found: set[str]) -> Advice:
    """Outputs at the wrong end of a flat activation, with a loss whose gradient vanishes there."""
    output = ACTIVATIONS.get(e.network.output)  # None is softmax
    can_saturate = output is None or output.has_two_ends
    if e.experiment.is_regression or LOSSES[e.network.loss].needs_probabilities or not can_saturate:
        return None
    outputs, targets = e.network.predict(e.split.X_train), e.network.targets(e.split.y_train)
    low, high = class_targets(e.network.output)
    share = float((np.abs(outputs - targets) > 0.95 * (high - low)).any(axis=1).mean())
    if share < 0.1:
        return None
    partner = probability_output(e.network.sizes[-1])
    with_output = "" if partner == e.network.output else f"the output {_output_name(partner)} with "
    return (
        f"For {share_text(share)} of the training samples the output sits at the wrong end of the "
        f"{_output_name(e.network.output)}. With the {LOSSES[e.network.loss].label} loss the slope there is nearly 0, so "
        f"the worst mistakes are corrected most slowly. Choose {with_output}the {LOSSES['cross_entropy'].label} loss, whose "
        "gradient stays strong, or smaller first weights."
    ), {"output": partner, "loss": "cross_entropy"}


def _output_name(output: str) -> str:
    """What an output's activation is called for people; softmax has no entry in the table."""
    return ACTIVATIONS[output].label if output in ACTIVATIONS else output


def penalty_too_strong(e: Evidence, found: set[str]) -> Advice:
    """A penalty that holds the weights down against the data."""
    names = [name for name in ("l1", "l2") if getattr(e.experiment, name) > 0]
    if not names or not e.is_poor or e.epochs[-1] < 1 or "unstable" in found:
        return None
    which = " and ".join(name.upper() for name in names)
    remedy = dict.fromkeys(names, 0.0)
    largest = min(float(np.abs(weights).max()) for weights in e.network.weights)
    first = min(float(np.abs(weights).max()) for weights in build_network(e.experiment).weights)
    if largest <= 0.03 and largest < 0.5 * first:
        return (
            f"{which} too strong: it has pulled all the weights of a layer to nearly 0 (none is larger than "
            f"{largest:.2g}), so that the inputs no longer reach the output. Turn it down, or off."
        ), remedy
    kick = e.experiment.learning_rate * e.network.l1
    if OPTIMIZERS[e.experiment.optimizer].is_plain and kick > JUMP and largest <= 1.01 * kick:
        return (
            f"L1 too strong: each update moves every weight by the learning rate times L1, "
            f"{rate_text(e.experiment.learning_rate)} × {e.network.l1:g} = {kick:.2g}, towards 0 and beyond, so that the "
            f"weights of a layer jump about 0 (none is larger than {largest:.2g}) and the data hardly count. Turn it down, "
            "or off."
        ), remedy
    if e.epochs[-1] < 10:
        return None
    pull = e.network.penalty_gradient()
    data, pulled = float(np.linalg.norm(e.gradient - pull)), float(np.linalg.norm(pull))
    if data < 0.02 or not e.gradient_length < 0.2 * data:
        return None
    return (
        f"{which} too strong: it holds the weights where they are. The gradient of the loss alone has the length "
        f"{data:.2g} and would change them, but the penalty pulls back with {pulled:.2g}, and the two nearly cancel while "
        f"{e.score_text} on the training set. Turn it down, or off."
    ), remedy
