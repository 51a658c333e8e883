"""Expression: a formula in x and y, read by rules of its own, so that nothing but arithmetic can ever happen.

The rules are those of `grammar`.
"""

import re
from dataclasses import dataclass

import numpy as np

from nncore.arguments import array, check_fields, checked, flag, function, kind_of, text
from nncore.data.own.grammar import Formula, FormulaError, Reader

__all__ = ["Expression", "FormulaError", "read_expression"]

Array = np.ndarray

LONGEST = 200  # letters
_SPELLINGS = str.maketrans({
    "−": "-", "·": "*", "×": "*", "÷": "/", "^": "**", "²": "**2", "³": "**3", "≤": "<=", "≥": ">=", "≠": "!=", "π": "pi",
})  # fmt: skip

@dataclass(frozen=True, eq=False)
class Expression:
    """A formula that was read: its `text` in one way of writing, whether it says yes or no, and which of x and y it uses."""

    text: str
    is_condition: bool
    variables: frozenset[str]
    formula: Formula

    def __post_init__(self) -> None:
        check_fields(self, text=text, is_condition=flag, variables=kind_of(frozenset), formula=function)

    @checked(X=array("N?", 2))
    def __call__(self, X: Array) -> Array:
        """Values (N,) at the points X (N, 2): 0 and 1 of a condition; nan or inf where there is no number."""
        with np.errstate(all="ignore"):
            values = self.formula(X[:, 0], X[:, 1])
        return np.broadcast_to(np.asarray(values, dtype=np.float64), len(X)).copy()


@checked(formula=text)
def read_expression(formula: str) -> Expression:
    """The formula that a text says. Raises FormulaError, a ValueError that marks the place, for anything else."""
    shown = " ".join(formula.split())
    if not shown:
        raise FormulaError("is empty", shown, 0)
    if len(shown) > LONGEST:
        raise FormulaError(f"has {len(shown)} letters, and can have {LONGEST}", shown[: LONGEST + 1], LONGEST)
    return Expression(*Reader(_with_points(shown).translate(_SPELLINGS)).read())


def _with_points(formula: str) -> str:
    """`formula` with a point for each decimal comma: 1,5 is 1.5, as everywhere.

    In the brackets of min and max a comma parts what they are given, unless semicolons do: min(1,5; x).
    """
    letters, parts, semicolons = list(formula), [], ";" in formula  # parts: whether each open bracket is that of min or max
    for at, letter in enumerate(formula):
        is_between_digits = formula[at - 1 : at].isdigit() and formula[at + 1 : at + 2].isdigit()
        if letter == "(":
            parts.append(re.search(r"\b(min|max)\s*$", formula[:at], re.IGNORECASE) is not None)
        elif letter == ")":
            parts = parts[:-1]
        elif letter == ";" and parts[-1:] == [True]:
            letters[at] = ","
        elif letter == "," and is_between_digits and (semicolons or parts[-1:] != [True]):
            letters[at] = "."
    return "".join(letters)
