"""What a stop did to a descent, in words that are worked out from its numbers."""

from dataclasses import dataclass

from nncore.single_neuron.stopping import Stopped, StopTrial
from pages.parts.fields.numbers import percent, plain, short

ENOUGH = 0.01  # a stop counts as right with less than this share of the way left
USUAL_RATE = 0.1
NEARLY_ALL = 0.9995  # a share above it is as good as all


@dataclass(frozen=True)
class Reference:
    """The lowest loss to compare with, and where it is from, as a sentence."""

    loss: float
    about: str


def trial_verdict(trial: StopTrial) -> str:
    """What the rule did, in a word or two."""
    if trial.stopped_epoch is None:
        return "no stop"
    return "rightly" if trial.share_left <= ENOUGH else "wrongly"


def trial_words(trial: StopTrial) -> str:
    """Where the rule fired on a descent that went on all the same, and what it would have missed."""
    end = short(float(trial.losses[-1]), 3)
    if trial.stopped_epoch is None:
        return f"At this tolerance the rule never fires; the loss ends at {end}."
    at = short(float(trial.losses[trial.stopped_epoch]), 3)
    left = percent(trial.share_left, 1)
    gain = "nearly all" if trial.share_left > NEARLY_ALL else left
    return (
        f"It fires in epoch **{trial.stopped_epoch:,}** at a loss of **{at}**. Going on to epoch {len(trial.changes):,} "
        f"leads to **{end}**: {gain} of what these epochs gain was still to come."
    )


def own_words(stopped: Stopped, tolerance: float, n_steps: int, by_rule: bool) -> str:
    """Where the rule fires on a person's own descent, and the loss and the gradient there."""
    slope = "the rule's largest correction, before η," if by_rule else "the largest entry of the gradient"
    there = f"the loss of all samples is **{plain(stopped.loss)}** and {slope} **{plain(stopped.slope)}**"
    if stopped.fired is None:
        return (
            f"In {n_steps:,} step{'s' if n_steps > 1 else ''} the rule never fires: each moves a weight or the bias by at "
            f"least {plain(stopped.change, 2)}, and the tolerance is {tolerance:g}. At the end {there}."
        )
    return (
        f"The rule fires after step **{stopped.fired:,}**, which moved no weight and no bias by more than "
        f"{plain(stopped.change, 2)}. There {there}."
    )


def verdict(stopped: Stopped, tolerance: float, share: float) -> str:
    """Whether the rule was right, from the `share` of the way down that was still to come, and why not."""
    was = "was" if stopped.fired else "is"
    left = f"{plain(100 * share, 3)}\u00a0% of the way down from the first loss {was} still to come"
    if stopped.fired is None:
        if share <= ENOUGH:
            return f"**It could have fired**: {left}, and yet no step was small enough."
        return f"**Rightly silent**: {left}."
    if share <= ENOUGH:
        return f"**Rightly**: {left}."
    return f"**Wrongly**: {left}. {_reason(stopped, tolerance)}"


def _reason(stopped: Stopped, tolerance: float) -> str:
    """Why a step can be small far from the lowest loss: one easy sample, a tiny rate, or a flat place."""
    on_batch, usual = stopped.rate * stopped.slope, USUAL_RATE * stopped.slope
    if stopped.sample >= 0 and on_batch >= tolerance:
        return (
            f"The step was on sample {stopped.sample + 1} alone, which asked for little. One on the batch, from there, "
            f"moves a weight or the bias by {plain(on_batch, 2)}."
        )
    if stopped.rate < USUAL_RATE and usual >= tolerance:
        return (
            f"It is not flat there: η = {plain(stopped.rate, 3)} made the step small. One at η = {USUAL_RATE}, from there, "
            f"moves a weight or the bias by {plain(usual, 2)}."
        )
    return (f"The largest slope there is {plain(stopped.slope, 2)}, and η times that is below the tolerance: nearly flat, "
            "or a tolerance too coarse, and not the lowest place.")  # fmt: skip
