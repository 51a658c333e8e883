"""The predictions of one lesson as the short text that a link carries: "2,0.35,,0.9:0.5" for four steps."""

from collections.abc import Sequence

import numpy as np

from pages.parts.lessons.lesson import Lesson, Number, Pick, Sketch, Step, Task, Told

MOST_LETTERS = 600


def write_predictions(told: Sequence[Told | None]) -> str:
    """The predictions, one per step, as text; None is one that was not made. Empty where none was."""
    return ",".join(map(_write, told)).rstrip(",")


def _write(told: Told | None) -> str:
    if told is None:
        return ""
    return ":".join(f"{value:.10g}" for value in told) if isinstance(told, tuple) else f"{told:.10g}"


def read_predictions(lesson: Lesson, text: str) -> list[Told | None]:
    """The predictions of `lesson` that `text` stands for, one per step. Raises ValueError for what cannot be one."""
    parts = text[:MOST_LETTERS].split(",")
    if len(parts) > len(lesson.steps):
        raise ValueError(f"the lesson has {len(lesson.steps)} steps, and the link tells {len(parts)} predictions")
    told = [read_one(step, part) if part else None for step, part in zip(lesson.steps, parts, strict=False)]
    return told + [None] * (len(lesson.steps) - len(told))


def read_one(step: Step, text: str) -> Told:
    """One prediction for `step`. Raises ValueError for one that cannot be."""
    answer = step.answer
    values = tuple(float(part) for part in text.split(":"))
    if not np.isfinite(values).all():
        raise ValueError("a prediction must be a finite number")
    if isinstance(answer, Number) and len(values) == 1:
        return values[0]
    if isinstance(answer, Sketch) and len(values) == len(answer.places):
        return tuple(min(max(value, answer.low), answer.high) for value in values)
    if isinstance(answer, Pick) and len(values) == 1 and values[0] in range(len(answer.options)):
        return int(values[0])
    if isinstance(answer, Task) and all(value in range(len(answer.options)) for value in values):
        return tuple(dict.fromkeys(int(value) for value in values))
    raise ValueError("a prediction must be one that the step takes")
