"""Lesson: one neuron is a regression, and gradient descent finds what a formula finds."""

from collections.abc import Sequence

import numpy as np

from nncore.single_neuron.data import make_points
from nncore.single_neuron.descent import largest_stable_rate
from nncore.single_neuron.neuron import Neuron
from nncore.single_neuron.solutions import solve
from nncore.training.trainer import Trainer
from pages.parts.figures.lessons.pictures import bars, points_and_lines
from pages.parts.lessons.draw import numbers_for, tenths
from pages.parts.lessons.lesson import Facts, Lesson, Number, Pick, Step, Task

RATE, STEPS = 0.1, 300
STRETCH = 10.0  # of the inputs, in the step that breaks


def descend(start: Sequence[float], X: np.ndarray, y: np.ndarray, rate: float, steps: int) -> Neuron:
    """A linear neuron after so many steps on all samples from `start` (slope, height)."""
    neuron = Neuron("linear", start)
    Trainer(neuron, X, y, "sgd", rate).advance(steps)
    return neuron


def three_points(seed: int) -> Facts:
    """Three points and the line of least squares through them."""
    X, y = np.array([[0.0], [1.0], [2.0]]), tenths(numbers_for(seed, 1), -3, 5, 3)
    line = solve("linear", X, y)
    return {
        "X": X,
        "y": y,
        "first": y[0],
        "middle": y[1],
        "last": y[2],
        "rise": y[2] - y[0],
        "line": line.parameters,
        "height": float(line.parameters[1]),
        "answer": float(line.parameters[0]),
    }


def two_starts(seed: int) -> Facts:
    """Two neurons that begin far apart, and where descent takes them."""
    X, y = make_points("line", 1, seed % 1000)
    starts = ((-5.0, 3.0), (5.0, -3.0))
    ends = [descend(start, X, y, RATE, STEPS).parameters for start in starts]
    line, gap = solve("linear", X, y), float(np.abs(ends[0] - ends[1]).max())
    is_line = max(float(np.abs(end - line.parameters).max()) for end in ends) < 0.01
    return {
        "X": X,
        "y": y,
        "first": ends[0],
        "second": ends[1],
        "slope": float(line.parameters[0]),
        "height": float(line.parameters[1]),
        "line": line.parameters,
        "gap": gap,
        "left": ends[0][0],
        "right": ends[1][0],
        "answer": 0 if is_line else 1 if gap > 1 else 2,
    }


def outlier(seed: int) -> Facts:
    """Eleven small errors and a large one, and the share of the squared loss that the large one has."""
    rng = numbers_for(seed, 2)
    large, small = float(rng.integers(4, 10)), float(rng.choice([0.2, 0.4, 0.5]))
    errors, X, line = np.array([large, *[small] * 11]), np.zeros((12, 1)), [0.0, 0.0]
    squared, absolute = (
        100 * Neuron(kind, line).loss(X[:1], errors[:1]) / (12 * Neuron(kind, line).loss(X, errors))
        for kind in ("linear", "absolute")
    )
    return {
        "large": large,
        "small": small,
        "big": large**2,
        "rest": 11 * small**2,
        "X": X,
        "errors": errors,
        "absolute": absolute,
        "answer": squared,
    }


def stretched(seed: int) -> Facts:
    """The same descent with inputs ten times as large."""
    X, y = make_points("line", 1, seed % 1000)
    before = Neuron("linear", [0.0, 0.0]).loss(STRETCH * X, y)
    with np.errstate(over="ignore", invalid="ignore"):
        losses = [descend([0.0, 0.0], STRETCH * X, y, RATE, steps).loss(STRETCH * X, y) for steps in (1, 2, 3)]
    bound = largest_stable_rate(STRETCH * X)
    return {
        "X": STRETCH * X,
        "before": before,
        "one": losses[0],
        "two": losses[1],
        "three": losses[2],
        "bound": bound,
        "rate": RATE,
        "losses": np.array([before, *losses]),
        "answer": 0 if losses[-1] > before else 1,
    }


def quick(seed: int) -> Facts:
    """The samples of the task, and the limit of its rates."""
    X, y = make_points("line", 1, seed % 1000)
    return {"X": X, "bound": largest_stable_rate(X), "best": solve("linear", X, y).loss}


def above_best(seed: int, rate: float) -> float:
    """By how much the loss after 30 steps lies above the lowest."""
    X, y = make_points("line", 1, seed % 1000)
    return float(descend([0.0, 0.0], X, y, rate, 30).loss(X, y)) - solve("linear", X, y).loss


LESSON = Lesson(
    "regression",
    "One neuron is a regression",
    "What has a neuron to do with a straight line through points?",
    "A neuron without an activation is a straight line, and gradient descent finds the one of least squares.",
    (
        Step(
            "A neuron with one input and no activation answers a = w x + b: a straight line with slope w. The line of "
            "*least squares* is the one for which the squares of all errors have the smallest sum.",
            "Three points: (0, {first}), (1, {middle}) and (2, {last}). What slope has their line of least squares?",
            Number("Slope w", share=0.001),
            "The middle point lies as far from both ends, so it moves the line up or down and never turns it. What is left "
            "is the rise from end to end, divided by the distance: ({last} − {first:()}) / 2 = **{answer}**.",
            three_points,
            before=lambda f, dark: points_and_lines(f["X"][:, 0], f["y"], {}, dark),
            after=lambda f, dark: points_and_lines(f["X"][:, 0], f["y"], {"least squares": f["line"]}, dark),
            source=lambda f: (solve, {"kind": "linear", "X": f["X"], "y": f["y"]}),
            page="neuron",
            settings=lambda seed: {"n_kind": "linear", "n_points": "line"},
        ),
        Step(
            "A formula gives that line at once. A neuron does not know the formula: it takes small steps downhill, on 12 "
            "samples here, one neuron from the slope −5 and one from the slope 5.",
            "Where do the two neurons end after 300 steps?",
            Pick(
                (
                    "Both on the line of least squares.",
                    "Each near where it began.",
                    "Both somewhere between, on no special line.",
                )
            ),
            "Their slopes are {left:.4f} and {right:.4f}; the formula says {slope:.4f}. The squared error of a linear "
            "neuron is a *convex* bowl: it has a single lowest point, and every way down ends there.",
            two_starts,
            before=lambda f, dark: points_and_lines(
                f["X"][:, 0], f["y"], {"one start": np.array([-5.0, 3.0]), "another start": np.array([5.0, -3.0])}, dark
            ),
            after=lambda f, dark: points_and_lines(
                f["X"][:, 0], f["y"], {"from one start": f["first"], "from the other": f["second"]}, dark
            ),
            source=lambda f: (solve, {"kind": "linear", "X": f["X"], "y": f["y"]}),
            page="neuron",
            settings=lambda seed: {"n_kind": "linear", "n_points": "line", "n_draw": str(seed % 1000)},
            recall="On 12 samples two neurons take 300 small steps downhill, from the slopes −5 and 5. They end:",
        ),
        Step(
            "Eleven of twelve samples lie {small} beside the line, and one lies {large} beside it. The loss is the mean of "
            "the squared errors.",
            "What percentage of the loss comes from that one sample?",
            Number("Percent", share=0.0, near=2.0),
            "The one gives {large}² = {big}, the other eleven together 11 · {small}² = {rest:.2f}: it has **{answer:.0f} "
            "%** of the loss, so it pulls the line towards itself. With the absolute error it would have {absolute:.0f} %.",
            outlier,
            after=lambda f, dark: bars(
                ["squared error", "absolute error"], [f["answer"], f["absolute"]], "% of the loss from one sample", dark, 0
            ),
            source=lambda f: (Neuron("linear", [0.0, 0.0]).loss, {"X": f["X"], "y": f["errors"]}),
            page="neuron",
            settings=lambda seed: {"n_kind": "linear", "n_points": "outlier"},
            recall="Eleven samples lie {small} beside a line, one {large}. Its part of the mean squared error, in percent:",
        ),
        Step(
            "The learning rate {rate} did well above. Now somebody measures the inputs in millimetres in place of "
            "centimetres: every x is ten times as large.",
            "What does the same descent do, at the same rate?",
            Pick(("The loss grows with every step, beyond all bounds.", "It ends on the same line, sooner or later.")),
            "The loss goes from {before} to {one:,.0f}, {two:,.0f}, {three:,.0f}. Inputs ten times as large make the bowl "
            "a hundred times as steep, and only rates below {bound:.4f} come down in it. That is why inputs are *scaled* "
            "first.",
            stretched,
            kind="break",
            after=lambda f, dark: bars(
                ["0", "1", "2", "3"], np.log10(f["losses"]), "log₁₀ of the loss, after each step", dark
            ),
            source=lambda f: (largest_stable_rate, {"X": f["X"]}),
            page="neuron",
            recall="Descent at the rate {rate} did well; then every input is ten times as large.",
        ),
        Step(
            "Back to the inputs as they were, from w = 0 and b = 0. You have 30 steps.",
            "What is the largest learning rate with which the loss ends less than 0.01 above the best possible?",
            Task(
                "Learning rate",
                (1.0, 0.8, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05),
                above_best,
                "loss above the best",
                below=0.01,
            ),
            "Above {bound:.2f}, which is 2 divided by the bowl's largest second derivative, each step overshoots by more "
            "than it gained. A little below it the steps hop from side to side and still come down; far below they only "
            "crawl.",
            quick,
            kind="task",
            source=lambda f: (largest_stable_rate, {"X": f["X"]}),
            page="neuron",
        ),
    ),
)
