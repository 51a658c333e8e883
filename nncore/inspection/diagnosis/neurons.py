"""Symptoms of the hidden neurons: copies of each other, dead, saturated, or out of the gradient's reach."""

import numpy as np

from nncore.experiments.experiment import build_network
from nncore.inspection.diagnosis.evidence import DEEP, ENOUGH, FEW_NEURONS, Advice, Evidence, rate_text, wider
from nncore.inspection.unit_health import dead_neurons, distinct_neurons, join_words, name_neurons, saturated_neurons
from nncore.models.activations import ACTIVATIONS
from nncore.models.initializers import INITIALIZERS

Array = np.ndarray
HIDES_VANISHING = {"identical_neurons", "dead_neurons", "saturated_neurons", "penalty_too_strong"}
TINY_WEIGHT = 0.05  # first weights that spread less than this carry next to nothing through a ReLU
DAMPED, SHORT = 0.01, 2e-3  # slopes that multiply to less than the one leave the first layer a gradient below the other
NARROW = 8  # in layers of fewer neurons ReLUs often die together
VANISHED = 3e-3  # a first layer hardly learns when its gradient is this fraction of the largest layer's
SMALL = 0.3  # weights that spread less than so much of what Xavier gives are small


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
    if all(weights.std() < TINY_WEIGHT for weights in build_network(e.experiment).weights):
        return f"{text}The first weights are too small to carry anything through: choose the initializer He normal.", {
            "initializer": "he_normal"
        }
    activations = e.experiment.activation
    leaky = tuple(name if ACTIVATIONS[name].dead_below is None else "leaky_relu" for name in activations)
    if e.epochs[-1] > 0 and e.experiment.learning_rate > e.usual_rate:
        rate = e.calmer_rate()
        return (
            f"{text}Large steps push them there: turn the learning rate down from {rate_text(e.experiment.learning_rate)} "
            f"to {rate_text(rate)}, or choose leaky ReLU, which lets a little through."
        ), {"learning_rate": rate}
    return (
        f"{text}{_why_silent(e, dead)}Choose leaky ReLU, which lets a little through, turn the learning rate down, or draw "
        "new first weights."
    ), {"activation": leaky}


def _why_silent(e: Evidence, dead: list[Array]) -> str:
    """A sentence where it is the biases alone that keep the dead neurons at 0."""
    inputs = [e.split.X_train, *e.network.forward(e.split.X_train).a[:-1]]
    biases = []
    for below, weights, bias, layer in zip(inputs, e.network.weights, e.network.biases, dead, strict=False):
        reach = (below @ weights[layer].T).max(axis=0)  # (dead,), the largest weighted sum without the bias
        if not (reach > 0).all():
            return ""
        biases.extend(bias[layer])
    one = len(biases) == 1
    return (
        f"The bias{'' if one else 'es'}, {'' if one else 'down to '}{min(biases):.3g}, "
        f"outweigh{'s' if one else ''} every weighted sum of the inputs. "
    )


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


def saturated_hidden(e: Evidence, found: set[str]) -> Advice:
    """Hidden neurons at the flat end of their activation."""
    saturated = saturated_neurons(e.network, e.split.X_train)
    if "output_out_of_reach" in found or not e.is_poor or not any(len(layer) for layer in saturated):
        return None
    shares = [len(layer) / size for layer, size in zip(saturated, e.network.sizes[1:], strict=False)]
    if max(shares) < 0.5:
        return None  # most of each layer works: these few do not hold it up
    one = sum(len(layer) for layer in saturated) == 1
    which = (
        f"Saturated: {name_neurons(saturated, e.network)} {'sits' if one else 'sit'} at the flat end of the "
        "activation on more than 95 % of the training samples, where the slope is nearly 0, and "
        f"{'learns' if one else 'learn'} very slowly. "
    )
    is_drawn_flat = e.has_large_inputs or INITIALIZERS[e.experiment.initializer].saturates
    if len(shares) >= DEEP and not is_drawn_flat and np.prod(_mean_slopes(e)) < DAMPED:
        advice, remedy = _less_deep(e)
        return f"{which}Back through {len(shares)} such layers the slopes multiply to nearly nothing. {advice}", remedy
    ways: list[tuple[str, dict[str, object]]] = []
    if e.has_large_inputs:
        ways.append(("standardised inputs", {"scaling": "standard"}))
    if INITIALIZERS[e.experiment.initializer].saturates:
        ways.append(("the initializer Xavier normal", {"initializer": "xavier_normal"}))
    few = [size for size in e.experiment.hidden if size <= FEW_NEURONS]
    if few:
        ways.append((f"more neurons than {min(few)} in a layer", {"hidden": wider(e)}))
    if e.epochs[-1] > 0:
        rate = e.calmer_rate()
        ways.append((f"a smaller learning rate, such as {rate_text(rate)},", {"learning_rate": rate}))
    ways.append(("relu", {"activation": ("relu",), "initializer": "he_normal"}))
    names = [name for name, _ in ways]
    return f"{which}Try {' or '.join(names)}, which is flat on one side only.", ways[0][1]


def _mean_slopes(e: Evidence) -> list[float]:
    """The mean slope of the activation in each hidden layer, over neurons and training samples."""
    passed = e.network.forward(e.split.X_train)
    layers = zip(e.network.activations, passed.z, passed.a, strict=False)
    return [float(np.abs(ACTIVATIONS[name].derivative(z, a, None)).mean()) for name, z, a in layers]


def vanishing_gradient(e: Evidence, found: set[str]) -> Advice:
    """A gradient that is lost on its way back to the first layer."""
    if not e.is_poor or len(e.network.sizes) < 4 or found & HIDES_VANISHING:
        return None
    data = e.gradient - e.network.penalty_gradient()
    norms = [float(np.linalg.norm(matrix)) for matrix in e.network.matrices(data)]
    # Near any minimum the first layer's gradient is small; without gradient it is small beside the last layer's.
    slopes = _mean_slopes(e)
    is_lost, is_damped = norms[0] < VANISHED * max(norms), np.prod(slopes) < DAMPED and norms[0] < SHORT
    if not (is_lost or is_damped) or e.decline_per_epoch() > 5e-3:
        return None
    left = f"its length is {max(norms):.2g} near the output and {norms[0]:.2g} in the first layer" if is_lost else (
        f"the hidden layers multiply it by slopes of {np.mean(slopes):.2g} on average, by {np.prod(slopes):.1g} together, "
        f"and a length of {norms[0]:.2g} is left in the first layer"
    )
    text = (
        f"The gradient vanishes on its way back through {len(norms)} layers: {left}, which therefore hardly learns. "
    )
    xavier, initial = INITIALIZERS["xavier_normal"].deviation, INITIALIZERS[e.experiment.initializer].deviation
    fans = [(weights.shape[1], weights.shape[0]) for weights in e.network.weights[1:]]
    shares = [weights.std() / xavier(*fan) for weights, fan in zip(e.network.weights[1:], fans, strict=True)]
    if min(shares) < SMALL and min(initial(*fan) / xavier(*fan) for fan in fans) < SMALL:
        text += "The first weights are too small: choose the initializer Xavier normal."
        return text, {"initializer": "xavier_normal"}
    advice, remedy = _less_deep(e)
    return text + advice, remedy


def _less_deep(e: Evidence) -> tuple[str, dict[str, object]]:
    """What to do against a signal that is lost in many layers, and the settings for it."""
    if min(e.experiment.hidden) >= NARROW:
        return "Choose relu with the initializer He normal, whose slope is 1 where it is active, or fewer layers.", {
            "activation": ("relu",), "initializer": "he_normal"
        }
    return (
        f"In layers of so few neurons relu does not help, as they easily die together. Choose two hidden layers of {ENOUGH} "
        "tanh neurons instead, drawn by Xavier normal, and Adam with the learning rate 0.01."
    ), {
        "hidden": (ENOUGH, ENOUGH), "activation": ("tanh",), "initializer": "xavier_normal", "optimizer": "adam",
        "learning_rate": 0.01,
    }  # fmt: skip
