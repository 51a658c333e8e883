"""Judging a prediction: right or not, said in words and with a sign, beside what the core computed."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from pages.parts.fields.numbers import raised
from pages.parts.lessons.lesson import Facts, Number, Pick, Sketch, Step, Task, Told, fill

RIGHT, WRONG = "✓", "✗"
EXACTLY = 0.02  # a number that misses by less than this share is right; a coarse guess may miss by more and do
NEARLY = 0.05  # a number that misses by less than this share is no wrong idea, only not exact enough


@dataclass(frozen=True)
class Verdict:
    """What became of a prediction: whether it was right, and one or two sentences on it; `sign` goes before them."""

    right: bool
    words: str

    @property
    def sign(self) -> str:
        """A tick or a cross."""
        return RIGHT if self.right else WRONG


def judge(step: Step, seed: int, told: Told) -> Verdict:
    """What became of the prediction `told` for this step with these numbers."""
    answer, facts = step.answer, step.known(seed)
    if isinstance(answer, Pick):
        return _pick(answer, facts, int(told))
    if isinstance(answer, Number):
        return _number(answer, float(facts["answer"]), float(told))
    if isinstance(answer, Sketch):
        return _sketch(answer, np.asarray(facts["answer"]), np.asarray(told))
    return _task(answer, seed, tuple(int(option) for option in told))


def _pick(answer: Pick, facts: Facts, told: int) -> Verdict:
    right = int(facts["answer"])
    if told == right:
        return Verdict(True, f"**Right:** {fill(answer.options[right], facts)}")
    return Verdict(
        False,
        f"**Not this time.** You said: {fill(answer.options[told], facts)}  \n"
        f"What happens: {fill(answer.options[right], facts)}",
    )


def _number(answer: Number, right: float, told: float) -> Verdict:
    near = abs(told - right) <= max(answer.near, answer.share * abs(right))
    both = f"You said {shown(told)}, and it is {shown(right)}."
    if near:
        return Verdict(True, f"**{'Right' if abs(told - right) <= EXACTLY * abs(right) else 'Near enough'}.** {both}")
    start = "Nearly" if abs(told - right) <= NEARLY * abs(right) else "Not this time"
    return Verdict(False, f"**{start}.** {both}{_hint(told, right)}")


def _hint(told: float, right: float) -> str:
    """What is often behind a wrong number."""
    if told and np.isclose(told, -right):
        return " The size is right, the sign is not."
    if right and told and (np.isclose(told, 2 * right) or np.isclose(2 * told, right)):
        return " You are off by a factor of two."
    return ""


def _sketch(answer: Sketch, right: np.ndarray, told: np.ndarray) -> Verdict:
    reach = answer.near * (answer.high - answer.low)
    hits, places = int((np.abs(told - right) <= reach).sum()), len(right)
    words = f"Your curve is near the true one at {hits} of {places} places."
    return Verdict(True, f"**Well drawn.** {words}") if 2 * hits > places else Verdict(False, f"**Not quite.** {words}")


def _task(answer: Task, seed: int, tried: tuple[int, ...]) -> Verdict:
    last, best = tried[-1], answer.best(seed)
    value = answer.value(seed, last)
    what = f"{answer.label} = {shown(answer.options[last])}{answer.unit}: the {answer.measured} is {shown(value)}"
    if best is None:
        return Verdict(False, f"{what}. None of these reaches the target with the present numbers: ask for others.")
    if last == best:
        return Verdict(True, f"**Target reached, and nothing better reaches it.** {what}.")
    if answer.meets(value):
        return Verdict(False, f"**It works, and a better one works too.** {what}. Can you find it?")
    return Verdict(False, f"**The target is not reached yet.** {what}.")


def is_done(step: Step, seed: int, told: Told | None) -> bool:
    """Whether a step is done: a prediction was made, whatever it was, or the task's target was reached."""
    if told is None:
        return False
    return not isinstance(step.answer, Task) or step.right(seed) is None or step.right(seed) in told


def shown(value: Any) -> str:
    """A number in a sentence: "12,730", "−0.25", "not a number: it overflowed"."""
    if not np.isfinite(value):
        return "not a number any more (it overflowed)"
    if float(value).is_integer() and abs(value) < 1e9:
        return f"{int(value):,}".replace("-", "−")
    return raised(float(value))
