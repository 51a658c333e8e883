"""Symptoms of a standstill: training that ended, or whose loss no longer falls, before the task was learned.

What several causes can explain is said with all of them; where none can be told apart the sentence says that the cause is
not known.
"""

import numpy as np

from nncore.experiments.experiment import build_network
from nncore.inspection.diagnosis.evidence import (
    DEEP,
    ENOUGH,
    FEW_NEURONS,
    POOR_ACCURACY,
    POOR_R_SQUARED,
    USUAL_ADAPTIVE,
    Advice,
    Evidence,
    rate_text,
    share_text,
    wider,
)
from nncore.metrics import accuracy, r_squared
from nncore.models.dense import Network
from nncore.training.stability import is_convex

SLOW_EPOCHS = 200  # after so many epochs a loss that hardly falls counts as stuck
PATIENT_EPOCHS = 40  # after so many a score that is still poor is spoken of, whatever the loss does
NEARLY, STEADY = 0.1, 3e-3  # short of a good score by less, and with a loss that falls by more per epoch, it gets there
FEW_EPOCHS = 10  # in so few a validation loss rises by chance alone


def stopped_too_early(e: Evidence, found: set[str]) -> Advice:
    """A stop rule or an epoch limit that ended training while it was getting somewhere."""
    if e.stop is None or not e.is_poor or found or e.stop.rule == "divergence":
        return None
    least = 5e-5 if e.stop.rule == "patience" else 5e-4  # patience looks at the validation loss alone
    falls = len(e.scores) >= 3 and e.decline_per_epoch() > least
    small = e.small_rate
    if e.stop.rule == "weight_change" and e.gradient_length > 0.02 and e.experiment.learning_rate < small:
        rate = e.rung(2, small)
        return (
            f"Stopped too early: the weights hardly changed because the learning rate "
            f"{rate_text(e.experiment.learning_rate)} is small, not because there was nothing to learn: the gradient "
            f"still has the length {e.gradient_length:.2g}. "
            f"Turn the learning rate up, to {rate_text(rate)}."
        ), {"learning_rate": rate}
    hasty = e.stop.rule == "patience" and e.epochs[-1] < FEW_EPOCHS and not e.is_at_rest(0.005)
    if not falls and not hasty and len(e.scores) >= 3:
        return None
    what = {"epoch_limit": "the epoch limit", "patience": f"the patience of {e.experiment.patience}"}
    rule = what.get(e.stop.rule, f"the tolerance {e.experiment.tolerance:g}")
    remedy: dict[str, object] = {"stop_rule": "none"} if e.stop.rule != "epoch_limit" else {"epoch_limit": None}
    faster = ""
    if e.stop.rule == "patience" and e.experiment.learning_rate < small and e.decline_per_epoch() < 1e-3:
        rate = e.rung(2, small)
        faster = f" and with a larger learning rate than {rate_text(e.experiment.learning_rate)}, such as {rate_text(rate)}"
        remedy["learning_rate"] = rate
    return (
        f"Stopped too early: {rule} ended training after epoch {int(e.epochs[-1]):,}, "
        f"{'while the training loss was still falling' if falls else 'before a trend could show in the losses,'} "
        f"and {e.score_text}. Train on, without that rule or with a more patient one{faster}."
    ), remedy


def few_updates(e: Evidence, found: set[str]) -> Advice:
    """Full batch: one update an epoch, and slow progress."""
    if found or not e.is_poor or e.experiment.updates_per_epoch > 2 or len(e.split.train) < 40 or e.epochs[-1] < 50:
        return None
    if e.is_adaptive or not -1e-6 < e.decline_per_epoch() < 1e-2 or e.is_at_rest(0.005):
        return None
    epochs, each = int(e.epochs[-1]), e.experiment.updates_per_epoch
    return (
        f"Few updates: {epochs:,} epochs with {'all samples' if each == 1 else 'half of the samples'} in one batch are "
        f"{epochs * each:,} updates of the weights, and {e.score_text}. The gradient still has the length "
        f"{e.gradient_length:.2g}. Take smaller batches, of 10 samples: an epoch then makes "
        f"{len(e.split.train) // 10} updates."
    ), {"batch_size": 10}


def too_simple(e: Evidence, found: set[str]) -> Advice:
    """A network that is linear in its inputs, at or near the lowest loss that there is for it."""
    if found or not e.is_linear or not e.is_poor or e.epochs[-1] < 50:
        return None
    # Several linear layers together compute what one can, and no more.
    single = build_network(e.experiment.with_changes(hidden=()))
    can_compute = is_convex(single) and not (e.network.l1 or e.network.l2)
    lowest, score = _lowest(e, single) if can_compute else (0.0, np.nan)
    # Where the lowest loss can be computed and is a poor one, it does not matter how near training has come.
    is_floor_poor = score < (POOR_R_SQUARED if e.experiment.is_regression else POOR_ACCURACY)
    if can_compute and not is_floor_poor:
        return None
    if not (e.is_at_rest() or is_floor_poor):
        return None
    if len(e.network.sizes) > 2:
        is_large = e.experiment.learning_rate > e.usual_rate
        return (
            "Stuck, because the network is linear: with the activation identity its layers are a single one, which cannot "
            f"curve anything ({e.score_text}). Choose another activation, such as tanh"
            + (f", and a smaller learning rate with it, such as {rate_text(e.calmer_rate())}." if is_large else ".")
        ), {"activation": ("tanh",), "hidden": wider(e)} | ({"learning_rate": e.calmer_rate()} if is_large else {})
    if not is_convex(e.network):
        return (
            f"Stuck: there is no hidden layer, and a single layer cannot curve its border or its line ({e.score_text}). Add "
            "a hidden layer."
        ), {"hidden": (8, 8)}
    floor = f"its floor is a loss of {lowest:.3g}; now it is" if can_compute else (
        "this is its floor, as nearly as can be told:"
    )
    return (
        f"Stuck, for good: without a hidden layer the loss is convex, so it has a single valley, and {floor} "
        f"{e.scores[-1, 0]:.3g} ({e.score_text}). No other first weights, and no more training, lead lower. Add a hidden "
        "layer, or an input feature that is itself a curve, such as a square."
    ), {"hidden": (8, 8)}


def _lowest(e: Evidence, network: Network) -> tuple[float, float]:
    """The lowest loss of `network`, whose loss is convex, on the training set, and the score it has there."""
    from scipy.optimize import minimize

    X, y = e.split.X_train, e.split.y_train

    def objective(parameters: np.ndarray) -> tuple[float, np.ndarray]:
        network.parameters[...] = parameters
        return network.loss_and_gradient(X, y)

    found = minimize(objective, np.zeros(network.n_parameters), jac=True, method="L-BFGS-B", options={"maxiter": 200})
    network.parameters[...] = found.x
    outputs = network.predict(X)
    score = r_squared(outputs, y) if e.experiment.is_regression else accuracy(outputs, y, network.output)
    return float(found.fun), float(score)


def stuck(e: Evidence, found: set[str]) -> Advice:
    """A loss that no longer falls, for a reason that cannot be told from here."""
    is_slow = e.epochs[-1] >= SLOW_EPOCHS and abs(e.decline_per_epoch()) < 5e-4
    if found or e.epochs[-1] < 50 or not e.is_poor or not (e.is_at_rest() or is_slow):
        return None
    falls = "no longer falls" if e.is_at_rest() else f"falls by only {max(e.decline_per_epoch(), 0):.1g} of itself per epoch"
    sizes = enumerate(e.experiment.hidden, 1)
    few = [f"hidden layer {k} has {n} neuron{'s' * (n > 1)}" for k, n in sizes if n <= FEW_NEURONS]
    guess = f"With so few neurons ({', '.join(few)}) that is common. " if few else ""
    remedy: dict[str, object] = {"hidden": wider(e), "optimizer": "adam", "learning_rate": 0.01}
    advice = "Add neurons or input features"
    if len(e.experiment.hidden) >= DEEP:
        advice = f"Take fewer and wider layers, such as two of {ENOUGH} tanh neurons"
        remedy |= {"hidden": (ENOUGH, ENOUGH), "activation": ("tanh",)}
    penalty, without = penalty_words(e)
    return (
        f"Stuck for now: the loss {falls} (gradient length {e.gradient_length:.2g}), yet {e.score_text} on "
        "the training set. Whether that is a plateau, a local minimum, or as much as this network can do with these inputs "
        f"is not known from here. {guess}{penalty}{advice}, draw new first weights, or try Adam with the learning rate 0.01."
    ), remedy | without


def penalty_words(e: Evidence) -> tuple[str, dict[str, object]]:
    """Where a penalty is in force, a sentence that it may be what holds the weights, and the settings without it."""
    names = [name for name in ("l1", "l2") if getattr(e.experiment, name) > 0]
    if not names:
        return "", {}
    which, pull, them = " and ".join(name.upper() for name in names), "pull", "them"
    if len(names) == 1:
        pull, them = "pulls", "it"
    return f"{which} {pull} all weights towards 0 and may be the cause: turn {them} off first. ", dict.fromkeys(names, 0.0)


def unexplained(e: Evidence, found: set[str]) -> Advice:
    """A score that is still poor after many epochs, while the loss moves and no other check says why."""
    decline, hidden = e.decline_per_epoch(), e.experiment.hidden
    good = POOR_R_SQUARED if e.experiment.is_regression else POOR_ACCURACY
    is_nearly_there = e.scores[-1, 2] > good - NEARLY and decline > STEADY
    if found or e.epochs[-1] < PATIENT_EPOCHS or not e.is_poor or is_nearly_there:
        return None
    remedy: dict[str, object] = {"optimizer": "adam", "learning_rate": USUAL_ADAPTIVE}
    advice = f"Adam with the learning rate {USUAL_ADAPTIVE}"
    if len(hidden) >= DEEP or (hidden and min(hidden) < ENOUGH):
        remedy |= {"hidden": (ENOUGH, ENOUGH), "activation": ("tanh",), "initializer": "xavier_normal"}
        advice = f"two hidden layers of {ENOUGH} tanh neurons, drawn by Xavier normal, with {advice}"
    if e.experiment.with_changes(**remedy) == e.experiment:
        remedy = {"learning_rate": e.rung(-1)}
        advice = f"the learning rate {rate_text(e.rung(-1))}"
    penalty, without = penalty_words(e)
    moves = f"falls by {share_text(decline)} of itself per epoch" if decline >= 0.001 else "hardly falls"
    return (
        f"Slow or stuck, and why is not known from here: after {e.epochs[-1]:g} epochs {e.score_text} on the training set, "
        f"and the loss {moves}. {penalty}Train on to see whether it gets there, or try {advice}."
    ), remedy | without
