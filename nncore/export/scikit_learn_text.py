"""The network in scikit-learn: its MLP with these weights, trained by `partial_fit` batch after batch, where it can.

scikit-learn's MLP has four activations, one for all hidden layers, one loss for classes and one for numbers, and no L1. A
text for what it cannot hold or train says so, and computes the predictions in NumPy.
"""

import textwrap

from nncore.export.content import Content
from nncore.export.numpy_text import LAYERS, network_section
from nncore.export.sections import (
    Section,
    about,
    classes_code,
    first_weights_section,
    inputs_section,
    module_text,
    numbers_section,
)
from nncore.export.training_text import MAIN, TRAIN_HEAD, is_plain, penalties, stretches_code, train_code
from nncore.models.activations import ACTIVATIONS
from nncore.training.optimizers import OPTIMIZERS, OptimizerKind
from nncore.training.schedules import SCHEDULES

NETWORK = '''\
def network(parameters):
    """scikit-learn's network with these parameters (P,), its optimizer at rest."""
    model = $KIND(hidden_layer_sizes=$HIDDEN, activation="$ACTIVATION", shuffle=False, alpha=0.0)
    model.partial_fit(features(X_TRAIN[:1]), Y_TRAIN[:1]$CLASSES)  # makes its arrays, with weights of its own
    for (weights, biases), coefficients, intercepts in zip(layers(parameters), model.coefs_, model.intercepts_):
        coefficients[:] = weights.T
        intercepts[:] = biases
    del model._optimizer  # what it remembers of that one example
    return model


def flat(model):
    """The parameters of scikit-learn's network as a flat vector (P,)."""
    return np.concatenate([
        np.column_stack([coefficients.T, intercepts]).ravel()
        for coefficients, intercepts in zip(model.coefs_, model.intercepts_)
    ])


def predict(X, parameters=None):
    """The outputs (N, K) for raw inputs X (N, columns)."""
    model = network(PARAMETERS if parameters is None else parameters)
    return $OUTPUTS'''

STRETCHES = TRAIN_HEAD + '''\
    X, y = features(X_TRAIN), Y_TRAIN
    losses, done = [loss(w)], 0
    for number, setting in enumerate(SETTINGS):
        if number:  # training goes on from what was on screen: numbers of 32 bits
[start]            w[:] = np.float32(setting.get("start", w))
[same_start]            w[:] = np.float32(w)
[edits]        if "edits" in setting:
[edits]            w[list(setting["edits"])] = np.float32(list(setting["edits"].values()))
[edits]            losses.append(loss(w))
        model = network(w)
        rng, size = np.random.default_rng($BATCH_SEED), setting["batch_size"]$ALL
        last = epochs - done if setting["epochs"] is None else min(setting["epochs"], epochs - done)
        for epoch in range(last):
[mixed]            # Full batch takes all examples as they stand; smaller batches take them in a new order every epoch.
[mixed]            order = rng.permutation(len(X)) if setting["batch_size"] else np.arange(len(X))
[batches]            order = rng.permutation(len(X))
            for begin in range(0, len(X), size):
                rows = order[begin : begin + size]
                setting["optimizer"](model, setting["learning_rate"](epoch))
                model.set_params(batch_size=len(rows)$ALPHA)
                model.partial_fit(X[rows], y[rows])
            w[:] = flat(model)
            losses.append(loss(w))
        done += last
        if done == epochs:
            break
    return losses'''

PLAIN = TRAIN_HEAD + '''\
    X, y, model = features(X_TRAIN), Y_TRAIN, network(w)
[batches]    rng, losses = np.random.default_rng($BATCH_SEED), [loss(w)]
[full]    model.set_params(batch_size=len(X)$ALPHA)
[full]    losses = [loss(w)]
    for epoch in range(epochs):
[batches]        order = rng.permutation(len(X))
[batches]        for begin in range(0, len(X), $SIZE):
[batches]            rows = order[begin : begin + $SIZE]
[batches]            $OPTIMIZER(model, learning_rate(epoch))
[batches]            model.set_params(batch_size=len(rows)$ALPHA)
[batches]            model.partial_fit(X[rows], y[rows])
[full]        $OPTIMIZER(model, learning_rate(epoch))
[full]        model.partial_fit(X, y)
        w[:] = flat(model)
        losses.append(loss(w))
    return losses'''

CANNOT = '''\
def train(epochs=$EPOCHS, parameters=None):
    """scikit-learn cannot train it so."""
    raise NotImplementedError($REASON)'''


def scikit_learn_text(content: Content) -> str:
    """The module in scikit-learn."""
    lacks_network, lacks_training = missing_network(content), missing_training(content)
    lacks = lacks_network or lacks_training
    text = about(content, "scikit-learn", "scikit-learn")
    if lacks:
        text = text.replace("`train()` trains once more", "`train()` would train once more")
        more = f"scikit-learn's MLP cannot do all of it: {lacks}. So `train()` only says so here."
        text += f"\n\n{textwrap.fill(more, 105)}"
    sections = [
        _imports(content, lacks_network, lacks),
        inputs_section(content),
        network_section(content) if lacks_network else _network_section(content),
        *_training_sections(content, lacks),
        numbers_section(content),
    ]
    return module_text(text, sections) + ("\n" if lacks else f"\n\n{MAIN}\n")


def missing_network(content: Content) -> str:
    """What of the network scikit-learn's MLP has not, in words; "" where it can hold it."""
    e, names = content.experiment, set(content.activations)
    for name in sorted(names):
        if not ACTIVATIONS[name].scikit_learn_code:
            return f"it has no activation {ACTIVATIONS[name].label}"
    if len(names) > 1:
        return "its hidden layers all have the same activation"
    wanted = ("identity", "mse") if e.is_regression else ("sigmoid" if e.n_outputs == 1 else "softmax", "cross_entropy")
    if (e.output, e.loss) != wanted or (not e.is_regression and e.n_outputs == 2):
        kind = "numbers are predicted by identity and squared error" if e.is_regression else (
            "classes are told apart by cross-entropy, two of them by one sigmoid, more by a softmax")  # fmt: skip
        return f"in it {kind}"
    return ""


def missing_training(content: Content) -> str:
    """What of the training scikit-learn's MLP cannot do, in words; "" where it can."""
    for stretch in content.stretches:
        s, kind = stretch.settings, OPTIMIZERS[stretch.settings.optimizer]
        if not kind.scikit_learn_code:
            return f"it has no optimizer {kind.label}"
        if s.l1:
            return "it has no L1 penalty"
    return ""


def _imports(content: Content, lacks_network: str, lacks: str) -> Section:
    numbers, classes = ("MLPRegressor", "mean_squared_error"), ("MLPClassifier", "log_loss")
    kind, score = numbers if content.experiment.is_regression else classes
    lines = ["import base64", "import zlib", "", "import numpy as np"]
    if not lacks:
        lines.append(f"from sklearn.metrics import {score}")
    if not lacks_network:
        lines.append(f"from sklearn.neural_network import {kind}")
    text = "NumPy scales the inputs, and draws first weights and batches."
    if lacks_network:
        return Section("NumPy computes the outputs", f"scikit-learn's MLP cannot hold this network: {lacks_network}.",
                       "\n".join(lines))
    return Section("scikit-learn has the network", text, "\n".join(lines))


def _network_section(content: Content) -> Section:
    e, n_classes = content.experiment, len(content.class_names)
    activation = ACTIVATIONS[content.activations[0]].scikit_learn_code if content.activations else "identity"
    outputs = "model.predict(features(X))[:, None]" if e.is_regression else (
        f"model.predict_proba(features(X)){'[:, 1:]' if e.n_outputs == 1 else ''}")  # fmt: skip
    values = {
        "$KIND": "MLPRegressor" if e.is_regression else "MLPClassifier", "$HIDDEN": repr(e.hidden),
        "$ACTIVATION": activation, "$CLASSES": "" if e.is_regression else f", classes=range({n_classes})",
        "$OUTPUTS": outputs,
    }  # fmt: skip
    code = NETWORK
    for name, value in values.items():
        code = code.replace(name, value)
    code = f"SIZES = {e.sizes!r}\n\n\n{LAYERS}\n\n\n{code}{classes_code(content)}"
    return Section("The network", "scikit-learn keeps each layer's weights the other way round: (n_in, n_out).", code)


def _training_sections(content: Content, lacks: str) -> list[Section]:
    if lacks:
        words = textwrap.wrap(f"scikit-learn's MLP cannot: {lacks}", 100, drop_whitespace=False)
        reason = repr(words[0]) if len(words) == 1 else "\n" + "".join(f"        {part!r}\n" for part in words) + "    "
        code = CANNOT.replace("$EPOCHS", str(content.epochs)).replace("$REASON", reason)
        return [Section("Training", "This is where scikit-learn ends.", code)]
    kinds = dict.fromkeys(OPTIMIZERS[stretch.settings.optimizer] for stretch in content.stretches)
    notes = ["Show the data, follow the gradient, repeat."]
    if penalties(content):
        notes.append("scikit-learn divides its penalty by the examples of the batch, so it is given that many times ours.")
    if content.experiment.is_regression:
        notes.append("Its squared error, and so its gradient, is half of ours.")
    train = _train(content)
    stretches = [] if is_plain(content) else [stretches_code(content)]
    code = "\n\n\n".join([*(_optimizer(kind, content) for kind in kinds), *stretches, _loss(content), train])
    return [first_weights_section(content), Section("Training", " ".join(notes), code)]


def _optimizer(kind: OptimizerKind, content: Content) -> str:
    """The function that has scikit-learn's network train by this optimizer; ours is twice its gradient for numbers."""
    halved = content.experiment.is_regression
    lines = kind.scikit_learn_code.replace("$EPSILON", "0.5e-8" if halved else "1e-8")
    used = [s.settings for s in content.stretches if s.settings.optimizer == kind.name]
    if not all(SCHEDULES[s.schedule].is_constant for s in used) and kind.scikit_learn_changing_code:
        lines += f"\n{kind.scikit_learn_changing_code}"
    if halved and not kind.is_adaptive:
        lines = f"rate = 2.0 * rate  # half the gradient, twice the rate\n{lines}"
    says = f'"""The next update of scikit-learn\'s network is one by {kind.label} at this learning rate."""'
    return f"def {kind.name}(model, rate):\n" + textwrap.indent(f"{says}\n{lines}", "    ")


def _train(content: Content) -> str:
    plain, s = is_plain(content), content.experiment
    l2, rows = (repr(s.l2), "rows" if s.batch_size else "X") if plain else ('setting["l2"]', "rows")
    alpha = f", alpha={l2} * len({rows}){' / 2' if s.is_regression else ''}" if penalties(content) else ""
    return train_code(content, (PLAIN if plain else STRETCHES).replace("$ALPHA", alpha))


def _loss(content: Content) -> str:
    e = content.experiment
    score = "mean_squared_error(Y_TRAIN, predict(X_TRAIN, parameters)[:, 0])" if e.is_regression else (
        f"log_loss(Y_TRAIN, predict(X_TRAIN, parameters){'[:, 0]' if e.n_outputs == 1 else ''}, "
        f"labels=range({len(content.class_names)}))")  # fmt: skip
    # A training that goes wild can be so sure of a wrong class.
    more = "" if e.is_regression else " log_loss counts no example for more than 36.04, which is -log(2.2e-16)."
    return f'def loss(parameters):\n    """The loss on the training set.{more}"""\n    return {score}'
