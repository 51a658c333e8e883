"""Symptoms: the checks behind a diagnosis, one function each.

A check looks at the evidence for one thing that goes wrong, and returns what to tell the person (what is
seen, why it hurts, what to try), or None. The thresholds are rules of thumb, set so that a run that does well
is left in peace.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nncore.data.splits import Split
from nncore.experiments.experiment import Experiment
from nncore.inspection.unit_health import dead_neurons, distinct_neurons, join_words, name_neurons, saturated_neurons
from nncore.models.activations import ACTIVATIONS
from nncore.models.architecture import probability_output
from nncore.models.dense import Network
from nncore.models.initializers import INITIALIZERS
from nncore.models.losses import LOSSES
from nncore.models.targets import class_targets
from nncore.training.optimizers import OPTIMIZERS
from nncore.training.stopping import Stop

Array = np.ndarray

POOR_ACCURACY, POOR_R_SQUARED = 0.9, 0.8  # below these, what may be harmless is worth saying
RATES = (1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)


@dataclass(frozen=True)
class Evidence:
    """What the checks look at; `scores` (F, 4) and `epochs` (F,) end with the frame on screen."""

    experiment: Experiment
    network: Network
    split: Split
    scores: Array
    epochs: Array
    stop: Stop | None

    @cached_property
    def gradient_length(self) -> float:
        """Length of the objective's gradient on the whole training set."""
        _, gradient = self.network.loss_and_gradient(self.split.X_train, self.split.y_train)
        return float(np.linalg.norm(gradient))

    @property
    def is_poor(self) -> bool:
        """Whether the training score leaves something to wish for."""
        return not self.scores[-1, 2] >= (POOR_R_SQUARED if self.experiment.is_regression else POOR_ACCURACY)

    @property
    def score_text(self) -> str:
        """The training score as a person reads it."""
        score = self.scores[-1, 2]
        return f"R² is {score:.2f}" if self.experiment.is_regression else f"accuracy is {100 * score:.0f} %"

    @property
    def has_large_inputs(self) -> bool:
        """Whether inputs far from 1 go into the network as they are."""
        return self.experiment.scaling == "none" and float(np.abs(self.split.X_train).max()) > 20

    def decline_per_epoch(self) -> float:
        """By which share of itself the training loss fell per epoch, over the later half of the epochs."""
        begin = int(np.searchsorted(self.epochs, self.epochs[-1] / 2))
        before, now = self.scores[begin, 0], self.scores[-1, 0]
        return float((before - now) / max(before, 1e-12) / max(self.epochs[-1] - self.epochs[begin], 1))


def _diverged(e: Evidence, found: set[str]) -> str | None:
    if e.stop is None or e.stop.rule != "divergence":
        return None
    text = "Training diverged: every step overshot by more than the last, until the numbers left all bounds. "
    if e.experiment.learning_rate > RATES[0]:
        text += f"Turn the learning rate down from {_rate(e)}, for a start to {_rate(e, -2)}"
    else:
        text += "The learning rate is as small as it gets, so try smaller first weights (Xavier normal)"
    if e.has_large_inputs:
        largest = np.abs(e.split.X_train).max()
        return f"{text}, and standardise the inputs: their largest value is {largest:,.0f}."
    return f"{text}; go back a few frames or press Reset first."


def _identical_neurons(e: Evidence, found: set[str]) -> str | None:
    initializer, sizes = INITIALIZERS[e.experiment.initializer], e.network.sizes[1:-1]
    if initializer.constant is None:
        return None
    layers = [
        f"hidden layer {k} has {count} distinct neuron{'s' * (count > 1)} out of {size}"
        for k, (count, size) in enumerate(zip(distinct_neurons(e.network), sizes, strict=True), start=1)
        if count < size
    ]
    if not layers:
        return None
    return (
        f"Neurons are copies of each other: {join_words(layers)}. The initializer {initializer.label} gave them "
        "equal weights, so they get equal gradients and stay equal for ever. Choose a random initializer, "
        "such as Xavier normal."
    )


def _dead_neurons(e: Evidence, found: set[str]) -> str | None:
    dead = dead_neurons(e.network, e.split.X_train)
    # Zero weights leave a ReLU at exactly 0 too, but then the initializer is the reason, and is named.
    if "identical_neurons" in found and INITIALIZERS[e.experiment.initializer].constant == 0:
        return None
    if not any(len(layer) for layer in dead):
        return None
    one = sum(len(layer) for layer in dead) == 1
    kinds = [ACTIVATIONS[name].label for name, layer in zip(e.network.activations, dead, strict=True) if len(layer)]
    which = join_words([f"{kind}s" for kind in dict.fromkeys(kinds)])
    return (
        f"Dead {which}: {name_neurons(dead, e.network)} {'is' if one else 'are'} 0 for every training sample, "
        f"so no gradient gets through and {'it' if one else 'they'} cannot learn. Draw new first weights, "
        "turn the learning rate down, or choose leaky ReLU, which lets a little through."
    )


def _saturated_neurons(e: Evidence, found: set[str]) -> str | None:
    saturated = saturated_neurons(e.network, e.split.X_train)
    if not e.is_poor or not any(len(layer) for layer in saturated):
        return None
    one = sum(len(layer) for layer in saturated) == 1
    remedies = ["standardised inputs"] if e.has_large_inputs else []
    remedies += ["the initializer Xavier normal"] if INITIALIZERS[e.experiment.initializer].saturates else []
    remedies += ["a smaller learning rate"] if e.epochs[-1] > 0 else []
    return (
        f"Saturated: {name_neurons(saturated, e.network)} {'sits' if one else 'sit'} at the flat end of the "
        "activation on more than 95 % of the training samples, where the slope is nearly 0, and "
        f"{'learns' if one else 'learn'} very slowly. Try {' or '.join([*remedies, 'relu'])}, which is flat "
        "on one side only."
    )


def _saturated_output(e: Evidence, found: set[str]) -> str | None:
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
    return (
        f"For {100 * share:.0f} % of the training samples the output sits at the wrong end of the "
        f"{e.network.output}. With the loss {e.network.loss} the slope there is nearly 0, so the worst "
        f"mistakes are corrected most slowly. Choose the output {partner} with the loss cross_entropy, whose "
        "gradient stays strong, or smaller first weights."
    )


def _penalty_too_strong(e: Evidence, found: set[str]) -> str | None:
    names = [name for name in ("l1", "l2") if getattr(e.experiment, name) > 0]
    largest = min(float(np.abs(weights).max()) for weights in e.network.weights)
    if not names or not e.is_poor or e.epochs[-1] < 10 or largest > 0.03:
        return None
    return (
        f"{' and '.join(name.upper() for name in names)} too strong: it has pulled all the weights of a "
        f"layer to nearly 0 (none is larger than {largest:.2g}), so that the inputs no longer reach the "
        "output. Turn it down."
    )


def _overfitting(e: Evidence, found: set[str]) -> str | None:
    training, validation = e.scores[:, 0], e.scores[:, 1]
    if "learning_rate_too_large" in found or len(validation) < 15 or np.isnan(validation).any():
        return None
    best = int(validation.argmin())
    now = float(np.median(validation[-5:]))  # one lucky or unlucky epoch decides nothing
    rise = now - validation[best]
    since = len(validation) - 1 - best
    # A rise of a thousandth on a solved task is no news: it has to count against the loss at the start, too.
    rises = rise > 0.2 * validation[best] and rise > 0.05 * validation[0]
    if best == 0 or since < 10 or not rises or training[-1] > training[best]:
        return None
    reason = "The network learns its training samples by heart."
    if not e.experiment.is_regression and e.scores[-1, 3] > e.scores[best, 3] - 0.02:
        reason = "The accuracy has not suffered yet, but the network is ever more certain of its mistakes."
    return (
        f"Overfitting: the validation loss was lowest in epoch {e.epochs[best]:,}, at "
        f"{validation[best]:.3g}, and is now {now:.3g}, while the training loss went on falling. {reason} Go "
        "back to that epoch, or try more samples, fewer neurons, some L2, or the stop rule patience."
    )


def _learning_rate_too_large(e: Evidence, found: set[str]) -> str | None:
    loss = e.scores[-20:, 0]
    if len(loss) < 20 or not e.is_poor or e.experiment.learning_rate <= RATES[0]:
        return None
    steps, sizes = np.diff(loss), np.abs(np.diff(loss))
    turns = int((steps[1:] * steps[:-1] < 0).sum())
    zigzag = turns >= 8 and sizes.mean() > 0.15 * loss.mean() and abs(steps.sum()) < 0.3 * sizes.sum()
    if not zigzag and not np.median(loss) > 1.5 * e.scores[0, 0]:
        return None
    fact = "zigzags" if zigzag else "is higher than at the start"
    return (
        f"Learning rate too large: the training loss {fact} (between {loss.min():.3g} and {loss.max():.3g} "
        f"in the last 20 frames), because the steps overshoot. Turn the learning rate down from {_rate(e)} "
        f"to {_rate(e, -1)} or less, or make the batches larger."
    )


def _learning_rate_too_small(e: Evidence, found: set[str]) -> str | None:
    small = 1e-3 if OPTIMIZERS[e.experiment.optimizer].is_adaptive else 1e-2
    if found & {"identical_neurons", "dead_neurons", "overfitting"} or e.experiment.learning_rate >= small:
        return None
    decline = e.decline_per_epoch()
    if e.epochs[-1] < 50 or not e.is_poor or not -1e-6 < decline < 5e-4 or e.gradient_length < 0.02:
        return None
    return (
        f"Learning rate too small: the loss falls by only {max(decline, 0):.2g} of itself per epoch, though "
        f"the gradient (length {e.gradient_length:.2g}) still points downhill. Turn the learning rate up "
        f"from {_rate(e)}, to {_rate(e, 2)} or more."
    )


def _stuck(e: Evidence, found: set[str]) -> str | None:
    if found or e.epochs[-1] < 50 or not e.is_poor:
        return None
    # Small batches keep the full gradient from vanishing even where the loss goes nowhere.
    decline = abs(e.decline_per_epoch())
    if not (e.gradient_length < 0.02 and decline < 3e-4) and not (e.gradient_length < 0.1 and decline < 5e-5):
        return None
    return (
        f"Stuck for now: the loss no longer falls (gradient length {e.gradient_length:.2g}), yet {e.score_text} on "
        "the training set: a plateau, a local minimum, or as much as this network can do with these inputs. "
        "Draw new first weights, or add neurons or input features."
    )


# In the order in which they are told: a later check stays silent where an earlier finding explains it.
CHECKS: dict[str, Callable[[Evidence, set[str]], str | None]] = {
    "diverged": _diverged,
    "identical_neurons": _identical_neurons,
    "dead_neurons": _dead_neurons,
    "saturated_neurons": _saturated_neurons,
    "saturated_output": _saturated_output,
    "penalty_too_strong": _penalty_too_strong,
    "learning_rate_too_large": _learning_rate_too_large,
    "overfitting": _overfitting,
    "learning_rate_too_small": _learning_rate_too_small,
    "stuck": _stuck,
}


def _rate(e: Evidence, rungs: int = 0) -> str:
    """The learning rate in force as text, or the one that many rungs up or down the ladder 1, 3, 10, ..."""
    nearest = int(np.abs(np.log(np.array(RATES) / e.experiment.learning_rate)).argmin())
    rate = RATES[min(max(nearest + rungs, 0), len(RATES) - 1)] if rungs else e.experiment.learning_rate
    return np.format_float_positional(rate, trim="-")
