"""A lesson and its steps: what is said, what is asked, how the answer is computed, and why it is so.

A step's `facts` are a function of a seed. They hold every number that its texts name, and under "answer" the right answer:
it is never written down, so it stays true when a person asks for other numbers.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any
from zlib import crc32

import numpy as np
import plotly.graph_objects as go

from nncore import Experiment
from nncore.cache import cached
from pages.parts.fields.arithmetic import bracketed
from pages.parts.fields.numbers import fine_percent, raised

Array = np.ndarray
Facts = Mapping[str, Any]
Words = str | Callable[[Facts], str]  # a text with gaps named as the facts, or what makes one from them
KINDS = {"predict": "Predict", "break": "Now break it", "task": "Your task"}


@dataclass(frozen=True)
class Pick:
    """A choice between `options`; the answer is the number of the right one, from 0.

    Options that are sizes have an `order` in which a reader expects them: from the smallest to the largest.
    """

    options: tuple[Words, ...]
    order: tuple[int, ...] = ()

    def offered(self, place: str) -> tuple[int, ...]:
        """The options' numbers in the order in which they are offered at a `place`, a step with its numbers.

        Whoever writes a lesson often thinks of the right option first, and a person who always picks the first learns
        nothing: so, where options have no order of their own, it is drawn, always the same at the same place.
        """
        if self.order:
            return self.order
        rng = np.random.default_rng(crc32(place.encode()))
        return tuple(int(option) for option in rng.permutation(len(self.options)))


@dataclass(frozen=True)
class Number:
    """A number to be guessed. Right is what lies within `share` of the answer or within `near`, whichever is more."""

    label: str = "Your number"
    share: float = 0.02
    near: float = 0.005
    whole: bool = False


@dataclass(frozen=True)
class Sketch:
    """A curve to be drawn through `places`; the answer is the curve's heights there, from `low` to `high`.

    Right is what lies within a share `near` of that range at most places. `facts` may also hold the whole curve, "x" and
    "y", with "x" counted as the places are.
    """

    places: tuple[float, ...]
    across: str
    upwards: str
    low: float = 0.0
    high: float = 1.0
    near: float = 0.15


@dataclass(frozen=True)
class Task:
    """A target to be reached by picking one of `options`, the best of which comes first: "fewest neurons".

    `attempt(seed, option)` measures what comes of it; the target is to have it below `below`, or above `above`.
    """

    label: str
    options: tuple[float, ...]
    attempt: Callable[[int, float], float]
    measured: str
    below: float = float("inf")
    above: float = float("-inf")
    unit: str = ""

    def offered(self) -> tuple[int, ...]:
        """The options' numbers in the order in which they are offered: from the smallest to the largest, as on an axis."""
        return tuple(sorted(range(len(self.options)), key=self.options.__getitem__))

    def meets(self, value: float) -> bool:
        """Whether a measured value reaches the target; one that is not a number does not."""
        return bool(self.above < value < self.below)

    def value(self, seed: int, option: int) -> float:
        """What comes of option number `option`, measured once for everybody."""
        return cached(self.attempt, seed, self.options[option], n_bytes=100)

    def best(self, seed: int) -> int | None:
        """The number of the first option that reaches the target; None if none does."""
        return next((k for k in range(len(self.options)) if self.meets(self.value(seed, k))), None)


Answer = Pick | Number | Sketch | Task
Told = int | float | tuple[float, ...]
Picture = Callable[[Facts, bool], go.Figure]  # of the facts, for a dark page or a light one


@dataclass(frozen=True)
class Step:
    """One step: `says` (two sentences), then the `question`, its `answer`, and `why` it is so.

    `kind` is one of KINDS. `before` is drawn beside the question and `after` once it is answered. `run` is an experiment
    that is then watched, for so many `epochs` as the question asks about. `source` gives a function of the core and the
    arguments with which it computed the number. `page` and `settings` are where one can go on by oneself. In later steps'
    list of what was found out the answer follows `recall`: the question with its setting, where it does not name it itself.
    """

    says: Words
    question: Words
    answer: Answer
    why: Words
    facts: Callable[[int], Facts]
    kind: str = "predict"
    before: Picture | None = None
    after: Picture | None = None
    run: Callable[[int], Experiment] | None = None
    epochs: int | None = None
    source: Callable[[Facts], tuple[Callable[..., Any], Mapping[str, Any]]] | None = None
    page: str = ""
    settings: Callable[[int], Mapping[str, str]] | None = None
    recall: Words = ""

    def known(self, seed: int) -> Facts:
        """The facts for a seed, computed once for everybody who asks; not to be changed."""
        return cached(self.facts, seed, n_bytes=_facts_bytes)

    def watched(self, seed: int) -> Experiment | None:
        """What is watched for a seed, if anything is: it stops where the question asks."""
        return self.run(seed).with_changes(epoch_limit=self.epochs) if self.run is not None else None

    def right(self, seed: int) -> Any:
        """The right answer: an option's number, a number, heights (n,), or a task's best option (None: there is none)."""
        return self.answer.best(seed) if isinstance(self.answer, Task) else self.known(seed)["answer"]


@dataclass(frozen=True)
class Lesson:
    """A lesson: its `name` in links, its `title`, the `question` that it answers, the answer in a sentence, its steps."""

    name: str
    title: str
    question: str
    learned: str
    steps: tuple[Step, ...]


def _facts_bytes(facts: Facts) -> int:
    return 4000 + sum(value.nbytes for value in facts.values() if isinstance(value, np.ndarray))


class _Gaps(Formatter):
    """Numbers as people read them: "{w}" four digits, "{w:()}" in brackets where negative, "{share:%}", "{n:,}"."""

    def format_field(self, value: Any, spec: str) -> str:
        if not isinstance(value, int | float | np.number) or isinstance(value, bool):
            return super().format_field(value, spec)
        if spec == "%":
            return fine_percent(float(value))
        if spec in ("", "()"):
            is_whole = float(value).is_integer() and abs(value) < 1e9
            text = f"{int(value):,}".replace("-", "−") if is_whole else raised(float(value))
            return bracketed(text) if spec else text
        return format(value, spec).replace("-", "−")


def fill(words: Words, facts: Facts) -> str:
    """The text of `words` with the numbers of `facts` in its gaps."""
    return words(facts) if callable(words) else _Gaps().vformat(words, (), facts)
