"""What is said at a step of the slow motion: a title, a sentence, and formulas with the numbers of one neuron in them."""

from pages.parts.backprop.diagram import is_batch, shown_neurons
from pages.parts.backprop.formulas import (
    forward_formulas,
    hidden_delta,
    loss_formulas,
    output_delta,
    product,
    why_difference,
)
from pages.parts.backprop.study import Look, neuron_name, weight_name
from pages.parts.fields.labels import class_words, name_of
from pages.parts.fields.numbers import latex, latex_steps, plain
from pages.parts.fields.outside_text import literal


def explain(look: Look) -> tuple[str, str, list[str]]:
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
        "no δ stand here, which are those of one sample" if is_batch(look)
        else "For this sample each weight's gradient is δ times the activation that it multiplies"
    )
    sentence = (
        f"{whose}. Lines are now as wide as their "
        "gradients, between two layers the widest being the largest there (dashed: negative, so that plain gradient descent "
        "will make the weight larger). **Click a line**, best on its dot where many cross, for "
        f"the chain of its weight, or a neuron for that of its bias. For {weight_name(look)}:"
    )
    if not is_batch(look):
        c, row = look.chain, look.sample
        rule = product(c.deltas[row], c.inputs[row], c.contributions[row])
        return "Gradients.", sentence, [latex_steps("g_n", r"\delta_n x_n", rule, latex(c.contributions[row]))]
    n_batch, penalty = len(look.update.rows), r" + \text{penalty}" if look.chain.penalty else ""
    rule = rf"\tfrac{{1}}{{{n_batch}}} \textstyle\sum_n \delta_n x_n{penalty}"
    return "Gradients.", sentence, [latex_steps("g", rule, latex(look.chain.gradient))]


def _neuron_of(look: Look, layer: int) -> int:
    """The neuron whose numbers are written out: the chosen weight's, where it lies in this layer, else the first shown."""
    return look.place[1] if layer == look.place[0] else int(shown_neurons(look, layer + 1)[0])


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
    if layer == look.n_layers - 1 and look.network.sizes[-1] > 1:
        name = f"the output for {literal(class_words(name))}"
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
