"""The rules that an Experiment keeps: what each setting may be, and which go together.

Each check raises a ValueError that names the setting, the rule and the value; settings left open are filled in.
"""

from typing import TYPE_CHECKING

from nncore.checks import require_number, require_one_of, require_whole
from nncore.data.datasets import DATASETS, MAX_NOISE
from nncore.data.features import FEATURES, SCALINGS
from nncore.models.activations import ACTIVATIONS
from nncore.models.dense import OUTPUTS, check_output
from nncore.models.initializers import INITIALIZERS
from nncore.models.losses import LOSSES
from nncore.training.optimizers import OPTIMIZERS, SCHEDULES
from nncore.training.stopping import STOP_RULES

if TYPE_CHECKING:
    from nncore.experiments.experiment import Experiment

MAX_LAYERS, MAX_WIDTH, MAX_SEED = 6, 64, 9999


def settle(e: "Experiment", **values: object) -> None:
    """Sets fields of an Experiment that is being made; afterwards it is frozen."""
    for name, value in values.items():
        object.__setattr__(e, name, value)


def check_data(e: "Experiment") -> None:
    """Checks dataset, samples, noise, columns, features, scaling, shares and seeds; fills in what the dataset decides."""
    require_one_of("dataset", e.dataset, DATASETS)
    kind = DATASETS[e.dataset]
    if e.samples is None or not kind.is_split:
        settle(e, samples=kind.default_samples)
    require_whole("samples", e.samples, kind.min_samples, kind.max_samples)
    require_whole("noise", e.noise, 0, MAX_NOISE)
    if not kind.noise_matters:
        settle(e, noise=0)
    if kind.n_inputs <= 2:
        settle(e, columns=())
    for k, column in enumerate(e.columns):
        require_whole(f"columns[{k}]", column, 0, kind.n_inputs - 1)
    if len(set(e.columns)) < len(e.columns):
        raise ValueError(f"columns must not repeat, got {e.columns}")
    _check_features(e)
    require_one_of("scaling", e.scaling, SCALINGS)
    for name in ("validation", "test"):
        require_whole(name, getattr(e, name), 0, 80)
    if e.validation + e.test > 90:
        raise ValueError(f"validation + test must be at most 90 percent, got {e.validation} + {e.test}")
    for name in ("data_seed", "split_seed", "weight_seed", "batch_seed"):
        require_whole(name, getattr(e, name), 0, MAX_SEED)


def _check_features(e: "Experiment") -> None:
    for k, name in enumerate(e.features):
        require_one_of(f"features[{k}]", name, FEATURES)
    if e.n_raw_inputs > 2:
        settle(e, features=())
    elif e.n_raw_inputs == 1:
        settle(e, features=tuple(name for name in e.features if FEATURES[name].inputs_needed == 1) or ("x1",))
    elif not e.features:
        settle(e, features=("x1", "x2"))
    # In the table's order and once each, so that the same choice is the same Experiment.
    settle(e, features=tuple(name for name in FEATURES if name in e.features))


def check_network(e: "Experiment") -> None:
    """Checks layers, activations, output, loss and initializer; fills in the output and the loss."""
    if len(e.hidden) > MAX_LAYERS:
        raise ValueError(f"hidden must have at most {MAX_LAYERS} layers, got {len(e.hidden)}")
    for k, width in enumerate(e.hidden):
        require_whole(f"hidden[{k}]", width, 1, MAX_WIDTH)
    for k, name in enumerate(e.activation):
        require_one_of(f"activation[{k}]", name, ACTIVATIONS)
    if not e.activation or len(e.activation) not in (1, len(e.hidden)):
        raise ValueError(
            f"activation must be one name or one per hidden layer ({len(e.hidden)}), got {len(e.activation)}"
        )
    if len(set(e.activation)) == 1:
        settle(e, activation=e.activation[:1])
    if e.output is None:
        settle(e, output=_default_output(e))
    require_one_of("output", e.output, OUTPUTS)
    if e.loss is None:
        fits = not e.is_regression and e.output == ("sigmoid" if e.n_outputs == 1 else "softmax")
        settle(e, loss="cross_entropy" if fits else "mse")
    require_one_of("loss", e.loss, LOSSES)
    if e.is_regression and e.loss == "cross_entropy":
        raise ValueError("loss must be mse, mae or huber for regression, got 'cross_entropy'")
    check_output(e.output, e.loss, e.n_outputs)
    require_one_of("initializer", e.initializer, INITIALIZERS)
    require_whole("start", e.start, 0, MAX_SEED)


def _default_output(e: "Experiment") -> str:
    if e.is_regression:
        return "identity"
    return "sigmoid" if DATASETS[e.dataset].n_classes == 2 else "softmax"


def check_training(e: "Experiment") -> None:
    """Checks optimizer, learning rate, batches, penalties and stop rule."""
    require_one_of("optimizer", e.optimizer, OPTIMIZERS)
    settle(e, learning_rate=require_number("learning_rate", e.learning_rate, 1e-5, 10))
    require_one_of("schedule", e.schedule, SCHEDULES)
    if e.batch_size is not None:
        require_whole("batch_size", e.batch_size, 1)
    for name in ("l1", "l2"):
        settle(e, **{name: require_number(name, getattr(e, name), 0, 10)})
    require_one_of("stop_rule", e.stop_rule, STOP_RULES)
    settle(e, tolerance=require_number("tolerance", e.tolerance, 1e-12, 1))
    require_whole("patience", e.patience, 1, 100_000)
    if e.epoch_limit is not None:
        require_whole("epoch_limit", e.epoch_limit, 1, 1_000_000)
