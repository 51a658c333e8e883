"""The slow motion: one sample's way forward through the network and its delta's way back, a step at a time."""

import numpy as np
import streamlit as st

from pages.parts.backprop.batch import followed
from pages.parts.backprop.formulas import (
    forward_formulas,
    hidden_delta,
    loss_formulas,
    output_delta,
    product,
    why_difference,
)
from pages.parts.backprop.names import input_label
from pages.parts.backprop.study import Look, input_columns, keep_weight, neuron_name, weight_name
from pages.parts.backprop.weight import weight_picker
from pages.parts.fields.formula_tables import ROUNDED
from pages.parts.fields.labels import name_of
from pages.parts.fields.numbers import latex, latex_steps, plain
from pages.parts.fields.outside_text import literal
from pages.parts.figures.backprop.passes import Bundle, Column, passes_figure
from pages.parts.page.choices import bind_choice, choice
from pages.parts.page.figure import show_figure
from pages.parts.page.session import Session
from pages.parts.page.streamlit_workarounds import ask_for_top
from pages.parts.page.style import is_dark

# In a deep network the columns are narrow, and fewer neurons can be told apart.
WHOSE = {"sample": "this sample", "batch": "the batch"}
SHOWN_NEURONS, SHOWN_IN_DEEP, DEEP_FROM = 8, 5, 5


def passes(look: Look) -> None:
    """The buttons that move the slow motion, what happens at its step with its numbers, and beside them the diagram."""
    words, picture = st.columns([2, 3] if look.n_layers < DEEP_FROM else [1, 2], gap="large")
    title, sentence, formulas = _explain(look)
    with words:
        _controls(look)
        if look.step == look.n_steps - 1:
            whose = whose_gradients(look.session)
            st.segmented_control("Gradients of", list(WHOSE), format_func=WHOSE.get, required=True,
                                 **bind_choice(look.session, "pass_of", whose, "sample"))
        st.caption(followed(look))
        st.markdown(f"**{title}** {sentence}")
        for formula in formulas:
            st.latex(formula)
        if formulas:
            st.caption(ROUNDED)
    columns, bundles = diagram(look)
    with picture:
        show_figure("passes", f"The network diagram. {title} {sentence}", passes_figure, columns, bundles, look.place,
                    selection_mode="points", on_select=lambda: take_clicked_weight(look))  # fmt: skip
    st.caption(_what_is_drawn(look))
    weight_picker(look)


def _what_is_drawn(look: Look) -> str:
    """Which neurons the diagram leaves out, and how to reach them all the same."""
    room = _room(look)
    chosen = ("Under a circle stands the neuron's number (or its class), and after it δ. The chosen weight is the "
              f"{'white' if is_dark() else 'black'} line (a bias: a ring). Choose any other here.")
    if max(look.network.sizes) <= room:
        return chosen
    return (
        f"Of a layer with more than {room} neurons, {room} are drawn: those with the strongest δ for this sample (of "
        f"inputs, the largest values), and the chosen weight's own. {chosen} The lists hold every weight."
    )


def _controls(look: Look) -> None:
    last = look.n_steps - 1
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for label, step, icon, is_there in (
            ("From the start", 0, "first_page", look.step > 0),
            ("Previous", look.step - 1, "chevron_left", look.step > 0),
            ("Next", look.step + 1, "chevron_right", look.step < last),
        ):
            st.button(label, key=f"pass_{icon}", icon=f":material/{icon}:", disabled=not is_there,
                      on_click=_go, args=(look.session, step))
        st.slider("Step of the slow motion", 0, last, **bind_choice(look.session, "pass_step", look.step, 0))


def _go(session: Session, step: int) -> None:
    if step:
        session.choices["pass_step"] = str(step)
    else:
        session.choices.pop("pass_step", None)


def diagram(look: Look) -> tuple[list[Column], list[Bundle]]:
    """What the diagram shows at the look's step: the columns of neurons, and the lines between."""
    trace, network, row, n_layers, step = look.trace, look.network, look.sample, look.n_layers, look.step
    values = [trace.inputs[0], *trace.a]
    shown = [_shown(look, k) for k in range(n_layers + 1)]
    columns, is_batch = [], _is_batch(look)
    for k, neurons in enumerate(shown):
        backward = 2 * n_layers + 2 - k  # the step at which the layer's delta is worked out
        columns.append(Column(
            _column_title(look, k), neurons, network.sizes[k],
            [neuron_name(look, k, j) for j in neurons],
            values[k][row, neurons] if step >= k and not is_batch else None,
            trace.deltas[k - 1][row, neurons] if k and step >= backward and not is_batch else None,
            step == k or (k > 0 and step == backward) or (k == n_layers and step == n_layers + 1),
            k == n_layers and network.sizes[-1] > 1,
            None if k else [input_label(input_columns(look)[j], j + 1) for j in neurons],
        ))  # fmt: skip
    gradients = _gradients(look) if step == look.n_steps - 1 else None
    bundles = []
    for k in range(n_layers):
        block = np.ix_(shown[k + 1], shown[k])
        slopes = None if gradients is None else gradients[k][block]
        weights = network.weights[k][block]
        is_now = slopes is not None or step == k + 1 or step == 2 * n_layers + 2 - k
        bundles.append(Bundle(weights, weights if slopes is None else slopes, slopes, is_now))
    return columns, bundles


def _is_batch(look: Look) -> bool:
    """Whether the last step shows the mean over the batch, which has no activations or δ of its own."""
    return look.step == look.n_steps - 1 and whose_gradients(look.session) == "batch"


def whose_gradients(session: Session) -> str:
    """Whose gradients the last step shows: those of the followed "sample", or their mean over the "batch"."""
    return choice(session, "pass_of", "str", "sample", WHOSE.__contains__)


def _gradients(look: Look) -> list[np.ndarray]:
    """The gradients (n_out, n_in + 1) of the last step: of the batch, with the penalty, or of the followed sample alone."""
    if _is_batch(look):
        return look.network.matrices(look.trace.gradient)
    trace, row = look.trace, look.sample
    return [
        np.outer(delta[row], np.append(heard[row], 1.0))
        for delta, heard in zip(trace.deltas, [trace.inputs[0], *trace.a], strict=False)
    ]  # fmt: skip


def _room(look: Look) -> int:
    """How many neurons of a layer the diagram has room for."""
    return SHOWN_NEURONS if look.n_layers < DEEP_FROM else SHOWN_IN_DEEP


def _shown(look: Look, k: int) -> np.ndarray:
    """The neurons of column k that there is room for: those that matter most to this sample, and the chosen ones."""
    size, room = look.network.sizes[k], _room(look)
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


def take_clicked_weight(look: Look) -> None:
    """A click on a line chooses its weight, on a neuron its bias; at the last step it opens the chain too."""
    for point in st.session_state["passes"].selection.points:
        place = point.get("customdata")
        if place is not None:
            keep_weight(look.session, look.network, tuple(int(number) for number in place))
            if look.step == look.n_steps - 1:
                look.session.choices["microscope"] = "chain"
                ask_for_top()


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
    whose = (
        "The gradient of the batch, of which the update is made, is the mean of those of its samples: so no activations and "
        "no δ stand here, which are those of one sample" if _is_batch(look)
        else "For this sample each weight's gradient is δ times the activation that it multiplies"
    )
    sentence = (
        f"{whose}. Lines are now as wide as their "
        "gradients, between two layers the widest being the largest there (dashed: negative, so that plain gradient descent "
        "will make the weight larger). **Click a line**, best on its dot where many cross, for "
        f"the chain of its weight, or a neuron for that of its bias. For {weight_name(look)}:"
    )
    if not _is_batch(look):
        c, row = look.chain, look.sample
        rule = product(c.deltas[row], c.inputs[row], c.contributions[row])
        return "Gradients.", sentence, [latex_steps("g_n", r"\delta_n x_n", rule, latex(c.contributions[row]))]
    n_batch, penalty = len(look.update.rows), r" + \text{penalty}" if look.chain.penalty else ""
    rule = rf"\tfrac{{1}}{{{n_batch}}} \textstyle\sum_n \delta_n x_n{penalty}"
    return "Gradients.", sentence, [latex_steps("g", rule, latex(look.chain.gradient))]


def _neuron_of(look: Look, layer: int) -> int:
    """The neuron whose numbers are written out: the chosen weight's, where it lies in this layer, else the first shown."""
    return look.place[1] if layer == look.place[0] else int(_shown(look, layer + 1)[0])


def _forward_words(look: Look, layer: int) -> tuple[str, str, list[str]]:
    neuron, is_output = _neuron_of(look, layer), layer == look.n_layers - 1
    name = name_of(look.network.output if is_output else look.network.activations[layer])
    sentence = (
        f"Every neuron adds up its inputs, each times its weight, and its bias; then {name} "
        f"{'makes the sums an answer' if is_output else 'is applied to the sum'}. For {_called(look, layer, neuron)}:"
    )
    title = f"Forward, {'output' if is_output else f'layer {layer + 1}'}."
    return title, sentence, forward_formulas(look, layer, neuron)


def _called(look: Look, layer: int, neuron: int) -> str:
    """A neuron, and how to see another one."""
    name = neuron_name(look, layer + 1, neuron)
    name = name if name.startswith("neuron") else f"the output for class {literal(name)}"
    return name if look.network.sizes[layer + 1] == 1 else f"{name} (click another to see its numbers)"


def _loss_words(look: Look) -> tuple[str, str, list[str]]:
    outputs, targets = look.trace.a[-1][look.sample], look.trace.targets[look.sample]
    loss = look.trace.losses[look.sample]
    if len(outputs) == 1:
        answer = f"The answer is {plain(outputs[0])}, the target {plain(targets[0])}"
    else:
        right = int(targets.argmax())
        name = literal(neuron_name(look, look.n_layers, right))
        answer = f"The answer for the right class, {name}, is {plain(outputs[right])} and should be {plain(targets[right])}"
    sentence = f"{answer}: as {name_of(look.network.loss)}, that is a loss of **{plain(loss)}** for this sample."
    return "Loss.", sentence, loss_formulas(look)


def _backward_words(look: Look, layer: int) -> tuple[str, str, list[str]]:
    is_output, neuron = layer == look.n_layers - 1, _neuron_of(look, layer)
    whose = _called(look, layer, neuron)
    if is_output:
        sentence = f"δ says how the loss changes with a neuron's sum z. It starts where the loss is. {why_difference(look)}"
        return "Backward, output.", f"{sentence.rstrip()} For {whose}:", output_delta(look, neuron)
    sentence = (
        "The δ flow back along the same lines: each neuron gathers them from all neurons that it feeds, each times the "
        f"weight between, and multiplies by its own derivative f′(z). For {whose}:"
    )
    return f"Backward, layer {layer + 1}.", sentence, hidden_delta(look, layer, neuron)
