"""Skip-gram as code: two matrices, of which one becomes the words' vectors, and pairs of words to tell from noise."""

from nncore.export.architectures.form import TORCH_VECTOR, VIEWS, Form, shapes_code, words_code
from nncore.export.packing import packed
from nncore.words.skipgram import SkipGramSettings, corpus_pairs, noise_shares

INPUTS = '''\
def inputs(X):
    """Words as their numbers (N,); what is numbers already stays as it is."""
    X = np.asarray(X)
    return np.array([WORDS.index(word) for word in X]) if X.dtype.kind == "U" else X'''

NETWORK = '''\
def margins(X, t, parameters):
    """How surely each question is answered rightly (B, 1 + k): the dot product of two words' vectors, with its sign."""
    p = parts(parameters)
    return SIGNS * np.einsum("bd,bkd->bk", p["embedding"][X], p["context"][t])'''

PREDICT = '''\
def predict(X, parameters=None):
    """The vectors (N, d) of words X (N,): rows of the embedding, which is what skip-gram is trained for."""
    w = PARAMETERS if parameters is None else parameters
    return w[: len(WORDS) * WIDTH].reshape(len(WORDS), WIDTH)[inputs(X)]


def nearest(word, count=5):
    """The other words whose vectors point most nearly the same way, with the cosine of the angle between them."""
    E = predict(np.arange(len(WORDS)))
    E = E / np.linalg.norm(E, axis=1, keepdims=True)
    cosines = E @ E[WORDS.index(word)]
    order = [number for number in np.argsort(-cosines) if WORDS[number] != word]
    return [(WORDS[number], float(cosines[number])) for number in order[:count]]'''

LOSS = '''\
def loss(X, t, parameters):
    """Mean over pairs of -log sigmoid of the margins, summed over the true neighbour and the noise words."""
    return float(np.logaddexp(0.0, -margins(X, t, parameters)).sum() / len(X))'''

GRADIENT = '''\
def gradient(X, t, parameters):
    """The gradient (P,) of the loss."""
    p, result = parts(parameters), np.zeros_like(parameters)
    gradients = parts(result)
    # The derivative of -log sigmoid(m) is -sigmoid(-m), here by tanh, which does not overflow.
    delta = -0.5 * SIGNS * (1.0 - np.tanh(0.5 * margins(X, t, parameters))) / len(X)
    np.add.at(gradients["embedding"], X, np.einsum("bk,bkd->bd", delta, p["context"][t]))
    np.add.at(gradients["context"], t, delta[..., None] * p["embedding"][X][:, None])
    return result'''

TORCH = '''\
class SkipGram(torch.nn.Module):
    """A vector for each word in the middle, and another one for each word as a neighbour."""

    def __init__(self):
        super().__init__()
        self.embedding, self.context = (torch.nn.Embedding(len(WORDS), WIDTH) for _ in range(2))

    def forward(self, X, t):
        """How surely each question is answered rightly (B, 1 + k): the dot product of two words' vectors, with its sign."""
        return torch.tensor(SIGNS) * (self.embedding(X)[:, None] * self.context(t)).sum(dim=-1)


network = SkipGram().double()'''

TORCH_LOSS = '''\
def loss(X, t):
    """Mean over pairs of -log sigmoid of the margins, summed over the true neighbour and the noise words."""
    return -torch.nn.functional.logsigmoid(network(X, t)).sum() / len(X)'''

EXAMPLES = '''\
def with_noise(rng):
    """What is asked of each pair (B, 1 + k): its true neighbour, and k words drawn as noise, rare ones more often."""
    drawn = rng.choice(len(WORDS), (len(X_TRAIN), NEGATIVES), p=NOISE)
    return np.column_stack([NEIGHBOURS, drawn])


def examples(rng):
    """All pairs: words in the middle, and what is asked of them. One draw of noise scores every snapshot."""
    t = with_noise(rng)
    return X_TRAIN, t, X_TRAIN, t'''


def word_form(run: SkipGramSettings) -> Form:
    """What is said of the training of word vectors."""
    vocabulary, pairs = corpus_pairs(run.window)
    words = tuple(vocabulary.words)
    shape = (len(words), run.dimensions)
    signs = f"SIGNS = np.array([1.0] + [-1.0] * {run.negatives})  # yes to the neighbour, no to the noise"
    settings = f"WIDTH, NEGATIVES = {run.dimensions}, {run.negatives}\n{signs}"
    per_epoch = -(-len(pairs) // run.batch_size)
    return Form(
        title=f"Word vectors of {run.dimensions} number{'s' * (run.dimensions > 1)} each, by skip-gram",
        takes=f"`predict(X)` gives the vectors (N, {run.dimensions}) of words X (N,), which are named in `WORDS`; "
              "`nearest(word)` gives the words whose vectors are most like its own.",
        inputs=f"{words_code('WORDS', words)}\n{settings}\n\n\n{INPUTS}",
        numpy_network="\n\n\n".join([shapes_code({"embedding": shape, "context": shape}), VIEWS, NETWORK, PREDICT]),
        numpy_loss=LOSS, numpy_gradient=GRADIENT,
        torch_network="\n\n\n".join([TORCH, TORCH_VECTOR, PREDICT]), torch_loss=TORCH_LOSS,
        formula=r"m = \pm\, u_t \cdot v_x",
        loss_formula=r"L = -\frac{1}{B} \sum_b \sum_k \log \sigma(m_{bk})",
        data=f"X_TRAIN = {packed(pairs[:, 0], '<i8')}\n\nNEIGHBOURS = {packed(pairs[:, 1], '<i8')}\n\n"
             f"NOISE = {packed(noise_shares(pairs, len(words)))}",
        examples=EXAMPLES, scored=len(pairs), all_scored=True, what="the words' vectors", batch=run.batch_size,
        updates=run.epochs * per_epoch, every=per_epoch, rate=repr(run.learning_rate), seed=run.seed, noise=True,
    )  # fmt: skip
