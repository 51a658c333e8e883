"""The network with filters as code: convolution and max pooling on windows, and what they send back."""

import numpy as np

from nncore.experiments.architectures.picture_run import BATCH, RATE, SCORED, PictureRun
from nncore.export.architectures.form import CROSS_ENTROPY, MATRICES, TORCH_MATRICES, Form, examples_code
from nncore.export.packing import packed

INPUTS = '''\
def inputs(X):
    """Pictures (N, H, W) or (N, 1, H, W), ink from 0 to 1, as the network is given them: (N, 1, H, W)."""
    return np.asarray(X, dtype=float)$SHUFFLED.reshape(-1, 1, SIDE, SIDE)'''

NETWORK = '''\
def windows(X, size):
    """What lies under a window of size x size at every place of X (N, C, H, W), zeros around: (N, C, H, W, size, size)."""
    edge = size // 2
    padded = np.pad(X, ((0, 0), (0, 0), (edge, edge), (edge, edge)))
    return np.lib.stride_tricks.sliding_window_view(padded, (size, size), axis=(2, 3))


def tiles(a, size):
    """Tiles of size x size of a (N, F, H, W), each in a line: (N, F, H // size, W // size, size * size)."""
    height, width = a.shape[2] // size, a.shape[3] // size
    cut = a[:, :, : height * size, : width * size].reshape(*a.shape[:2], height, size, width, size)
    return cut.transpose(0, 1, 2, 4, 3, 5).reshape(*a.shape[:2], height, width, size * size)


def forward(X, parameters):
    """The shares of the classes (N, K), and what each layer was given and made of it, for the way back."""
    kept, layers = [], list(parts(parameters))
    for (filters, biases), size in zip(layers, POOLS):
        under = windows(X, filters.shape[-1])
        # Products of window and filter, added up: (N, H, W, F), then the filters in front of the places.
        z = np.tensordot(under, filters, axes=((1, 4, 5), (1, 2, 3))).transpose(0, 3, 1, 2) + biases[:, None, None]
        lines = tiles(np.maximum(z, 0.0), size)  # ReLU
        kept.append((under, z, lines))
        X = lines.max(axis=-1)
    weights, biases = layers[-1]
    flat = X.reshape(len(X), -1)
    z = flat @ weights.T + biases
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True), kept, flat


def predict(X, parameters=None):
    """The shares of the classes (N, K) for pictures X (N, H, W) or (N, 1, H, W)."""
    return forward(inputs(X), PARAMETERS if parameters is None else parameters)[0]'''

LOSS = '''\
def loss(X, t, parameters):
    """Mean cross-entropy on network inputs X (N, 1, H, W) and labels t (N,)."""
    shares = forward(X, parameters)[0]
    return float(-np.log(shares[np.arange(len(t)), t]).mean())'''

GRADIENT = '''\
def gradient(X, t, parameters):
    """The gradient (P,) of the loss, by backpropagation."""
    shares, kept, flat = forward(X, parameters)
    result = np.zeros_like(parameters)
    layers, gradients = list(parts(parameters)), list(matrices(result))
    delta = (shares - np.eye(shares.shape[1])[t]) / len(t)
    gradients[-1][:, :-1], gradients[-1][:, -1] = delta.T @ flat, delta.sum(axis=0)
    back = delta @ layers[-1][0]
    for (filters, _), gradient, (under, z, lines), size in reversed(list(zip(layers, gradients, kept, POOLS))):
        # Of each tile the largest number has the whole gradient, and of equal ones the first.
        d_lines = np.zeros_like(lines)
        np.put_along_axis(d_lines, lines.argmax(axis=-1)[..., None], back.reshape(*lines.shape[:-1], 1), axis=-1)
        height, width = lines.shape[2:4]
        cut = d_lines.reshape(*lines.shape[:4], size, size).transpose(0, 1, 2, 4, 3, 5)
        d_z = np.zeros_like(z)
        d_z[:, :, : height * size, : width * size] = cut.reshape(*z.shape[:2], height * size, width * size)
        d_z *= z > 0
        gradient[:, :-1] = np.tensordot(d_z, under, axes=((0, 2, 3), (0, 2, 3))).reshape(len(filters), -1)
        gradient[:, -1] = d_z.sum(axis=(0, 2, 3))
        # Back to the inputs: the same windows, the filters turned over.
        turned = filters[:, :, ::-1, ::-1]
        back = np.tensordot(windows(d_z, filters.shape[-1]), turned, axes=((1, 4, 5), (0, 2, 3))).transpose(0, 3, 1, 2)
    return result


def matrices(parameters):
    """Weights with their biases as a last column, views of the flat vector (P,), one per layer."""
    begin = 0
    for shape in SHAPES:
        n_out, n_in = shape[0], int(np.prod(shape[1:]))
        yield parameters[begin : begin + n_out * (n_in + 1)].reshape(n_out, n_in + 1)
        begin += n_out * (n_in + 1)'''

TORCH_PREDICT = '''\
def predict(X, parameters=None):
    """The shares of the classes (N, K) for pictures X (N, H, W) or (N, 1, H, W), as a NumPy array."""
    put(PARAMETERS if parameters is None else parameters)
    with torch.no_grad():
        return torch.softmax(network(torch.tensor(inputs(X))), dim=1).numpy()'''

TORCH_LOSS = '''\
def loss(X, t):
    """Mean cross-entropy on network inputs X (N, 1, H, W) and labels t (N,)."""
    return torch.nn.functional.cross_entropy(network(X), t)'''

def picture_form(run: PictureRun) -> Form:
    """What is said of a training on pictures."""
    kind, model, (train, _) = run.kind, run.model(), run.split()
    side, raw = kind.side, train.X.reshape(len(train.X), -1)
    settings = [f"CLASSES = {list(kind.classes)!r}", f"SIDE = {side}"]
    shuffled = ""
    if run.shuffled:
        order = run.arranged(np.arange(side**2, dtype=float).reshape(1, 1, side, side)).ravel().astype(int)
        settings.append("ORDER = np.random.default_rng(0).permutation(SIDE * SIDE)  # the places that pixels changed to")
        shuffled = ".reshape(-1, SIDE * SIDE)[:, ORDER]"
        raw = np.empty_like(raw)
        raw[:, order] = train.X.reshape(raw.shape)
    shapes = [*(each.shape for each in model.filters), *(each.shape for each in model.weights)]
    modules = []
    for block in model.architecture.blocks:
        modules += [f"torch.nn.Conv2d({block.shape[0]}, {block.filters}, {block.kernel}, padding={block.padding})",
                    "torch.nn.ReLU()", f"torch.nn.MaxPool2d({block.pool})"]  # fmt: skip
    modules += ["torch.nn.Flatten()", f"torch.nn.Linear({shapes[-1][1]}, {shapes[-1][0]})"]
    network = "network = torch.nn.Sequential(\n    " + ",\n    ".join(modules) + ",\n).double()"
    return Form(
        title=f"A network of filters on pictures ({kind.title.replace('×', ' x ')})",
        takes=f"`predict(X)` gives the shares of the classes (N, {len(kind.classes)}) for pictures X (N, {side}, {side}) or "
              f"(N, 1, {side}, {side}), ink from 0 to 1; they are named in `CLASSES`.",
        inputs="\n".join(settings) + "\n\n\n" + INPUTS.replace("$SHUFFLED", shuffled),
        numpy_network=f"SHAPES = {shapes!r}\nPOOLS = {[block.pool for block in model.architecture.blocks]!r}\n\n\n"
                      f"{MATRICES}\n\n\n{NETWORK}",
        numpy_loss=LOSS, numpy_gradient=GRADIENT,
        formula=r"z_{f,i,j} = b_f + \sum_{c,u,v} w_{f,c,u,v}\, x_{c,i+u,j+v}, \quad a = \max(0, z)",
        loss_formula=CROSS_ENTROPY,
        torch_network=f"{network}\n{TORCH_MATRICES}\n\n\n{TORCH_PREDICT}", torch_loss=TORCH_LOSS,
        data=f"X_TRAIN = {packed(raw.reshape(-1, side, side))}\n\nY_TRAIN = {packed(train.y, '<i8')}",
        examples=examples_code("pictures with their labels", SCORED), scored=SCORED, batch=BATCH, updates=kind.n_updates,
        every=kind.every, rate=repr(RATE), seed=run.seed,
    )  # fmt: skip
