"""Training many starts while one watches: what is said of it before, meanwhile, and where it was stopped."""

from nncore.cache import cached
from nncore.experiments.recording.training_store import Recorded
from nncore.many_starts.restarts.restarts import Outcome, Restarts
from nncore.many_starts.restarts.speedup import Speedup, measure_speedup
from pages.parts.fields.costs import duration
from pages.parts.fields.numbers import counted, percent
from pages.parts.figures.fan_picture import fan_picture
from pages.parts.page.playing.training import Watching, watch_or_wait
from pages.parts.page.style import is_dark

ANSWERS = {
    "few": "fewer than a quarter",
    "some": "a quarter to a half",
    "most": "a half to three quarters",
    "nearly": "three quarters or more",
}


def train_all(plan: Restarts) -> Outcome | None:
    """What has come of all starts: trained to the end with a picture of it, unless it was stopped; None before it began.

    Raises ValueError when the training does not fit into memory.
    """
    plan.check_memory()
    return watch_or_wait(plan, Watching(
        picture=lambda outcome: fan_picture(outcome.epochs, outcome.losses, plan.epochs, is_dark()),
        bar=lambda found, left: bar_words(plan, found),
        waiting=lambda share: waiting_words(plan, share),
        first_shown=1,
    ))  # fmt: skip


def question_words(plan: Restarts, threshold: float) -> str:
    """What a person can guess before the starts are trained."""
    return (f"**Make your guess first.** All {plan.starts} starts have the same data and differ in their first weights "
            f"alone. How many of them will end at or below a loss of {threshold:g}?")


def came_true(n_found: int, n_starts: int) -> str:
    """The one of `ANSWERS` that holds where `n_found` of `n_starts` succeeded."""
    share = n_found / n_starts
    return "few" if share < 1 / 4 else "some" if share < 1 / 2 else "most" if share < 3 / 4 else "nearly"


def is_complete(outcome: Outcome) -> bool:
    """Whether the training came to its end: the last epoch, or no start left that has not diverged."""
    return bool(outcome.epochs[-1] >= outcome.plan.epochs or outcome.diverged.all())


def pace_of(plan: Restarts, again: bool = False) -> Speedup:
    """How much faster the starts train together than alone: measured once for all viewers, or `again`."""
    return cached(measure_speedup, plan, n_bytes=100, again=again)


def bar_words(plan: Restarts, found: Recorded) -> str:
    """How far the training is."""
    return f"{plan.starts} starts, epoch {int(found.recording.epochs[-1]):,} of {plan.epochs:,}"


def waiting_words(plan: Restarts, share: float) -> str:
    """What a training that waits will take, and which `share` of it is done."""
    cost = f"{duration(plan.seconds)} and {plan.n_bytes / 1e6:.0f} MB"
    if not share:
        return f"{plan.starts} starts for {counted(plan.epochs, 'epoch')} take {cost}. Train them?"
    return f"{percent(share)} of the {plan.epochs:,} epochs are trained. All of them take {cost}."
