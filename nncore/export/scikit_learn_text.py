"""The network in scikit-learn: its MLP with these weights, trained by `partial_fit` batch after batch, where it can.

scikit-learn's MLP has four activations, one for all hidden layers, one loss for classes and one for numbers, and no L1. A
text for what it cannot hold or train says so, and computes the predictions in NumPy.
"""

from nncore.export.content import Content
from nncore.export.numpy_text import LAYERS, network_section, train_code
from nncore.export.sections import (
    Section,
    about,
    classes_code,
    first_weights_section,
    inputs_section,
    module_text,
    numbers_section,
    stretches_code,
)
from nncore.export.training_text import MAIN, STRETCHES_HEAD
from nncore.models.activations import ACTIVATIONS
from nncore.training.optimizers import OPTIMIZERS
from nncore.training.schedules import SCHEDULES

NETWORK = '''\
def network(parameters, **settings):
    """scikit-learn's network with these parameters (P,), its optimizer at rest."""
    model = $KIND(hidden_layer_sizes=$HIDDEN, activation="$ACTIVATION", shuffle=False, **settings)
    model.partial_fit(features(X_TRAIN[:1]), Y_TRAIN[:1]$CLASSES)  # makes its arrays, with weights of its own
    for (weights, biases), coefficients, intercepts in zip(layers(parameters), model.coefs_, model.intercepts_):
        coefficients[:] = weights.T
        intercepts[:] = biases
    del model._optimizer  # what it remembers of that one example
    return model


def predict(X, parameters=None):
    """The outputs (N, K) for raw inputs X (N, columns)."""
    model = network(PARAMETERS if parameters is None else parameters)
    return $OUTPUTS'''

TRAIN = STRETCHES_HEAD + '''\
    X, y = features(X_TRAIN), Y_TRAIN
    losses, done = [loss(w)], 0
    for number, setting in enumerate(SETTINGS):
        if number:  # training goes on from what was on screen: numbers of 32 bits
            w[:] = np.float32(setting.get("start", w))
        if "edits" in setting:
            w[list(setting["edits"])] = np.float32(list(setting["edits"].values()))
            losses.append(loss(w))
        model = network(w, **setting["optimizer"])
        rng, size = np.random.default_rng($BATCH_SEED), setting["batch_size"] or len(X)
        last = epochs - done if setting["epochs"] is None else min(setting["epochs"], epochs - done)
        for epoch in range(last):
            rate = $RATE
            model.set_params(learning_rate_init=rate)
            if hasattr(model, "_optimizer"):
                model._optimizer.learning_rate = model._optimizer.learning_rate_init = rate
            # Full batch takes all examples as they stand; smaller batches take them in a new order every epoch.
            order = rng.permutation(len(X)) if setting["batch_size"] else np.arange(len(X))
            for begin in range(0, len(X), size):
                rows = order[begin : begin + size]
                # scikit-learn divides its penalty by the examples of the batch$HALF.
                model.set_params(batch_size=len(rows), alpha=$ALPHA * len(rows))
                model.partial_fit(X[rows], y[rows])
            w[:] = np.concatenate([
                np.column_stack([coefficients.T, intercepts]).ravel()
                for coefficients, intercepts in zip(model.coefs_, model.intercepts_)
            ])
            losses.append(loss(w))
        done += last
        if done == epochs:
            break
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
        text += f"\n\nscikit-learn's MLP cannot do all of it: {lacks}.\nSo `train()` only says so here."
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
        if not SCHEDULES[s.schedule].is_constant and kind.has_memory and not kind.is_adaptive:
            return f"its {kind.label} has the learning rate in the velocity, so one that changes does something else"
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
        code = train_code(content, CANNOT).replace("$REASON", repr(f"scikit-learn's MLP cannot: {lacks}"))
        return [Section("Training", "This is where scikit-learn ends.", code)]
    e = content.experiment
    kinds = dict.fromkeys(OPTIMIZERS[stretch.settings.optimizer] for stretch in content.stretches)
    notes = [f"{kind.label}: {kind.scikit_learn_note}." for kind in kinds if kind.scikit_learn_note]
    # Its squared error is half of ours: the same steps take twice the rate, but for those that divide by the gradient.
    halved = e.is_regression
    doubles = " * (1 if setting[\"optimizer\"][\"solver\"] == \"adam\" else 2)" if halved else ""
    code = TRAIN.replace("$RATE", f"setting[\"learning_rate\"](epoch){doubles}")
    code = code.replace("$HALF", "; its squared error is half of ours" if halved else "")
    code = code.replace("$ALPHA", "setting[\"l2\"]" + (" / 2" if halved else ""))
    score = "mean_squared_error(Y_TRAIN, predict(X_TRAIN, parameters)[:, 0])" if e.is_regression else (
        f"log_loss(Y_TRAIN, predict(X_TRAIN, parameters){'[:, 0]' if e.n_outputs == 1 else ''}, "
        f"labels=range({len(content.class_names)}))")  # fmt: skip
    loss = f'def loss(parameters):\n    """The loss on the training set."""\n    return {score}'
    optimizers = "\n".join(f"{kind.name} = dict({kind.scikit_learn_code})" for kind in kinds)
    text = " ".join(["Show the data, follow the gradient, repeat.", *notes])
    return [
        first_weights_section(content),
        Section("Training", text, "\n\n\n".join([optimizers, stretches_code(content), loss, train_code(content, code)])),
    ]
