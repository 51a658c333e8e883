"""The network in PyTorch: a Sequential, autograd and torch.optim, in float64 as on the page."""

from nncore.export.content import Content
from nncore.export.numpy_text import LAYERS, train_code, train_plainly
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
    stretches_code,
    targets_code,
)
from nncore.export.training_text import MAIN, STRETCHES_HEAD, TRAIN_HEAD, imports_section
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
    z = network(X)
    a = output(z)
    return $LOSS


def penalty(l1, l2):
    """l2/2 sum(w^2) + l1 sum|w| over the weights; biases are left out."""
    weights = torch.cat([linear.weight.ravel() for linear in linears])
    return l2 / 2 * (weights**2).sum() + l1 * weights.abs().sum()'''

TRAIN = STRETCHES_HEAD + '''\
    put(w)
    X, t = torch.tensor(features(X_TRAIN)), torch.tensor(targets(Y_TRAIN))
    losses, done = [loss(X, t).item()], 0
    for number, setting in enumerate(SETTINGS):
        if number:  # training goes on from what was on screen: numbers of 32 bits
            w[:] = np.float32(setting.get("start", take()))
        if "edits" in setting:
            w[list(setting["edits"])] = np.float32(list(setting["edits"].values()))
        put(w)
        if "edits" in setting:
            losses.append(loss(X, t).item())
        optimizer = setting["optimizer"](network.parameters(), setting["learning_rate"](0))
        rng, size = np.random.default_rng($BATCH_SEED), setting["batch_size"] or len(X)
        last = epochs - done if setting["epochs"] is None else min(setting["epochs"], epochs - done)
        for epoch in range(last):
            optimizer.param_groups[0]["lr"] = setting["learning_rate"](epoch)
            # Full batch takes all examples as they stand; smaller batches take them in a new order every epoch.
            order = rng.permutation(len(X)) if setting["batch_size"] else np.arange(len(X))
            for begin in range(0, len(X), size):
                rows = torch.from_numpy(order[begin : begin + size])
                optimizer.zero_grad()
                (loss(X[rows], t[rows]) + penalty(setting["l1"], setting["l2"])).backward()
                optimizer.step()
            losses.append(loss(X, t).item())
        w[:] = take()
        done += last
        if done == epochs:
            break
    return losses'''


TRAIN_PLAINLY = TRAIN_HEAD + '''\
    put(w)
    X, t = torch.tensor(features(X_TRAIN)), torch.tensor(targets(Y_TRAIN))
    optimizer = $OPTIMIZER(network.parameters(), learning_rate(0))
    rng, losses = np.random.default_rng($BATCH_SEED), [loss(X, t).item()]
    for epoch in range(epochs):
        optimizer.param_groups[0]["lr"] = learning_rate(epoch)
        order = $ORDER
        for begin in range(0, len(X), $SIZE):
            rows = torch.from_numpy(order[begin : begin + $SIZE])
            optimizer.zero_grad()
            (loss(X[rows], t[rows])$PENALTY).backward()
            optimizer.step()
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
    if not is_plain(content):
        return [stretches_code(content), train_code(content, TRAIN)]
    e = content.experiment
    penalty = f" + penalty(l1={e.l1!r}, l2={e.l2!r})" if e.l1 or e.l2 else ""
    code = TRAIN_PLAINLY if penalty else TRAIN_PLAINLY.replace("(loss(X[rows], t[rows])$PENALTY)", "loss(X[rows], t[rows])")
    return [train_plainly(content, code.replace("$PENALTY", penalty))]


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
    one = entry.pytorch_code_of_one if content.experiment.n_outputs == 1 else ""
    code = LOSS.replace("$LOSS", one or entry_code(entry, "pytorch_code"))
    if "a, t" not in code:
        code = code.replace("    a = output(z)\n", "")
    if not any(stretch.settings.l1 or stretch.settings.l2 for stretch in content.stretches) and is_plain(content):
        code = code.partition("\n\n\n")[0]  # without a penalty
    return Section(f"The loss: {entry.label}", "One number for how wrong the network is.", code)


def _optimizers(content: Content) -> list[str]:
    """A function for each optimizer that the run uses."""
    names = dict.fromkeys(stretch.settings.optimizer for stretch in content.stretches)
    codes = {name: entry_code(OPTIMIZERS[name], "pytorch_code") for name in names}
    return [f"def {name}(parameters, learning_rate):\n    return {code}" for name, code in codes.items()]
