"""Symptoms in the progress: the checks of a diagnosis that look at the losses and scores, epoch after epoch.

They have the form of those in `symptoms`. What several causes can explain is said with all of them; where none can be told
apart the sentence says that the cause is not known.
"""

import numpy as np

from nncore.data.datasets import load_dataset
from nncore.inspection.evidence import POOR_R_SQUARED, RATES, Advice, Evidence, rate_text
from nncore.metrics import predicted_labels
from nncore.training.stability import is_convex, is_quadratic

FEW_NEURONS = 3


def overfitting(e: Evidence, found: set[str]) -> Advice:
    """A validation loss that rises while the training loss falls."""
    training, validation = e.scores[:, 0], e.scores[:, 1]
    if found & {"learning_rate_too_large", "unstable"} or len(validation) < 15 or np.isnan(validation).any():
        return None
    best, now = int(validation.argmin()), validation[-1]
    usual = float(np.median(validation[-5:]))  # one lucky or unlucky epoch decides nothing
    rise = usual - validation[best]
    since = len(validation) - 1 - best
    # A rise of a thousandth on a solved task means nothing: it has to be large beside the loss at the start, too.
    rises = rise > 0.2 * validation[best] and rise > 0.05 * validation[0]
    if since < 10 or not rises or training[-1] > training[best]:
        return None
    reason = "The network learns its training samples by heart."
    if not e.experiment.is_regression and e.scores[-1, 3] > e.scores[best, 3] - 0.02:
        reason = "The accuracy has not suffered yet, but the network is ever more certain of its mistakes."
    typical = f" ({usual:.3g} is the median of the last five frames)" if abs(now - usual) > 0.05 * usual else ""
    few = _few_samples(e)
    return (
        f"Overfitting: the validation loss was lowest in epoch {int(e.epochs[best]):,}, at "
        f"{validation[best]:.3g}, and is now {now:.3g}{typical}, while the training loss went on falling. {reason} {few}Go "
        "back to that epoch, or try more samples, fewer neurons, some L2, or the stop rule patience."
    ), {"epoch_limit": max(1, int(e.epochs[best]))}


def _few_samples(e: Evidence) -> str:
    n_train, n_parameters = len(e.split.train), e.experiment.n_parameters
    if n_train >= 100:
        return ""
    return f"There are only {n_train} training samples for {n_parameters:,} weights and biases. "


def learning_rate_too_large(e: Evidence, found: set[str]) -> Advice:
    """A loss that zigzags, or is higher than at the start."""
    loss = e.scores[-20:, 0]
    if len(loss) < 20 or not e.is_poor or e.experiment.learning_rate <= RATES[0]:
        return None
    if found & {"unstable", "identical_neurons"}:
        return None
    steps, sizes = np.diff(loss), np.abs(np.diff(loss))
    turns = int((steps[1:] * steps[:-1] < 0).sum())
    zigzag = turns >= 8 and sizes.mean() > 0.15 * loss.mean() and abs(steps.sum()) < 0.3 * sizes.sum()
    if not zigzag and not np.median(loss) > 1.5 * e.scores[0, 0]:
        return None
    fact = "zigzags" if zigzag else "is higher than at the start"
    scaled = ", and standardise the inputs" if e.has_large_inputs else ""
    return (
        f"Learning rate too large: the training loss {fact} (between {loss.min():.3g} and {loss.max():.3g} "
        f"in the last 20 frames), because the steps overshoot. Turn the learning rate down from "
        f"{rate_text(e.experiment.learning_rate)} to {rate_text(e.rung(-1))} or less{scaled}, or make the batches larger."
    ), {"learning_rate": e.rung(-2)} | ({"scaling": "standard"} if scaled else {})


def stopped_too_early(e: Evidence, found: set[str]) -> Advice:
    """A stop rule or an epoch limit that ended training while it was getting somewhere."""
    if e.stop is None or not e.is_poor or found or e.stop.rule == "divergence":
        return None
    falls = len(e.scores) >= 3 and e.decline_per_epoch() > 5e-4
    small = _small_rate(e)
    if e.stop.rule == "weight_change" and e.gradient_length > 0.02 and e.experiment.learning_rate < small:
        rate = e.rung(2, small)
        return (
            f"Stopped too early: the weights hardly changed because the learning rate "
            f"{rate_text(e.experiment.learning_rate)} is small, not because there was nothing to learn: the gradient "
            f"still has the length {e.gradient_length:.2g}. "
            f"Turn the learning rate up, to {rate_text(rate)}."
        ), {"learning_rate": rate}
    if not falls and len(e.scores) >= 3:
        return None
    what = {"epoch_limit": "the epoch limit", "patience": f"the patience of {e.experiment.patience}"}
    rule = what.get(e.stop.rule, f"the tolerance {e.experiment.tolerance:g}")
    remedy: dict[str, object] = {"stop_rule": "none"} if e.stop.rule != "epoch_limit" else {"epoch_limit": None}
    return (
        f"Stopped too early: {rule} ended training after epoch {int(e.epochs[-1]):,}, while the training loss was still "
        f"falling and {e.score_text}. Train on, without that rule or with a more patient one."
    ), remedy


def _small_rate(e: Evidence) -> float:
    return 1e-3 if e.is_adaptive else 1e-2


def schedule_too_fast(e: Evidence, found: set[str]) -> Advice:
    """A schedule that has brought the learning rate to nearly nothing."""
    share = e.rate_now / e.experiment.learning_rate
    if found or not e.is_poor or share > 0.1 or e.rate_now >= _small_rate(e) or e.gradient_length < 0.01:
        return None
    # A schedule that ends with the epoch limit has nothing left to train on with.
    is_over = e.stop is not None and e.stop.rule == "epoch_limit" and e.experiment.epoch_limit is not None
    later, remedy = "", {"schedule": "constant"}
    if is_over:
        later = f", and train on beyond the epoch limit of {e.experiment.epoch_limit}"
        remedy |= {"epoch_limit": None}
    return (
        f"The schedule {e.experiment.schedule} has brought the learning rate down from "
        f"{rate_text(e.experiment.learning_rate)} to {e.rate_now:.2g} before the task was learned ({e.score_text}), though "
        f"the gradient still has the length {e.gradient_length:.2g}. Choose the schedule constant{later}."
    ), remedy


def tiny_class(e: Evidence, found: set[str]) -> Advice:
    """A class of which training has few samples or none, and which is never recognised."""
    if e.experiment.is_regression or e.epochs[-1] < 20:
        return None
    y, names = e.split.y_train, e.split.dataset.class_names
    counts = np.bincount(y, minlength=len(names))
    labels = predicted_labels(e.network.predict(e.split.X_train), e.network.output)
    fair = len(y) / len(names)
    for label, count in enumerate(counts):
        if count < 0.2 * fair and (count == 0 or not (labels[y == label] == label).any()):
            return (
                f"A tiny class: {names[label]} has {count} of the {len(y)} training samples"
                + (", and none of them is recognised" if count else "")
                + f", which the accuracy of {100 * e.scores[-1, 2]:.0f} % hardly shows. Take more samples of it: a larger "
                "share for training, or more samples in all."
            ), {"validation": 10, "test": 10}
    return None


def noisy_labels(e: Evidence, found: set[str]) -> Advice:
    """Noise that moved labels or targets, so that no network can be right without learning it by heart."""
    if not e.experiment.noise or not e.is_poor or e.epochs[-1] < 50 or found - {"stopped_too_early"}:
        return None
    x = e.experiment
    noisy, clean = (load_dataset(x.dataset, x.samples, noise, x.data_seed, x.columns) for noise in (x.noise, 0))
    if abs(e.decline_per_epoch()) > 2e-3:
        return None
    if not np.array_equal(noisy.X, clean.X):
        if e.experiment.is_regression:
            return None
        return (
            f"Noise: {x.noise} % of it moved the samples into each other, and {e.score_text} on the training set while the "
            "loss hardly falls. Where classes overlap, no network is always right. How far they do is not known from here: "
            "turn the noise down to see."
        ), {"noise": 0}
    y, truth = noisy.y[e.split.train], clean.y[e.split.train]
    if x.is_regression:
        best = 1 - np.square(y - truth).sum() / np.square(y - y.mean()).sum()
        if e.scores[-1, 2] < best - 0.15:
            return None
        limit = f"even the curve without noise has an R² of {best:.2f} on these training targets"
    else:
        wrong = float((y != truth).mean())
        if e.scores[-1, 2] < 1 - wrong - 0.05:
            return None
        limit = f"the noise gave {100 * wrong:.0f} % of the training samples the wrong label"
    return (
        f"Noise: {limit}, so that {e.score_text} is about as good as it gets without learning the noise by heart. Turn "
        "the noise down; more training does not help."
    ), {"noise": 0}


def too_simple(e: Evidence, found: set[str]) -> Advice:
    """A network that is linear in its inputs, at or near the lowest loss that there is for it."""
    if found or not e.is_linear or not e.is_poor or e.epochs[-1] < 50:
        return None
    plain = is_quadratic(e.network) and not (e.network.l1 or e.network.l2)
    lowest = _lowest(e) if plain else 0.0
    # Where the lowest loss can be computed and is a poor one, it does not matter how near training has come.
    is_floor_poor = plain and e.experiment.is_regression and lowest > (1 - POOR_R_SQUARED) * np.var(e.split.y_train)
    if not (_at_rest(e) or is_floor_poor or e.scores[-1, 0] < 1.1 * lowest):
        return None
    if len(e.network.sizes) > 2:
        return (
            "Stuck, because the network is linear: with the activation identity its layers are a single one, which cannot "
            f"curve nothing ({e.score_text}). Choose another activation, such as tanh."
        ), {"activation": ("tanh",), "hidden": _wider(e)}
    if not is_convex(e.network):
        return (
            f"Stuck: there is no hidden layer, and a single layer cannot curve its border or its line ({e.score_text}). Add "
            "a hidden layer."
        ), {"hidden": (8, 8)}
    floor = f"its floor is a loss of {lowest:.3g}; now it is" if plain else "this is its floor, as nearly as can be told:"
    return (
        f"Stuck, for good: without a hidden layer the loss is convex, so it has a single valley, and {floor} "
        f"{e.scores[-1, 0]:.3g} ({e.score_text}). No other first weights, and no more training, lead lower. Add a hidden "
        "layer, or an input feature that is itself a curve, such as a square."
    ), {"hidden": (8, 8)}


def _lowest(e: Evidence) -> float:
    """The lowest squared error that a linear network has on the training set, by least squares."""
    inputs = np.column_stack([e.split.X_train, np.ones(len(e.split.X_train))])
    targets = e.network.targets(e.split.y_train)
    best = np.linalg.lstsq(inputs, targets, rcond=None)[0]
    return float(np.square(inputs @ best - targets).mean())


def unscaled_inputs(e: Evidence, found: set[str]) -> Advice:
    """Inputs of very different sizes, or far from 1, in a network that hardly learns."""
    if found or not e.is_poor or e.experiment.scaling != "none" or e.epochs[-1] < 20:
        return None
    spreads = e.split.X_train.std(axis=0)
    spreads = spreads[spreads > 0]
    ratio = float(spreads.max() / spreads.min()) if len(spreads) else 1.0
    # A few narrow columns among many, such as the pixels at the edge of a picture, hold nothing up.
    narrow = float(np.quantile(spreads, 0.25, method="lower")) if len(spreads) else 1.0
    if not (e.has_large_inputs or spreads.max(initial=0) > 30 * narrow) or e.decline_per_epoch() > 5e-3:
        return None
    sizes = f"the largest spreads {ratio:,.0f} times as widely as the smallest" if ratio > 3 else "all are far from 0"
    return (
        f"Unscaled inputs: {sizes}, and values go up to {np.abs(e.split.X_train).max():,.3g}. A learning rate that suits "
        f"one weight is too large or too small for another, and {e.score_text}. Standardise the inputs."
    ), {"scaling": "standard"}


def learning_rate_too_small(e: Evidence, found: set[str]) -> Advice:
    """A loss that creeps though the gradient points downhill."""
    if _has_stalled(e, found):
        return (
            "Adagrad hardly moves any more: it divides by all gradients so far, so its steps only get smaller, and it began "
            f"with the learning rate {rate_text(e.experiment.learning_rate)}. The loss falls by only "
            f"{max(e.decline_per_epoch(), 0):.2g} of itself per epoch, though the gradient (length "
            f"{e.gradient_length:.2g}) still points downhill. Turn the learning rate up, to "
            f"{rate_text(max(e.rung(4), 0.1))}, or choose Adam, which forgets old gradients."
        ), {"learning_rate": max(e.rung(4), 0.1)}
    small = _small_rate(e)
    if found & EXPLAIN_SLOWNESS or e.experiment.learning_rate >= small:
        return None
    decline = e.decline_per_epoch()
    if e.epochs[-1] < 50 or not e.is_poor or not -1e-6 < decline < 5e-4 or e.gradient_length < 0.02:
        return None
    return (
        f"Learning rate too small: the loss falls by only {max(decline, 0):.2g} of itself per epoch, though "
        f"the gradient (length {e.gradient_length:.2g}) still points downhill. Turn the learning rate up "
        f"from {rate_text(e.experiment.learning_rate)}, to {rate_text(e.rung(2))} or more."
    ), {"learning_rate": max(e.rung(2), small)}


def _has_stalled(e: Evidence, found: set[str]) -> bool:
    """Whether Adagrad, whose steps only ever get smaller, creeps after a small learning rate."""
    is_small = e.experiment.optimizer == "adagrad" and e.experiment.learning_rate < 0.03
    creeps = -1e-6 < e.decline_per_epoch() < 5e-4 and e.gradient_length > 0.02
    return is_small and e.is_poor and e.epochs[-1] >= 50 and creeps and not found & EXPLAIN_SLOWNESS


EXPLAIN_SLOWNESS = {
    "identical_neurons", "dead_neurons", "overfitting", "vanishing_gradient", "saturated_output", "output_out_of_reach",
    "penalty_too_strong", "stopped_too_early", "schedule_too_fast", "tiny_class", "unstable",
}  # fmt: skip


def few_updates(e: Evidence, found: set[str]) -> Advice:
    """Full batch: one update an epoch, and slow progress."""
    if found or not e.is_poor or e.experiment.updates_per_epoch > 2 or len(e.split.train) < 40 or e.epochs[-1] < 50:
        return None
    if e.is_adaptive or not -1e-6 < e.decline_per_epoch() < 1e-2 or _at_rest(e, 0.005):
        return None
    epochs, each = int(e.epochs[-1]), e.experiment.updates_per_epoch
    return (
        f"Few updates: {epochs:,} epochs with {'all samples' if each == 1 else 'half of the samples'} in one batch are "
        f"{epochs * each:,} updates of the weights, and {e.score_text}. The gradient still has the length "
        f"{e.gradient_length:.2g}. Take smaller batches, of 10 samples: an epoch then makes "
        f"{len(e.split.train) // 10} updates."
    ), {"batch_size": 10}


def stuck(e: Evidence, found: set[str]) -> Advice:
    """A loss that no longer falls, for a reason that cannot be told from here."""
    if found or e.epochs[-1] < 50 or not e.is_poor or not _at_rest(e):
        return None
    sizes = enumerate(e.experiment.hidden, 1)
    few = [f"hidden layer {k} has {n} neuron{'s' * (n > 1)}" for k, n in sizes if n <= FEW_NEURONS]
    guess = f"With so few neurons ({', '.join(few)}) that is common. " if few else ""
    return (
        f"Stuck for now: the loss no longer falls (gradient length {e.gradient_length:.2g}), yet {e.score_text} on "
        "the training set. Whether that is a plateau, a local minimum, or as much as this network can do with these inputs "
        f"is not known from here. {guess}Add neurons or input features, or draw new first weights."
    ), {"hidden": _wider(e), "optimizer": "adam", "learning_rate": 0.01}


def _wider(e: Evidence) -> tuple[int, ...]:
    """The hidden layers with at least eight neurons each, and more than now; two of them at least."""
    hidden = tuple(min(64, max(8, 2 * size)) for size in e.experiment.hidden)
    return hidden if len(hidden) > 1 else (*hidden, 8)[:2] if hidden else (8, 8)


def _at_rest(e: Evidence, gradient: float = 0.02) -> bool:
    """Whether the loss stands still. Small batches keep the full gradient from vanishing even where the loss does."""
    decline = abs(e.decline_per_epoch())
    return (e.gradient_length < gradient and decline < 3e-4) or (e.gradient_length < 5 * gradient and decline < 5e-5)
