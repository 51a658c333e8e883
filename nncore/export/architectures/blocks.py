"""The transformer block as code: attention in heads, the feed-forward part, and layer normalisation before each."""

from nncore.attention.sequence_tasks import TASKS
from nncore.attention.transformer import NORM_EPSILON
from nncore.attention.transformer_run import BATCH, D_MODEL, N_TRAINING, RATE, SCORED, UPDATES, TransformerRun
from nncore.export.architectures.form import (
    CROSS_ENTROPY,
    SOFTMAX,
    TORCH_VECTOR,
    VIEWS,
    Form,
    shapes_code,
    words_code,
)
from nncore.export.packing import packed

INPUTS = '''\
def inputs(X):
    """Sequences of tokens as their numbers (N, T); what is numbers already stays as it is."""
    X = np.asarray(X)
    return np.array([[TOKENS.index(token) for token in row] for row in X]) if X.dtype.kind == "U" else X


def positions(length):
    """The places as vectors (T, d): sines in even columns, cosines in odd ones, of ever longer waves."""
    columns = np.arange(WIDTH)
    angles = np.arange(length)[:, None] / 10_000.0 ** (2 * (columns // 2) / WIDTH)
    return np.where(columns % 2 == 0, np.sin(angles), np.cos(angles))'''

PIECES = f'''\
def norm(x, gain, shift):
    """Each row brought to mean 0 and deviation 1, then times gain plus shift; and what the way back needs."""
    centred = x - x.mean(axis=-1, keepdims=True)
    deviation = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + {NORM_EPSILON!r})
    return centred / deviation * gain + shift, (centred / deviation, deviation)


def in_heads(x):
    """(N, T, d) -> (N, heads, T, d / heads): each head has columns of its own."""
    return x.reshape(*x.shape[:2], HEADS, -1).swapaxes(1, 2)


def joined(x):
    """(N, heads, T, d / heads) -> (N, T, d)."""
    return x.swapaxes(1, 2).reshape(len(x), -1, WIDTH)'''

FORWARD = '''\
def forward(X, parameters):
    """The scores of the answers (N, T, K), the heads' weights (N, heads, T, T), and what the way back needs."""
    p = parts(parameters)
    stream = p["embedding"][X] + positions(X.shape[1])
    x_1, kept_1 = norm(stream, p["gain1"], p["shift1"])
    Q, K, V = (in_heads(x_1 @ p[name].T) for name in ("W_Q", "W_K", "W_V"))
    match = Q @ K.swapaxes(2, 3) / np.sqrt(WIDTH / HEADS)$MASK
    weights = softmax(match)  # row: the place that looks, column: the place that it looks at
    mixed = joined(weights @ V)
    stream = stream + mixed @ p["W_O"].T  # attention adds to what was there
    x_2, kept_2 = norm(stream, p["gain2"], p["shift2"])
    hidden = np.maximum(x_2 @ p["W_1"].T + p["b_1"], 0.0)
    stream = stream + hidden @ p["W_2"].T + p["b_2"]  # and so does the feed-forward part
    x_3, kept_3 = norm(stream, p["gain3"], p["shift3"])
    return x_3 @ p["W_out"].T + p["b_out"], weights, (x_1, kept_1, Q, K, V, mixed, x_2, kept_2, hidden, x_3, kept_3)'''

MASK = '''
    match = np.where(np.tri(X.shape[1], dtype=bool), match, -np.inf)  # no place sees a later one'''

PREDICT = '''\
def predict(X, parameters=None):
    """The shares of the answers (N, T, K) at every place, for sequences X (N, T) of tokens or of their numbers."""
    return softmax(forward(inputs(X), PARAMETERS if parameters is None else parameters)[0])


def attention(X, parameters=None):
    """The weights of each head (N, heads, T, T), row = the place that looks, column = the place that it looks at."""
    return forward(inputs(X), PARAMETERS if parameters is None else parameters)[1]'''

LOSS = '''\
def loss(X, t, parameters):
    """Mean cross-entropy over all places of sequences X (N, T), where t (N, T) are the right answers."""
    shares = softmax(forward(X, parameters)[0])
    return float(-np.log(np.take_along_axis(shares, t[..., None], axis=-1)).mean())'''

GRADIENT = '''\
def norm_back(d, gain, kept):
    """Slopes at the rows before they were normalised, at gain and at shift."""
    normal, deviation = kept
    d_normal = d * gain
    along = (d_normal * normal).mean(axis=-1, keepdims=True)
    d_x = (d_normal - d_normal.mean(axis=-1, keepdims=True) - normal * along) / deviation
    return d_x, (d * normal).sum(axis=(0, 1)), d.sum(axis=(0, 1))


def outer(d, x):
    """The gradients of a matrix that x (N, T, in) went through, by those at what came out, d (N, T, out)."""
    return d.reshape(-1, d.shape[-1]).T @ x.reshape(-1, x.shape[-1])


def gradient(X, t, parameters):
    """The gradient (P,) of the loss, from the answers back to the embedding."""
    scores, weights, (x_1, kept_1, Q, K, V, mixed, x_2, kept_2, hidden, x_3, kept_3) = forward(X, parameters)
    p, result = parts(parameters), np.zeros_like(parameters)
    gradients = parts(result)
    delta = (softmax(scores) - np.eye(scores.shape[-1])[t]) / t.size
    gradients["W_out"] += outer(delta, x_3)
    gradients["b_out"] += delta.sum(axis=(0, 1))
    d_stream, gradients["gain3"][:], gradients["shift3"][:] = norm_back(delta @ p["W_out"], p["gain3"], kept_3)
    # The feed-forward part: what it added is a branch of the stream, and the branch's gradients add to the stream's.
    gradients["W_2"] += outer(d_stream, hidden)
    gradients["b_2"] += d_stream.sum(axis=(0, 1))
    d_hidden = d_stream @ p["W_2"] * (hidden > 0)
    gradients["W_1"] += outer(d_hidden, x_2)
    gradients["b_1"] += d_hidden.sum(axis=(0, 1))
    d_x, gradients["gain2"][:], gradients["shift2"][:] = norm_back(d_hidden @ p["W_1"], p["gain2"], kept_2)
    d_stream = d_stream + d_x
    # Attention, the other branch. The softmax: a weight rises at the cost of the others in its row.
    gradients["W_O"] += outer(d_stream, mixed)
    d_mixed = in_heads(d_stream @ p["W_O"])
    d_weights = d_mixed @ V.swapaxes(2, 3)
    d_match = weights * (d_weights - (weights * d_weights).sum(axis=-1, keepdims=True)) / np.sqrt(WIDTH / HEADS)
    d_Q, d_K, d_V = d_match @ K, d_match.swapaxes(2, 3) @ Q, weights.swapaxes(2, 3) @ d_mixed
    d_x = 0.0
    for name, d in (("W_Q", joined(d_Q)), ("W_K", joined(d_K)), ("W_V", joined(d_V))):
        gradients[name] += outer(d, x_1)
        d_x = d_x + d @ p[name]
    d_x, gradients["gain1"][:], gradients["shift1"][:] = norm_back(d_x, p["gain1"], kept_1)
    np.add.at(gradients["embedding"], X, d_stream + d_x)  # a token's gradients add up over all places where it stands
    return result'''

TORCH = '''\
class Block(torch.nn.Module):
    """Attention and a feed-forward part, both of which add to the stream of tokens and read it normalised."""

    def __init__(self):
        super().__init__()
        self.embedding = torch.nn.Embedding($TOKENS, $D)
        self.query, self.key, self.value, self.combine = (torch.nn.Linear($D, $D, bias=False) for _ in range(4))
        self.norm_1, self.norm_2, self.norm_3 = (torch.nn.LayerNorm($D) for _ in range(3))
        self.up, self.down, self.answers = torch.nn.Linear($D, $H), torch.nn.Linear($H, $D), torch.nn.Linear($D, $K)

    def forward(self, X):
        """The scores of the answers (N, T, K) at every place, for numbers of tokens X (N, T)."""
        stream = self.embedding(X) + torch.tensor(positions(X.shape[1]))
        x = self.norm_1(stream)
        Q, K, V = (part(x).unflatten(-1, (HEADS, -1)).transpose(1, 2) for part in (self.query, self.key, self.value))
        mixed = torch.nn.functional.scaled_dot_product_attention(Q, K, V$CAUSAL)
        stream = stream + self.combine(mixed.transpose(1, 2).flatten(2))
        stream = stream + self.down(torch.relu(self.up(self.norm_2(stream))))
        return self.answers(self.norm_3(stream))


network = Block().double()'''

TORCH_PREDICT = '''\
def predict(X, parameters=None):
    """The shares of the answers (N, T, K) at every place, for sequences X (N, T) of tokens or of their numbers."""
    put(PARAMETERS if parameters is None else parameters)
    with torch.no_grad():
        return torch.softmax(network(torch.tensor(inputs(X))), dim=-1).numpy()'''

TORCH_LOSS = '''\
def loss(X, t):
    """Mean cross-entropy over all places of sequences X (N, T), where t (N, T) are the right answers."""
    return torch.nn.functional.cross_entropy(network(X).flatten(0, 1), t.flatten())'''

ANSWER = '''\
def answer(sequence):
    """The answers to one sequence of tokens, such as $LIKE."""
    return [ANSWERS[number] for number in predict([list(sequence)])[0].argmax(axis=-1)]'''

# What each task asks for, in code.
RULES = {
    "copy": "    return X",
    "reverse": "    return X[:, ::-1].copy()",
    "sort": "    return np.sort(X, axis=1)",
    "match": '''\
    # A token is a letter and a digit, 4 * letter + digit; answer 4 says that there was none.
    t = np.full(X.shape, 4)
    for place in range(X.shape[1]):
        for earlier in range(place):
            same = X[:, earlier] // 4 == X[:, place] // 4
            t[same, place] = X[same, earlier] % 4
    return t''',
}

EXAMPLES = '''\
def asked(X):
    """The right answers (N, T) to sequences X (N, T)."""
    # $RULE
$CODE


def examples():
    """All training sequences with their answers, and those by which a snapshot is scored."""
    t = asked(X_TRAIN)
    return X_TRAIN, t, X_TRAIN[:$SCORED], t[:$SCORED]'''


def block_form(run: TransformerRun) -> Form:
    """What is said of the training of a transformer block."""
    task, model, (train, _) = TASKS[run.task], run.model(), run.sequences()
    n_answers, (updates, every) = len(task.answers), UPDATES[run.task]
    shapes = {}
    for name, view in model.views.items():
        shapes |= dict.fromkeys(model.attention.NAMES, (D_MODEL, D_MODEL)) if name == "attention" else {name: view.shape}
    limit = 1 + run.n_updates * BATCH // N_TRAINING
    answer = ANSWER.replace("$LIKE", repr(list(task.tokens[:3])))
    torch_network = TORCH
    values = {"$TOKENS": len(task.tokens), "$CAUSAL": ", is_causal=True" if task.causal else "", "$D": D_MODEL,
              "$H": len(model.views["W_1"]), "$K": n_answers}  # fmt: skip
    for key, value in values.items():
        torch_network = torch_network.replace(key, str(value))
    examples = EXAMPLES
    for key, value in (("$RULE", f"The task: {task.rule}."), ("$CODE", RULES[run.task]), ("$SCORED", str(SCORED))):
        examples = examples.replace(key, value)
    names = f"{words_code('TOKENS', task.tokens)}\n{words_code('ANSWERS', task.answers)}"
    heads = f"{run.heads} head{'s' * (run.heads > 1)}"
    return Form(
        title=f"A transformer block of {heads} on the task {task.title!r}",
        takes=f"`predict(X)` gives the shares of the answers (N, T, {n_answers}) at every place, for sequences X (N, T) of "
              "tokens or of their numbers; they are named in `TOKENS` and `ANSWERS`.",
        inputs=f"{names}\nWIDTH, HEADS = {D_MODEL}, {run.heads}\n\n\n{INPUTS}",
        numpy_network="\n\n\n".join([shapes_code(shapes), VIEWS, SOFTMAX, PIECES,
                                     FORWARD.replace("$MASK", MASK if task.causal else ""), PREDICT, answer]),
        numpy_loss=LOSS, numpy_gradient=GRADIENT,
        torch_network="\n\n\n".join([torch_network, TORCH_VECTOR, TORCH_PREDICT, answer]), torch_loss=TORCH_LOSS,
        formula=r"x \leftarrow x + \mathrm{heads}(\mathrm{norm}(x))\, W_O^\top, \quad "
                r"x \leftarrow x + W_2\, \mathrm{ReLU}(W_1\, \mathrm{norm}(x) + b_1) + b_2",
        loss_formula=CROSS_ENTROPY,
        data=f"X_TRAIN = {packed(train.X, '<i8')}",
        examples=examples, scored=SCORED, batch=BATCH, updates=updates, every=every, seed=run.seed,
        rate=f"{RATE!r} * 0.5 * (1.0 + np.cos(np.pi * min(epoch, {limit}) / {limit}))",
    )  # fmt: skip
