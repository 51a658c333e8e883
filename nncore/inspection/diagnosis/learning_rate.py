"""Symptoms of the learning rate: steps that overshoot, and steps too small to get anywhere.

A check looks at the evidence for one thing that goes wrong, and returns what to tell the person (what is seen, why it
hurts, what to try) with the settings to try, or None. The thresholds are rules of thumb, set so that a run that
learns well gets no findings. The other modules of symptoms have checks of the same form.
"""

import numpy as np

from nncore.experiments.experiment import Experiment, build_network
from nncore.inspection.diagnosis.evidence import RATES, Advice, Evidence, rate_text
from nncore.models.initializers import INITIALIZERS
from nncore.training.optimizers import OPTIMIZERS
from nncore.training.stability import exceeded_limit, limit_words, sharpness, stable_product

SMALL_L2 = 1e-3
LARGE_WEIGHTS = 3  # first weights so many times as large as the usual ones are what makes training diverge
SHARP_SAMPLES = 200  # training samples on which the curvature of the loss is measured
EXPLAIN_SLOWNESS = {
    "identical_neurons", "dead_neurons", "overfitting", "vanishing_gradient", "saturated_output", "output_out_of_reach",
    "penalty_too_strong", "stopped_too_early", "schedule_too_fast", "tiny_class", "unstable", "far_targets",
    "contradictions",
}  # fmt: skip


def diverged(e: Evidence, found: set[str]) -> Advice:
    """Training ended because the loss or a parameter grew beyond all bounds."""
    if e.stop is None or e.stop.rule != "divergence":
        return None
    text = "Every step overshot by more than the last. "
    limit = exceeded_limit(e.network, e.split.X_train, e.optimizer, e.experiment.learning_rate)
    if limit is not None:
        words, remedy = _within_limit(e)
        return f"{text}{words}", remedy
    words, remedy = _smaller_weights(e) or _slower(e)
    text += words
    if e.has_large_inputs:
        largest = np.abs(e.split.X_train).max()
        text += f", and standardise the inputs: their largest value is {largest:,.0f}."
        return text, remedy | {"scaling": "standard"}
    return f"{text}; go back a few snapshots or press Reset first.", remedy


def _steep_limit(e: Evidence, experiment: Experiment) -> float:
    """The learning rate from which on steps overshoot at the first weights of this experiment."""
    rows = slice(SHARP_SAMPLES)
    steep = sharpness(build_network(experiment), e.split.X_train[rows], e.split.y_train[rows])
    return stable_product(e.optimizer) / steep if steep > 0 else float("inf")


def _smaller_weights(e: Evidence) -> Advice:
    """Advice for first weights so large that they, rather than the learning rate, made training diverge; or None."""
    usual = "he_normal" if "relu" in e.experiment.activation else "xavier_normal"
    deviation, first = INITIALIZERS[usual].deviation, build_network(e.experiment)
    spreads = [(float(np.sqrt(np.square(w).mean())), deviation(*w.shape[::-1])) for w in first.weights]
    spread, fitting = max(spreads, key=lambda pair: pair[0] / pair[1])
    if spread > LARGE_WEIGHTS * fitting:
        text = (
            f"The first weights are too large: those of a layer measure about {spread:.2g} (the root of their mean square), "
            f"where {INITIALIZERS[usual].label} would draw them at {fitting:.2g}, and every layer makes the numbers larger. "
            f"Choose the initializer {INITIALIZERS[usual].label}"
        )
        remedy: dict[str, object] = {"initializer": usual}
    elif e.experiment.learning_rate <= RATES[0]:
        text = f"The learning rate is as small as it gets, so try smaller first weights ({INITIALIZERS[usual].label})"
        remedy = {"initializer": usual}
    else:
        return None
    limit = _steep_limit(e, e.experiment.with_changes(**remedy))
    if e.experiment.learning_rate > limit / 3:
        remedy["learning_rate"] = max([rate for rate in RATES if rate <= limit / 3] or [RATES[0]])
        text += f" and the learning rate {rate_text(remedy['learning_rate'])}"
    return text, remedy


def _slower(e: Evidence) -> tuple[str, dict[str, object]]:
    """By how much to turn the learning rate down: two rungs, or more where the loss is steep at the first weights."""
    limit = _steep_limit(e, e.experiment)
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


def learning_rate_too_large(e: Evidence, found: set[str]) -> Advice:
    """A loss that zigzags, or is higher than at the start."""
    loss = e.scores[-20:, 0]
    if len(loss) < 5 or not e.is_poor or e.experiment.learning_rate <= RATES[0]:
        return None
    if found & {"unstable", "identical_neurons"}:
        return None
    steps, sizes = np.diff(loss), np.abs(np.diff(loss))
    turns = int((steps[1:] * steps[:-1] < 0).sum())
    zigzag = turns >= 8 and sizes.mean() > 0.15 * loss.mean() and abs(steps.sum()) < 0.3 * sizes.sum()
    much = 1.5 if len(loss) == 20 else 3.0  # a few frames have to show more
    if not zigzag and not np.median(loss) > much * e.scores[0, 0]:
        return None
    fact = "zigzags" if zigzag else "is higher than at the start"
    scaled = ", and standardise the inputs" if e.has_large_inputs else ""
    rate, usual = _after_overshooting(e)
    return (
        f"Learning rate too large: the training loss {fact} (between {loss.min():.3g} and {loss.max():.3g} "
        f"in the last {len(loss)} snapshots), because the steps overshoot. Turn the learning rate down from "
        f"{rate_text(e.experiment.learning_rate)} to {rate_text(e.rung(-1))} or less{scaled}, or make the batches "
        f"larger.{usual}"
    ), {"learning_rate": rate} | ({"scaling": "standard"} if scaled else {})


def _after_overshooting(e: Evidence) -> tuple[float, str]:
    """The rate to try, and a sentence on what makes this optimizer's steps so long and on its usual rate."""
    rate, optimizer = e.calmer_rate(), OPTIMIZERS[e.experiment.optimizer]
    if optimizer.only_slows_down or not rate < e.rung(-1) or e.experiment.learning_rate <= 1.001 * e.usual_rate:
        return rate, ""
    usual = f"{rate_text(rate)} is a usual rate."
    if e.is_adaptive:
        return rate, (
            f" {optimizer.label} moves every weight by up to about the learning rate at each update, however flat the loss "
            f"is: {usual}"
        )
    if e.momentum:
        return rate, (
            f" With a momentum of {e.momentum:g}, steps in one direction add up to {1 / (1 - e.momentum):.0f} times the "
            f"learning rate: {usual}"
        )
    return rate, f" {usual}"


def learning_rate_too_small(e: Evidence, found: set[str]) -> Advice:
    """A loss that creeps though the gradient points downhill."""
    if _has_stalled(e, found):
        return (
            f"{OPTIMIZERS[e.experiment.optimizer].label} hardly moves any more: it divides by all gradients so far, so its "
            f"steps only get smaller, and it began with the learning rate {rate_text(e.experiment.learning_rate)}. The loss "
            f"falls by only {max(e.decline_per_epoch(), 0):.2g} of itself per epoch, though the gradient (length "
            f"{e.gradient_length:.2g}) still points downhill. Turn the learning rate up, to "
            f"{rate_text(max(e.rung(4), 0.1))}, or choose Adam, which forgets old gradients."
        ), {"learning_rate": max(e.rung(4), 0.1)}
    small = e.small_rate
    if found & EXPLAIN_SLOWNESS or e.experiment.learning_rate >= small:
        return None
    decline = e.decline_per_epoch()
    slow = 5e-4 if e.experiment.learning_rate > 0.03 * small else 5e-3  # a rate so far below the usual ones is no choice
    if e.epochs[-1] < 50 or not e.is_poor or not -1e-6 < decline < slow or e.gradient_length < 0.02:
        return None
    usual = f" ({rate_text(small)} is a usual one)" if e.rung(2) < small else ""
    return (
        f"Learning rate too small: the loss falls by only {max(decline, 0):.2g} of itself per epoch, though "
        f"the gradient (length {e.gradient_length:.2g}) still points downhill. Turn the learning rate up "
        f"from {rate_text(e.experiment.learning_rate)}, to {rate_text(e.rung(2))} or more{usual}."
    ), {"learning_rate": max(e.rung(2), small)}


def _has_stalled(e: Evidence, found: set[str]) -> bool:
    """Whether an optimizer whose steps only get smaller creeps after a small learning rate."""
    is_small = OPTIMIZERS[e.experiment.optimizer].only_slows_down and e.experiment.learning_rate < 0.03
    creeps = -1e-6 < e.decline_per_epoch() < 5e-4 and e.gradient_length > 0.02
    return is_small and e.is_poor and e.epochs[-1] >= 50 and creeps and not found & EXPLAIN_SLOWNESS


def schedule_too_fast(e: Evidence, found: set[str]) -> Advice:
    """A schedule that has brought the learning rate to nearly nothing."""
    share = e.rate_now / e.experiment.learning_rate
    if found or not e.is_poor or share > 0.1 or e.rate_now >= e.small_rate or e.gradient_length < 0.01:
        return None
    # A schedule that ends with the epoch limit has nothing left to train on with.
    is_over = e.stop is not None and e.stop.rule == "epoch_limit" and e.experiment.epoch_limit is not None
    later, remedy = "", {"schedule": "constant"}
    if is_over:
        later = f", and train on beyond the epoch limit of {e.experiment.epoch_limit}"
        remedy |= {"epoch_limit": None}
    if e.experiment.learning_rate < e.small_rate:
        later += f", and a learning rate larger than {rate_text(e.experiment.learning_rate)}, such as "
        later += rate_text(e.usual_rate)
        remedy |= {"learning_rate": e.usual_rate}
    return (
        f"The schedule {e.experiment.schedule} has brought the learning rate down from "
        f"{rate_text(e.experiment.learning_rate)} to {e.rate_now:.2g} before the task was learned ({e.score_text}), though "
        f"the gradient still has the length {e.gradient_length:.2g}. Choose the schedule constant{later}."
    ), remedy
