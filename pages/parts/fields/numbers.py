"""Numbers as people read them: a few digits in a picture, in a sentence, in a formula."""

import numpy as np

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
EXACT = 1e-9  # a share as near to 0 or 1 is none or all, but for rounding errors
MORE_DIGITS = 3  # that a share may take rather than round to none or to all
WHOLE_VECTOR, CUT_VECTOR = 16, 5  # entries of a vector that are shown: all, or of a longer one so many


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


def brief(value: float, digits: int = 2) -> str:
    """As `short`, but a small or a large number keeps three significant digits: "0.0498", "17,258", "2.98·10⁻⁵"."""
    size = abs(value)
    if not np.isfinite(value) or size == 0 or 0.1 <= size < 1000:
        return short(value, digits)
    if size < 1e-4 or size >= 1e6:
        return power_of_ten(value, 3)
    text = f"{value:#.3g}" if size < 1 else f"{value:,.0f}"
    return text.replace("-", "−")


def plain(value: float, digits: int = 4) -> str:
    """A number for a sentence, with so many significant digits: "−0.0003342", "1.2e-7"."""
    if not np.isfinite(value):
        return "not finite"
    mantissa, _, exponent = f"{value + 0.0:.{digits}g}".partition("e")  # + 0.0 makes -0 a 0
    return mantissa.replace("-", "−") + (f"e{int(exponent)}" if exponent else "")


def raised(value: float, digits: int = 4) -> str:
    """As `plain`, but a power of ten is written as one: "1.2·10⁻⁷". For words that nobody copies into a calculation."""
    if not np.isfinite(value):
        return plain(value)
    mantissa, _, exponent = plain(value, digits).partition("e")
    return f"{mantissa}·10{exponent.translate(_RAISED)}" if exponent else mantissa


def power_of_ten(value: float, digits: int = 2) -> str:
    """A number with so many significant digits and a power of ten: "4.7·10⁻⁵"; 0 is "0"."""
    if not np.isfinite(value):
        return "not finite"
    if value == 0:
        return "0"
    mantissa, _, exponent = f"{value:.{digits - 1}e}".partition("e")
    return f"{mantissa.replace('-', '−')}·10{str(int(exponent)).translate(_RAISED)}"


def alike(values: np.ndarray, digits: int = 2) -> list[str]:
    """Numbers of one column, all written in one way: "0.034" with so many significant digits, or with powers of ten.

    Powers of ten are taken where one that is not 0 lies outside 0.001 to 1,000.
    """
    values = np.asarray(values, dtype=float)
    sizes = np.abs(values[np.isfinite(values) & (values != 0)])
    if len(sizes) and (sizes.min() < 1e-3 or sizes.max() >= 1e3):
        return [power_of_ten(value, digits) for value in values]
    return ["0" if value == 0 else plain(value, digits) for value in values]


def percent(share: float, digits: int = 0) -> str:
    """A share for people, with a space that does not break: "16 %" for 0.16.

    0 % and 100 % are said only of none and of all, up to rounding errors: 0.9996 gives "99.96 %", with as many more digits
    as it takes, and what three more do not tell from all "over 99.999 %".
    """
    if EXACT < share < 1 - EXACT:
        return _part(share, digits)
    text = f"{100 * share:z.{digits}f}".replace("-", "−")
    return f"{text}\u00a0%"


def _part(share: float, digits: int) -> str:
    """A share that is neither none nor all, with as many digits as show that."""
    most = digits + MORE_DIGITS
    texts = (f"{100 * share:.{some}f}" for some in range(digits, most + 1))
    text = next((text for text in texts if 0 < float(text) < 100), None)
    if text is None:
        text = f"under {10.0**-most:.{most}f}" if share < 0.5 else f"over {100 - 10.0**-most:.{most}f}"
    return f"{text}\u00a0%"


def two_percents(first: float, second: float, digits: int) -> tuple[str, str]:
    """Two shares as `percent` writes them, with as many digits as give their difference in points, rounded to `digits`."""
    points = round(100 * (first - second), digits)
    enough = (some for some in range(digits, digits + MORE_DIGITS)
              if round(round(100 * first, some) - round(100 * second, some), digits) == points)  # fmt: skip
    some = next(enough, digits + MORE_DIGITS)
    return percent(first, some), percent(second, some)


def percent_in_words(share: float, digits: int = 0) -> str:
    """As `percent`, with a space at which a line may break."""
    return percent(share, digits).replace("\u00a0", " ")


def counted(number: int, one: str) -> str:
    """A number with its noun: "1 epoch", "1,000 epochs"."""
    return f"{number:,} {one}{'' if number == 1 else 's'}"


def fine_percent(share: float, digits: int = 0) -> str:
    """As `percent`, with a digit after the point below 1 % and from 99 % on; 0 % and 100 % are exactly none and all."""
    if 0 < share < 0.01 or 0.99 <= share < 1:
        return _part(share, max(digits, 1))
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


def latex_steps(left: str, *steps: str) -> str:
    """An equation in LaTeX, one step a line, so that it fits a phone: left = first, = second, ..."""
    return r"\begin{aligned}" + left + " &= " + r" \\ &= ".join(steps) + r"\end{aligned}"


def latex_vector(values: np.ndarray, digits: int = 4) -> str:
    """The values as a column in LaTeX; of more than can be read, the first and the last, with dots between."""
    rows = [latex(float(value), digits) for value in values]
    if len(rows) > WHOLE_VECTOR:
        rows = [*rows[: CUT_VECTOR - 1], r"\vdots", rows[-1]]
    return r"\begin{bmatrix}" + r" \\ ".join(rows) + r"\end{bmatrix}"


def latex_matrix(values: np.ndarray, digits: int = 4) -> str:
    """The values (n, m) as a matrix in LaTeX, all of them."""
    rows = [" & ".join(latex(float(value), digits) for value in row) for row in values]
    return r"\begin{bmatrix}" + r" \\ ".join(rows) + r"\end{bmatrix}"


def epoch_text(epoch: float) -> str:
    """An epoch as text: "1,200", or "0.05" for an update within one, which is a part of it."""
    return f"{int(epoch):,}" if float(epoch).is_integer() else f"{epoch:,.2f}"
