"""Evidence: what a diagnosis looks at, and the few numbers that several checks take from it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from nncore.data.splits import Split
from nncore.experiments.experiment import Experiment
from nncore.models.activations import ACTIVATIONS
from nncore.models.dense import Network
from nncore.models.losses import LOSSES
from nncore.training.optimizer_kind import Optimizer
from nncore.training.optimizers import OPTIMIZERS
from nncore.training.stopping import Stop
from nncore.training.trainer import COSINE_EPOCHS
from nncore.training.update_rules import scheduled_rate

Array = np.ndarray

POOR_ACCURACY, POOR_R_SQUARED = 0.9, 0.8  # scores below these count as poor
RATES = (1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
LARGE_INPUT, SMALL_INPUT = 20, 0.05  # inputs beyond the one, or that spread less than the other, are unscaled
FEW_NEURONS = 3  # in a layer: so few often cannot tell the classes apart
DEEP, ENOUGH = 4, 16  # so many hidden layers lose a gradient easily, and so many neurons in each of two are no fewer
USUAL_ADAPTIVE = 0.01  # a learning rate at which Adam and its like seldom overshoot
USUAL_PLAIN = 0.1  # the same for plain descent; momentum adds its steps up and takes so much less


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: `kind` is a name for programs, `text` says what it is and what to do.

    `remedy` holds the settings that the text advises first, by name, for `Experiment.with_changes`; empty where there is
    nothing to set.
    """

    kind: str
    text: str
    remedy: Mapping[str, object] = field(default_factory=dict)


Advice = tuple[str, dict[str, object]] | None  # what a check returns: text and remedy, or None


@dataclass(frozen=True)
class Evidence:
    """What the checks look at; `scores` (F, 4) and `epochs` (F,) end with the frame that is shown."""

    experiment: Experiment
    network: Network
    split: Split
    scores: Array
    epochs: Array
    stop: Stop | None

    @cached_property
    def gradient(self) -> Array:
        """The objective's gradient (P,) on the whole training set."""
        return self.network.loss_and_gradient(self.split.X_train, self.split.y_train)[1]

    @cached_property
    def gradient_length(self) -> float:
        """Length of the objective's gradient on the whole training set."""
        return float(np.linalg.norm(self.gradient))

    @property
    def optimizer(self) -> Optimizer:
        """The optimizer in force, at rest."""
        return OPTIMIZERS[self.experiment.optimizer]()

    @property
    def is_adaptive(self) -> bool:
        """Whether the optimizer divides by the gradient's size, so that small rates go far."""
        return OPTIMIZERS[self.experiment.optimizer].is_adaptive

    @property
    def small_rate(self) -> float:
        """The learning rate below which this optimizer learns slowly."""
        return 1e-3 if self.is_adaptive else 1e-2

    @property
    def is_poor(self) -> bool:
        """Whether the training score is below what a good run reaches."""
        # An R² that is not defined does not count as poor.
        return bool(self.scores[-1, 2] < (POOR_R_SQUARED if self.experiment.is_regression else POOR_ACCURACY))

    @property
    def score_text(self) -> str:
        """The training score as a person reads it."""
        score = self.scores[-1, 2]
        if self.experiment.is_regression:
            return "R² is not defined" if np.isnan(score) else f"R² is {score:z.2f}"
        return f"accuracy is {share_text(score)}"

    @property
    def score_noun(self) -> str:
        """The training score with its article, for the middle of a sentence."""
        return "an " + self.score_text.replace(" is ", " of ", 1)

    @property
    def usual_rate(self) -> float:
        """A learning rate at which the optimizer in force seldom overshoots."""
        if self.is_adaptive:
            # One whose steps only get smaller begins with larger ones.
            return USUAL_PLAIN if OPTIMIZERS[self.experiment.optimizer].only_slows_down else USUAL_ADAPTIVE
        return USUAL_PLAIN * (1 - self.momentum)

    @property
    def momentum(self) -> float:
        """The share of the last step that the next one takes over; 0 without momentum."""
        return float(getattr(self.optimizer, "momentum", 0.0))

    def calmer_rate(self) -> float:
        """The learning rate to try after steps that overshot: two rungs down, or a usual rate where that is lower."""
        usual = max(rate for rate in RATES if rate <= 1.001 * self.usual_rate)
        return min(self.rung(-2), usual) if self.experiment.learning_rate > usual else self.rung(-2)

    @property
    def has_small_inputs(self) -> bool:
        """Whether all inputs go into the network as they are and hardly differ from sample to sample."""
        spreads = self.split.X_train.std(axis=0)
        return self.experiment.scaling == "none" and 0 < float(spreads.max()) < SMALL_INPUT

    @property
    def has_large_inputs(self) -> bool:
        """Whether inputs far from 1 go into the network as they are."""
        return self.experiment.scaling == "none" and float(np.abs(self.split.X_train).max()) > LARGE_INPUT

    @property
    def is_linear(self) -> bool:
        """Whether the weighted sums of the outputs are linear in the inputs, whatever the weights."""
        return all(ACTIVATIONS[name].is_identity for name in self.network.activations)

    @cached_property
    def loss_floor(self) -> float:
        """The loss below which no weights can bring the training set, because the output ends before the targets do."""
        targets = self.network.targets(self.split.y_train).T
        low, high = output_range(self.network.output)
        best = np.clip(targets, low, high)
        if self.network.output == "softmax" or LOSSES[self.network.loss].needs_probabilities:
            return 0.0  # its targets are probabilities, which softmax and sigmoid can approach to any precision
        return float(LOSSES[self.network.loss].value(best, best, targets))

    @property
    def rate_now(self) -> float:
        """The learning rate of the epoch that is shown, after the schedule, as if the segment had begun at epoch 0."""
        limit = self.experiment.epoch_limit or COSINE_EPOCHS
        return scheduled_rate(self.experiment.learning_rate, self.experiment.schedule, int(self.epochs[-1]), limit)

    def decline_per_epoch(self) -> float:
        """By which share of itself the training loss fell per epoch, over the later half of the epochs."""
        begin = int(np.searchsorted(self.epochs, self.epochs[-1] / 2))
        before, now = self.scores[begin, 0], self.scores[-1, 0]
        return float((before - now) / max(before, 1e-12) / max(self.epochs[-1] - self.epochs[begin], 1))

    def is_at_rest(self, gradient: float = 0.02) -> bool:
        """Whether the loss stands still. Small batches keep the full gradient from vanishing even where the loss does."""
        decline = abs(self.decline_per_epoch())
        is_flat = self.gradient_length < gradient and decline < 3e-4
        return is_flat or (self.gradient_length < 5 * gradient and decline < 5e-5)

    def rung(self, rungs: int, rate: float | None = None) -> float:
        """The learning rate that many rungs up or down the ladder 1, 3, 10, ... from the one in force, or from `rate`."""
        nearest = int(np.abs(np.log(np.array(RATES) / (rate or self.experiment.learning_rate))).argmin())
        return RATES[min(max(nearest + rungs, 0), len(RATES) - 1)]


def output_range(output: str) -> tuple[float, float]:
    """The lowest and the highest value that an output activation comes to or near; infinite where there is no end."""
    return (0.0, 1.0) if output == "softmax" else ACTIVATIONS[output].bounds


def share_text(share: float) -> str:
    """A share as text, in percent; 0 % only of none and 100 % only of all."""
    if 0 < share < 0.005 or 0.995 <= share < 1:
        return "under 1 %" if share < 0.5 else "over 99 %"
    return f"{100 * share:.0f} %"


def rate_text(rate: float) -> str:
    """A learning rate as text, without an exponent."""
    return np.format_float_positional(rate, trim="-")


def without_exponents(text: str) -> str:
    """`text` with its numbers as people write them: "120,000" and "0.00031" for 1.2e+05 and 3.1e-04, "4.9e-8" beyond."""
    return re.sub(r"\d(?:\.\d+)?e[+-]\d+", lambda found: _readable(found[0]), text)


def _readable(number: str) -> str:
    value, (mantissa, _, exponent) = float(number), number.partition("e")
    if 1 <= value < 1e9:
        return f"{value:,.0f}"
    return np.format_float_positional(value, trim="-") if 1e-6 <= value < 1 else f"{mantissa}e{int(exponent)}"


def wider(e: Evidence) -> tuple[int, ...]:
    """The hidden layers with at least eight neurons each, and more than now; two of them at least."""
    hidden = tuple(min(64, max(8, 2 * size)) for size in e.experiment.hidden)
    return hidden if len(hidden) > 1 else (*hidden, 8)[:2] if hidden else (8, 8)
