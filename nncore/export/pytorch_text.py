"""The network in PyTorch: a Sequential, autograd and torch.optim, in float64 as on the page."""

import re

from nncore.export.content import Content
from nncore.export.numpy_text import LAYERS, OBJECTIVES
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
from nncore.export.training_text import MAIN, TRAIN_HEAD, imports_section, is_plain, penalties, stretches_code, train_code
from nncore.models.activations import ACTIVATIONS
from nncore.models.losses import LOSSES
from nncore.training.optimizers import OPTIMIZERS

SOFTMAX = "torch.nn.Softmax(dim=1)"

NETWORK = '''\
linears = [layer for layer in network if isinstance(layer, torch.nn.Linear)]


def put(parameters):
    """Copies the flat vector (P,) into the network."""
    with torch.no_grad():
        for linear, (weights, biases) in zip(linears, layers(parameters)):
            linear.weight.copy_(torch.tensor(weights))
            linear.bias.copy_(torch.tensor(biases))


def take():
    """The network's parameters as a flat vector (P,)."""
    return np.concatenate([
        torch.cat([linear.weight, linear.bias[:, None]], dim=1).detach().numpy().ravel() for linear in linears
    ])


def predict(X, parameters=None):
    """The outputs (N, K) for raw inputs X (N, columns), as a NumPy array."""
    put(PARAMETERS if parameters is None else parameters)
    with torch.no_grad():
        return output(network(torch.tensor(features(X)))).numpy()'''

LOSS = '''\
def loss(X, t):
    """The loss on network inputs X (N, D) and targets t (N, K)."""
    return $LOSS'''

PENALTY = '''\
def penalty($NAMES):
    """$OBJECTIVE over the weights; biases are left out."""
    weights = torch.cat([linear.weight.ravel() for linear in linears])
    return $TERMS'''
TERMS = {"l2": "l2 / 2 * (weights**2).sum()", "l1": "l1 * weights.abs().sum()"}

STRETCHES = TRAIN_HEAD + '''\
    put(w)
    X, t = torch.tensor(features(X_TRAIN)), torch.tensor(targets(Y_TRAIN))
    losses, done = [loss(X, t).item()], 0
    for number, setting in enumerate(SETTINGS):
        if number:  # training goes on from what was on screen: numbers of 32 bits
[start]            w[:] = np.float32(setting.get("start", take()))
[same_start]            w[:] = np.float32(take())
[edits]        if "edits" in setting:
[edits]            w[list(setting["edits"])] = np.float32(list(setting["edits"].values()))
        put(w)
[edits]        if "edits" in setting:
[edits]            losses.append(loss(X, t).item())
        optimizer = setting["optimizer"](network.parameters(), setting["learning_rate"](0))
        rng, size = np.random.default_rng($BATCH_SEED), setting["batch_size"]$ALL
        last = epochs - done if setting["epochs"] is None else min(setting["epochs"], epochs - done)
        for epoch in range(last):
            optimizer.param_groups[0]["lr"] = setting["learning_rate"](epoch)
[mixed]            # Full batch takes all examples as they stand; smaller batches take them in a new order every epoch.
[mixed]            order = rng.permutation(len(X)) if setting["batch_size"] else np.arange(len(X))
[batches]            order = rng.permutation(len(X))
            for begin in range(0, len(X), size):
                rows = torch.from_numpy(order[begin : begin + size])
                optimizer.zero_grad()
                $OBJECTIVE.backward()
                optimizer.step()
            losses.append(loss(X, t).item())
        w[:] = take()
        done += last
        if done == epochs:
            break
    return losses'''

PLAIN = TRAIN_HEAD + '''\
    put(w)
    X, t = torch.tensor(features(X_TRAIN)), torch.tensor(targets(Y_TRAIN))
    optimizer = $OPTIMIZER(network.parameters(), learning_rate(0))
[batches]    rng, losses = np.random.default_rng($BATCH_SEED), [loss(X, t).item()]
[full]    losses = [loss(X, t).item()]
    for epoch in range(epochs):
[changing]        optimizer.param_groups[0]["lr"] = learning_rate(epoch)
[batches]        order = rng.permutation(len(X))
[batches]        for begin in range(0, len(X), $SIZE):
[batches]            rows = torch.from_numpy(order[begin : begin + $SIZE])
[batches]            optimizer.zero_grad()
[batches]            $OBJECTIVE.backward()
[batches]            optimizer.step()
[full]        optimizer.zero_grad()
[full]        $OBJECTIVE.backward()
[full]        optimizer.step()
        losses.append(loss(X, t).item())
    w[:] = take()
    return losses'''


def pytorch_text(content: Content) -> str:
    """The module in PyTorch."""
    sections = [
        imports_section("NumPy scales the inputs, and draws first weights and batches.", with_torch=True),
        inputs_section(content),
        _network_section(content),
        _loss_section(content),
        first_weights_section(content),
        Section("Training", "Show the data, follow the gradient, repeat.", "\n\n\n".join([
            *_optimizers(content), targets_code(content), *_training(content),
        ])),
        numbers_section(content),
    ]  # fmt: skip
    return module_text(about(content, "PyTorch", "PyTorch and NumPy"), sections) + f"\n\n{MAIN}\n"


def _training(content: Content) -> list[str]:
    plain = is_plain(content)
    shown = "loss(X, t)" if plain and not content.experiment.batch_size else "loss(X[rows], t[rows])"
    objective = f"({shown} + penalty($ARGUMENTS))" if penalties(content) else shown
    code = train_code(content, (PLAIN if plain else STRETCHES).replace("$OBJECTIVE", objective))
    return [code] if plain else [stretches_code(content), code]


def _network_section(content: Content) -> Section:
    e = content.experiment
    modules = []
    for k, (n_in, n_out) in enumerate(zip(e.sizes, e.sizes[1:], strict=False)):
        modules.append(f"torch.nn.Linear({n_in}, {n_out})")
        if k < len(content.activations):
            modules.append(entry_code(ACTIVATIONS[content.activations[k]], "pytorch_code"))
    network = "network = torch.nn.Sequential(\n    " + ",\n    ".join(modules) + ",\n).double()"
    last = SOFTMAX if e.output == "softmax" else entry_code(ACTIVATIONS[e.output], "pytorch_code")
    code = f"SIZES = {e.sizes!r}\n{network}\noutput = {last}\n{NETWORK.partition('def ')[0].rstrip()}\n\n\n{LAYERS}\n\n\n"
    code += "def " + NETWORK.partition("def ")[2] + classes_code(content)
    return Section("The network", "Linear layers with an activation after each; the last one's follows by itself.", code)


def _loss_section(content: Content) -> Section:
    entry = LOSSES[content.experiment.loss]
    formula = (entry.pytorch_code_of_one if content.experiment.n_outputs == 1 else "") or entry_code(entry, "pytorch_code")
    # Of the formulas each names either the weighted sums z or the outputs a.
    called = re.sub(r"\ba\b", "output(network(X))", re.sub(r"\bz\b", "network(X)", formula))
    code, names = LOSS.replace("$LOSS", called), penalties(content)
    if names:
        code += "\n\n\n" + PENALTY.replace("$NAMES", ", ".join(names)).replace(
            "$OBJECTIVE", " + ".join(OBJECTIVES[name] for name in names)).replace(
            "$TERMS", " + ".join(TERMS[name] for name in names))  # fmt: skip
    return Section(f"The loss: {entry.label}", "One number for how wrong the network is.", code)


def _optimizers(content: Content) -> list[str]:
    """A function for each optimizer that the run uses."""
    names = dict.fromkeys(stretch.settings.optimizer for stretch in content.stretches)
    codes = {name: entry_code(OPTIMIZERS[name], "pytorch_code") for name in names}
    return [f"def {name}(parameters, learning_rate):\n    return {code}" for name, code in codes.items()]
