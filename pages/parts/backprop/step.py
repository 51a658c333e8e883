"""The step that is really taken: what the optimizer makes of the gradient of one weight, with its numbers."""

import math
import re
from operator import add

import streamlit as st

from nncore import OPTIMIZERS
from nncore.inspection.optimizer_steps import WeightStep, weight_step
from nncore.training.optimizer_kind import OptimizerKind
from nncore.training.updates import Update
from pages.parts.backprop.study import Look
from pages.parts.fields.arithmetic import operand_digits
from pages.parts.fields.numbers import factor, latex, latex_steps, plain
from pages.parts.fields.source import show_source

OPERAND_DIGITS = 7  # of the numbers in a rule, so that the four of its result are computed again from them
_PLACE = re.compile(r"\$(\w+|\(\w+\))")


def taken(look: Look) -> None:
    """The optimizer's rule for the chosen weight with its numbers, the gradient's step beside the one really taken."""
    update = look.update
    step, optimizer = weight_step(update, look.chain.index), OPTIMIZERS[update.optimizer]
    made = "is really taken" if look.stop is None else "would be taken"
    st.markdown(f"**The step that {made}**, at a learning rate η of {plain(update.learning_rate)}. {optimizer.about}")
    for formula in formulas(update, step):
        st.latex(formula)
    cells = st.columns(3)
    digits = operand_digits((step.before, step.change), add, step.after, 6)
    cells[0].metric("Step of plain gradient descent, −η g", plain(step.plain, digits))
    cells[1].metric(f"Step of {optimizer.label}, Δw", plain(step.change, digits))
    cells[2].metric("The weight after it", plain(step.after, 6), help=f"Before it, {plain(step.before, digits)}.")
    st.markdown(compare(optimizer, step))
    show_source(weight_step, update=update, index=look.chain.index)


def compare(optimizer: OptimizerKind, step: WeightStep) -> str:
    """The step taken against that of plain gradient descent, in words for these numbers."""
    if not math.isfinite(step.change):
        return "The numbers grew beyond all bounds."
    if step.change == 0:
        return "The weight stays where it is."
    if not optimizer.has_memory:
        return f"The two are the same: {optimizer.label} remembers nothing."
    if step.plain == 0:
        return "This batch's gradient is 0: the step comes from what the optimizer remembers, or from weight decay."
    ratio = step.change / step.plain
    if ratio < 0:
        stronger = "weight decay" if step.direction * step.gradient > 0 else "what the optimizer remembers of earlier ones"
        return f"It goes **the other way than this batch's gradient asks**: {stronger} is stronger."
    if abs(ratio - 1) < 0.005:
        return "It is as long as the step of plain gradient descent."
    size = f"{plain(ratio, 3)} times as long as" if ratio > 1 else f"{plain(1 / ratio, 3)} times shorter than"
    return f"It is **{size}** the step of plain gradient descent, in the same direction."


def formulas(update: Update, step: WeightStep) -> list[str]:
    """The rule in LaTeX, each line with its symbols, its numbers and its value."""
    values = {**update.settings, "learning_rate": update.learning_rate, **vars(step), **step.numbers}
    values |= {f"rest_{name}": 1.0 - value for name, value in update.settings.items()}
    lines = []
    for line in OPTIMIZERS[update.optimizer].lines:
        steps = [_filled(text, values, OPERAND_DIGITS) for text in (line.rule, line.numbers) if text]
        lines.append(latex_steps(line.symbol, *steps, _filled(f"${line.value}", values)))
    return lines


def _filled(text: str, values: dict[str, float], digits: int = 4) -> str:
    """A text of a FormulaLine with the numbers put in, with so many digits."""

    def number(match: re.Match[str]) -> str:
        name = match[1]
        value = values[name.strip("()")]
        if isinstance(value, int):  # a count, which is not rounded
            return str(value)
        return factor(value, digits) if name.startswith("(") else latex(value, digits)

    return _PLACE.sub(number, text)
