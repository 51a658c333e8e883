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
    module_text,
    numbers_section,
    targets_code,
)
from nncore.export.training_text import (
    MAIN,
    TRAIN_HEAD,
    chosen,
    imports_section,
    is_plain,
    penalties,
    stretches_code,
    train_code,
    update_section,
    without_memory,
)
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
def gradient(X, t, parameters$NAMES):
    """The gradient (P,) of the $OBJECTIVE, by backpropagation."""
[hidden]    zs, activations = forward(X, parameters)
$LAST
    result = np.zeros_like(parameters)
    delta = $DELTA
[hidden]    steps = list(zip(layers(parameters), layers(result)))
[hidden]    for k, ((weights, _), (d_weights, d_biases)) in reversed(list(enumerate(steps))):
[hidden]        d_weights[:] = delta.T @ activations[k]$TERMS
[hidden]        d_biases[:] = delta.sum(axis=0)
[hidden]        if k:
[hidden]            delta = delta @ weights * DERIVATIVES[k - 1](zs[k - 1], activations[k])
[penalty_alone]    [(weights, _)] = layers(parameters)
[one_layer]    [(d_weights, d_biases)] = layers(result)
[one_layer]    d_weights[:] = delta.T @ X$TERMS
[one_layer]    d_biases[:] = delta.sum(axis=0)
    return result'''
TERMS = {"l2": "l2 * weights", "l1": "l1 * np.sign(weights)"}
OBJECTIVES = {"l2": "l2/2 sum(w^2)", "l1": "l1 sum|w|"}

STRETCHES = TRAIN_HEAD + '''\
    X, t = features(X_TRAIN), targets(Y_TRAIN)
    losses, done = [loss(X, t, w)], 0
    for number, setting in enumerate(SETTINGS):
        if number:  # training goes on from what was on screen: numbers of 32 bits
[start]            w[:] = np.float32(setting.get("start", w))
[same_start]            w[:] = np.float32(w)
[edits]        if "edits" in setting:
[edits]            w[list(setting["edits"])] = np.float32(list(setting["edits"].values()))
[edits]            losses.append(loss(X, t, w))
        rng, memory, size = np.random.default_rng($BATCH_SEED), {}, setting["batch_size"]$ALL
        last = epochs - done if setting["epochs"] is None else min(setting["epochs"], epochs - done)
        for epoch in range(last):
[mixed]            # Full batch takes all examples as they stand; smaller batches take them in a new order every epoch.
[mixed]            order = rng.permutation(len(X)) if setting["batch_size"] else np.arange(len(X))
[batches]            order = rng.permutation(len(X))
            for begin in range(0, len(X), size):
                rows = order[begin : begin + size]
                g = gradient(X[rows], t[rows], w$PENALTIES)
                setting["optimizer"](w, g, setting["learning_rate"](epoch), memory)
            losses.append(loss(X, t, w))
        done += last
        if done == epochs:
            break
    return losses'''

PLAIN = TRAIN_HEAD + '''\
    X, t = features(X_TRAIN), targets(Y_TRAIN)
[batches]    rng, memory, losses = np.random.default_rng($BATCH_SEED), {}, [loss(X, t, w)]
[full]    memory, losses = {}, [loss(X, t, w)]
    for epoch in range(epochs):
[batches]        order = rng.permutation(len(X))
[batches]        for begin in range(0, len(X), $SIZE):
[batches]            rows = order[begin : begin + $SIZE]
[batches]            $OPTIMIZER(w, gradient(X[rows], t[rows], w$PENALTIES), learning_rate(epoch), memory)
[full]        $OPTIMIZER(w, gradient(X, t, w$PENALTIES), learning_rate(epoch), memory)
        losses.append(loss(X, t, w))
    return losses'''


def numpy_sections(content: Content) -> list[Section]:
    """The parts of the text in NumPy."""
    plain, names = is_plain(content), dict.fromkeys(stretch.settings.optimizer for stretch in content.stretches)
    training = [targets_code(content), train_code(content, PLAIN if plain else STRETCHES)]
    if plain:
        training[-1] = without_memory(training[-1], content.experiment.optimizer)
    else:
        training.insert(0, stretches_code(content))
    return [
        imports_section("Two modules of Python unpack the data."),
        inputs_section(content),
        network_section(content),
        loss_section(content),
        _backpropagation(content),
        *(update_section(name, always_memory=not plain) for name in names),
        first_weights_section(content),
        Section("Training", "Show the data, follow the gradient, repeat.", "\n\n\n".join(training)),
        numbers_section(content),
    ]


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
    return f"def {name}{suffix}({arguments}):\n    return {in_terms(entry_code(ACTIVATIONS[name], field))}"


def in_terms(code: str) -> str:
    """An expression as it is, or a long one with a line for each of its terms, and for the last factor of a long term."""
    if len(code) < 110:
        return code
    lines = []
    for term in _split(code, " + "):
        *factors, last = _split(term, " * ") if len(term) > 105 else [term]
        lines += ["".join(factors), last] if factors else [last]
    return "(\n" + "".join(f"        {line.strip()}\n" for line in lines) + "    )"


def _split(code: str, before: str) -> list[str]:
    """The code cut before each operator `before` that stands in no parentheses."""
    parts, depth = [""], 0
    for k, letter in enumerate(code):
        depth += (letter == "(") - (letter == ")")
        if depth == 0 and code.startswith(before, k):
            parts.append("")
        parts[-1] += letter
    return parts


def loss_section(content: Content) -> Section:
    """The loss, and the derivatives that backpropagation needs."""
    e, entry = content.experiment, LOSSES[content.experiment.loss]
    formula = (entry.numpy_code_of_one if e.n_outputs == 1 else "") or entry_code(entry, "numpy_code")
    given = last_layer(formula, "forward(X, parameters)")
    code = [
        f'def loss(X, t, parameters):\n    """The loss on network inputs X (N, D) and targets t (N, K)."""\n    {given}\n'
        f"    return float({formula})",
    ]  # fmt: skip
    used = list(dict.fromkeys(content.activations))
    text = "One number for how wrong the network is"
    if not entry.at_pre_activation and e.output != "softmax" and e.output not in used:
        used.append(e.output)
    code += [_function(name, "z, a", "numpy_derivative_code") for name in used]
    if used:
        text += ", and the derivatives of the activations"
    if content.activations:
        code.append(f"DERIVATIVES = [{', '.join(f'{name}_derivative' for name in content.activations)}]")
    return Section(f"The loss: {entry.label}", f"{text}.", "\n\n\n".join(code), entry.formula)


def _backpropagation(content: Content) -> Section:
    names, delta, hidden = penalties(content), _delta(content), bool(content.activations)
    code = chosen(BACKWARD, {"hidden": hidden, "one_layer": not hidden, "penalty_alone": bool(names) and not hidden})
    values = {
        "$NAMES": "".join(f", {name}" for name in names), "$TERMS": "".join(f" + {TERMS[name]}" for name in names),
        "$OBJECTIVE": " + ".join(["loss", *(OBJECTIVES[name] for name in names)]),
        "$LAST": "    " + last_layer(delta, "zs, activations" if hidden else "forward(X, parameters)"), "$DELTA": delta,
    }  # fmt: skip
    for name, value in values.items():
        code = code.replace(name, value)
    if not hidden:
        return Section("Backpropagation", "With one layer the chain rule has one step.", code)
    return Section("Backpropagation", "The chain rule, layer by layer from the last to the first.", code,
                   r"\delta_{k-1} = (W_k^T \delta_k) \odot f'(z_{k-1})")  # fmt: skip


def last_layer(formula: str, forward: str) -> str:
    """What a `formula` names of the last layer, as code: its pre-activations z, its activations a, from `forward`."""
    named = [name for name in "za" if re.search(rf"\b{name}\b", formula)]
    if forward == "zs, activations":
        return f"{', '.join(named)} = {', '.join({'z': 'zs[-1]', 'a': 'activations[-1]'}[name] for name in named)}"
    if len(named) == 2:
        return f"z, a = (each[-1] for each in {forward})"
    return f"{named[0]} = {forward}[{'za'.index(named[0])}][-1]"


def _delta(content: Content) -> str:
    """The derivative of the loss by the last weighted sums, as code."""
    e, entry = content.experiment, LOSSES[content.experiment.loss]
    by_output = entry_code(entry, "numpy_gradient_code")
    if entry.at_pre_activation:
        return by_output
    if e.output == "softmax":
        return f"{by_output}\n    delta = a * (delta - (delta * a).sum(axis=1, keepdims=True))"
    return f"{by_output} * {e.output}_derivative(z, a)"
