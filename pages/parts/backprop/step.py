"""The step that is really taken: what the optimizer makes of the gradient of one weight, with its numbers."""

import math
from collections.abc import Callable

import streamlit as st

from nncore.inspection.optimizer_steps import WeightStep, weight_step
from pages.parts.backprop.study import Look
from pages.parts.fields.labels import name_of
from pages.parts.fields.numbers import factor, latex, latex_steps, plain

Settings = dict[str, float]

WORDS = {
    "sgd": "SGD steps against the gradient, η times as far.",
    "momentum": "Momentum keeps a velocity v: nine tenths of the last one, and the gradient. The step follows the velocity.",
    "nesterov": "Nesterov keeps a velocity v as Momentum does, and steps where velocity and gradient will lead next.",
    "adagrad": "AdaGrad divides the gradient by the root of s, the sum of its squares over all updates so far.",
    "rmsprop": "RMSprop divides the gradient by the root of s, a running mean of its square.",
    "adam": "Adam keeps two running means: m of the gradient, v of its square. Both began at 0, t updates ago; the hats "
            "correct for that. The step follows m, divided by the root of v.",
    "adamw": "AdamW steps as Adam does (m and v are running means of the gradient and of its square, and the hats correct "
             "for their start at 0, t updates ago), and apart from that shrinks the weight itself by a share ηλ.",
}  # fmt: skip


def taken(look: Look) -> None:
    """The optimizer's rule for the chosen weight with its numbers, the gradient's step beside the one really taken."""
    whole = look.update.step
    step = weight_step(whole, look.chain.index)
    made = "is really taken" if look.stop is None else "would be taken"
    st.markdown(f"**The step that {made}**, at a learning rate η of {plain(whole.learning_rate)}. {WORDS[whole.name]}")
    for formula in formulas(whole.name, step, whole.learning_rate, whole.settings):
        st.latex(formula)
    cells = st.columns(3)
    cells[0].metric("Step of plain gradient descent, −η g", plain(step.plain))
    cells[1].metric(f"Step of {name_of(whole.name)}, Δw", plain(step.change))
    cells[2].metric("The weight after it", plain(step.after, 6), help=f"Before it, {plain(step.before, 6)}.")
    st.markdown(compare(whole.name, step))


def compare(name: str, step: WeightStep) -> str:
    """The step taken against that of plain gradient descent, in words for these numbers."""
    if not math.isfinite(step.change):
        return "The numbers have left all bounds."
    if step.change == 0:
        return "The weight stays where it is."
    if name == "sgd":
        return "The two are the same: SGD remembers nothing."
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


def formulas(name: str, step: WeightStep, rate: float, settings: Settings) -> list[str]:
    """The rule in LaTeX, each line with its symbols, its numbers and its value."""
    return FORMULAS[name](step, latex(rate), settings)


def _change(step: WeightStep, rule: str, numbers: str) -> str:
    return latex_steps(r"\Delta w", rule, numbers, latex(step.change))


def _sgd(step: WeightStep, rate: str, settings: Settings) -> list[str]:
    return [_change(step, r"-\eta\, g", rf"-{rate} \cdot {factor(step.gradient)}")]


def _velocity(step: WeightStep, settings: Settings) -> str:
    m, n = latex(settings["momentum"]), step.numbers
    numbers = rf"{m} \cdot {factor(n['velocity_before'])} + {factor(step.gradient)}"
    return latex_steps("v_t", rf"{m}\, v_{{t-1}} + g", numbers, latex(n["velocity"]))


def _momentum(step: WeightStep, rate: str, settings: Settings) -> list[str]:
    numbers = rf"-{rate} \cdot {factor(step.direction)}"
    return [_velocity(step, settings), _change(step, r"-\eta\, v_t", numbers)]


def _nesterov(step: WeightStep, rate: str, settings: Settings) -> list[str]:
    m = latex(settings["momentum"])
    numbers = rf"-{rate} \cdot \big({latex(step.gradient)} + {m} \cdot {factor(step.numbers['velocity'])}\big)"
    return [_velocity(step, settings), _change(step, rf"-\eta\, (g + {m}\, v_t)", numbers)]


def _by_root(step: WeightStep, rate: str, total: float, settings: Settings) -> str:
    epsilon = latex(settings["epsilon"])
    numbers = rf"-{rate} \cdot \frac{{{latex(step.gradient)}}}{{\sqrt{{{latex(total)}}} + {epsilon}}}"
    return _change(step, r"-\eta\, \frac{g}{\sqrt{s_t} + \epsilon}", numbers)


def _adagrad(step: WeightStep, rate: str, settings: Settings) -> list[str]:
    n = step.numbers
    numbers = rf"{latex(n['square_sum_before'])} + {factor(step.gradient)}^2"
    total = latex_steps("s_t", "s_{t-1} + g^2", numbers, latex(n["square_sum"]))
    return [total, _by_root(step, rate, n["square_sum"], settings)]


def _rmsprop(step: WeightStep, rate: str, settings: Settings) -> list[str]:
    n = step.numbers
    mean = _running("s", "g^2", settings["alpha"], n["square_mean_before"], n["square_mean"])
    return [mean(rf"{factor(step.gradient)}^2"), _by_root(step, rate, n["square_mean"], settings)]


def _running(symbol: str, of: str, share: float, before: float, after: float) -> Callable[[str], str]:
    """A running mean: the line for what comes into it, given in numbers."""
    keeps, takes = latex(share), latex(1.0 - share)

    def line(numbers: str) -> str:
        rule = rf"{keeps}\, {symbol}_{{t-1}} + {takes}\, {of}"
        worked = rf"{keeps} \cdot {factor(before)} + {takes} \cdot {numbers}"
        return latex_steps(f"{symbol}_t", rule, worked, latex(after))

    return line


def _adam(step: WeightStep, rate: str, settings: Settings) -> list[str]:
    n, b1, b2 = step.numbers, settings["beta1"], settings["beta2"]
    count, decay = int(n["updates"]), settings["weight_decay"]
    mean = _running("m", "g", b1, n["mean_before"], n["mean"])
    square = _running("v", "g^2", b2, n["square_mean_before"], n["square_mean"])
    rule, numbers = r"-\eta\, \frac{\hat m}{\sqrt{\hat v} + \epsilon}", (
        rf"-{rate} \cdot \frac{{{latex(n['corrected_mean'])}}}"
        rf"{{\sqrt{{{latex(n['corrected_square_mean'])}}} + {latex(settings['epsilon'])}}}"
    )
    if decay:
        rule += r" - \eta \lambda w"
        numbers += rf" - {rate} \cdot {latex(decay)} \cdot {factor(step.before)}"
    return [
        mean(factor(step.gradient)), square(rf"{factor(step.gradient)}^2"),
        _corrected("m", b1, count, n["mean"], n["corrected_mean"]),
        _corrected("v", b2, count, n["square_mean"], n["corrected_square_mean"]),
        _change(step, rule, numbers),
    ]  # fmt: skip


def _corrected(symbol: str, share: float, count: int, value: float, corrected: float) -> str:
    rule = rf"\frac{{{symbol}_t}}{{1 - {latex(share)}^t}}"
    numbers = rf"\frac{{{latex(value)}}}{{1 - {latex(share)}^{{{count}}}}}"
    return latex_steps(rf"\hat {symbol}", rf"{rule} = {numbers}", latex(corrected))


FORMULAS: dict[str, Callable[[WeightStep, str, Settings], list[str]]] = {
    "sgd": _sgd, "momentum": _momentum, "nesterov": _nesterov, "adagrad": _adagrad, "rmsprop": _rmsprop,
    "adam": _adam, "adamw": _adam,
}  # fmt: skip
