"""The passes as formulas with their numbers, for the followed sample: sums, activations, losses, deltas."""

from collections.abc import Callable
from operator import mul, sub

import numpy as np

from nncore import ACTIVATIONS, LOSSES
from nncore.inspection.terms import leading_terms
from nncore.inspection.trace import softmax_shift
from pages.parts.backprop.study import Look
from pages.parts.fields.arithmetic import operand_digits, shared_digits
from pages.parts.fields.formula_tables import sum_table
from pages.parts.fields.numbers import factor, latex, latex_matrix, latex_steps, latex_vector

WIDEST = 8  # columns of a matrix that there is room for
ARRIVING = r"\tfrac{\partial L}{\partial \hat y}"
WHY_DIFFERENCE = {
    "sigmoid": "For a sigmoid with cross-entropy, ∂L/∂ŷ = (ŷ − y) / (ŷ(1 − ŷ)) and f′(z) = ŷ(1 − ŷ): their product is just "
               "ŷ − y.",
    "softmax": "For a softmax with cross-entropy, ∂L/∂ŷ and the softmax's derivatives cancel too: what is left is just "
               "ŷ − y.",
}  # fmt: skip


def product(left: float, right: float, result: float) -> str:
    """Two factors in LaTeX, with as many digits as it takes to compute the four of their product `result`."""
    digits = operand_digits((left, right), mul, result)
    return rf"{latex(left, digits)} \cdot {factor(right, digits)}"


def difference(left: float, right: float, result: float) -> str:
    """As `product`, of a difference."""
    digits = operand_digits((left, right), sub, result)
    return rf"{latex(left, digits)} - {factor(right, digits)}"


def _columns(columns: tuple[np.ndarray, ...], compute: Callable[..., float], results: np.ndarray) -> list[str]:
    """Columns of numbers in LaTeX, from whose rows `compute` gives the `results` as they are printed."""
    digits = shared_digits(zip(*columns, strict=True), compute, results)
    return [latex_vector(column, digits) for column in columns]


def forward_formulas(look: Look, layer: int, neuron: int) -> list[str]:
    """A neuron's sum, term by term, and its activation."""
    trace, network, row = look.trace, look.network, look.sample
    z, a = trace.z[layer], trace.a[layer]
    terms = leading_terms(network.weights[layer][neuron], trace.inputs[layer][row])
    ends = [("b", float(network.biases[layer][neuron])), (r"\textstyle\sum = z", float(z[row, neuron]))]
    name = network.output if layer == look.n_layers - 1 else network.activations[layer]
    digits = operand_digits((z[row, neuron],), ACTIVATIONS[name], a[row, neuron]) if name in ACTIVATIONS else 4
    table = sum_table(("j", "w_j", "x_j", "w_j x_j"), terms, ends, digits)
    if name == "softmax":
        left, rule = rf"a_{{{neuron + 1}}}", rf"e^{{z_{{{neuron + 1}}}}} / \textstyle\sum_m e^{{z_m}}"
        digits = operand_digits(z[row], lambda *sums: _softmax(np.array(sums))[neuron], a[row, neuron])
        return [table, latex_steps(left, rule, latex(a[row, neuron])), rf"z = {latex_vector(z[row], digits)}"]
    if ACTIVATIONS[name].is_identity:
        return [table, rf"a = z = {latex(a[row, neuron], digits)}"]
    return [table, latex_steps("a", ACTIVATIONS[name].formula, latex(a[row, neuron]))]


def loss_formulas(look: Look) -> list[str]:
    """The followed sample's loss from its answer and target; a mean over the outputs where they are many."""
    trace, row, entry = look.trace, look.sample, LOSSES[look.network.loss]
    outputs, targets = trace.a[-1][row], trace.targets[row]
    value = float(trace.losses[row])
    loss = latex(value)
    if entry.needs_probabilities:
        return [latex_steps("L", *_surprise(outputs, targets, value), loss)]
    note = rf", \quad {entry.note}" if entry.note else ""
    n = len(outputs)

    def again(*numbers: float) -> float:
        answers, wanted = (np.array(part)[:, None] for part in (numbers[:n], numbers[n:]))
        return float(entry.value(answers, answers, wanted))

    digits = operand_digits([*outputs, *targets], again, value)
    if n > 1:
        both = rf"\hat y = {latex_vector(outputs, digits)}, \quad y = {latex_vector(targets, digits)}"
        rule = entry.error_formula.replace("$e", r"\hat y_m - y_m")
        return [both, latex_steps("L", rf"\tfrac{{1}}{{{n}}} \textstyle\sum_m {rule}", loss + note)]
    error = rf"{latex(float(outputs[0]), digits)} - {factor(float(targets[0]), digits)}"
    rule, numbers = (entry.error_formula.replace("$e", words) for words in (r"\hat y - y", error))
    return [latex_steps("L", rule, numbers, loss + note)]


def _softmax(z: np.ndarray) -> np.ndarray:
    shares = np.exp(z - z.max())
    return shares / shares.sum()


def _surprise(outputs: np.ndarray, targets: np.ndarray, loss: float) -> tuple[str, str]:
    """The cross-entropy `loss` of one sample in symbols and in numbers: of the right class's probability."""
    right = float(outputs[targets.argmax()] if len(outputs) > 1 else outputs[0])
    if len(outputs) > 1 or targets[0] == 1:
        answer = latex(right, operand_digits((right,), lambda a: -np.log(a), loss))
        return (r"-\ln p(y)" if len(outputs) > 1 else r"-\ln \hat y"), rf"-\ln {answer}"
    answer = latex(right, operand_digits((right,), lambda a: -np.log1p(-a), loss))
    return r"-\ln (1 - \hat y)", rf"-\ln (1 - {answer})"


def output_delta(look: Look, neuron: int) -> list[str]:
    """The delta of one output neuron."""
    trace, row = look.trace, look.sample
    delta, answer, target = trace.deltas[-1][row, neuron], trace.a[-1][row, neuron], trace.targets[row, neuron]
    symbol = rf"\delta^{{({look.n_layers})}}_{{{neuron + 1}}}"
    if trace.arriving[-1] is None:
        return [rf"{symbol} = \hat y - y = {difference(answer, target, delta)} = {latex(delta)}"]
    arrives = trace.arriving[-1][row]
    first = _loss_slope(look, difference(answer, target, answer - target), latex(arrives[neuron]))
    if trace.slopes[-1] is None:
        heads = ("m", rf"{ARRIVING}_m", r"\hat y_m", r"\text{product}")
        shift = softmax_shift(trace, row)
        gathered = sum_table(heads, leading_terms(arrives, trace.a[-1][row]), [(r"\textstyle\sum = s", shift)])
        digits = operand_digits((answer, arrives[neuron], shift), lambda a, g, s: a * (g - s), delta)
        numbers = rf"{latex(answer, digits)} \cdot \big({latex(arrives[neuron], digits)} - {factor(shift, digits)}\big)"
        return [first, gathered, latex_steps(symbol, rf"\hat y \big({ARRIVING} - s\big)", numbers, latex(delta))]
    numbers = product(arrives[neuron], trace.slopes[-1][row, neuron], delta)
    return [first, latex_steps(symbol, rf"{ARRIVING} \cdot f'(z)", numbers, latex(delta))]


def why_difference(look: Look) -> str:
    """Why the output's delta is ŷ - y, in a sentence; "" where it is not."""
    return WHY_DIFFERENCE[look.network.output] if look.trace.arriving[-1] is None else ""


def _loss_slope(look: Look, numbers: str, value: str) -> str:
    """dL/dŷ in symbols, with its numbers, and its value."""
    count = look.network.sizes[-1]
    rule = LOSSES[look.network.loss].derivative_formula.replace("$n", str(count))
    steps = (rule.replace("$e", words) for words in (r"\hat y - y", numbers))
    if count == 1:  # a division by 1 is not written
        steps = (step.replace(r"\tfrac{2}{1} ", "2 ").replace(r"\tfrac{1}{1} ", "") for step in steps)
    return latex_steps(ARRIVING, *steps, value)


def hidden_delta(look: Look, layer: int, neuron: int) -> list[str]:
    """The delta of one hidden neuron: what it gathers, term by term, and its derivative."""
    trace, row, above = look.trace, look.sample, layer + 2
    arrives, slope = (float(numbers[layer][row, neuron]) for numbers in (trace.arriving, trace.slopes))
    w, d = rf"w^{{({above})}}_{{m,{neuron + 1}}}", rf"\delta^{{({above})}}_m"
    z, a = (float(numbers[layer][row, neuron]) for numbers in (trace.z, trace.a))
    entry = ACTIVATIONS[look.network.activations[layer]]
    digits = operand_digits((z, a), lambda *both: entry.derivative(*np.array(both)[:, None], None)[0], slope)
    terms = leading_terms(look.network.weights[layer + 1][:, neuron], trace.deltas[layer + 1][row])
    return [
        sum_table(("m", w, d, r"w_m \delta_m"), terms, [(r"\textstyle\sum", arrives)]),
        latex_steps("f'(z)", entry.derivative_formula,
                    rf"{latex(slope)} \quad \text{{for }} z = {latex(z, digits)},\ a = {latex(a, digits)}"),
        latex_steps(
            rf"\delta^{{({layer + 1})}}_{{{neuron + 1}}}", r"f'(z) \textstyle\sum_m w_m \delta_m",
            product(slope, arrives, float(trace.deltas[layer][row, neuron])), latex(float(trace.deltas[layer][row, neuron])),
        ),
    ]  # fmt: skip


def layer_deltas(look: Look, layer: int) -> list[str]:
    """The deltas of a whole layer at once, as vectors."""
    if layer == look.n_layers - 1:
        return output_delta(look, 0) if look.network.sizes[-1] == 1 else _output_deltas(look)
    trace, row, above = look.trace, look.sample, layer + 2
    matrix, onwards = look.network.weights[layer + 1].T, trace.deltas[layer + 1][row]
    here = trace.deltas[layer][row]
    slopes, arrives = _columns((trace.slopes[layer][row], trace.arriving[layer][row]), mul, here)
    if max(matrix.shape) <= WIDEST:
        rows = ([slope, *weights, *onwards] for slope, weights in zip(trace.slopes[layer][row], matrix, strict=True))
        digits = shared_digits(rows, _gathered, here)
        slopes = latex_vector(trace.slopes[layer][row], digits)
        arrives = latex_matrix(matrix, digits) + latex_vector(onwards, digits)
    return [latex_steps(
        rf"\delta^{{({layer + 1})}}", rf"f'(z^{{({layer + 1})}}) \odot W^{{({above})\top}} \delta^{{({above})}}",
        rf"{slopes} \odot {arrives}", latex_vector(here),
    )]  # fmt: skip


def _gathered(slope: float, *numbers: float) -> float:
    """The derivative times the sum of products of weights and deltas, which come one after the other."""
    weights, deltas = np.reshape(numbers, (2, -1))
    return slope * float(weights @ deltas)


def _output_deltas(look: Look) -> list[str]:
    trace, row = look.trace, look.sample
    symbol = rf"\delta^{{({look.n_layers})}}"
    deltas = latex_vector(trace.deltas[-1][row])
    numbers = trace.a[-1][row], trace.targets[row]
    answers, targets = _columns(numbers, sub, trace.deltas[-1][row] if trace.arriving[-1] is None else sub(*numbers))
    errors = rf"{answers} - {targets}"
    if trace.arriving[-1] is None:
        return [latex_steps(symbol, r"\hat y - y", errors, deltas)]
    arrives = latex_vector(trace.arriving[-1][row])
    first = _loss_slope(look, errors, arrives)
    if trace.slopes[-1] is None:
        shift = softmax_shift(trace, row)
        gathered = rf"s = \textstyle\sum_m {ARRIVING}_m \hat y_m = {latex(shift)}"
        rule = rf"\hat y \odot \big({ARRIVING} - s\big), \quad {gathered}"
        return [first, latex_steps(symbol, rule, rf"{answers} \odot \left({arrives} - {factor(shift)}\right)", deltas)]
    numbers = r" \odot ".join(_columns((trace.arriving[-1][row], trace.slopes[-1][row]), mul, trace.deltas[-1][row]))
    return [first, latex_steps(symbol, rf"{ARRIVING} \odot f'(z)", numbers, deltas)]
