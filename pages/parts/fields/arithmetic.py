"""Products and sums written out with so many digits that a calculator gives what is printed."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from pages.parts.fields.numbers import plain

TERMS_A_LINE = 4
MOST_DIGITS = 12


def fixed(value: float, digits: int = 4) -> str:
    """A number with so many digits after the point, and a minus sign where it is negative and not 0 as printed."""
    text = f"{value:.{digits}f}"
    return text.replace("-", "−" if float(text) else "")


def bracketed(text: str) -> str:
    """A number's text inside a formula: in brackets where it is negative."""
    return f"({text})" if text.startswith("−") else text


def enough_digits(agrees: Callable[[int], bool], least: int) -> int:
    """The fewest digits, from `least` on, with which what is printed agrees with its result."""
    return next((digits for digits in range(least, MOST_DIGITS) if agrees(digits)), MOST_DIGITS)


def significant(values: Sequence[float], digits: int) -> np.ndarray:
    """Numbers (n,) rounded to so many significant digits, as they are when they are written with those."""
    return np.array([float(f"{value:.{digits}g}") for value in values])


def operand_digits(values: Sequence[float], compute: Callable[..., float], result: float, digits: int = 4) -> int:
    """The fewest digits of `values` with which `compute` gives `result` as it is printed, with so many digits itself."""
    return shared_digits([values], compute, [result], digits)


def shared_digits(
    rows: Iterable[Sequence[float]], compute: Callable[..., float], results: Iterable[float], digits: int = 4
) -> int:
    """As `operand_digits`, for rows of values that are all written with equally many digits, each with its result."""

    def agrees(values: Sequence[float], result: float) -> bool:
        with np.errstate(all="ignore"):
            return plain(float(compute(*values)), digits) == plain(result, digits)

    # What does not agree with all digits, as where a sum has overflowed, does not with more of them either.
    pairs = [(list(map(float, values)), result) for values, result in zip(rows, results, strict=True)]
    pairs = [(values, result) for values, result in pairs if np.isfinite([result, *values]).all() and agrees(values, result)]
    return enough_digits(lambda n: all(agrees(significant(values, n), result) for values, result in pairs), digits)


def dot_text(first: np.ndarray, second: np.ndarray, factor: float = 1.0) -> str:
    """The dot product of two vectors (d,) written out, times `factor`, with its value to three digits."""
    total, places = float(first @ second), 3
    if factor != 1.0:
        wanted = fixed(total * factor, 3)
        places = enough_digits(lambda digits: fixed(round(total, digits) * float(_times(factor, digits)), 3) == wanted, 3)
    digits = enough_digits(
        lambda digits: fixed(first.round(digits) @ second.round(digits), places) == fixed(total, places), 2
    )
    terms = [f"{bracketed(fixed(a, digits))}·{bracketed(fixed(b, digits))}" for a, b in zip(first, second, strict=True)]
    lines = [" + ".join(terms[k : k + TERMS_A_LINE]) for k in range(0, len(terms), TERMS_A_LINE)]
    tail = f"<br>× {_times(factor, places)} = {fixed(total * factor, 3)}" if factor != 1.0 else ""
    return "<br>+ ".join(lines) + f"<br>= {fixed(total, places)}{tail}"


def _times(factor: float, places: int) -> str:
    """The factor for a sum that is written with so many digits after the point."""
    return f"{factor:.{places + 3}g}"
