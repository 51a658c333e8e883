"""A form: what the code of one architecture says that the others' does not."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nncore.attention.transformer_run import TransformerRun
from nncore.attention.translation_run import TranslationRun
from nncore.experiments.architectures.code_run import CodeRun
from nncore.experiments.architectures.picture_run import PictureRun
from nncore.experiments.architectures.sequence_run import SequenceRun
from nncore.export.packing import in_lines
from nncore.words.skipgram import SkipGramSettings

Array = np.ndarray
OwnRun = PictureRun | SequenceRun | CodeRun | TranslationRun | TransformerRun | SkipGramSettings


@dataclass(frozen=True, kw_only=True)
class Form:
    """One training: `title` names it in a line, and `takes` says in a sentence what `predict(X)` takes and gives.

    `inputs` is the code of `inputs(X)`. `numpy_network` defines `parts(parameters)`, `forward(X, parameters)` and
    `predict(X)`, `numpy_gradient` defines `gradient(X, t, parameters)`, and the losses are functions `loss`.
    `torch_network` defines `network`, `put`, `take` and `predict`. `data` defines what the function `examples` of
    `examples` gives: X, t, and those by which a frame is scored, the first `scored`. `batch` 0 is all of them at once.
    `rate` is an expression in `epoch`; `optimizer` is a name of OPTIMIZERS, `decay` its weight decay where it has one.
    `all_scored` says that all training examples score a frame, `what` what PARAMETERS are. `noise` says that `examples`
    and, in every epoch, `with_noise` draw from a generator of this name. `formula` and `loss_formula` are LaTeX of what the
    network computes and of the loss.
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
    optimizer: str = "adam"
    decay: float | None = None
    noise: bool = False
    all_scored: bool = False
    what: str = "the weights and biases"

    @property
    def scored_in_words(self) -> str:
        """By which examples a frame is scored."""
        return f"{'all' if self.all_scored else 'the first'} {self.scored:,} training examples"


CROSS_ENTROPY = r"L = -\frac{1}{N} \sum_n \log p_n(t_n)"

EXAMPLES = '''\
def examples():
    """All training $WHAT, and those by which a snapshot is scored."""
    X = inputs(X_TRAIN)
    return X, Y_TRAIN, X[:$SCORED], Y_TRAIN[:$SCORED]'''


def examples_code(what: str, scored: int) -> str:
    """The code of `examples` for inputs with labels: `what` they are, and how many of them score a frame."""
    return EXAMPLES.replace("$WHAT", what).replace("$SCORED", str(scored))


VIEWS = '''\
def parts(parameters):
    """The matrices and biases by name, views of the flat vector (P,)."""
    views, begin = {}, 0
    for name, shape in SHAPES.items():
        size = int(np.prod(shape))
        views[name] = parameters[begin : begin + size].reshape(shape)
        begin += size
    return views'''


def shapes_code(shapes: dict[str, tuple[int, ...]]) -> str:
    """The code of SHAPES, which VIEWS reads."""
    return "SHAPES = {\n" + "".join(f"    {name!r}: {shape!r},\n" for name, shape in shapes.items()) + "}"


def words_code(name: str, words: Sequence[str]) -> str:
    """The code of a list of words that is called `name`."""
    line = f"{name} = {list(words)!r}"
    return line if len(line) < 105 else f"{name} = [\n{in_lines(map(repr, words))},\n]"


SOFTMAX = '''\
def softmax(z):
    """Shares of 1 along the last axis."""
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)'''

TORCH_VECTOR = '''\
def put(parameters):
    """Copies the flat vector (P,) into the network: PyTorch has its matrices in the same order."""
    torch.nn.utils.vector_to_parameters(torch.tensor(parameters), network.parameters())


def take():
    """The network's parameters as a flat vector (P,)."""
    return torch.nn.utils.parameters_to_vector(network.parameters()).detach().numpy()'''

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
