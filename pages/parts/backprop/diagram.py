"""The diagram of the slow motion: which neurons and lines it shows at a step, with which numbers."""

import numpy as np

from pages.parts.backprop.names import input_label
from pages.parts.backprop.study import Look, input_columns, neuron_name
from pages.parts.fields.labels import name_of
from pages.parts.figures.backprop.passes import Bundle, Column
from pages.parts.page.choices import choice
from pages.parts.page.session import Session

WHOSE = {"sample": "this sample", "batch": "the batch"}
# In a deep network the columns are narrow, and fewer neurons can be told apart.
SHOWN_NEURONS, SHOWN_IN_DEEP, DEEP_FROM = 8, 5, 5


def diagram(look: Look) -> tuple[list[Column], list[Bundle]]:
    """What the diagram shows at the look's step: the columns of neurons, and the lines between."""
    trace, network, row, n_layers, step = look.trace, look.network, look.sample, look.n_layers, look.step
    values = [trace.inputs[0], *trace.a]
    shown = [shown_neurons(look, k) for k in range(n_layers + 1)]
    columns, of_batch = [], is_batch(look)
    for k, neurons in enumerate(shown):
        backward = 2 * n_layers + 2 - k  # the step at which the layer's delta is worked out
        columns.append(Column(
            _column_title(look, k), neurons, network.sizes[k],
            [neuron_name(look, k, j) for j in neurons],
            values[k][row, neurons] if step >= k and not of_batch else None,
            trace.deltas[k - 1][row, neurons] if k and step >= backward and not of_batch else None,
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


def is_batch(look: Look) -> bool:
    """Whether the last step shows the mean over the batch, which has no activations or δ of its own."""
    return look.step == look.n_steps - 1 and whose_gradients(look.session) == "batch"


def whose_gradients(session: Session) -> str:
    """Whose gradients the last step shows: those of the followed "sample", or their mean over the "batch"."""
    return choice(session, "pass_of", "str", "sample", WHOSE)


def _gradients(look: Look) -> list[np.ndarray]:
    """The gradients (n_out, n_in + 1) of the last step: of the batch, with the penalty, or of the followed sample alone."""
    if is_batch(look):
        return look.network.matrices(look.trace.gradient)
    trace, row = look.trace, look.sample
    return [
        np.outer(delta[row], np.append(heard[row], 1.0))
        for delta, heard in zip(trace.deltas, [trace.inputs[0], *trace.a], strict=False)
    ]  # fmt: skip


def room(look: Look) -> int:
    """How many neurons of a layer the diagram has room for."""
    return SHOWN_NEURONS if look.n_layers < DEEP_FROM else SHOWN_IN_DEEP


def shown_neurons(look: Look, k: int) -> np.ndarray:
    """The neurons of column k that there is room for: those that matter most to this sample, and the chosen ones."""
    size, most = look.network.sizes[k], room(look)
    if size <= most:
        return np.arange(size)
    numbers = look.trace.inputs[0] if k == 0 else look.trace.deltas[k - 1]
    importance = np.nan_to_num(np.abs(numbers[look.sample]))
    layer, neuron, source = look.place
    chosen = [neuron] if k == layer + 1 else [source] if k == layer and source < size else []
    importance[chosen] = np.inf
    return np.sort(np.argsort(-importance, kind="stable")[:most])


def _column_title(look: Look, k: int) -> str:
    if k == 0:
        return "inputs"
    if k == look.n_layers:
        return f"output<br>{name_of(look.network.output)}"
    return f"layer {k}<br>{name_of(look.network.activations[k - 1])}"
