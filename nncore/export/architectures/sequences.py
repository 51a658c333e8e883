"""The recurrent network as code: one step of its cell, the steps one after the other, and the way back through time."""

from nncore.experiments.architectures.sequence_run import (
    SCORED,
    SEQUENCE_BATCH,
    SEQUENCE_RATE,
    SEQUENCE_UPDATES,
    SequenceRun,
)
from nncore.export.architectures.form import (
    CROSS_ENTROPY,
    SOFTMAX,
    TORCH_VECTOR,
    VIEWS,
    Form,
    examples_code,
    shapes_code,
    words_code,
)
from nncore.export.packing import packed
from nncore.models.recurrence.cells import CELLS

INPUTS = '''\
def inputs(X):
    """Sequences as the network is given them, (N, T, D): as they are, or made of numbers of symbols (N, T)."""
    X = np.asarray(X)
    return np.eye(len(SYMBOLS))[X] if X.ndim == 2 else X.astype(float)'''

SIGMOID = '''\
def sigmoid(z):
    return 0.5 * (1.0 + np.tanh(0.5 * z))'''

STEPS = {
    "rnn": '''\
def step(x, h, c, p):
    """The next state (N, H), of what comes in x (N, D) and the state h (N, H); and what the way back needs."""
    h = np.tanh(x @ p["weight_ih"].T + p["bias_ih"] + h @ p["weight_hh"].T + p["bias_hh"])
    return h, c, h''',
    "gru": '''\
def step(x, h, c, p):
    """The next state (N, H), of what comes in x (N, D) and the state h (N, H); and what the way back needs."""
    x_r, x_z, x_n = np.split(x @ p["weight_ih"].T + p["bias_ih"], 3, axis=1)
    h_r, h_z, h_n = np.split(h @ p["weight_hh"].T + p["bias_hh"], 3, axis=1)
    reset, update = sigmoid(x_r + h_r), sigmoid(x_z + h_z)
    candidate = np.tanh(x_n + reset * h_n)
    return (1.0 - update) * candidate + update * h, c, (reset, update, candidate, h_n)''',
    "lstm": '''\
def step(x, h, c, p):
    """The next state and memory (N, H), of what comes in x (N, D), state h and memory c; and what the way back needs."""
    z = x @ p["weight_ih"].T + p["bias_ih"] + h @ p["weight_hh"].T + p["bias_hh"]
    z_i, z_f, z_g, z_o = np.split(z, 4, axis=1)
    i, f, g, o = sigmoid(z_i), sigmoid(z_f), np.tanh(z_g), sigmoid(z_o)
    c = f * c + i * g
    return o * np.tanh(c), c, (i, f, g, o, np.tanh(c))''',
}

FORWARD = '''\
def forward(X, parameters):
    """The scores of the answers (N, T, K) at every step; the states and memories, first 0; and what each step keeps."""
    p = parts(parameters)
    states, memories, kept = [np.zeros((len(X), HIDDEN))], [np.zeros((len(X), HIDDEN))], []
    for t in range(X.shape[1]):
        h, c, one = step(X[:, t], states[-1], memories[-1], p)
        states.append(h)
        memories.append(c)
        kept.append(one)
    return np.stack(states[1:], axis=1) @ p["output_weight"].T + p["output_bias"], states, memories, kept'''

PREDICT = '''\
def predict(X, parameters=None):
    """The shares of the answers (N, T, K) at every step, for sequences X (N, T, D) or numbers of symbols (N, T)."""
    return softmax(forward(inputs(X), PARAMETERS if parameters is None else parameters)[0])'''

LOSS = '''\
def loss(X, t, parameters):
    """Mean cross-entropy on sequences X (N, T, D), where t (N, T) asks for an answer; -1 asks for none."""
    shares = softmax(forward(X, parameters)[0])[t >= 0]
    return float(-np.log(shares[np.arange(len(shares)), t[t >= 0]]).mean())'''

BACKS = {
    "rnn": '''\
def step_back(d_h, d_c, h, c, kept):
    """Gradients of what the inputs gave and of what the state gave (N, H), past the matrix, and of the memory before."""
    d_z = d_h * (1.0 - kept**2)
    return d_z, d_z, 0.0, d_c''',
    "gru": '''\
def step_back(d_h, d_c, h, c, kept):
    """Gradients of what the inputs gave and of what the state gave (N, 3 H), past the matrix, and of the memory before."""
    reset, update, candidate, h_n = kept
    d_n = d_h * (1.0 - update) * (1.0 - candidate**2)
    d_z = d_h * (h - candidate) * update * (1.0 - update)
    d_r = d_n * h_n * reset * (1.0 - reset)
    return np.hstack([d_r, d_z, d_n]), np.hstack([d_r, d_z, d_n * reset]), d_h * update, d_c''',
    "lstm": '''\
def step_back(d_h, d_c, h, c, kept):
    """Gradients of what the inputs gave and of what the state gave (N, 4 H), past the matrix, and of the memory before."""
    i, f, g, o, bent = kept
    d_c = d_c + d_h * o * (1.0 - bent**2)
    d_z = np.hstack([d_c * g * i * (1 - i), d_c * c * f * (1 - f), d_c * i * (1 - g**2), d_h * bent * o * (1 - o)])
    return d_z, d_z, 0.0, d_c * f''',
}

GRADIENT = '''\
def gradient(X, t, parameters):
    """The gradient (P,) of the loss, by backpropagation through time."""
    logits, states, memories, kept = forward(X, parameters)
    p, result = parts(parameters), np.zeros_like(parameters)
    gradients, asked = parts(result), t >= 0
    delta = (softmax(logits) - np.eye(logits.shape[2])[t]) * asked[..., None] / max(1, asked.sum())
    d_h, d_c = np.zeros_like(states[0]), np.zeros_like(states[0])
    for k in reversed(range(X.shape[1])):
        gradients["output_weight"] += delta[:, k].T @ states[k + 1]
        gradients["output_bias"] += delta[:, k].sum(axis=0)
        d_h = d_h + delta[:, k] @ p["output_weight"]
        d_in, d_state, past, d_c = step_back(d_h, d_c, states[k], memories[k], kept[k])
        gradients["weight_ih"] += d_in.T @ X[:, k]
        gradients["bias_ih"] += d_in.sum(axis=0)
        gradients["weight_hh"] += d_state.T @ states[k]
        gradients["bias_hh"] += d_state.sum(axis=0)
        d_h = d_state @ p["weight_hh"] + past$CUT
    return result'''

CUT = '''
        if (X.shape[1] - k) % {stretch} == 0:  # truncated: no gradient goes back over a cut
            d_h, d_c = np.zeros_like(d_h), np.zeros_like(d_c)'''

TORCH = '''\
class Network(torch.nn.Module):
    """A recurrent layer, whose state a linear layer reads at every step."""

    def __init__(self):
        super().__init__()
        self.cell = torch.nn.$CELL($D, $H, batch_first=True)
        self.output = torch.nn.Linear($H, $K)

    def forward(self, X):
        """The scores of the answers (N, T, K) at every step."""
$BODY


network = Network().double()


$VECTOR


def predict(X, parameters=None):
    """The shares of the answers (N, T, K) at every step, for sequences X (N, T, D) or numbers of symbols (N, T)."""
    put(PARAMETERS if parameters is None else parameters)
    with torch.no_grad():
        return torch.softmax(network(torch.tensor(inputs(X))), dim=-1).numpy()'''

TORCH_CUT = '''\
        states, carried, begin = [], None, 0
        # Truncated: no gradient goes back over a cut; cuts are counted from the end.
        for end in range(X.shape[1] % {stretch} or {stretch}, X.shape[1] + 1, {stretch}):
            hidden, carried = self.cell(X[:, begin:end], carried)
            carried = {detached}
            states.append(hidden)
            begin = end
        return self.output(torch.cat(states, dim=1))'''

TORCH_LOSS = '''\
def loss(X, t):
    """Mean cross-entropy on sequences X (N, T, D), where t (N, T) asks for an answer; -1 asks for none."""
    return torch.nn.functional.cross_entropy(network(X).flatten(0, 1), t.flatten(), ignore_index=-1)'''

def sequence_form(run: SequenceRun) -> Form:
    """What is said of the training of a recurrent network."""
    kind, model, (train, _) = run.kind, run.model(), run.split()
    shapes = {name: view.shape for name, view in model.views.items()}
    updates, every = SEQUENCE_UPDATES[run.task]
    cut = CUT.format(stretch=run.stretch) if run.stretch else ""
    return Form(
        title=f"A recurrent network ({CELLS[run.cell].label}, {run.n_hidden} neurons) on the task {kind.title!r}",
        takes=f"`predict(X)` gives the shares of the answers (N, T, {len(kind.answers)}) at every step, for sequences "
              f"X (N, T, {len(kind.symbols)}) or numbers of symbols (N, T); they are named in `SYMBOLS` and `ANSWERS`.",
        inputs=f"{words_code('SYMBOLS', kind.symbols)}\n{words_code('ANSWERS', kind.answers)}\n\n\n{INPUTS}",
        numpy_network="\n\n\n".join([
            f"{shapes_code(shapes)}\nHIDDEN = {run.n_hidden}", VIEWS, SIGMOID, STEPS[run.cell], FORWARD, SOFTMAX, PREDICT,
        ]),
        numpy_loss=LOSS, numpy_gradient=f"{BACKS[run.cell]}\n\n\n{GRADIENT.replace('$CUT', cut)}",
        torch_network=_torch_network(run), torch_loss=TORCH_LOSS,
        formula=CELLS[run.cell].formula,
        loss_formula=CROSS_ENTROPY,
        data=f"X_TRAIN = {packed(train.tokens, '<i8')}\n\nY_TRAIN = {packed(train.y, '<i8')}",
        examples=examples_code("sequences with the answers asked for", SCORED), scored=SCORED, batch=SEQUENCE_BATCH,
        updates=updates,
        every=every, rate=repr(SEQUENCE_RATE), seed=run.seed, clip=run.clip,
    )  # fmt: skip


def _torch_network(run: SequenceRun) -> str:
    body = "        return self.output(self.cell(X)[0])"
    if run.stretch:
        detached = "[part.detach() for part in carried]" if run.cell == "lstm" else "carried.detach()"
        body = TORCH_CUT.format(stretch=run.stretch, detached=detached)
    values = {"$CELL": run.cell.upper(), "$D": str(len(run.kind.symbols)), "$H": str(run.n_hidden),
              "$K": str(len(run.kind.answers)), "$BODY": body,
              "$VECTOR": TORCH_VECTOR}  # fmt: skip
    text = TORCH
    for name, value in values.items():
        text = text.replace(name, value)
    return text
