"""Symptoms in the network: the checks of a diagnosis that look at its neurons, outputs and penalties.

A check looks at the evidence for one thing that goes wrong, and returns what to tell the person (what is seen, why it
hurts, what to try) with the settings to try, or None. The thresholds are rules of thumb, set so that a run that does well
is left in peace.
"""

import numpy as np

from nncore.experiments.experiment import build_network
from nncore.inspection.evidence import RATES, Advice, Evidence, output_range, rate_text, share_text
from nncore.inspection.unit_health import dead_neurons, distinct_neurons, join_words, name_neurons, saturated_neurons
from nncore.models.activations import ACTIVATIONS
from nncore.models.architecture import probability_output
from nncore.models.initializers import INITIALIZERS
from nncore.models.losses import LOSSES
from nncore.models.targets import class_targets
from nncore.training.stability import exceeded_limit, limit_words, sharpness, stable_product

Array = np.ndarray

SMALL_L2 = 1e-3
SHARP_SAMPLES = 200  # as many training samples tell how steep the loss is
JUMP = 0.03  # weights that an update of L1 alone moves so far never settle
HIDES_VANISHING = {"identical_neurons", "dead_neurons", "saturated_neurons", "penalty_too_strong"}
VANISHED = 3e-3  # a first layer whose gradient is that small a part of the last one's hardly learns


def diverged(e: Evidence, found: set[str]) -> Advice:
    """Training ended because the numbers left all bounds."""
    if e.stop is None or e.stop.rule != "divergence":
        return None
    text = "Training diverged: every step overshot by more than the last, until the numbers left all bounds. "
    limit = exceeded_limit(e.network, e.split.X_train, e.optimizer, e.experiment.learning_rate)
    if limit is not None:
        words, remedy = _within_limit(e)
        return f"{text}{words}", remedy
    if e.experiment.learning_rate > RATES[0]:
        words, remedy = _slower(e)
        text += words
    else:
        remedy = {"initializer": "xavier_normal"}
        text += "The learning rate is as small as it gets, so try smaller first weights (Xavier normal)"
    if e.has_large_inputs:
        largest = np.abs(e.split.X_train).max()
        text += f", and standardise the inputs: their largest value is {largest:,.0f}."
        return text, remedy | {"scaling": "standard"}
    return f"{text}; go back a few frames or press Reset first.", remedy


def _slower(e: Evidence) -> tuple[str, dict[str, object]]:
    """By how much to turn the learning rate down: two rungs, or as far as the loss is steep at the first weights."""
    first = build_network(e.experiment)
    rows = slice(SHARP_SAMPLES)
    steep = sharpness(first, e.split.X_train[rows], e.split.y_train[rows])
    limit = stable_product(e.optimizer) / steep if steep > 0 else np.inf
    words = f"Turn the learning rate down from {rate_text(e.experiment.learning_rate)}, for a start to "
    words += rate_text(e.rung(-2))
    rate = max([rate for rate in RATES if rate <= min(e.rung(-2), limit / 3)] or [RATES[0]])
    if rate < e.rung(-2):
        words += f", or at once to {rate_text(rate)}: at the first weights the loss is so steep that steps overshoot from "
        words += f"{limit:.2g} on"
    return words, {"learning_rate": rate}


def unstable(e: Evidence, found: set[str]) -> Advice:
    """The learning rate lies beyond a limit that can be computed, though the numbers have not left all bounds yet."""
    # Batches differ from the whole set, whose curvature is computed: only a loss that has grown is called unstable for it.
    if not e.network.l2 and not e.scores[-1, 0] > e.scores[0, 0]:
        return None
    limit = exceeded_limit(e.network, e.split.X_train, e.optimizer, e.rate_now)
    if limit is None or (limit.cause == "curvature" and not e.scores[-1, 0] > e.scores[0, 0]):
        return None
    words, remedy = _within_limit(e)
    return f"Unstable: {words}", remedy


def _within_limit(e: Evidence) -> tuple[str, dict[str, object]]:
    """The limit that the rate exceeds, in words, and the settings that keep within it."""
    limit = exceeded_limit(e.network, e.split.X_train, e.optimizer, e.experiment.learning_rate)
    words = limit_words(limit, e.experiment.learning_rate)
    if limit.cause == "l2":
        advice = f"So large a penalty leaves no weights in any case: turn L2 down, to {SMALL_L2} or less."
        return f"{words} {advice}", {"l2": SMALL_L2}
    # A batch may be three times as steep as the whole set.
    share = 1.0 if e.experiment.updates_per_epoch == 1 else 1 / 3
    rate = max([rate for rate in RATES if rate < share * limit.rate] or [RATES[0]])
    text = f"{words} Turn it down to {rate_text(rate)}"
    if e.has_large_inputs:
        text += f", or standardise the inputs, whose largest value is {np.abs(e.split.X_train).max():,.0f}"
    elif e.experiment.scaling == "none":
        text += ", or standardise the inputs"
    return f"{text}.", {"learning_rate": rate}


def identical_neurons(e: Evidence, found: set[str]) -> Advice:
    """A constant initializer made all neurons of a layer the same."""
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
    last = e.network.activations[-1]
    remedy = {"initializer": "xavier_normal"}
    advice = "Choose a random initializer, such as Xavier normal."
    if not any(weights.any() for weights in e.network.weights) and ACTIVATIONS[last](0.0) == 0:
        return (
            f"All weights are 0: the initializer {initializer.label} made them so, and {join_words(layers)}. {last} of 0 "
            "is 0, so the last hidden layer says 0 and the output's weights get no gradient; as those are 0, none gets "
            f"through them to the hidden layers either. Only the output's bias learns. {advice}"
        ), remedy
    return (
        f"Neurons are copies of each other: {join_words(layers)}. The initializer {initializer.label} gave them equal "
        f"weights, so they get equal gradients and stay equal for ever. {advice}"
    ), remedy


def dead_relus(e: Evidence, found: set[str]) -> Advice:
    """ReLUs that are 0 for every training sample."""
    dead = dead_neurons(e.network, e.split.X_train)
    # Zero weights leave a ReLU at exactly 0 too, but then the initializer is the reason, and is named.
    if "identical_neurons" in found and INITIALIZERS[e.experiment.initializer].constant == 0:
        return None
    if not any(len(layer) for layer in dead):
        return None
    one = sum(len(layer) for layer in dead) == 1
    it, are = ("it", "is") if one else ("they", "are")
    kinds = [ACTIVATIONS[name].label for name, layer in zip(e.network.activations, dead, strict=True) if len(layer)]
    which = join_words([f"{kind}s" for kind in dict.fromkeys(kinds)])
    text = (
        f"Dead {which}: {name_neurons(dead, e.network)} {are} 0 for every training sample, so the gradient of the loss for "
        f"{'its' if one else 'their'} weights is 0 at this snapshot. {_whether_for_ever(dead, it)} "
    )
    if e.has_large_inputs:
        largest = np.abs(e.split.X_train).max()
        return f"{text}Standardise the inputs, whose largest value is {largest:,.0f}: large inputs make large steps.", {
            "scaling": "standard"
        }
    activations = e.experiment.activation
    leaky = tuple(name if ACTIVATIONS[name].dead_below is None else "leaky_relu" for name in activations)
    return (
        f"{text}Choose leaky ReLU, which lets a little through, turn the learning rate down, or draw new first weights."
    ), {"activation": leaky}


def _whether_for_ever(dead: list[Array], it: str) -> str:
    """What is certain of dead neurons: in the first layer they stay so, deeper ones may come back."""
    first, deeper = len(dead[0]) > 0, any(len(layer) for layer in dead[1:])
    stays = (
        "always get the same inputs, the data, so nothing but a penalty or what the optimizer still remembers can move "
    )
    if first and not deeper:
        return f"In hidden layer 1 neurons {stays}{'it' if it == 'it' else 'them'}."
    before = "layers before change" if len(dead) > 2 else "layer before changes"
    moves = f"may come back when the {before} what {it} {_gets(it)}."
    if not first:
        return f"In a deeper layer {it} {moves}"
    return f"In hidden layer 1 neurons {stays}them; in a deeper layer they may come back when the layers before change."


def _gets(it: str) -> str:
    return "receives" if it == "it" else "receive"


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
        f"The output cannot reach the targets: {e.network.output} stays {ends}, but {share_text(beyond)} of the training "
        f"targets, which go from {y.min():.3g} to {y.max():.3g}, lie outside. No weights bring the loss {e.network.loss} "
        f"below {e.loss_floor:.2g}; it is {e.scores[-1, 0]:.3g}. Choose the output identity, which has no ends."
    ), {"output": "identity", "loss": e.experiment.loss}


def saturated_hidden(e: Evidence, found: set[str]) -> Advice:
    """Hidden neurons at the flat end of their activation."""
    saturated = saturated_neurons(e.network, e.split.X_train)
    if "output_out_of_reach" in found or not e.is_poor or not any(len(layer) for layer in saturated):
        return None
    one = sum(len(layer) for layer in saturated) == 1
    ways: list[tuple[str, dict[str, object]]] = []
    if e.has_large_inputs:
        ways.append(("standardised inputs", {"scaling": "standard"}))
    if INITIALIZERS[e.experiment.initializer].saturates:
        ways.append(("the initializer Xavier normal", {"initializer": "xavier_normal"}))
    if e.epochs[-1] > 0:
        ways.append(("a smaller learning rate", {"learning_rate": e.rung(-2)}))
    ways.append(("relu", {"activation": ("relu",), "initializer": "he_normal"}))
    names = [name for name, _ in ways]
    return (
        f"Saturated: {name_neurons(saturated, e.network)} {'sits' if one else 'sit'} at the flat end of the "
        "activation on more than 95 % of the training samples, where the slope is nearly 0, and "
        f"{'learns' if one else 'learn'} very slowly. Try {' or '.join(names)}, which is flat on one side only."
    ), ways[0][1]


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
    return (
        f"For {share_text(share)} of the training samples the output sits at the wrong end of the "
        f"{e.network.output}. With the loss {e.network.loss} the slope there is nearly 0, so the worst "
        f"mistakes are corrected most slowly. Choose the output {partner} with the loss cross_entropy, whose "
        "gradient stays strong, or smaller first weights."
    ), {"output": partner, "loss": "cross_entropy"}


def penalty_too_strong(e: Evidence, found: set[str]) -> Advice:
    """A penalty that holds the weights down against the data."""
    names = [name for name in ("l1", "l2") if getattr(e.experiment, name) > 0]
    if not names or not e.is_poor or e.epochs[-1] < 10 or "unstable" in found:
        return None
    which = " and ".join(name.upper() for name in names)
    remedy = dict.fromkeys(names, 0.0)
    largest = min(float(np.abs(weights).max()) for weights in e.network.weights)
    if largest <= 0.03:
        return (
            f"{which} too strong: it has pulled all the weights of a layer to nearly 0 (none is larger than "
            f"{largest:.2g}), so that the inputs no longer reach the output. Turn it down, or off."
        ), remedy
    kick = e.experiment.learning_rate * e.network.l1
    if e.experiment.optimizer == "sgd" and kick > JUMP and largest <= 1.01 * kick:
        return (
            f"L1 too strong: each update moves every weight by the learning rate times L1, "
            f"{rate_text(e.experiment.learning_rate)} × {e.network.l1:g} = {kick:.2g}, towards 0 and beyond, so that the "
            f"weights of a layer jump about 0 (none is larger than {largest:.2g}) and the data hardly count. Turn it down, "
            "or off."
        ), remedy
    pull = e.network.penalty_gradient()
    data, pulled = float(np.linalg.norm(e.gradient - pull)), float(np.linalg.norm(pull))
    if data < 0.02 or not e.gradient_length < 0.2 * data:
        return None
    return (
        f"{which} too strong: it holds the weights where they are. The gradient of the loss alone has the length "
        f"{data:.2g} and would change them, but the penalty pulls back with {pulled:.2g}, and the two nearly cancel while "
        f"{e.score_text} on the training set. Turn it down, or off."
    ), remedy


def vanishing_gradient(e: Evidence, found: set[str]) -> Advice:
    """Depth through which no gradient gets."""
    if not e.is_poor or len(e.network.sizes) < 4 or found & HIDES_VANISHING:
        return None
    data = e.gradient - e.network.penalty_gradient()
    norms = [float(np.linalg.norm(matrix)) for matrix in e.network.matrices(data)]
    # Near any minimum the first layer's gradient is small; without gradient it is small beside the last layer's.
    if not norms[0] < VANISHED * max(norms) or e.decline_per_epoch() > 5e-3:
        return None
    text = (
        f"The gradient vanishes on its way back through {len(norms)} layers: its length is {max(norms):.2g} near the output "
        f"and {norms[0]:.2g} in the first layer, which therefore hardly learns. "
    )
    xavier = INITIALIZERS["xavier_normal"].deviation
    shares = [weights.std() / xavier(*weights.shape[::-1]) for weights in e.network.weights[1:]]
    if min(shares) < 0.3 and e.experiment.initializer == "small_normal":
        text += "The first weights are too small: choose the initializer Xavier normal."
        return text, {"initializer": "xavier_normal"}
    return f"{text}Choose relu with the initializer He normal, whose slope is 1 where it is active, or fewer layers.", {
        "activation": ("relu",), "initializer": "he_normal"
    }

