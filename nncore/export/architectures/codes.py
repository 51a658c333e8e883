"""The autoencoder as code: rows in, the code, and rows out, in the units of the data."""

import numpy as np

from nncore.experiments.architectures.code_run import (
    BATCH,
    COPIES,
    EVERY,
    HIDDEN,
    N_UPDATES,
    NOISE,
    RATE,
    SCORED,
    CodeRun,
)
from nncore.export.architectures.form import MATRICES, TORCH_MATRICES, Form
from nncore.export.packing import exact, packed
from nncore.export.sections import entry_code
from nncore.models.activations import ACTIVATIONS

INPUTS = '''\
def inputs(X):
    """Rows X (N, D) in the units of the data as the network is given them; a missing value is its column's mean."""
    return np.nan_to_num((np.asarray(X, dtype=float) - MEAN) / SCALE)'''

NETWORK = '''\
def forward(X, parameters):
    """Weighted sums z and activations a of each layer, the inputs X (N, D) before them."""
    zs, activations = [], [X]
    for (weights, biases), function in zip(parts(parameters), FUNCTIONS):
        zs.append(activations[-1] @ weights.T + biases)
        activations.append(function(zs[-1]))
    return zs, activations


def predict(X, parameters=None):
    """What the network gives back for rows X (N, D), both in the units of the data."""
    return forward(inputs(X), PARAMETERS if parameters is None else parameters)[1][-1] * SCALE + MEAN


def encode(X, parameters=None):
    """The codes (N, d) of rows X (N, D)."""
    return forward(inputs(X), PARAMETERS if parameters is None else parameters)[1][len(SHAPES) // 2]'''

LOSS = '''\
def loss(X, t, parameters):
    """The mean squared error on network inputs X (N, D) and what is asked for, t (N, D)."""
    return float(((forward(X, parameters)[1][-1] - t) ** 2).mean())'''

GRADIENT = '''\
def gradient(X, t, parameters):
    """The gradient (P,) of the loss, by backpropagation."""
    zs, activations = forward(X, parameters)
    layers, gradients = list(parts(parameters)), []
    delta = 2.0 * (activations[-1] - t) / t.size
    for k in reversed(range(len(layers))):
        gradients.append(np.column_stack([delta.T @ activations[k], delta.sum(axis=0)]).ravel())
        if k:
            delta = delta @ layers[k][0] * DERIVATIVES[k - 1](zs[k - 1], activations[k])
    return np.concatenate(gradients[::-1])'''

TORCH_PREDICT = '''\
def predict(X, parameters=None):
    """What the network gives back for rows X (N, D), both in the units of the data, as a NumPy array."""
    put(PARAMETERS if parameters is None else parameters)
    with torch.no_grad():
        return network(torch.tensor(inputs(X))).numpy() * SCALE + MEAN'''

TORCH_LOSS = '''\
def loss(X, t):
    """The mean squared error on network inputs X (N, D) and what is asked for, t (N, D)."""
    return torch.nn.functional.mse_loss(network(X), t)'''

EXAMPLES = '''\
def examples():
    """What is shown in training and what is asked for, and those by which a snapshot is scored."""
    clean = np.tile(inputs(X_TRAIN), ($COPIES, 1))
    scored = inputs(X_TRAIN[:$SCORED])
    return shown(clean), clean, shown(scored), scored


def shown(X):
    """Inputs X (N, D) as the network is shown them."""
    $SHOWN'''

SHOWN = {
    "none": "return X",
    "noise": f"return X + {NOISE} * np.random.default_rng([1, len(X)]).standard_normal(X.shape)",
    "hidden": f"return np.where(np.random.default_rng([1, len(X)]).random(X.shape) < {HIDDEN}, 0.0, X)",
}


def code_form(run: CodeRun) -> Form:
    """What is said of the training of an autoencoder."""
    model, data = run.model(), run.samples()
    sizes, names = model.sizes, [*model.activations, model.output]
    used = list(dict.fromkeys(names))
    functions = [f"def {name}(z):\n    return {entry_code(ACTIVATIONS[name], 'numpy_code')}" for name in used]
    derivatives = [f"def {name}_derivative(z, a):\n    return {entry_code(ACTIVATIONS[name], 'numpy_derivative_code')}"
                for name in dict.fromkeys(model.activations)]  # fmt: skip
    modules = []
    for n_in, n_out, name in zip(sizes, sizes[1:], names, strict=False):
        modules += [f"torch.nn.Linear({n_in}, {n_out})", entry_code(ACTIVATIONS[name], "pytorch_code")]
    network = "network = torch.nn.Sequential(\n    " + ",\n    ".join(modules) + ",\n).double()"
    shown = len(data.X) * (1 if run.damage == "none" else COPIES)
    limit = max(2, 2 + N_UPDATES * BATCH // shown)
    settings = f"MEAN = {exact(data.mean)}\nSCALE = {exact(data.scale)}"
    return Form(
        title=f"An autoencoder of {'-'.join(map(str, sizes))} neurons",
        takes=f"`predict(X)` gives what the network gives back for rows X (N, {sizes[0]}), both in the units of the data.",
        inputs=f"{settings}\n\n\n{INPUTS}",
        numpy_network="\n\n\n".join([
            f"SHAPES = {list(zip(sizes[1:], sizes, strict=False))!r}", MATRICES, *functions,
            f"FUNCTIONS = [{', '.join(names)}]", NETWORK,
        ]),
        numpy_loss=LOSS,
        formula=r"a_k = f_k(W_k a_{k-1} + b_k), \quad a_0 = x",
        loss_formula=r"L = \frac{1}{ND} \sum (a - t)^2",
        numpy_gradient="\n\n\n".join([
            *derivatives, f"DERIVATIVES = [{', '.join(f'{name}_derivative' for name in model.activations)}]", GRADIENT]),
        torch_network=f"{network}\n{TORCH_MATRICES}\n\n\n{TORCH_PREDICT}", torch_loss=TORCH_LOSS,
        data=f"X_TRAIN = {packed(np.asarray(data.raw(data.X)))}",
        examples=EXAMPLES.replace("$COPIES", "1" if run.damage == "none" else str(COPIES))
                         .replace("$SCORED", str(SCORED)).replace("$SHOWN", SHOWN[run.damage]),
        scored=SCORED, batch=BATCH, updates=N_UPDATES, every=EVERY, seed=run.seed,
        rate=f"{RATE!r} * 0.5 * (1.0 + np.cos(np.pi * min(epoch, {limit}) / {limit}))",
    )  # fmt: skip
