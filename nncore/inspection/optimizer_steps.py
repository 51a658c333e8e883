"""Steps: what an optimizer made of one gradient, with every number kept.

Each rule turns the gradient and what it remembers of earlier ones into a direction and goes against it: the change of a
weight is -learning rate times the direction. Training forgets these numbers at once; here they stay, for every parameter.
"""

from dataclasses import dataclass

import numpy as np

from nncore.arguments import checked, kind_of
from nncore.checks import require_whole
from nncore.handed_out import handed_out
from nncore.training.optimizers import OPTIMIZERS
from nncore.training.updates import Update

Array = np.ndarray


@handed_out
@dataclass(frozen=True)
class WeightStep:
    """What an update did to one parameter: `change` is what it really did, `plain` what -learning rate * gradient would.

    `direction` is what the rule puts in the gradient's place; `numbers` are those on the way to it, by name. `decay` is
    what weight decay takes away apart from it: change = -learning_rate * direction - decay, to rounding.
    """

    gradient: float
    before: float
    after: float
    plain: float
    change: float
    direction: float
    decay: float
    numbers: dict[str, float]


@checked(update=kind_of(Update))
def weight_step(update: Update, index: int) -> WeightStep:
    """What `update` did to the parameter at `index`."""
    index = require_whole("index", index, 0, len(update.gradient) - 1)
    gradient, before, after = (float(values[index]) for values in (update.gradient, update.before, update.after))
    rate, settings = update.learning_rate, update.settings
    old, new = ({name: _entry(array, index) for name, array in memory.items()}
                for memory in (update.memory_before, update.memory_after))  # fmt: skip
    direction, numbers = OPTIMIZERS[update.optimizer].direction(gradient, old, new, settings)
    decay = rate * settings["weight_decay"] * before if settings.get("decoupled") else 0.0
    return WeightStep(gradient, before, after, -rate * gradient, after - before, direction, decay, numbers)


def _entry(array: Array, index: int) -> float:
    # One number for all parameters, as the count of updates, or one for each.
    return float(array[0] if len(array) == 1 else array[index])
