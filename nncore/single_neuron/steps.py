"""The steps that a person asked of one neuron: how each was taken, and how a link writes them down.

A press of a button is a stride: some steps on the batch or on one sample, at the learning rate and schedule that were
set when it was pressed. Changing the learning rate therefore leaves the strides before it as they are.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from nncore.arguments import check_fields, checked, each, kind_of, number, one_of, optional, text, whole
from nncore.checks import require_one_of
from nncore.training.schedules import SCHEDULES
from nncore.training.update_rules import scheduled_rate

MAX_STEPS = 5000
MAX_STRIDES = 300  # about 2 kB of link
LOWEST_RATE, HIGHEST_RATE = 1e-6, 100.0
SCHEDULE_STEPS = 1000  # the length that the cosine schedule is laid out for
_STRIDE = re.compile(r"(?:([1-9]\d{0,3})x)?([1-9]\d{0,4})(?:b|s([1-9]\d{0,3}))(?:~([\d.e-]+)(?:~([a-z_]+))?)?")


@dataclass(frozen=True)
class Stride:
    """`presses` times `count` steps on the batch of all samples, or on one `sample` (from 0).

    Raises ValueError for a rate out of range or an unknown schedule.
    """

    count: int
    sample: int | None = None
    learning_rate: float = 0.1
    schedule: str = "constant"
    presses: int = 1

    def __post_init__(self) -> None:
        check_fields(self, count=whole(1), sample=optional(whole(-10**9)), presses=whole(1))
        check_fields(self, learning_rate=number(LOWEST_RATE, HIGHEST_RATE))
        require_one_of("schedule", self.schedule, SCHEDULES)

    @property
    def n_steps(self) -> int:
        """How many steps it has in all."""
        return self.presses * self.count

    @property
    def pace(self) -> tuple[float, str]:
        """The learning rate and its schedule."""
        return self.learning_rate, self.schedule


@checked(learning_rate=number(0), schedule=one_of(SCHEDULES), step=whole(0, 10**9))
def rate_at(learning_rate: float, schedule: str, step: int) -> float:
    """The learning rate of step number `step` (from 0): one step here is what an epoch is to a schedule."""
    return scheduled_rate(learning_rate, schedule, step, SCHEDULE_STEPS)


@checked(strides=each(kind_of(Stride)))
def rates_of(strides: Sequence[Stride]) -> Iterator[list[float]]:
    """The learning rates of the steps of each stride; a schedule's clock starts anew where the pace changes."""
    for place, stride in enumerate(strides):
        first = clock_of(strides[:place], *stride.pace)
        yield [rate_at(*stride.pace, first + step) for step in range(stride.n_steps)]


@checked(strides=each(kind_of(Stride)), learning_rate=number(0), schedule=one_of(SCHEDULES))
def clock_of(strides: Sequence[Stride], learning_rate: float, schedule: str) -> int:
    """How many of the last steps were taken at this learning rate and schedule: the number of the next, from 0."""
    steps = 0
    for stride in reversed(strides):
        if stride.pace != (learning_rate, schedule):
            break
        steps += stride.n_steps
    return steps


@checked(strides=each(kind_of(Stride)), stride=kind_of(Stride))
def add_stride(strides: Sequence[Stride], stride: Stride) -> tuple[Stride, ...]:
    """`strides` and one more, counted as one more press of the last where both are alike."""
    if strides and replace(strides[-1], presses=stride.presses) == stride:
        return (*strides[:-1], replace(stride, presses=strides[-1].presses + stride.presses))
    return (*strides, stride)


@checked(strides=each(kind_of(Stride)))
def take_back(strides: Sequence[Stride]) -> tuple[Stride, ...]:
    """`strides` without the last press."""
    if strides and strides[-1].presses > 1:
        return (*strides[:-1], replace(strides[-1], presses=strides[-1].presses - 1))
    return tuple(strides[:-1])


@checked(texts=each(text), n_samples=whole(1), learning_rate=number(LOWEST_RATE, HIGHEST_RATE), schedule=one_of(SCHEDULES))
def read_strides(texts: Sequence[str], n_samples: int, learning_rate: float, schedule: str) -> tuple[Stride, ...]:
    """The strides that `texts` stand for, the inverse of `write_strides`.

    "10b" is ten steps on the batch, "3x2s7" three presses of two steps on sample 7. "~0.5" or "~0.5~cosine" behind it
    is the pace from there on; before the first of them it is `learning_rate` and `schedule`. Raises ValueError for a
    text that is no stride.
    """
    strides, pace = [], (learning_rate, schedule)
    for place, written in enumerate(texts):
        match = _STRIDE.fullmatch(written)
        sample = int(match[3]) if match and match[3] else None
        if match is None or (sample or 1) > n_samples:
            raise ValueError(
                f'steps[{place}] must be like "10b" for the batch or "1s{n_samples}" for a sample from 1 to '
                f"{n_samples}, got {written[:20]!r}"
            )
        if match[4]:
            pace = (_rate(place, match[4]), match[5] or "constant")
        strides.append(Stride(int(match[2]), None if sample is None else sample - 1, *pace, int(match[1] or 1)))
    require_few(strides)
    return tuple(strides)


def _rate(place: int, written: str) -> float:
    try:
        return float(written)
    except ValueError:
        raise ValueError(f"steps[{place}] must have a number behind ~, got {written[:20]!r}") from None


@checked(strides=each(kind_of(Stride)))
def write_strides(strides: Sequence[Stride]) -> tuple[str, ...]:
    """One text per stride, short enough for a link: the pace is written where it changes."""
    texts, pace = [], None
    for stride in strides:
        sort = "b" if stride.sample is None else f"s{stride.sample + 1}"
        text = (f"{stride.presses}x" if stride.presses > 1 else "") + f"{stride.count}{sort}"
        if stride.pace != pace:
            pace = stride.pace
            # repr has every digit that it takes to read the same number again.
            text += "~" + repr(float(pace[0])).removesuffix(".0") + ("" if pace[1] == "constant" else f"~{pace[1]}")
        texts.append(text)
    return tuple(texts)


@checked(strides=each(kind_of(Stride)))
def require_few(strides: Sequence[Stride]) -> None:
    """Raises ValueError if there are more steps than can be followed at once, or more strides than a link can hold."""
    n_steps = sum(stride.n_steps for stride in strides)
    if n_steps > MAX_STEPS:
        raise ValueError(f"steps must be at most {MAX_STEPS:,} in all, got {n_steps:,}")
    if len(strides) > MAX_STRIDES:
        raise ValueError(
            f"steps must be at most {MAX_STRIDES} strides, which is what a link can hold, got {len(strides)}; presses of "
            "the same button at the same η are one stride"
        )  # fmt: skip
