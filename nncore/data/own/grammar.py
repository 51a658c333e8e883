"""Grammar: the rules by which a formula in x and y is read, and what it computes.

Loosest first: or, and, not, comparisons (which may be chained: 1 < x < 2), + and -, * and /, a sign, ** (from the right).
There are numbers, x, y, pi, and the functions of `FUNCTIONS`.
"""

import re
from collections.abc import Callable
from functools import reduce

import numpy as np

Array = np.ndarray
Formula = Callable[[Array, Array], Array]

DEEPEST = 40  # brackets, signs and powers within each other

# By name: the function, and how many arguments it takes at least and at most.
FUNCTIONS: dict[str, tuple[Callable[..., Array], int, int]] = {
    "sin": (np.sin, 1, 1), "cos": (np.cos, 1, 1), "tan": (np.tan, 1, 1), "exp": (np.exp, 1, 1), "log": (np.log, 1, 1),
    "sqrt": (np.sqrt, 1, 1), "abs": (np.abs, 1, 1),
    "min": (lambda *values: reduce(np.minimum, values), 2, 8), "max": (lambda *values: reduce(np.maximum, values), 2, 8),
}  # fmt: skip
_COMPARISONS = {
    "<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal, "==": np.equal, "!=": np.not_equal,
}  # fmt: skip
_ARITHMETIC = {"+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide}
_TOKEN = re.compile(r"\s*((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|[A-Za-z_]\w*|\*\*|[<>=!]=|[-+*/()<>,])")


class FormulaError(ValueError):
    """A formula that cannot be read: `place` is the letter, counted from 0, at which that shows."""

    def __init__(self, why: str, formula: str, place: int):
        self.place = place
        super().__init__(f"The formula {why} at the place marked ▸: {formula[:place]}▸{formula[place:]}")


Part = tuple[Formula, bool]  # what it computes, and whether it says yes or no


class Reader:
    """Reads tokens from left to right; each method reads one rule of the grammar."""

    def __init__(self, formula: str):
        self.formula = formula
        self.tokens, self.places = self._cut()
        self.at, self.depth = 0, 0
        self.variables: set[str] = set()

    def read(self) -> tuple[str, bool, frozenset[str], Formula]:
        """The formula in one way of writing, whether it says yes or no, which of x and y it uses, and what it computes."""
        formula, is_condition = self._either()
        if self.at < len(self.tokens):
            token = self.tokens[self.at]
            multiplied = token in {"x", "y", "pi", "(", *FUNCTIONS} or token[0].isdigit()
            raise self._error(f"lacks a sign such as * before “{token}”" if multiplied else f"cannot go on with “{token}”")
        return _written(self.tokens), is_condition, frozenset(self.variables), formula

    def _cut(self) -> tuple[list[str], list[int]]:
        tokens, places, at = [], [], 0
        while at < len(self.formula):
            found = _TOKEN.match(self.formula, at)
            if not found:
                at += len(self.formula[at:]) - len(self.formula[at:].lstrip())
                hint = ": equality is ==" if self.formula[at] == "=" else ""
                raise FormulaError(f"cannot hold “{self.formula[at]}”{hint},", self.formula, at)
            tokens.append(found[1].lower())  # a phone begins a line with a capital letter
            places.append(found.start(1))
            at = found.end()
        return tokens, places

    def _error(self, why: str, at: int | None = None) -> FormulaError:
        at = self.at if at is None else at
        place = self.places[at] if at < len(self.places) else len(self.formula)
        return FormulaError(why, self.formula, place)

    def _next(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def _take(self, *wanted: str) -> str:
        """The next token, if it is one of these; else ""."""
        if self._next() not in wanted or not self._next():
            return ""
        self.at += 1
        return self.tokens[self.at - 1]

    def _deeper(self, rule: Callable[[], Part]) -> Part:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self._error("goes too deep")
        part = rule()
        self.depth -= 1
        return part

    def _either(self) -> Part:
        return self._joined("or", np.logical_or, self._both)

    def _both(self) -> Part:
        return self._joined("and", np.logical_and, self._negated)

    def _joined(self, word: str, join: Callable, rule: Callable[[], Part]) -> Part:
        begin = self.at
        formula, is_condition = rule()
        while self._next() == word:
            self._require(is_condition, word, begin)
            self.at += 1
            begin = self.at
            other, other_condition = rule()
            self._require(other_condition, word, begin)
            formula, is_condition = _two(join, formula, other), True
        return formula, is_condition

    def _require(self, is_condition: bool, word: str, at: int) -> None:
        if not is_condition:
            raise self._error(f"needs a comparison such as x > 1 beside “{word}”", at)

    def _negated(self) -> Part:
        if self._take("not"):
            begin = self.at
            formula, is_condition = self._deeper(self._negated)
            self._require(is_condition, "not", begin)
            return lambda x, y: np.logical_not(formula(x, y)), True
        return self._compared()

    def _compared(self) -> Part:
        formula, is_condition = self._sum()
        held: Formula | None = None
        while sign := self._take(*_COMPARISONS):
            other, _ = self._sum()
            step = _two(_COMPARISONS[sign], formula, other)
            held = step if held is None else _two(np.logical_and, held, step)
            formula = other
        return (formula, is_condition) if held is None else (held, True)

    def _sum(self) -> Part:
        return self._chain(("+", "-"), self._product)

    def _product(self) -> Part:
        return self._chain(("*", "/"), self._signed)

    def _chain(self, signs: tuple[str, ...], rule: Callable[[], Part]) -> Part:
        formula, is_condition = rule()
        while sign := self._take(*signs):
            other, _ = rule()
            formula, is_condition = _two(_ARITHMETIC[sign], _as_number(formula), _as_number(other)), False
        return formula, is_condition

    def _signed(self) -> Part:
        sign = self._take("+", "-")
        if not sign:
            return self._power()
        formula, _ = self._deeper(self._signed)
        return (lambda x, y: -_as_number(formula)(x, y)) if sign == "-" else _as_number(formula), False

    def _power(self) -> Part:
        formula, is_condition = self._value()
        if not self._take("**"):
            return formula, is_condition
        exponent, _ = self._deeper(self._signed)
        return _two(np.power, _as_number(formula), _as_number(exponent)), False

    def _value(self) -> Part:
        token = self._next()
        if token == "(":
            self.at += 1
            part = self._deeper(self._either)
            self._close()
            return part
        if token in FUNCTIONS:
            return self._call(token), False
        if token in ("x", "y"):
            self.at += 1
            self.variables.add(token)
            return (lambda x, y: x) if token == "x" else (lambda x, y: y), False
        if token == "pi" or token[:1].isdigit() or token[:1] == ".":
            number = np.float64(np.pi if token == "pi" else token)
            if not np.isfinite(number):
                raise self._error("has a number that is too large")
            self.at += 1
            return lambda x, y: number, False
        if token[:1].isalpha() or token[:1] == "_":
            raise self._error(f"knows no “{token}” (there are x, y, pi, {', '.join(FUNCTIONS)}, and, or, not)")
        raise self._error("lacks a number, x, y or a function")

    def _call(self, name: str) -> Formula:
        apply, fewest, most = FUNCTIONS[name]
        begin = self.at
        self.at += 1
        if not self._take("("):
            raise self._error(f"lacks a bracket after “{name}”")
        arguments = [_as_number(self._deeper(self._either)[0])]
        while self._take(","):
            arguments.append(_as_number(self._deeper(self._either)[0]))
        self._close()
        if not fewest <= len(arguments) <= most:
            count = "one argument" if most == 1 else f"{fewest} to {most} arguments"
            raise self._error(f"gives “{name}” {len(arguments)} where it takes {count}", begin)
        return lambda x, y: apply(*(argument(x, y) for argument in arguments))

    def _close(self) -> None:
        if not self._take(")"):
            raise self._error("lacks a closing bracket")


def _written(tokens: list[str]) -> str:
    """The tokens in the usual way of writing: blanks around operators, none after a sign, a bracket or a function."""
    text, before = "", ""
    is_sign = False
    for token in tokens:
        is_call = token == "(" and before in FUNCTIONS
        is_tight = not text or is_sign or is_call or before in ("(", "**") or token in (")", ",", "**")
        # A plus or minus is a sign where no value stands before it.
        ends_value = before[-1:].isalnum() or before[-1:] in (")", ".")
        is_sign = token in ("+", "-") and (not ends_value or before in ("and", "or", "not"))
        text, before = text + ("" if is_tight else " ") + token, token
    return text


def _two(join: Callable[[Array, Array], Array], one: Formula, other: Formula) -> Formula:
    return lambda x, y: join(one(x, y), other(x, y))


def _as_number(formula: Formula) -> Formula:
    """The same as numbers: NumPy has no minus for yes and no."""
    return lambda x, y: np.asarray(formula(x, y), dtype=np.float64)
