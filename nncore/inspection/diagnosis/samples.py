"""Symptoms of the samples: too few of them, too few of one class, noisy, or with inputs of very different sizes."""

import numpy as np

from nncore.data.datasets import load_dataset
from nncore.inspection.diagnosis.evidence import POOR_ACCURACY, POOR_R_SQUARED, Advice, Evidence, share_text
from nncore.metrics import predicted_labels

FEW_JUDGES = 20  # validation samples, below which a rise of their loss may be chance
FAR_TARGETS = 20  # targets so many times as far from 0 as they spread are far from 0


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
    typical = f" ({usual:.3g} is the median of the last five snapshots)" if abs(now - usual) > 0.05 * usual else ""
    few = _few_samples(e)
    return (
        f"Overfitting: the validation loss was lowest in epoch {int(e.epochs[best]):,}, at "
        f"{validation[best]:.3g}, and is now {now:.3g}{typical}, while the training loss went on falling. {reason} "
        f"{few}{_few_judges(e)}Go back to that epoch, or try more samples, fewer neurons, some L2, or "
        "the stop rule patience."
    ), {"epoch_limit": max(1, int(e.epochs[best]))}


def _few_samples(e: Evidence) -> str:
    n_train, n_parameters = len(e.split.train), e.experiment.n_parameters
    if n_train >= 100:
        return ""
    return f"There are only {n_train} training samples for {n_parameters:,} weights and biases. "


def _few_judges(e: Evidence) -> str:
    n = len(e.split.validation)
    one = n == 1
    return f"It is judged on {n} validation sample{'' if one else 's'}, so chance may have a hand in it. " * (n < FEW_JUDGES)


def contradictions(e: Evidence, found: set[str]) -> Advice:
    """Training samples with the same inputs and different answers, so that no network can be right about all of them."""
    if found or not e.is_poor or e.epochs[-1] < 10:
        return None
    y = e.split.y_train
    _, group = np.unique(e.split.X_train, axis=0, return_inverse=True)
    group = group.reshape(-1)
    if e.experiment.is_regression:
        sizes = np.bincount(group)
        rest = np.square(y - (np.bincount(group, weights=y) / sizes)[group]).sum()
        best, poor = 1 - rest / np.square(y - y.mean()).sum(), POOR_R_SQUARED
        limit, spread = f"an R² of {best:.2f}", np.ptp(y) * 1e-6
        clashing = np.array([np.ptp(y[group == g]) > spread for g in range(len(sizes))])
    else:
        counts = np.zeros((group.max() + 1, int(y.max()) + 1))
        np.add.at(counts, (group, y), 1)
        best, poor = counts.max(axis=1).sum() / len(y), POOR_ACCURACY
        limit, clashing = f"an accuracy of {share_text(best)}", (counts > 0).sum(axis=1) > 1
    if not best < poor:
        return None
    other = "another target" if e.experiment.is_regression else "another class"
    chosen = " or take in the columns that were left out," if e.experiment.columns else ""
    return (
        f"Contradictions: {int(clashing[group].sum())} of the {len(y)} training samples have the same inputs as a sample of "
        f"{other}, and equal inputs always get equal answers. On these samples no network can do better than {limit}; "
        f"{e.score_text} now. More training or more neurons do not help: add an input that tells such samples apart,"
        f"{chosen} or correct their labels."
    ), {"columns": ()} if e.experiment.columns else {}


def far_targets(e: Evidence, found: set[str]) -> Advice:
    """Targets that lie far from 0 and hardly differ, so that the network is busy with their mean."""
    if not e.experiment.is_regression or not e.is_poor or e.epochs[-1] < 1:
        return None
    y = e.split.y_train
    mean, spread = float(y.mean()), float(y.std())
    if not spread > 0 or abs(mean) < FAR_TARGETS * spread or "output_out_of_reach" in found:
        return None
    middle = f"{mean:,.0f}" if abs(mean) >= 1000 else f"{mean:.3g}"
    return (
        f"Targets far from 0: they lie around {middle}, {abs(mean) / spread:,.0f} times as far from 0 as they differ from "
        f"each other (their standard deviation is {spread:.3g}). The steps that bring the output there are so large that "
        f"they spoil the hidden neurons, and {e.score_text}. Subtract {middle} from all targets before the table is read: "
        "the network then learns the differences."
    ), {}


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
                + f", which the accuracy of {share_text(e.scores[-1, 2])} hardly shows. Take more samples of it: a larger "
                "share for training, or more samples in all."
            ), {"validation": 10, "test": 10}
    return None


def noisy_labels(e: Evidence, found: set[str]) -> Advice:
    """Noise that moved labels or targets, so that no network can be right without memorising the noise."""
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
            f"Noise: at {x.noise} % it moved the samples into each other, and {e.score_text} on the training set while the "
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
        limit = f"the noise gave {share_text(wrong)} of the training samples the wrong label"
    return (
        f"Noise: {limit}, so that {e.score_noun} is about as good as it gets without learning the noise by heart. Turn "
        "the noise down; more training does not help."
    ), {"noise": 0}


def unscaled_inputs(e: Evidence, found: set[str]) -> Advice:
    """Inputs of very different sizes, or far from 1, in a network that hardly learns."""
    if found or not e.is_poor or e.experiment.scaling != "none" or e.epochs[-1] < 20:
        return None
    spreads = e.split.X_train.std(axis=0)
    spreads = spreads[spreads > 0]
    ratio = float(spreads.max() / spreads.min()) if len(spreads) else 1.0
    # A few narrow columns among many, such as the pixels at the edge of a picture, hold nothing up.
    narrow = float(np.quantile(spreads, 0.25, method="lower")) if len(spreads) else 1.0
    uneven = spreads.max(initial=0) > 30 * narrow
    if not (e.has_large_inputs or e.has_small_inputs or uneven) or e.decline_per_epoch() > 5e-3:
        return None
    if e.has_small_inputs and not uneven:
        return (
            f"Unscaled inputs: they differ so little from sample to sample (the widest spreads by {spreads.max():.2g}) that "
            f"the network hardly tells samples apart, and {e.score_text}. Standardise the inputs."
        ), {"scaling": "standard"}
    sizes = f"the largest spreads {ratio:,.0f} times as widely as the smallest" if ratio > 3 else "all are far from 0"
    return (
        f"Unscaled inputs: {sizes}, and values go up to {np.abs(e.split.X_train).max():,.3g}. A learning rate that suits "
        f"one weight is too large or too small for another, and {e.score_text}. Standardise the inputs."
    ), {"scaling": "standard"}
