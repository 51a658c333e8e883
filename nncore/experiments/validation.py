"""The rules that an Experiment keeps: what each setting may be, and which go together.

Settings come as a mapping and go back as one: every check raises a ValueError that names the setting, the rule and the
value; settings left open are filled in.
"""

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np

from nncore.arguments import checked, mapping, optional, text, whole
from nncore.checks import require_number, require_one_of, require_whole, shown
from nncore.data.datasets import DATASETS, MAX_NOISE
from nncore.data.features import FEATURES, SCALINGS
from nncore.data.own.parsing.kinds import dataset_kind
from nncore.models.activations import ACTIVATIONS
from nncore.models.architecture import OUTPUTS, check_output, probability_output
from nncore.models.initializers import INITIALIZERS
from nncore.models.losses import LOSSES
from nncore.training.optimizers import OPTIMIZERS
from nncore.training.schedules import SCHEDULES
from nncore.training.stopping import STOP_RULES

MAX_LAYERS, MAX_WIDTH, MAX_SEED = 6, 64, 9999

Settings = dict[str, Any]

# The names that a setting may have; of a list, each item.
CHOICES: dict[str, Collection[str]] = {
    "dataset": DATASETS, "features": FEATURES, "scaling": SCALINGS, "activation": ACTIVATIONS, "output": OUTPUTS,
    "loss": LOSSES, "initializer": INITIALIZERS, "optimizer": OPTIMIZERS, "schedule": SCHEDULES, "stop_rule": STOP_RULES,
}  # fmt: skip
MAX_PERCENT, MAX_HELD_BACK = 80, 90  # of the samples: one of the validation and test sets, and both together
# The smallest and the largest value, None for no end; of a list, of each item. The dataset decides on `samples`.
LIMITS: dict[str, tuple[float, float | None]] = {
    "noise": (0, MAX_NOISE), "validation": (0, MAX_PERCENT), "test": (0, MAX_PERCENT),
    **dict.fromkeys(("data_seed", "split_seed", "weight_seed", "batch_seed", "start"), (0, MAX_SEED)),
    "hidden": (1, MAX_WIDTH), "batch_size": (1, None), "patience": (1, 100_000), "epoch_limit": (1, 1_000_000),
    "learning_rate": (1e-5, 10), "l1": (0, 10), "l2": (0, 10), "tolerance": (1e-12, 1),
}  # fmt: skip


@checked(settings=mapping)
def checked_settings(settings: Mapping[str, Any]) -> Settings:
    """All settings of an Experiment, in plain hashable Python, with defaults filled in. Raises ValueError."""
    filled = {name: plain(value) for name, value in settings.items()}
    if isinstance(filled["activation"], str):
        filled["activation"] = (filled["activation"],)
    for name in ("columns", "features", "hidden", "activation"):
        if not isinstance(filled[name], tuple):
            raise ValueError(f"{name} must be a tuple, got {shown(filled[name])}")
    for check in (_check_data, _check_features, _check_split, _check_layers, _check_output, _check_training):
        filled |= check(filled)
    return filled


def plain(value: object, depth: int = 3) -> object:
    """`value` in plain, hashable Python: a list or an array as a tuple, NumPy's numbers as Python's.

    What lies in more than `depth` lists stays as it is: no setting is that deep.
    """
    if isinstance(value, np.ndarray) and not np.ma.is_masked(value):
        value = value.tolist()
    if isinstance(value, list | tuple) and depth:
        return tuple(plain(item, depth - 1) for item in value)
    return value.item() if isinstance(value, np.generic) else value


@checked(n_classes=whole(0), output=optional(text))
def count_outputs(n_classes: int, output: str | None) -> int:
    """Number of output neurons: one for a number (no classes), and two classes share one, unless the output is softmax."""
    if n_classes == 0:
        return 1
    return 1 if n_classes == 2 and output != "softmax" else n_classes


def _check_data(settings: Settings) -> Settings:
    """Checks dataset, samples, noise and columns; fills in what the dataset decides."""
    kind = dataset_kind(settings["dataset"])
    samples = settings["samples"]
    if samples is None or not kind.is_split:
        samples = kind.default_samples
    samples = require_whole("samples", samples, kind.min_samples, kind.max_samples)
    require_whole("noise", settings["noise"], *LIMITS["noise"])
    columns = settings["columns"]
    for k, column in enumerate(columns):  # of a set without columns to choose from they are dropped, but are numbers
        require_whole(f"columns[{k}]", column, 0, kind.n_inputs - 1 if kind.n_inputs > 2 else None)
    columns = columns if kind.n_inputs > 2 else ()
    if len(set(columns)) < len(columns):
        raise ValueError(f"columns must not repeat, got {columns}")
    noise = settings["noise"] if kind.noise_matters else 0
    return {"dataset": kind.name, "samples": samples, "noise": noise, "columns": columns}


def _check_features(settings: Settings) -> Settings:
    """Checks the input features; fills in those that go with the number of raw inputs."""
    features = settings["features"]
    for k, name in enumerate(features):
        require_one_of(f"features[{k}]", name, FEATURES)
    n_raw_inputs = len(settings["columns"]) or dataset_kind(settings["dataset"]).n_inputs
    if n_raw_inputs > 2:
        features = ()
    elif n_raw_inputs == 1:
        features = tuple(name for name in features if FEATURES[name].inputs_needed == 1) or ("x1",)
    elif not features:
        features = ("x1", "x2")
    # In the table's order and once each, so that the same choice is the same Experiment.
    return {"features": tuple(name for name in FEATURES if name in features)}


def _check_split(settings: Settings) -> Settings:
    """Checks the scaling, the shares of the sets and all seeds."""
    require_one_of("scaling", settings["scaling"], SCALINGS)
    for name in ("validation", "test"):
        require_whole(name, settings[name], *LIMITS[name])
    validation, test = settings["validation"], settings["test"]
    if validation + test > MAX_HELD_BACK:
        raise ValueError(f"validation + test must be at most {MAX_HELD_BACK} percent, got {validation} + {test}")
    for name in ("data_seed", "split_seed", "weight_seed", "batch_seed"):
        require_whole(name, settings[name], *LIMITS[name])
    return {}


def _check_layers(settings: Settings) -> Settings:
    """Checks the hidden layers, their activations and the first weights."""
    hidden, activation = settings["hidden"], settings["activation"]
    if len(hidden) > MAX_LAYERS:
        raise ValueError(f"hidden must have at most {MAX_LAYERS} layers, got {len(hidden)}")
    for k, width in enumerate(hidden):
        require_whole(f"hidden[{k}]", width, *LIMITS["hidden"])
    for k, name in enumerate(activation):
        require_one_of(f"activation[{k}]", name, ACTIVATIONS)
    if not activation or len(activation) not in (1, len(hidden)):
        raise ValueError(f"activation must be one name or one per hidden layer ({len(hidden)}), got {len(activation)}")
    require_one_of("initializer", settings["initializer"], INITIALIZERS)
    require_whole("start", settings["start"], *LIMITS["start"])
    return {"activation": activation[:1] if len(set(activation)) == 1 else activation}


def _check_output(settings: Settings) -> Settings:
    """Checks output and loss, or fills in those that go with the dataset."""
    n_classes = dataset_kind(settings["dataset"]).n_classes
    output, loss = settings["output"], settings["loss"]
    if output is None:
        output = {0: "identity", 2: "sigmoid"}.get(n_classes, "softmax")
    require_one_of("output", output, OUTPUTS)
    n_outputs = count_outputs(n_classes, output)
    if loss is None:
        fits = n_classes and output == probability_output(n_outputs)
        loss = "cross_entropy" if fits else "mse"
    require_one_of("loss", loss, LOSSES)
    if n_classes == 0 and LOSSES[loss].needs_probabilities:
        *others, last = [name for name, entry in LOSSES.items() if not entry.needs_probabilities]
        raise ValueError(f"loss must be {', '.join(others)} or {last} for regression, got {loss!r}")
    check_output(output, loss, n_outputs)
    return {"output": output, "loss": loss}


def _check_training(settings: Settings) -> Settings:
    """Checks optimizer, learning rate, batches, penalties and stop rule."""
    require_one_of("optimizer", settings["optimizer"], OPTIMIZERS)
    require_one_of("schedule", settings["schedule"], SCHEDULES)
    require_one_of("stop_rule", settings["stop_rule"], STOP_RULES)
    for name in ("batch_size", "patience", "epoch_limit"):
        if name == "patience" or settings[name] is not None:
            require_whole(name, settings[name], *LIMITS[name])
    numbers = ("learning_rate", "l1", "l2", "tolerance")
    return {name: require_number(name, settings[name], *LIMITS[name]) for name in numbers}
