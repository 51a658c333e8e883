"""One neuron in formulas and words: LaTeX with the present numbers in it, and the rule of signs said aloud."""

import math
import re
from collections.abc import Callable
from operator import mul

import numpy as np

from nncore.single_neuron.kinds import NeuronKind
from nncore.single_neuron.neuron import Chain
from pages.parts.fields.arithmetic import operand_digits
from pages.parts.fields.numbers import latex, plain

INPUT_NAMES = ("x₁", "x₂", "x₃", "x₄")
WEIGHT_NAMES = ("w₁", "w₂", "w₃", "w₄")
MOST_DIGITS = 12
NARROW = 30  # characters that fit into one line of a formula on a phone
_LETTER = r"(?<![A-Za-z\\])({})(?![A-Za-z])"
# How dL/da is computed for one sample, by its formula.
_LOSS_SLOPES = {
    "2(a - y)": lambda a, y: 2.0 * (a - y),
    r"\operatorname{sign}(a - y)": lambda a, y: np.sign(a - y),
    r"\frac{a - y}{a(1 - a)}": lambda a, y: (a - y) / (a * (1.0 - a)),
}
_COMMAND = re.compile(r"\\[a-z]+|[{}^_ ]")


def _digits(value: float) -> int:
    """Four significant digits, and more for what they would round to 1 or -1: of a saturated answer the rest counts."""
    digits = 4
    while digits < MOST_DIGITS and abs(value) != 1 and f"{abs(value):.{digits}g}" == "1":
        digits += 1
    # One digit that differs is not enough to subtract it from 1.
    return digits if digits == 4 else digits + 2


def _said(value: float) -> str:
    """The same digits as `number`, for a sentence."""
    return plain(value, _digits(value))


def number(value: float, digits: int = 4) -> str:
    """A number as LaTeX with so many significant digits: "0.3127", "1.2 \\cdot 10^{-7}", "\\infty"; more close to 1."""
    if math.isnan(value):
        return r"\text{undefined}"
    if math.isinf(value):
        return r"\infty" if value > 0 else r"-\infty"
    return latex(value, max(digits, _digits(value)))


def inner(value: float, digits: int = 4) -> str:
    """A number as it stands inside a formula: in parentheses when it is negative or has a power of ten."""
    text = number(value, digits)
    return f"({text})" if text.startswith("-") or "cdot" in text else text


def operands(values: list[float], compute: Callable[..., float], result: float) -> list[str]:
    """The values as they stand inside a formula, with as many digits as it takes to compute the printed result again."""
    digits = operand_digits(values, compute, result, _digits(result))
    return [inner(value, digits) for value in values]


def with_numbers(formula: str, compute: Callable[..., float] | None = None, result: float = 0.0, **values: float) -> str:
    """`formula` with each letter named in `values` replaced by its number, from which `compute` gives the `result`."""
    shown = list(map(inner, values.values())) if compute is None else operands(list(values.values()), compute, result)
    texts = dict(zip(values, shown, strict=True))
    pattern = re.compile(_LETTER.format("|".join(values)))
    return pattern.sub(lambda match: texts[match[1]], formula)


def block(rows: list[tuple[str, ...]]) -> str:
    """Rows of equal terms as one block of LaTeX: the first equals sign begins the line, its numbers go below it."""
    return r"\begin{aligned} " + r" \\[10pt] ".join(_row(*row) for row in rows) + r" \end{aligned}"


def _row(left: str, *terms: str) -> str:
    kept = [term for place, term in enumerate(terms) if place == 0 or term != terms[place - 1]]
    numbers = " = ".join(kept[1:])
    if len(_COMMAND.sub("", numbers)) > NARROW:
        numbers = r" \\ &= ".join(kept[1:])
    return rf"{left} &= {kept[0]}" + (rf" \\[5pt] &= {numbers}" if numbers else "")


def forward_block(kind: NeuronKind, chain: Chain) -> str:
    """The forward pass in LaTeX: the sum, the answer, the loss."""
    names = " + ".join(f"w_{i} x_{i}" for i in _indices(chain))
    function, n = kind.activation, len(chain.inputs)
    exact = max(operand_digits([chain.z], function, chain.a, _digits(chain.a)), _digits(chain.z))
    factors = [*chain.weights, *chain.inputs, chain.bias]
    digits = operand_digits(factors, lambda *them: np.dot(them[:n], them[n:-1]) + them[-1], chain.z, exact)
    products = [rf"{inner(w, digits)} \cdot {inner(x, digits)}" for w, x in zip(chain.weights, chain.inputs, strict=True)]
    # Two products a line are as much as a phone has room for.
    lines = [" + ".join(products[place : place + 2]) for place in range(0, len(products), 2)]
    bias = inner(chain.bias, digits)
    lines = [f"{lines[0]} + {bias}"] if len(products) == 1 else [*lines, bias]
    total = r" \\ &\quad + ".join(lines) + rf" \\ &= {number(chain.z, exact)}"
    formula = kind.activation.formula
    return block([
        ("z", names + " + b", total),
        ("a = f(z)", formula, _substituted(formula, function, chain.a, z=chain.z), number(chain.a)),
        _loss_row(kind, chain),
    ])  # fmt: skip


def _loss_row(kind: NeuronKind, chain: Chain) -> tuple[str, ...]:
    formula = kind.loss.formula.replace(r"\hat y", "a")
    if kind.loss.needs_probabilities:
        asked = r"-\ln a" if chain.target > 0 else r"-\ln(1 - a)"
        right = (lambda a: -np.log(a)) if chain.target > 0 else (lambda a: -np.log1p(-a))
        numbers = with_numbers(asked, right, chain.loss, a=chain.a)
        return "L", rf"-\ln p(y{{=}}{number(chain.target)}) = {asked}", numbers, number(chain.loss)
    def loss(a: float, y: float) -> float:
        answer, target = np.full((1, 1), a), np.full((1, 1), y)
        return float(kind.loss.value(answer, answer, target))

    return "L", formula, _substituted(formula, loss, chain.loss, a=chain.a, y=chain.target), number(chain.loss)


def _substituted(formula: str, compute: Callable[..., float], result: float, **values: float) -> str:
    # "1 if z >= 0 else 0" reads well by itself, but with numbers it is a line too long for a phone.
    if r"\text{" in formula:
        return formula
    # A letter alone is followed by its number anyway.
    return number(values[formula]) if formula in values else with_numbers(formula, compute, result, **values)


def backward_block(kind: NeuronKind, chain: Chain) -> str:
    """The backward pass in LaTeX: each factor of the chain, the error signal, and the gradients."""
    slope = kind.activation.derivative_formula

    def derivative(z: float, a: float) -> float:
        return float(kind.activation.derivative(np.array([z]), np.array([a]), None)[0])

    shown = with_numbers(slope, derivative, chain.activation_slope, z=chain.z, a=chain.a)
    rows = [
        (r"\frac{\partial a}{\partial z}", slope, shown, number(chain.activation_slope)),
        *((rf"\frac{{\partial z}}{{\partial w_{i}}}", f"x_{i} = {number(x)}") for i, x in enumerate(chain.inputs, 1)),
        (r"\frac{\partial z}{\partial b}", "1"),
    ]
    if kind.by_rule:
        # The slope is 0 whatever the loss: there is no gradient to write down, only the rule's signal.
        signal = with_numbers("a - y", np.subtract, chain.delta, a=chain.a, y=chain.target)
        return block([*rows, (r"\delta", r"a - y \quad\text{(the rule)}", signal, number(chain.delta))])
    numbers = with_numbers(kind.loss_slope, _LOSS_SLOPES[kind.loss_slope], chain.loss_slope, a=chain.a, y=chain.target)
    loss_slope = (r"\frac{\partial L}{\partial a}", kind.loss_slope, numbers, number(chain.loss_slope))
    return block([loss_slope, *rows, _delta_row(kind, chain), *_gradient_rows(chain)])


def _delta_row(kind: NeuronKind, chain: Chain) -> tuple[str, ...]:
    product = r" \cdot ".join(operands([chain.loss_slope, chain.activation_slope], mul, chain.delta))
    factors = r"\frac{\partial L}{\partial a} \cdot \frac{\partial a}{\partial z}"
    if kind.loss.at_pre_activation:
        # With cross-entropy the sigmoid's slope cancels: what is left is also how it is computed.
        return r"\delta", factors, product, rf"{number(chain.delta)} \\ &= a - y"
    return r"\delta", factors, product, number(chain.delta)


def _gradient_rows(chain: Chain) -> list[tuple[str, ...]]:
    weights = [
        (rf"\frac{{\partial L}}{{\partial w_{i}}}", rf"\delta \cdot x_{i}",
         r" \cdot ".join(operands([chain.delta, x], mul, gradient)), number(gradient))
        for i, x, gradient in zip(_indices(chain), chain.inputs, chain.weight_gradients, strict=True)
    ]  # fmt: skip
    return [*weights, (r"\frac{\partial L}{\partial b}", rf"\delta = {number(chain.bias_gradient)}")]


def step_block(chain: Chain) -> str:
    """The steps in LaTeX: minus the learning rate times the gradient, for each weight and the bias."""
    weights = [
        (rf"\Delta w_{i}", rf"-\eta \cdot \delta \cdot x_{i}", _step_product([chain.delta, x], chain, step), number(step))
        for i, x, step in zip(_indices(chain), chain.inputs, chain.weight_steps, strict=True)
    ]
    bias = _step_product([chain.delta], chain, chain.bias_step)
    return block([*weights, (r"\Delta b", r"-\eta \cdot \delta", bias, number(chain.bias_step))])


def _step_product(factors: list[float], chain: Chain, step: float) -> str:
    """Minus the learning rate times the `factors`, as numbers from which the printed `step` is computed again."""
    return "-" + r" \cdot ".join(operands([chain.learning_rate, *factors], lambda *them: -math.prod(them), step))


def _indices(chain: Chain) -> range:
    return range(1, len(chain.inputs) + 1)


def rule_of_signs(kind: NeuronKind, chain: Chain) -> str:
    """The rule of signs in Markdown, for these numbers: which way each weight goes, and why."""
    if chain.delta == 0:
        return "- The error signal δ is 0: this sample asks for no change at all."
    too = "too high" if chain.delta > 0 else "too low"
    lines = [
        f"- The answer a = {_said(chain.a)} is **{too}** for the target y = {_said(chain.target)}, so δ is "
        f"{_sign(chain.delta)}: the sum z should come {'down' if chain.delta > 0 else 'up'}."
    ]
    for i, x, gradient in zip(_indices(chain), chain.inputs, chain.weight_gradients, strict=True):
        lines.append(_weight_words(i, x, gradient, chain.delta, kind.by_rule))
    direction = "down" if chain.delta > 0 else "up"
    what = "is told δ" if kind.by_rule else "has the derivative δ"
    lines.append(f"- The bias has a constant 1 for its input: it {what} itself, so **b goes {direction}**.")
    return "\n".join(lines)


def _weight_words(i: int, x: float, gradient: float, delta: float, by_rule: bool) -> str:
    x_name, w_name = INPUT_NAMES[i - 1], WEIGHT_NAMES[i - 1]
    if x == 0:
        return f"- {x_name} is 0: {w_name} had no part in the answer, and **stays**."
    # What the perceptron's rule follows is no slope of its loss.
    slope = "" if by_rule else f" the loss {'rises' if gradient > 0 else 'falls'} with {w_name},"
    return (
        f"- δ is {_sign(delta)} and {x_name} = {_said(x)} is {_sign(x)}: their product is {_sign(gradient)},{slope} so "
        f"**{w_name} goes {'down' if gradient > 0 else 'up'}**."
    )


def _sign(value: float) -> str:
    return "positive" if value > 0 else "negative" if value < 0 else "0"


def ways_on(low: float | None, high: float | None) -> str:
    """Where an activation saturates, in words, from the ends that were measured."""
    if low is not None and low == math.inf:
        return "everywhere"
    parts = [f"below {low:.3g}" if low is not None else "", f"above {high:.3g}" if high is not None else ""]
    return " and ".join(filter(None, parts)).replace("-", "−") or "nowhere"
