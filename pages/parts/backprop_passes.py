"""The slow motion: one sample's way forward through the network and its delta's way back, a step at a time."""

import numpy as np
import streamlit as st

from nncore import ACTIVATIONS
from pages.parts.backprop_look import Look, keep_weight, neuron_name
from pages.parts.choices import bind_choice
from pages.parts.figures.passes import Bundle, Column, passes_figure
from pages.parts.labels import name_of
from pages.parts.numbers import factor, latex, latex_steps, latex_sum, latex_vector, plain
from pages.parts.server import drawing
from pages.parts.session import Session
from pages.parts.style import is_dark

# In a deep network the columns are narrow, and fewer neurons can be told apart.
SHOWN_NEURONS, SHOWN_IN_DEEP, DEEP_FROM = 8, 5, 5


def passes(look: Look) -> None:
    """The diagram at the step on screen, the buttons that move it, and what happens there, with its numbers."""
    _controls(look)
    title, sentence, formulas = _explain(look)
    st.markdown(f"**{title}** {sentence}")
    columns, bundles = diagram(look)
    with drawing:
        figure = passes_figure(columns, bundles, look.place, is_dark())
        st.plotly_chart(
            figure, theme=None, key="passes", config={"displayModeBar": False}, selection_mode="points",
            on_select=lambda: _pick(look), alt=f"The network diagram. {title} {sentence}",
        )  # fmt: skip
    for formula in formulas:
        st.latex(formula)


def _controls(look: Look) -> None:
    last = look.n_steps - 1
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for label, step, icon, is_there in (
            ("From the start", 0, "first_page", look.step > 0),
            ("Previous", look.step - 1, "chevron_left", look.step > 0),
            ("Next", look.step + 1, "chevron_right", look.step < last),
        ):
            st.button(label, key=f"pass_{icon}", icon=f":material/{icon}:", disabled=not is_there,
                      on_click=_go, args=(look.session, step, last))
        st.slider("Step of the slow motion", 0, last, **bind_choice(look.session, "pass_step", look.step, last))


def _go(session: Session, step: int, last: int) -> None:
    if step == last:
        session.choices.pop("pass_step", None)
    else:
        session.choices["pass_step"] = str(step)


def diagram(look: Look) -> tuple[list[Column], list[Bundle]]:
    """What the diagram shows at the look's step: the columns of neurons, and the lines between."""
    trace, network, row, n_layers, step = look.trace, look.network, look.sample, look.n_layers, look.step
    values = [trace.inputs[0], *trace.a]
    shown = [_shown(look, k) for k in range(n_layers + 1)]
    columns = []
    for k, neurons in enumerate(shown):
        backward = 2 * n_layers + 2 - k  # the step at which the layer's delta is worked out
        columns.append(Column(
            _column_title(look, k), neurons, network.sizes[k],
            [neuron_name(look, k, j) for j in neurons],
            values[k][row, neurons] if step >= k else None,
            trace.deltas[k - 1][row, neurons] if k and step >= backward else None,
            step == k or (k > 0 and step == backward) or (k == n_layers and step == n_layers + 1),
        ))  # fmt: skip
    gradients = network.matrices(trace.gradient) if step == look.n_steps - 1 else None
    bundles = []
    for k in range(n_layers):
        block = np.ix_(shown[k + 1], shown[k])
        slopes = None if gradients is None else gradients[k][block]
        weights = network.weights[k][block]
        is_now = slopes is not None or step == k + 1 or step == 2 * n_layers + 2 - k
        bundles.append(Bundle(weights, weights if slopes is None else slopes, slopes, is_now))
    return columns, bundles


def _shown(look: Look, k: int) -> np.ndarray:
    """The neurons of column k that there is room for: those that matter most to this sample, and the chosen ones."""
    size = look.network.sizes[k]
    room = SHOWN_NEURONS if look.n_layers < DEEP_FROM else SHOWN_IN_DEEP
    if size <= room:
        return np.arange(size)
    numbers = look.trace.inputs[0] if k == 0 else look.trace.deltas[k - 1]
    importance = np.nan_to_num(np.abs(numbers[look.sample]))
    layer, neuron, source = look.place
    chosen = [neuron] if k == layer + 1 else [source] if k == layer and source < size else []
    importance[chosen] = np.inf
    return np.sort(np.argsort(-importance, kind="stable")[:room])


def _column_title(look: Look, k: int) -> str:
    if k == 0:
        return "inputs"
    if k == look.n_layers:
        return f"output<br>{name_of(look.network.output)}"
    return f"layer {k}<br>{name_of(look.network.activations[k - 1])}"


def _pick(look: Look) -> None:
    """A click on a line chooses its weight, a click on a neuron its bias."""
    for point in st.session_state["passes"].selection.points:
        place = point.get("customdata")
        if place is not None:
            keep_weight(look.session, look.network, tuple(int(number) for number in place))


def _explain(look: Look) -> tuple[str, str, list[str]]:
    """A title, a sentence and formulas with their numbers, for the step on screen."""
    n_layers, step = look.n_layers, look.step
    if step == 0:
        return "Inputs.", "The sample's numbers enter the network. Press Next to follow them.", []
    if step <= n_layers:
        return _forward_words(look, step - 1)
    if step == n_layers + 1:
        return _loss_words(look)
    if step <= 2 * n_layers + 1:
        return _backward_words(look, 2 * n_layers + 1 - step)
    sentence = (
        "Each weight's gradient is delta times what it listens to, averaged over the batch: lines are now as wide as "
        "their gradients (dashed: negative, so that the weight will grow). **Click a line** for the chain of its weight, or "
        "a neuron for that of its bias."
    )
    return "Gradients.", sentence, []


def _neuron_of(look: Look, layer: int) -> int:
    """The neuron whose numbers are written out: the chosen weight's, where it lies in this layer, else the first shown."""
    return look.place[1] if layer == look.place[0] else int(_shown(look, layer + 1)[0])


def _forward_words(look: Look, layer: int) -> tuple[str, str, list[str]]:
    trace, network, row, neuron = look.trace, look.network, look.sample, _neuron_of(look, layer)
    is_output = layer == look.n_layers - 1
    name = network.output if is_output else network.activations[layer]
    sentence = (
        f"Every neuron adds up what it listens to, each times its weight, and its bias; then {name_of(name)} "
        f"{'makes the sums an answer' if is_output else 'bends the sum'}. For neuron {neuron + 1}:"
    )
    weights, inputs = network.weights[layer][neuron], trace.inputs[layer][row]
    order = np.argsort(-np.abs(weights * inputs), kind="stable")
    terms = [rf"{factor(weights[j], 3)} \cdot {factor(inputs[j], 3)}" for j in order]
    bias = network.biases[layer][neuron]
    z, a = trace.z[layer][row, neuron], trace.a[layer][row, neuron]
    formulas = [
        latex_steps("z", r"\textstyle\sum_j w_j x_j + b", rf"{latex_sum(terms)} + {factor(bias, 3)}", latex(z)),
        rf"a = {ACTIVATIONS[name].formula} = {latex(a)}" if name in ACTIVATIONS
        else rf"a = \mathrm{{softmax}}(z)_{{{neuron + 1}}} = {latex(a)}",
    ]  # fmt: skip
    return f"Forward, {'output' if is_output else f'layer {layer + 1}'}.", sentence, formulas


def _loss_words(look: Look) -> tuple[str, str, list[str]]:
    outputs, targets = look.trace.a[-1][look.sample], look.trace.targets[look.sample]
    loss = look.trace.losses[look.sample]
    if len(outputs) == 1:
        answer = f"The answer is {plain(outputs[0])}, the target {plain(targets[0])}"
    else:
        right = int(targets.argmax())
        name = neuron_name(look, look.n_layers, right)
        answer = f"The answer for the right class, {name}, is {plain(outputs[right])} and should be {plain(targets[right])}"
    loss_name = name_of(look.network.loss)
    return "Loss.", f"{answer}: as {loss_name}, that is a loss of **{plain(loss)}** for this sample.", []


def _backward_words(look: Look, layer: int) -> tuple[str, str, list[str]]:
    is_output = layer == look.n_layers - 1
    title = f"Backward, {'output' if is_output else f'layer {layer + 1}'}."
    neuron = _neuron_of(look, layer)
    if is_output:
        sentence = "Delta says how the loss changes with a neuron's sum z. It starts where the loss is:"
        return title, sentence, [output_delta(look, neuron)]
    sentence = (
        "Deltas flow back along the same lines: each neuron gathers them from all that it feeds, each times the weight "
        f"between, and multiplies by its own slope. For neuron {neuron + 1}:"
    )
    return title, sentence, [hidden_delta(look, layer, neuron)]


def output_delta(look: Look, neuron: int) -> str:
    """The delta of an output neuron for the followed sample, in LaTeX with its numbers."""
    trace, row = look.trace, look.sample
    delta, answer, target = trace.deltas[-1][row, neuron], trace.a[-1][row, neuron], trace.targets[row, neuron]
    symbol = rf"\delta^{{({look.n_layers})}}_{{{neuron + 1}}}"
    if trace.arriving[-1] is None:
        return rf"{symbol} = \hat y - y = {latex(answer)} - {factor(target)} = {latex(delta)}"
    arrives = trace.arriving[-1]
    if trace.slopes[-1] is None:
        rule = (
            r"\hat y \left(\tfrac{\partial L}{\partial \hat y} - "
            r"\textstyle\sum_m \tfrac{\partial L}{\partial \hat y_m} \hat y_m\right)"
        )
        return latex_steps(symbol, rule, latex(delta)) + rf", \quad \nabla_{{\hat y}} L = {latex_vector(arrives[row])}"
    slope = trace.slopes[-1][row, neuron]
    numbers = rf"{latex(arrives[row, neuron])} \cdot {factor(slope)}"
    return latex_steps(symbol, r"\tfrac{\partial L}{\partial \hat y} \cdot f'(z)", numbers, latex(delta))


def hidden_delta(look: Look, layer: int, neuron: int) -> str:
    """The delta of a hidden neuron for the followed sample, in LaTeX with its numbers."""
    trace, row = look.trace, look.sample
    weights, deltas = look.network.weights[layer + 1][:, neuron], trace.deltas[layer + 1][row]
    order = np.argsort(-np.abs(weights * deltas), kind="stable")
    terms = [rf"{factor(weights[m], 3)} \cdot {factor(deltas[m], 3)}" for m in order]
    gathered = latex_sum(terms)
    slope, delta = trace.slopes[layer][row, neuron], trace.deltas[layer][row, neuron]
    return latex_steps(
        rf"\delta^{{({layer + 1})}}_{{{neuron + 1}}}", r"f'(z) \textstyle\sum_m w_m \delta_m",
        rf"{latex(slope, 3)} \cdot \big({gathered}\big)", latex(delta),
    )  # fmt: skip
