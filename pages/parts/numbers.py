"""Numbers as people read them: a few digits in a picture, in a sentence, in a formula."""

from collections.abc import Sequence

import numpy as np

SHOWN_TERMS = 4


def short(value: float, digits: int = 2) -> str:
    """A number for a small place: "0.83", "−12.4", "3e-5"; `digits` after the point between 0.01 and 100."""
    if not np.isfinite(value):
        return "not finite"
    size = abs(value)
    if size == 0:
        return "0"
    if 10.0**-digits <= size < 100:
        text = f"{value:.{digits}f}"
    elif 100 <= size < 10_000:
        text = f"{value:.0f}"
    else:
        mantissa, _, exponent = f"{value:.0e}".partition("e")
        text = f"{mantissa}e{int(exponent)}"
    return text.replace("-", "−", 1) if text.startswith("-") else text


def plain(value: float, digits: int = 4) -> str:
    """A number for a sentence, with so many significant digits: "−0.0003342", "1.2e-7"."""
    if not np.isfinite(value):
        return "not finite"
    mantissa, _, exponent = f"{value + 0.0:.{digits}g}".partition("e")  # + 0.0 makes -0 a 0
    return mantissa.replace("-", "−") + (f"e{int(exponent)}" if exponent else "")


def percent(share: float, digits: int = 0) -> str:
    """A share for people, with a space that does not break: "16 %" for 0.16."""
    return f"{100 * share:.{digits}f}\u00a0%"


def exact_percent(share: float, digits: int = 0) -> str:
    """As `percent`, but 0 % and 100 % are said only of exactly none and all: 0.9999 gives "99.9 %"."""
    if 0 < share < 0.01 or 0.99 <= share < 1:
        return percent(min(max(share, 0.001), 0.999), 1)
    return percent(share, digits)


def latex(value: float, digits: int = 4) -> str:
    """A number in LaTeX with so many significant digits: "-0.01234", "1.2 \\cdot 10^{-7}"."""
    if not np.isfinite(value):
        return r"\text{not finite}"
    mantissa, _, exponent = f"{value + 0.0:.{digits}g}".partition("e")
    return rf"{mantissa} \cdot 10^{{{int(exponent)}}}" if exponent else mantissa


def factor(value: float, digits: int = 4) -> str:
    """A number in LaTeX as a factor: in parentheses where it is negative."""
    text = latex(value, digits)
    return rf"({text})" if value < 0 else text


def latex_sum(terms: Sequence[str]) -> str:
    """The terms joined by +, two a line of an `aligned`, those beyond the first few counted: "a + b + 5 more"."""
    shown = list(terms[:SHOWN_TERMS])
    if len(terms) > SHOWN_TERMS:
        shown.append(rf"\text{{{len(terms) - SHOWN_TERMS:,} more}}")
    lines = [" + ".join(shown[k : k + 2]) for k in range(0, len(shown), 2)]
    return r" \\ &\quad + ".join(lines)


def latex_steps(left: str, *steps: str) -> str:
    """An equation in LaTeX, one step a line, so that it fits a phone: left = first, = second, ..."""
    return r"\begin{aligned}" + left + " &= " + r" \\ &= ".join(steps) + r"\end{aligned}"


def latex_vector(values: np.ndarray, limit: int = SHOWN_TERMS) -> str:
    """The values as a column in LaTeX, the middle ones beyond `limit` as dots."""
    rows = [latex(float(value), 3) for value in values]
    if len(rows) > limit:
        rows = [*rows[: limit - 1], r"\vdots", rows[-1]]
    return r"\begin{bmatrix}" + r" \\ ".join(rows) + r"\end{bmatrix}"
