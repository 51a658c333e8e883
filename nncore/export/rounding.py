"""Whether rounding decides a training: then no other program, which adds in another order, can give the same losses.

AdaGrad, RMSprop and Adam divide a gradient by its own size; where it is 0 but for rounding they make a whole step of that. A
large learning rate doubles every difference from step to step. Either is found by training twice, from first weights that
differ in their last digits, where that takes no longer than a person waits for a file.
"""

import numpy as np

from nncore.experiments.costs import cost_of
from nncore.experiments.recording.run_training import build_trainer
from nncore.export.content import FEWEST_EPOCHS, Content, Stretch

Array = np.ndarray
LAST_DIGITS = 4e-16  # of a number: about two units in the last place
MOST_SECONDS = 1.0  # of both trainings
SAME = 1e-10  # losses nearer to each other than this share of themselves are the same, with room to what is promised (1e-9)


def decided_by_rounding(content: Content) -> int | None:
    """The first of the run's first 20 epochs whose loss rounding changes by more than 1e-10 of it; None if none.

    None, too, where looking for it takes more than a second by the model of costs.
    """
    e = content.experiment
    if cost_of(e, e.batch_size).seconds(2 * FEWEST_EPOCHS * e.updates_per_epoch) > MOST_SECONDS:
        return None
    losses, changed = _losses(content, 0.0), _losses(content, LAST_DIGITS)
    both = slice(min(len(losses), len(changed)))
    with np.errstate(invalid="ignore"):
        far = np.abs(losses[both] - changed[both]) > SAME * np.abs(losses[both])
    return int(np.argmax(far)) if far.any() else None


def _losses(content: Content, change: float) -> Array:
    """The training losses (E + 1,) of the first epochs, where every stretch begins with weights changed by this share."""
    split, losses = content.split, []
    parameters = content.first_network.parameters.copy()
    random = np.random.default_rng(0)
    for segment, stretch in zip(content.run.segments, content.stretches, strict=True):
        trainer = build_trainer(segment)
        first = _first(parameters, stretch) if losses else parameters
        trainer.model.parameters = first * (1.0 + change * random.uniform(-1.0, 1.0, len(first)))
        if not losses or stretch.by_hand:
            losses.append(trainer.model.data_loss(split.X_train, split.y_train))
        last = stretch.epochs if stretch.epochs is not None else FEWEST_EPOCHS
        for _ in range(last):
            if len(losses) > FEWEST_EPOCHS or trainer.stopped is not None:
                return np.array(losses)
            with np.errstate(all="ignore"):
                trainer.run_epoch()
                losses.append(trainer.model.data_loss(split.X_train, split.y_train))
        parameters = trainer.model.parameters
    return np.array(losses)


def _first(parameters: Array, stretch: Stretch) -> Array:
    """From which parameters (P,) a later stretch begins: what was on screen, with what was set by hand."""
    first = np.float32(parameters if stretch.start is None else stretch.start).astype(float)
    for place, value in stretch.edits:
        first[place] = np.float32(value)
    return first
