"""The network in NumPy alone: forward pass, backpropagation and training, as the page computes them."""

import re

from nncore.export.content import Content
from nncore.export.sections import (
    Section,
    about,
    classes_code,
    entry_code,
    first_weights_section,
    inputs_section,
    is_plain,
    module_text,
    numbers_section,
    rate_code,
    stretches_code,
    targets_code,
)
from nncore.export.training_text import MAIN, STRETCHES_HEAD, TRAIN_HEAD, imports_section, update_section
from nncore.models.activations import ACTIVATIONS
from nncore.models.losses import LOSSES

SOFTMAX = '''\
def softmax(z):
    """Shares of 1 among the K columns of z (N, K)."""
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)'''

LAYERS = '''\
def layers(parameters):
    """The weights (n_out, n_in) and biases (n_out,) of each layer: views of the flat vector (P,)."""
    begin = 0
    for n_in, n_out in zip(SIZES, SIZES[1:]):
        matrix = parameters[begin : begin + n_out * (n_in + 1)].reshape(n_out, n_in + 1)
        yield matrix[:, :-1], matrix[:, -1]
        begin += matrix.size'''

FORWARD = '''\
def forward(X, parameters):
    """Weighted sums z and activations a of each layer, the inputs X (N, D) before them."""
    zs, activations = [], [X]
    for (weights, biases), function in zip(layers(parameters), FUNCTIONS):
        zs.append(activations[-1] @ weights.T + biases)
        activations.append(function(zs[-1]))
    return zs, activations


def predict(X, parameters=None):
    """The outputs (N, K) for raw inputs X (N, columns)."""
    return forward(features(X), PARAMETERS if parameters is None else parameters)[1][-1]'''

BACKWARD = '''\
def gradient(X, t, parameters, l1, l2):
    """The slope (P,) of loss + l2/2 sum(w^2) + l1 sum|w| along each parameter, by backpropagation."""
    zs, activations = forward(X, parameters)
    z, a, result = zs[-1], activations[-1], np.zeros_like(parameters)
    delta = $DELTA
    steps = list(zip(layers(parameters), layers(result)))
    for k, ((weights, _), (weight_slopes, bias_slopes)) in reversed(list(enumerate(steps))):
        weight_slopes[:] = delta.T @ activations[k] + l2 * weights + l1 * np.sign(weights)
        bias_slopes[:] = delta.sum(axis=0)
        if k:
            delta = delta @ weights * DERIVATIVES[k - 1](zs[k - 1], activations[k])
    return result'''

TRAIN = STRETCHES_HEAD + '''\
    X, t = features(X_TRAIN), targets(Y_TRAIN)
    losses, done = [loss(X, t, w)], 0
    for number, setting in enumerate(SETTINGS):
        if number:  # training goes on from what was on screen: numbers of 32 bits
            w[:] = np.float32(setting.get("start", w))
        if "edits" in setting:
            w[list(setting["edits"])] = np.float32(list(setting["edits"].values()))
            losses.append(loss(X, t, w))
        rng, memory, size = np.random.default_rng($BATCH_SEED), {}, setting["batch_size"] or len(X)
        last = epochs - done if setting["epochs"] is None else min(setting["epochs"], epochs - done)
        for epoch in range(last):
            # Full batch takes all examples as they stand; smaller batches take them in a new order every epoch.
            order = rng.permutation(len(X)) if setting["batch_size"] else np.arange(len(X))
            for begin in range(0, len(X), size):
                rows = order[begin : begin + size]
                g = gradient(X[rows], t[rows], w, setting["l1"], setting["l2"])
                setting["optimizer"](w, g, setting["learning_rate"](epoch), memory)
            losses.append(loss(X, t, w))
        done += last
        if done == epochs:
            break
    return losses'''

TRAIN_PLAINLY = TRAIN_HEAD + '''\
    X, t = features(X_TRAIN), targets(Y_TRAIN)
    rng, memory, losses = np.random.default_rng($BATCH_SEED), {}, [loss(X, t, w)]
    for epoch in range(epochs):
        order = $ORDER
        for begin in range(0, len(X), $SIZE):
            rows = order[begin : begin + $SIZE]
            $OPTIMIZER(w, gradient(X[rows], t[rows], w, l1=$L1, l2=$L2), learning_rate(epoch), memory)
        losses.append(loss(X, t, w))
    return losses'''


def numpy_sections(content: Content) -> list[Section]:
    """The parts of the text in NumPy."""
    return [
        imports_section("Two modules of Python unpack the data."),
        inputs_section(content),
        network_section(content),
        loss_section(content),
        Section("Backpropagation", "The chain rule, layer by layer from the last to the first.",
                BACKWARD.replace("$DELTA", _delta(content)), r"\delta_{k-1} = (W_k^T \delta_k) \odot f'(z_{k-1})"),
        *(update_section(name) for name in dict.fromkeys(stretch.settings.optimizer for stretch in content.stretches)),
        first_weights_section(content),
        Section("Training", "Show the data, follow the gradient, repeat.",
                "\n\n\n".join([targets_code(content), train_plainly(content, TRAIN_PLAINLY)] if is_plain(content) else
                                [stretches_code(content), targets_code(content), train_code(content, TRAIN)])),
        numbers_section(content),
    ]  # fmt: skip


def train_code(content: Content, code: str) -> str:
    """The code of `train` with the run's own numbers in it."""
    return code.replace("$EPOCHS", str(content.epochs)).replace("$BATCH_SEED", str(content.experiment.batch_seed))


def train_plainly(content: Content, code: str) -> str:
    """The code of `train` for a run whose settings never change, with its settings where they are used."""
    (stretch,), s = content.stretches, content.experiment
    values = {
        "$RATE": rate_code(stretch), "$OPTIMIZER": s.optimizer, "$L1": repr(s.l1), "$L2": repr(s.l2),
        "$SIZE": str(s.batch_size or "len(X)"),
        "$ORDER": "rng.permutation(len(X))" if s.batch_size else "np.arange(len(X))  # full batch: as they stand",
    }  # fmt: skip
    for name, value in values.items():
        code = code.replace(name, value)
    return train_code(content, code)


def numpy_text(content: Content) -> str:
    """The module in NumPy alone."""
    return module_text(about(content, "NumPy", "NumPy alone"), numpy_sections(content)) + f"\n\n{MAIN}\n"


def network_section(content: Content) -> Section:
    """The layers, the activations and the forward pass."""
    e, names = content.experiment, content.activations
    used = list(dict.fromkeys([*names, e.output]))
    functions = [SOFTMAX if name == "softmax" else _function(name, "z", "numpy_code") for name in used]
    code = "\n\n\n".join([
        f"SIZES = {e.sizes!r}", LAYERS, *functions,
        f"FUNCTIONS = [{', '.join([*names, e.output])}]", FORWARD,
    ]) + classes_code(content)  # fmt: skip
    formula = r"z_k = W_k\, a_{k-1} + b_k, \qquad a_k = f(z_k)"
    return Section("The network", "Each layer takes weighted sums and passes them through an activation.", code, formula)


def _function(name: str, arguments: str, field: str) -> str:
    suffix = "" if field == "numpy_code" else "_derivative"
    return f"def {name}{suffix}({arguments}):\n    return {entry_code(ACTIVATIONS[name], field)}"


def loss_section(content: Content) -> Section:
    """The loss, and the derivatives that backpropagation needs."""
    e, entry = content.experiment, LOSSES[content.experiment.loss]
    formula = (entry.numpy_code_of_one if e.n_outputs == 1 else "") or entry_code(entry, "numpy_code")
    # Of the last layer's pre-activations and activations, what the formula names.
    named = [name for name in "za" if re.search(rf"\b{name}\b", formula)]
    last = {"z": "forward(X, parameters)[0][-1]", "a": "forward(X, parameters)[1][-1]"}
    given = "".join(f"    {name} = {last[name]}\n" for name in named)
    if len(named) == 2:
        given = "    zs, activations = forward(X, parameters)\n    z, a = zs[-1], activations[-1]\n"
    code = [
        f'def loss(X, t, parameters):\n    """The loss on network inputs X (N, D) and targets t (N, K)."""\n{given}'
        f"    return float({formula})",
    ]  # fmt: skip
    used = list(dict.fromkeys(content.activations))
    if not entry.at_pre_activation and e.output != "softmax" and e.output not in used:
        used.append(e.output)
    code += [_function(name, "z, a", "numpy_derivative_code") for name in used]
    code.append(f"DERIVATIVES = [{', '.join(f'{name}_derivative' for name in content.activations)}]")
    return Section(f"The loss: {entry.label}", "One number for how wrong the network is, and the slopes of the activations.",
                   "\n\n\n".join(code), entry.formula)  # fmt: skip


def _delta(content: Content) -> str:
    """The slope of the loss along the last weighted sums, as code."""
    e, entry = content.experiment, LOSSES[content.experiment.loss]
    slope = entry_code(entry, "numpy_gradient_code")
    if entry.at_pre_activation:
        return slope
    if e.output == "softmax":
        return f"{slope}\n    delta = a * (delta - (delta * a).sum(axis=1, keepdims=True))"
    return f"{slope} * {e.output}_derivative(z, a)"
