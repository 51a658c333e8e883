"""What is known of an optimizer: the form of an entry in the table of optimizers."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import NamedTuple, Protocol, runtime_checkable

import numpy as np

from nncore.checks import require_one_of

Array = np.ndarray
Numbers = dict[str, float]


@runtime_checkable
class Optimizer(Protocol):
    """An optimizer at work: a rule with settings, which keeps all that it remembers in `state`."""

    state: dict[str, Array]

    def start(self, parameters: Array) -> None:
        """Puts the optimizer at rest, for parameters of this shape."""
        ...

    def step(self, parameters: Array, gradient: Array, learning_rate: float | Array) -> None:
        """Changes `parameters` (...,) in place by one update; `gradient` (...,) is overwritten."""
        ...


class FormulaLine(NamedTuple):
    """One line of an optimizer's rule in LaTeX: `symbol` = `rule` = `numbers` = the number called `value`.

    "$name" in them stands for a number, "$(name)" for one that is put in parentheses where it is negative: a setting (and
    "rest_" with its name, 1 less the setting), `gradient`, `before`, `change`, `learning_rate`, `direction`, or one of the
    numbers that `OptimizerKind.direction` gives. `numbers` is "" where the rule has them in it.
    """

    symbol: str
    rule: str
    numbers: str
    value: str


@dataclass(frozen=True, kw_only=True)
class OptimizerKind:
    """One optimizer of the table; called with settings as keywords it makes a fresh `Optimizer`.

    `label` is its name for people, `label_without_data` another where there is no data and nothing is stochastic, and
    `about` what it does in a sentence or two. For one parameter, `direction(gradient, old,
    new, settings)` gives what the rule puts in the gradient's place, so that the change is -learning rate * direction, and
    the numbers on the way to it by name; `old` and `new` are what the optimizer remembered of this parameter before and
    after. `lines` write the same down. `is_adaptive`: it divides by the gradient's size, so small rates go far.
    `only_slows_down`: it divides by all gradients so far, so that its steps only get smaller.
    `pytorch_code` makes it in PyTorch from `parameters` and `learning_rate`. `numpy_code` is one update in exported code:
    lines that change the array `w` in place, from the gradient `g` and the learning rate `rate`, and keep in the dictionary
    `memory` what they remember. `scikit_learn_code` are lines after which the next update of scikit-learn's MLP `model`
    is one by this rule at the rate `rate`, "" where none do that; $EPSILON is 1e-8, and half of it where the gradient is
    half of ours. `scikit_learn_changing_code` are the further lines that a rate needs which changes. `rolls`: it is offered
    for balls on a landscape.
    """

    name: str
    label: str
    make: Callable[..., Optimizer]
    about: str
    direction: Callable[[float, Numbers, Numbers, Numbers], tuple[float, Numbers]]
    lines: tuple[FormulaLine, ...]
    has_memory: bool = True
    is_adaptive: bool = False
    only_slows_down: bool = False
    pytorch_code: str = ""
    numpy_code: str = ""
    scikit_learn_code: str = ""
    scikit_learn_changing_code: str = ""
    label_without_data: str = ""
    rolls: bool = True

    def __call__(self, **settings: float) -> Optimizer:
        """A fresh optimizer with these settings, the others at their defaults. Raises ValueError for one that it has not."""
        for name in settings:
            require_one_of("a setting", name, self.defaults)
        return self.make(**settings)

    @property
    def is_plain(self) -> bool:
        """Whether a step is the gradient times the learning rate, and nothing besides."""
        return not self.has_memory and not self.is_adaptive

    @property
    def defaults(self) -> dict[str, float]:
        """All settings by name, with their defaults."""
        return settings_of(self.make())


def settings_of(optimizer: Optimizer) -> dict[str, float]:
    """The settings of an optimizer, a dataclass, by name."""
    return {field.name: getattr(optimizer, field.name) for field in fields(optimizer) if field.name != "state"}


def memory_of(optimizer: Optimizer) -> dict[str, Array]:
    """Copies of what an optimizer remembers, by name."""
    return {name: array.copy() for name, array in optimizer.state.items()}


def remember(optimizer: Optimizer, memory: dict[str, Array]) -> None:
    """Makes an optimizer remember what `memory_of` gave, which is copied, not kept."""
    for name, array in memory.items():
        optimizer.state[name][...] = array
