"""Sections: the parts that the texts share, in the order in which a reader needs them.

A text is a list of sections, each with a heading, a few sentences, a formula for the notebook, and code. Here are those that
are the same whatever library computes: the raw inputs, the first weights, the data.
"""

import re
import textwrap
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from nncore.data.features import FEATURES
from nncore.export.content import Content
from nncore.export.packing import READABLE, UNPACK, exact, in_lines, numbers, packed
from nncore.export.rounding import decided_by_rounding
from nncore.models.initializers import INITIALIZERS
from nncore.models.targets import class_targets

Array = np.ndarray


class Section(NamedTuple):
    """One part of a text; `formula` is LaTeX, for those who can show it."""

    heading: str
    text: str
    code: str
    formula: str = ""


def module_text(about: str, sections: Iterable[Section]) -> str:
    """The sections as one module, whose docstring is `about`."""
    parts = [f'"""{about}\n"""\n']
    for section in sections:
        words = textwrap.wrap(f"{section.heading}. {section.text}", 105)
        code = section.code.strip()
        apart = "\n\n\n" if code.startswith(("def ", "class ")) else "\n\n"
        parts.append("\n".join(f"# {line}" for line in words) + f"{apart}{code}\n")
    return "\n\n".join(parts)


def entry_code(entry: object, field: str) -> str:
    """The form of a table's `entry` that stands in its `field`. Raises ValueError for an entry that has none."""
    code = getattr(entry, field)
    if not code:
        raise ValueError(f"{entry.name} must have {field} to be exported, got none")
    return code


def about(content: Content, language: str, needs: str) -> str:
    """The docstring of a text: what it is, and what can be called."""
    e, names = content.experiment, content.class_names
    answers = (
        f"`classify(X)` names the class of each row: {_in_words(', '.join(names))}." if names
        else f"It predicts the {_in_words(content.split.dataset.target_name)}."
    )  # fmt: skip
    sentences = (
        f"`predict(X)` gives the network's outputs (N, {e.n_outputs}) for raw inputs X (N, {e.n_raw_inputs})"
        f"{_made_of_them(content)}. {answers} `PARAMETERS` are the weights and biases after "
        f"{_trained_for(content)}. `train()` trains once more, from the same first weights in the same order of batches, "
        f"and gives the same losses{', up to the last whole epoch' if content.epoch % 1 else ''}."
    )
    if (epoch := decided_by_rounding(content)) is not None:
        sentences += (
            f" But rounding decides this training: first weights that differ in their sixteenth digit give other losses "
            f"from epoch {epoch} on. Sums in another order are rounded otherwise, so from there on these losses may differ."
        )
    head = f"A network in {language}: {_in_words(content.title)}, trained with Glassbox. It needs {needs}."
    return f"{head}\n\n" + "\n".join(textwrap.wrap(sentences, 105))


def _made_of_them(content: Content) -> str:
    """What the network is given is not what goes in: in words, "" where it is."""
    made = _columns(content) * ["computes the features"] + (content.experiment.scaling != "none") * ["scales them"]
    return f": it {' and '.join(made)} itself" if made else ""


def _columns(content: Content) -> bool:
    """Whether the features are others than the raw columns."""
    columns = [entry_code(FEATURES[name], "numpy_code") for name in content.split.transform.features]
    return bool(columns) and columns != [f"X[:, {k}]" for k in range(len(content.split.dataset.feature_names))]


def _trained_for(content: Content) -> str:
    """How long the parameters were trained, in words: whole epochs, and updates of one in which training diverged."""
    whole, part = divmod(content.epoch, 1)
    epochs = _counted(int(whole), "epoch")
    if not part:
        return epochs
    batch_size = content.stretches[-1].settings.batch_size
    per_epoch = -(-len(content.split.train) // batch_size) if batch_size else 1
    return f"{epochs} and {_counted(round(part * per_epoch), 'update')} of the next, in which training diverged"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _in_words(name: str) -> str:
    """A name from outside as words of a docstring, which it cannot end."""
    return re.sub(r'[\\"\x00-\x1f\x7f\x85\u2028\u2029]', " ", name)


def inputs_section(content: Content) -> Section:
    """From raw columns to what the network is given."""
    transform, dataset = content.split.transform, content.split.dataset
    columns = [entry_code(FEATURES[name], "numpy_code") for name in transform.features]
    steps, scaled = ["np.asarray(X, dtype=float)"], content.experiment.scaling != "none"
    if content.fill is not None:
        steps.append("np.where(np.isnan(X), FILL, X)  # a missing value is filled with its column's mean")
    if _columns(content):
        steps.append(f"np.column_stack([{', '.join(columns)}])")
    if scaled:
        steps.append("(X - MEAN) / SCALE")
    lines = [*(f"X = {step}" for step in steps[:-1]), f"return {steps[-1]}"]
    filled = "" if content.fill is None else f"FILL = {exact(content.fill)}\n"
    fitted = f"MEAN = {exact(transform.mean)}\nSCALE = {exact(transform.scale)}\n" if scaled else ""
    body = textwrap.indent("\n".join(lines), "    ")
    code = (
        f"INPUTS = {_names(dataset.feature_names)}\n{filled}{fitted}\n\n"
        f'def features(X):\n    """What the network is given, (N, {len(transform.mean)}), of raw columns X (N, '
        f'{len(dataset.feature_names)})."""\n{body}'
    )
    text = "Mean and deviation of each feature are those of the training set." if scaled else (
        "The network is given these features of the raw columns, as they are.")  # fmt: skip
    return Section("What goes in", text, code, r"x \leftarrow \frac{x - \mu}{s}" if scaled else "")


def _names(names: Iterable[str]) -> str:
    items = [repr(str(name)) for name in names]
    text = ", ".join(items)
    return f"[{text}]" if len(text) < 90 else f"[\n{in_lines(items)},\n]"


def classes_code(content: Content) -> str:
    """The code of `classify`; "" for regression."""
    if not content.class_names:
        return ""
    low, high = class_targets(content.experiment.output)
    rule = f"(predict(X)[:, 0] > {(low + high) / 2:g}).astype(int)" if content.experiment.n_outputs == 1 else (
        "predict(X).argmax(axis=1)")  # fmt: skip
    return (
        f"\n\n\nCLASSES = np.array({_names(content.class_names)})\n\n\n"
        f'def classify(X):\n    """The name of the class (N,) of each row of raw inputs X."""\n    return CLASSES[{rule}]'
    )


def targets_code(content: Content) -> str:
    """The code of `targets`, which makes what the outputs should be from labels or target values."""
    e, n = content.experiment, content.experiment.n_outputs
    says = f'"""What the outputs should be, (N, {n}), of y (N,)."""'
    if not content.class_names:
        return f"def targets(y):\n    {says}\n    return y[:, None]"
    low, high = class_targets(e.output)
    made = f"np.eye({n})[y]" if n > 1 else "y[:, None].astype(float)"
    scaled = made if (low, high) == (0.0, 1.0) else f"{low:g} + {high - low:g} * {made}"
    return f"def targets(y):\n    {says}\n    return {scaled}"


def first_weights_section(content: Content) -> Section:
    """The weights from which training starts: drawn by their formula, or as numbers where it has no short one."""
    e = content.experiment
    initializer = INITIALIZERS[e.initializer]
    if not initializer.numpy_code:
        code = packed_first_parameters(content.first_network.parameters)
        return Section("The first weights", f"They were drawn {initializer.label}; the biases start at 0.", code)
    code, drawn = initializer.numpy_code, "rng" in initializer.numpy_code
    code = f'''\
def first_parameters():
    """The parameters (P,) from which training starts: weights {"drawn at random" if drawn else f"all {code}"}, biases 0."""
''' + drawn * f'''\
    rng = np.random.default_rng(np.random.SeedSequence({e.weight_seed}, spawn_key=({e.start},)))
''' + f'''\
    parameters = np.zeros({e.n_parameters})
    for weights, _ in layers(parameters):
''' + drawn * '''\
        n_out, n_in = weights.shape
''' + f'''\
        weights[:] = {code}
    return parameters
'''
    return Section("The first weights", f"Initializer: {initializer.label}.", code, initializer.formula)


def packed_first_parameters(parameters: Array) -> str:
    """The code of `first_parameters`, with the numbers in it."""
    says = '"""The parameters (P,) from which training starts."""'
    return f"def first_parameters():\n    {says}\n    return {packed(parameters)}"


def _labels(labels: Array) -> str:
    """An expression for labels (N,): to read where there are few."""
    if len(labels) > READABLE:
        return packed(labels, "<i8")
    return f"np.array([\n{in_lines(map(str, labels))},\n])"


def numbers_section(content: Content) -> Section:
    """The numbers that the code above works with: parameters and training set."""
    split = content.split
    rows, is_class = split.dataset.X[split.train], bool(content.class_names)
    code = (
        f"{UNPACK}\n\nPARAMETERS = {numbers(content.parameters)}\n\nX_TRAIN = {packed(rows)}\n\n"
        f"Y_TRAIN = {_labels(split.y_train) if is_class else packed(split.y_train)}"
    )
    text = "The parameters on screen, and the training set in raw columns. Long arrays are packed."
    return Section("The numbers", text, code)
