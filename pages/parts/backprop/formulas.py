"""The passes as formulas with their numbers, for the followed sample: sums, activations, losses, deltas."""

import numpy as np

from nncore import ACTIVATIONS, LOSSES
from nncore.inspection.terms import leading_terms
from nncore.inspection.trace import softmax_shift
from pages.parts.backprop.study import Look
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


def forward_formulas(look: Look, layer: int, neuron: int) -> list[str]:
    """A neuron's sum, term by term, and its activation."""
    trace, network, row = look.trace, look.network, look.sample
    z, a = trace.z[layer], trace.a[layer]
    terms = leading_terms(network.weights[layer][neuron], trace.inputs[layer][row])
    ends = [("b", float(network.biases[layer][neuron])), (r"\textstyle\sum = z", float(z[row, neuron]))]
    table = sum_table(("j", "w_j", "x_j", "w_j x_j"), terms, ends)
    name = network.output if layer == look.n_layers - 1 else network.activations[layer]
    if name == "softmax":
        left, rule = rf"a_{{{neuron + 1}}}", rf"e^{{z_{{{neuron + 1}}}}} / \textstyle\sum_m e^{{z_m}}"
        return [table, latex_steps(left, rule, latex(a[row, neuron])), rf"z = {latex_vector(z[row])}"]
    if name == "identity":
        return [table, rf"a = z = {latex(a[row, neuron])}"]
    return [table, latex_steps("a", ACTIVATIONS[name].formula, latex(a[row, neuron]))]


def loss_formulas(look: Look) -> list[str]:
    """The followed sample's loss from its answer and target; a mean over the outputs where they are many."""
    trace, row, entry = look.trace, look.sample, LOSSES[look.network.loss]
    outputs, targets = trace.a[-1][row], trace.targets[row]
    loss = latex(float(trace.losses[row]))
    if entry.needs_probabilities:
        return [latex_steps("L", *_surprise(outputs, targets), loss)]
    note = rf", \quad {entry.note}" if entry.note else ""
    if len(outputs) > 1:
        both = rf"\hat y = {latex_vector(outputs)}, \quad y = {latex_vector(targets)}"
        rule = entry.error_formula.replace("$e", r"\hat y_m - y_m")
        return [both, latex_steps("L", rf"\tfrac{{1}}{{{len(outputs)}}} \textstyle\sum_m {rule}", loss + note)]
    error = rf"{latex(float(outputs[0]))} - {factor(float(targets[0]))}"
    rule, numbers = (entry.error_formula.replace("$e", words) for words in (r"\hat y - y", error))
    return [latex_steps("L", rule, numbers, loss + note)]


def _surprise(outputs: np.ndarray, targets: np.ndarray) -> tuple[str, str]:
    """The cross-entropy of one sample in symbols and in numbers: of the right class's probability."""
    if len(outputs) > 1:
        return r"-\ln p(y)", rf"-\ln {latex(float(outputs[targets.argmax()]))}"
    answer = latex(float(outputs[0]))
    return (r"-\ln \hat y", rf"-\ln {answer}") if targets[0] == 1 else (r"-\ln (1 - \hat y)", rf"-\ln (1 - {answer})")


def output_delta(look: Look, neuron: int) -> list[str]:
    """The delta of one output neuron."""
    trace, row = look.trace, look.sample
    delta, answer, target = trace.deltas[-1][row, neuron], trace.a[-1][row, neuron], trace.targets[row, neuron]
    symbol = rf"\delta^{{({look.n_layers})}}_{{{neuron + 1}}}"
    if trace.arriving[-1] is None:
        return [rf"{symbol} = \hat y - y = {latex(answer)} - {factor(target)} = {latex(delta)}"]
    arrives = trace.arriving[-1][row]
    first = _loss_slope(look, rf"{latex(answer)} - {factor(target)}", latex(arrives[neuron]))
    if trace.slopes[-1] is None:
        heads = ("m", rf"{ARRIVING}_m", r"\hat y_m", r"\text{product}")
        shift = softmax_shift(trace, row)
        gathered = sum_table(heads, leading_terms(arrives, trace.a[-1][row]), [(r"\textstyle\sum = s", shift)])
        numbers = rf"{latex(answer)} \cdot \big({latex(arrives[neuron])} - {factor(shift)}\big)"
        return [first, gathered, latex_steps(symbol, rf"\hat y \big({ARRIVING} - s\big)", numbers, latex(delta))]
    numbers = rf"{latex(arrives[neuron])} \cdot {factor(trace.slopes[-1][row, neuron])}"
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
    rule = ACTIVATIONS[look.network.activations[layer]].derivative_formula
    terms = leading_terms(look.network.weights[layer + 1][:, neuron], trace.deltas[layer + 1][row])
    return [
        sum_table(("m", w, d, r"w_m \delta_m"), terms, [(r"\textstyle\sum", arrives)]),
        latex_steps("f'(z)", rule, rf"{latex(slope)} \quad \text{{for }} z = {latex(z)},\ a = {latex(a)}"),
        latex_steps(
            rf"\delta^{{({layer + 1})}}_{{{neuron + 1}}}", r"f'(z) \textstyle\sum_m w_m \delta_m",
            rf"{latex(slope)} \cdot {factor(arrives)}", latex(float(trace.deltas[layer][row, neuron])),
        ),
    ]  # fmt: skip


def layer_deltas(look: Look, layer: int) -> list[str]:
    """The deltas of a whole layer at once, as vectors."""
    if layer == look.n_layers - 1:
        return output_delta(look, 0) if look.network.sizes[-1] == 1 else _output_deltas(look)
    trace, row, above = look.trace, look.sample, layer + 2
    matrix = look.network.weights[layer + 1].T
    slopes, arrives = latex_vector(trace.slopes[layer][row]), latex_vector(trace.arriving[layer][row])
    if max(matrix.shape) <= WIDEST:
        arrives = latex_matrix(matrix) + latex_vector(trace.deltas[layer + 1][row])
    return [latex_steps(
        rf"\delta^{{({layer + 1})}}", rf"f'(z^{{({layer + 1})}}) \odot W^{{({above})\top}} \delta^{{({above})}}",
        rf"{slopes} \odot {arrives}", latex_vector(trace.deltas[layer][row]),
    )]  # fmt: skip


def _output_deltas(look: Look) -> list[str]:
    trace, row = look.trace, look.sample
    symbol = rf"\delta^{{({look.n_layers})}}"
    answers, deltas = latex_vector(trace.a[-1][row]), latex_vector(trace.deltas[-1][row])
    errors = rf"{answers} - {latex_vector(trace.targets[row])}"
    if trace.arriving[-1] is None:
        return [latex_steps(symbol, r"\hat y - y", errors, deltas)]
    arrives = latex_vector(trace.arriving[-1][row])
    first = _loss_slope(look, errors, arrives)
    if trace.slopes[-1] is None:
        shift = softmax_shift(trace, row)
        gathered = rf"s = \textstyle\sum_m {ARRIVING}_m \hat y_m = {latex(shift)}"
        rule = rf"\hat y \odot \big({ARRIVING} - s\big), \quad {gathered}"
        return [first, latex_steps(symbol, rule, rf"{answers} \odot \left({arrives} - {factor(shift)}\right)", deltas)]
    numbers = rf"{arrives} \odot {latex_vector(trace.slopes[-1][row])}"
    return [first, latex_steps(symbol, rf"{ARRIVING} \odot f'(z)", numbers, deltas)]
