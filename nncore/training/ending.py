"""How a training ends: it diverges, its stop rule says so, or it comes to its epoch limit."""

from collections.abc import Callable

import numpy as np

from nncore.training.stopping import EpochEnd, Stop, StopRule, epoch_number


class Ending:
    """Says whether a training ends, and why: at `epoch_limit` epochs (None: no limit), by its `rule` (None: no rule), or
    because it diverged.

    Its words can be set: `limit_text`, in which `{epoch}` stands for the last epoch, and `explain_divergence`, from a
    learning rate to the advice against it.
    """

    def __init__(self, epoch_limit: int | None, rule: StopRule | None):
        self.epoch_limit, self.rule = epoch_limit, rule
        self.limit_text = "The epoch limit of {epoch:,} is reached."
        self.explain_divergence: Callable[[float], str] = "Turn the learning rate down from {:g}.".format

    def at_limit(self, epoch: int, epochs_before: float) -> Stop | None:
        """A Stop when `epoch` epochs are as many as there may be; `epochs_before` lie before them in the run."""
        if self.epoch_limit is None or epoch < self.epoch_limit:
            return None
        return Stop("epoch_limit", self.limit_text.format(epoch=epoch_number(epochs_before + self.epoch_limit)))

    def after_epoch(self, end: EpochEnd) -> Stop | None:
        """A Stop when the rule ends training with this epoch or, where it does not, when the limit is reached."""
        stop = None
        if self.rule is not None:
            # On the way to divergence a rule may compute an infinite loss; the guard deals with that, not the rule.
            with np.errstate(over="ignore", invalid="ignore"):
                stop = self.rule.check(end)
        return stop or self.at_limit(end.epoch, end.epochs_before)

    def diverged(self, epoch: float, learning_rate: float) -> Stop:
        """The Stop of a training that left all bounds in `epoch`, at this learning rate."""
        return Stop(
            "divergence",
            f"Training diverged in epoch {epoch_number(epoch)}: the numbers grew beyond all bounds. The last finite state "
            "is kept.",
            self.explain_divergence(learning_rate),
        )
