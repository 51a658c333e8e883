"""A formula as a dataset: points of the square, labelled or valued by what a person wrote, such as y > sin(x)."""

import numpy as np
from numpy.random import Generator

from nncore.arguments import checked, number, text, whole
from nncore.data.dataset import Dataset
from nncore.data.own.expression import Expression, read_expression
from nncore.data.table import DatasetKind

FORMULA = "formula."  # begins the dataset's name
SIDE = 6.0  # the points lie in the square from -6 to 6
TRIED = 2000  # points by which a formula is judged
OWN_GROUP = "Your own"
CLASS_NAMES = ("does not hold", "holds")
MAX_NOISE = 50  # percent
MOVES_POINTS = "Each point gets the class or the target of a point a little way beside it."


def formula_name(formula: str) -> str:
    """The name of the dataset of a formula, the same however it is written. Raises FormulaError."""
    return FORMULA + read_expression(formula).text


@checked(expression=text, samples=whole(3, 2000), noise=number(0, MAX_NOISE), seed=whole(0))
def from_expression(expression: str, samples: int = 500, noise: float = 0, seed: int = 0) -> Dataset:
    """Points drawn evenly from the square -6 to 6 and labelled by a formula in x and y.

    A comparison gives two classes, 1 where it holds; anything else a target. X is (samples, 2), or (samples, 1) for a
    target that x alone decides. `noise`, in percent, reads the formula at a point moved by U(-6, 6) times it. Raises
    FormulaError, a ValueError that marks the place, for what is no formula, and ValueError for one that says the same
    everywhere or is no number anywhere.
    """
    kind = formula_kind(formula_name(expression))
    X, y = kind.make(samples, noise / 100, np.random.default_rng(seed))
    return Dataset(kind.name, X, y, kind.feature_names, kind.class_names, kind.target_name)


def formula_kind(name: str) -> DatasetKind:
    """The entry of the dataset called `name`, "formula." and a formula. Raises ValueError."""
    expression = read_expression(name.removeprefix(FORMULA))
    _check_values(expression)
    condition, alone = expression.is_condition, expression.variables == {"x"} and not expression.is_condition

    def make(samples: int, noise: float, rng: Generator) -> tuple[np.ndarray, np.ndarray]:
        X, values = _draw(expression, samples, noise, rng)
        return X[:, :1] if alone else X, values.astype(np.int64) if condition else values

    return DatasetKind(
        FORMULA + expression.text, _title(expression), OWN_GROUP,
        ("Points of the square, in two classes: where the formula holds, and where it does not." if condition
         else "Points of the square, each with the value of the formula there as its target.")
        + " x is the network's input x₁" + ("." if alone else " and y its x₂."),
        MOVES_POINTS, make, CLASS_NAMES if condition else (), ("x",) if alone else ("x", "y"),
        "class" if condition else _title(expression),
    )  # fmt: skip


def _title(expression: Expression) -> str:
    """The formula as it is shown: two stars would be read as bold letters."""
    return expression.text.replace("**", "^")


def _check_values(expression: Expression) -> None:
    """Raises ValueError for a formula that says the same at all points, or is a number at too few."""
    points = np.random.default_rng(0).uniform(-SIDE, SIDE, (TRIED, 2))
    values = expression(points)
    known = values[np.isfinite(values) & (np.abs(values) < 1e6)]
    if len(known) < TRIED / 20:
        raise ValueError(f"The formula {expression.text} is a number below 1,000,000 hardly anywhere in the square.")
    if known.min() == known.max():
        what = ("holds" if known[0] else "never holds") if expression.is_condition else f"is {known[0]:g}"
        where = "" if what == "never holds" else " everywhere"
        raise ValueError(f"The formula {expression.text} {what}{where} in the square: there is nothing to learn.")


def _draw(expression: Expression, samples: int, noise: float, rng: Generator) -> tuple[np.ndarray, np.ndarray]:
    """Points (N, 2) at which the formula is a number, and their values (N,)."""
    points, values = np.empty((0, 2)), np.empty(0)
    while len(points) < samples:
        drawn = rng.uniform(-SIDE, SIDE, (samples, 2))
        found = expression(drawn + noise * rng.uniform(-SIDE, SIDE, drawn.shape))
        kept = np.isfinite(found) & (np.abs(found) < 1e6)
        points, values = np.concatenate([points, drawn[kept]]), np.concatenate([values, found[kept]])
    return points[:samples], values[:samples]
