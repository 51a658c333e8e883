"""A form: what the code of one architecture says that the others' does not."""

from dataclasses import dataclass

import numpy as np

from nncore.experiments.architectures.code_run import CodeRun
from nncore.experiments.architectures.picture_run import PictureRun
from nncore.experiments.architectures.sequence_run import SequenceRun

Array = np.ndarray
OwnRun = PictureRun | SequenceRun | CodeRun


@dataclass(frozen=True, kw_only=True)
class Form:
    """One training: `title` names it in a line, and `takes` says in a sentence what `predict(X)` takes and gives.

    `inputs` is the code of `inputs(X)`. `numpy_network` defines `parts(parameters)`, `forward(X, parameters)` and
    `predict(X)`, `numpy_gradient` defines `gradient(X, t, parameters)`, and the losses are functions `loss`.
    `torch_network` defines `network`, `put`, `take` and `predict`. `data` defines what the function `examples` of
    `examples` gives: X, t, and those by which a frame is scored. `rate` is an expression in `epoch`;
    `formula` and `loss_formula` are LaTeX of what the network computes and of the loss.
    """

    title: str
    takes: str
    inputs: str
    numpy_network: str
    numpy_loss: str
    numpy_gradient: str
    torch_network: str
    torch_loss: str
    formula: str
    loss_formula: str
    data: str
    examples: str
    scored: int
    batch: int
    updates: int
    every: int
    rate: str
    seed: int
    clip: float = 0.0


CROSS_ENTROPY = r"L = -\frac{1}{N} \sum_n \log p_n(t_n)"

EXAMPLES = '''\
def examples():
    """All training $WHAT, and those by which a snapshot is scored."""
    X = inputs(X_TRAIN)
    return X, Y_TRAIN, X[:$SCORED], Y_TRAIN[:$SCORED]'''


def examples_code(what: str, scored: int) -> str:
    """The code of `examples` for inputs with labels: `what` they are, and how many of them score a frame."""
    return EXAMPLES.replace("$WHAT", what).replace("$SCORED", str(scored))


MATRICES = '''\
def parts(parameters):
    """The weights and biases of each layer, views of the flat vector (P,): a row of weights is followed by its bias."""
    begin = 0
    for shape in SHAPES:
        n_out, n_in = shape[0], int(np.prod(shape[1:]))
        matrix = parameters[begin : begin + n_out * (n_in + 1)].reshape(n_out, n_in + 1)
        yield matrix[:, :-1].reshape(shape), matrix[:, -1]
        begin += matrix.size'''

TORCH_MATRICES = '''\
layers = [layer for layer in network if hasattr(layer, "weight")]


def put(parameters):
    """Copies the flat vector (P,) into the network: a row of weights is followed by its bias."""
    begin = 0
    with torch.no_grad():
        for layer in layers:
            n_out, n_in = len(layer.weight), layer.weight[0].numel()
            matrix = torch.tensor(parameters[begin : begin + n_out * (n_in + 1)]).reshape(n_out, n_in + 1)
            layer.weight.copy_(matrix[:, :-1].reshape(layer.weight.shape))
            layer.bias.copy_(matrix[:, -1])
            begin += matrix.numel()


def take():
    """The network's parameters as a flat vector (P,)."""
    return torch.cat([
        torch.cat([layer.weight.flatten(1), layer.bias[:, None]], dim=1).flatten() for layer in layers
    ]).detach().numpy()'''
