"""The translator as code: three queries, the attention that they pay to an English phrase, and the French words."""

from nncore.attention.translation import N_WORDS, SOURCE_WORDS, TARGET_WORDS, split_phrases
from nncore.attention.translation_run import (
    TRANSLATION_EVERY,
    TRANSLATION_SETTINGS,
    TRANSLATION_UPDATES,
    TranslationRun,
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

INPUTS = '''\
def inputs(X):
    """English phrases (article, adjective, noun) as numbers of words (N, 3); what is numbers already stays as it is."""
    X = np.asarray(X)
    return np.array([[ENGLISH.index(word) for word in phrase] for phrase in X]) if X.dtype.kind == "U" else X'''

FORWARD = '''\
def forward(X, parameters):
    """Every stage for phrases X (N, 3), from the tokens to the scores of the French words (N, 3, K)."""
    p = parts(parameters)
    tokens = p["words"][X] + p["places"]  # what word, and where it stands: (N, 3, d)
    Q = p["queries"] @ p["W_Q"].T  # one query for each French place, (3, d)
    K, V = tokens @ p["W_K"].T, tokens @ p["W_V"].T
    weights = softmax(Q @ K.swapaxes(1, 2) / np.sqrt(WIDTH))  # row: French place, column: English word
    context = weights @ V
    return tokens, Q, K, V, weights, context, context @ p["W_O"].T'''

PREDICT = '''\
def predict(X, parameters=None):
    """The probability of each French word (N, 3, K) at each place, for English phrases X (N, 3)."""
    return softmax(forward(inputs(X), PARAMETERS if parameters is None else parameters)[-1])


def attention(X, parameters=None):
    """How much of each English word (column) each French place (row) reads, (N, 3, 3)."""
    return forward(inputs(X), PARAMETERS if parameters is None else parameters)[4]'''

TRANSLATE = '''\
def translate(phrase):
    """The French of an English phrase such as "the green house"."""
    return " ".join(FRENCH[word] for word in predict([phrase.split()])[0].argmax(axis=-1))'''

LOSS = '''\
def loss(X, t, parameters):
    """Mean cross-entropy over the words of phrases X (N, 3), where t (N, 3) are the right French ones."""
    shares = softmax(forward(X, parameters)[-1])
    return float(-np.log(np.take_along_axis(shares, t[..., None], axis=-1)).mean())'''

GRADIENT = '''\
def gradient(X, t, parameters):
    """The gradient (P,) of the loss, from the French words back to the English ones."""
    tokens, Q, K, V, weights, context, scores = forward(X, parameters)
    p, result = parts(parameters), np.zeros_like(parameters)
    gradients = parts(result)
    delta = (softmax(scores) - np.eye(scores.shape[-1])[t]) / t.size
    gradients["W_O"] += np.einsum("nto,ntd->od", delta, context)
    d_context = delta @ p["W_O"]
    d_V = weights.swapaxes(1, 2) @ d_context
    d_weights = d_context @ V.swapaxes(1, 2)
    # The softmax: a weight rises at the cost of the others in its row.
    d_match = weights * (d_weights - (weights * d_weights).sum(axis=-1, keepdims=True)) / np.sqrt(WIDTH)
    d_Q = (d_match @ K).sum(axis=0)  # all phrases share the queries
    d_K = d_match.swapaxes(1, 2) @ Q
    gradients["W_Q"] += d_Q.T @ p["queries"]
    gradients["queries"] += d_Q @ p["W_Q"]
    gradients["W_K"] += np.einsum("nti,ntj->ij", d_K, tokens)
    gradients["W_V"] += np.einsum("nti,ntj->ij", d_V, tokens)
    d_tokens = d_K @ p["W_K"] + d_V @ p["W_V"]
    gradients["places"] += d_tokens.sum(axis=0)
    np.add.at(gradients["words"], X, d_tokens)  # a word's gradients add up over all phrases that have it
    return result'''

TORCH = '''\
class Translator(torch.nn.Module):
    """Attention of three queries, one for each French place, to the words of an English phrase."""

    def __init__(self):
        super().__init__()
        self.words, self.places, self.queries = (torch.nn.Embedding(n, $D) for n in ($WORDS, $PLACES, $PLACES))
        self.W_Q, self.W_K, self.W_V = (torch.nn.Linear($D, $D, bias=False) for _ in range(3))
        self.W_O = torch.nn.Linear($D, $K, bias=False)

    def weights(self, X):
        """How much of each English word (column) each French place (row) reads, and the words' values (N, 3, d)."""
        tokens = self.words(X) + self.places.weight
        match = self.W_Q(self.queries.weight) @ self.W_K(tokens).transpose(1, 2)
        return torch.softmax(match / $D**0.5, dim=-1), self.W_V(tokens)

    def forward(self, X):
        """The scores of the French words (N, 3, K) at each place, for numbers of words X (N, 3)."""
        weights, values = self.weights(X)
        return self.W_O(weights @ values)


network = Translator().double()'''

TORCH_PREDICT = '''\
def predict(X, parameters=None):
    """The probability of each French word (N, 3, K) at each place, for English phrases X (N, 3), as a NumPy array."""
    put(PARAMETERS if parameters is None else parameters)
    with torch.no_grad():
        return torch.softmax(network(torch.tensor(inputs(X))), dim=-1).numpy()


def attention(X, parameters=None):
    """How much of each English word (column) each French place (row) reads, (N, 3, 3), as a NumPy array."""
    put(PARAMETERS if parameters is None else parameters)
    with torch.no_grad():
        return network.weights(torch.tensor(inputs(X)))[0].numpy()'''

TORCH_LOSS = '''\
def loss(X, t):
    """Mean cross-entropy over the words of phrases X (N, 3), where t (N, 3) are the right French ones."""
    return torch.nn.functional.cross_entropy(network(X).flatten(0, 1), t.flatten())'''


def translation_form(run: TranslationRun) -> Form:
    """What is said of the training of the translator."""
    model, (train, _) = run.model(), split_phrases()
    width = model.views["words"].shape[1]
    shapes = {name: view.shape for name, view in model.views.items()}
    name, options, rate = TRANSLATION_SETTINGS[run.setting]
    torch_network = TORCH
    for key, value in (("$D", width), ("$WORDS", len(SOURCE_WORDS)), ("$PLACES", N_WORDS), ("$K", len(TARGET_WORDS))):
        torch_network = torch_network.replace(key, str(value))
    return Form(
        title="A translator that learns which English word to attend to",
        takes=f"`predict(X)` gives the probability of each of {len(TARGET_WORDS)} French words (N, 3, {len(TARGET_WORDS)}) "
              "for English phrases X (N, 3) of an article, an adjective and a noun, as words or as their numbers. "
              "`attention(X)` gives the weights by which they are read, and `translate` a phrase.",
        inputs=f"{words_code('ENGLISH', SOURCE_WORDS)}\n{words_code('FRENCH', TARGET_WORDS)}\n\n\n{INPUTS}",
        numpy_network="\n\n\n".join([
            f"{shapes_code(shapes)}\nWIDTH = {width}", VIEWS, SOFTMAX, FORWARD, PREDICT, TRANSLATE,
        ]),
        numpy_loss=LOSS, numpy_gradient=GRADIENT,
        torch_network="\n\n\n".join([torch_network, TORCH_VECTOR, TORCH_PREDICT, TRANSLATE]), torch_loss=TORCH_LOSS,
        formula=r"A = \mathrm{softmax}\left(\frac{Q K^\top}{\sqrt{d}}\right), \quad p = \mathrm{softmax}(A V W_O^\top)",
        loss_formula=CROSS_ENTROPY,
        data=f"X_TRAIN = {packed(train.X, '<i8')}\n\nY_TRAIN = {packed(train.y, '<i8')}",
        examples=examples_code("phrases and their translations", len(train.X)), scored=len(train.X), all_scored=True,
        what="the weights", batch=0, updates=TRANSLATION_UPDATES, every=TRANSLATION_EVERY, rate=repr(rate), seed=0,
        optimizer=name, decay=options.get("weight_decay"),
    )  # fmt: skip
