"""Experiment: everything a person picked, in one frozen value.

Data, network and training follow from it alone, so the same Experiment gives the same training, bit for bit. It is
hashable (results are cached by it), and it turns to and from flat text (a link carries it).
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from nncore.arguments import checked, kind_of, optional, set_fields, texts_by_name, whole
from nncore.cache import cached
from nncore.checks import require_kind
from nncore.data.batching import updates_per_epoch
from nncore.data.datasets import load_dataset
from nncore.data.own.parsing.kinds import dataset_kind
from nncore.data.own.shelf import UnknownTable
from nncore.data.splits import Split, make_split
from nncore.experiments.link_text import read_fields, write_field
from nncore.experiments.repairing import repair_experiment
from nncore.experiments.validation import MAX_LAYERS, MAX_SEED, MAX_WIDTH, checked_settings, count_outputs, plain
from nncore.models.architecture import count_parameters
from nncore.models.dense import Network
from nncore.training.stopping import STOP_RULES, StopRule

__all__ = [
    "BRANCHABLE", "MAX_LAYERS", "MAX_SEED", "MAX_WIDTH", "Experiment", "build_network", "build_rule", "build_split",
]

# What may change in the middle of a run; anything else makes a new one.
BRANCHABLE = (
    "optimizer", "learning_rate", "schedule", "batch_size", "l1", "l2",
    "stop_rule", "tolerance", "patience", "epoch_limit",
)


@dataclass(frozen=True)
class Experiment:
    """What is learned, by which network, and how it is trained. Raises ValueError for invalid settings.

    `dataset` is a name of the table or one that says a person's own data (see `dataset_kind`).
    None for `samples`, `output` and `loss` is replaced by the dataset's default. Shares are in percent, `columns` are
    indices of a real dataset's columns (() for all), `features` go with one or two inputs, `activation` has one name
    for all hidden layers or one for each, `start` is which of the seed's many first weights, `batch_size` None is full
    batch, `epoch_limit` None is as far as a run can be recorded.
    """

    dataset: str = "circle"
    samples: int | None = None
    noise: int = 0
    columns: tuple[int, ...] = ()
    features: tuple[str, ...] = ("x1", "x2")
    scaling: str = "none"
    validation: int = 30
    test: int = 20
    data_seed: int = 0
    split_seed: int = 0
    hidden: tuple[int, ...] = (8, 8)
    activation: tuple[str, ...] = ("tanh",)
    output: str | None = None
    loss: str | None = None
    initializer: str = "xavier_normal"
    weight_seed: int = 0
    start: int = 0
    optimizer: str = "sgd"
    learning_rate: float = 0.03
    schedule: str = "constant"
    batch_size: int | None = 10
    batch_seed: int = 0
    l1: float = 0.0
    l2: float = 0.0
    stop_rule: str = "none"
    tolerance: float = 1e-4
    patience: int = 50
    epoch_limit: int | None = None

    def __post_init__(self):
        # The one moment at which fields are written; after it the dataclass is frozen.
        set_fields(self, **checked_settings({field.name: getattr(self, field.name) for field in fields(self)}))
        kind = dataset_kind(self.dataset)
        # Kept, as a person's table may have to make room while its experiment is still on screen.
        set_fields(self, _n_classes=kind.n_classes, _n_columns=kind.n_inputs)

    @property
    def n_classes(self) -> int:
        """Number of classes, 0 for regression."""
        return self._n_classes

    @property
    def is_regression(self) -> bool:
        """Whether the target is a number rather than a class."""
        return self._n_classes == 0

    @property
    def n_raw_inputs(self) -> int:
        """Number of raw input columns, before features."""
        return len(self.columns) or self._n_columns

    @property
    def n_outputs(self) -> int:
        """Number of output neurons: two classes share one, unless the output is softmax."""
        return count_outputs(self._n_classes, self.output)

    @property
    def sizes(self) -> tuple[int, ...]:
        """Layer sizes (D, *hidden, K)."""
        return (len(self.features) or self.n_raw_inputs, *self.hidden, self.n_outputs)

    @property
    def n_parameters(self) -> int:
        """Number of weights and biases."""
        return count_parameters(self.sizes)

    @property
    def updates_per_epoch(self) -> int:
        """How many updates an epoch makes."""
        return updates_per_epoch(len(build_split(self).train), self.batch_size)

    def changes_to(self, other: "Experiment") -> dict[str, object]:
        """The fields, in order, in which `other` differs, with its values."""
        require_kind("other", other, Experiment)
        names = (field.name for field in fields(self))
        return {name: getattr(other, name) for name in names if getattr(self, name) != getattr(other, name)}

    def to_dict(self) -> dict[str, str]:
        """What differs from the defaults, as flat text; all of it for a person's table that is not there any more."""
        try:
            names = list(Experiment(dataset=self.dataset).changes_to(self))
        except UnknownTable:
            names = [field.name for field in fields(self)]
        changed = {name: write_field(getattr(self, name)) for name in names}
        return {"dataset": self.dataset, **changed}

    @classmethod
    @checked(texts=texts_by_name)
    def from_dict(cls, texts: Mapping[str, str]) -> "Experiment":
        """The Experiment of `to_dict`. Raises ValueError for a name or a value that cannot be."""
        values, problems = read_fields(cls, texts)
        if problems:
            raise ValueError(problems[0])
        return cls(**values)

    @classmethod
    @checked(texts=texts_by_name)
    def repair(cls, texts: Mapping[str, str]) -> tuple["Experiment", list[str]]:
        """The Experiment nearest to `texts`, and one sentence for each value that is another than the one asked for."""
        return repair_experiment(cls, texts)

    def with_changes(self, **changes: object) -> "Experiment":
        """A copy with some fields changed; what the dataset, the output or the depth decides starts anew with them."""
        unknown = sorted(set(changes) - {field.name for field in fields(self)})
        if unknown:
            raise ValueError(f"changes must be of settings of an Experiment, got {unknown[0]!r}")
        if changes.get("dataset", self.dataset) != self.dataset:
            changes = {"samples": None, "columns": (), "features": (), "output": None, "loss": None} | changes
        if "output" in changes:
            changes = {"loss": None} | changes
        hidden = plain(changes.get("hidden", self.hidden))
        if isinstance(hidden, tuple) and len(hidden) != len(self.hidden):
            changes = {"activation": self.activation[:1]} | changes
        return replace(self, **changes)

    def without_stop_rule(self) -> "Experiment":
        """A copy that trains for as long as it is asked to: without stop rule and epoch limit."""
        return replace(self, stop_rule="none", epoch_limit=None)


def _split(
    dataset: str, samples: int, noise: int, columns: tuple[int, ...], features: tuple[str, ...], scaling: str,
    validation: int, test: int, data_seed: int, split_seed: int,
) -> Split:
    data = load_dataset(dataset, samples, noise, data_seed, columns)
    return make_split(data, features, scaling, validation, test, split_seed)


@checked(experiment=kind_of(Experiment))
def build_split(experiment: Experiment) -> Split:
    """The experiment's data, split; shared, read-only."""
    e = experiment
    return cached(
        _split, e.dataset, e.samples, e.noise, e.columns, e.features, e.scaling, e.validation, e.test, e.data_seed,
        e.split_seed, n_bytes=_split_bytes,
    )  # fmt: skip


def _split_bytes(split: Split) -> int:
    arrays = (split.dataset.X, split.dataset.y, split.train, split.validation, split.test, split.X_train, split.y_train,
              split.X_validation, split.y_validation, split.X_test, split.y_test)  # fmt: skip
    return sum(array.nbytes for array in arrays) + 2000


@checked(experiment=kind_of(Experiment), runs=optional(whole(1)))
def build_network(experiment: Experiment, runs: int | None = None) -> Network:
    """The experiment's network at its first weights; with `runs`, that many starts counted from its own."""
    e = experiment
    activation = e.activation[0] if len(e.activation) == 1 else e.activation
    return Network(
        e.sizes, activation, e.output, e.loss, e.initializer, e.l1, e.l2, seed=e.weight_seed, runs=runs, start=e.start
    )


@checked(experiment=kind_of(Experiment))
def build_rule(experiment: Experiment) -> StopRule | None:
    """The experiment's stop rule; without a validation set, patience watches the training loss."""
    rule = STOP_RULES[experiment.stop_rule]
    if rule is None:
        return None
    if not rule.watches_loss:
        return rule(experiment.tolerance)
    split = build_split(experiment)
    if len(split.validation):
        return rule(split.X_validation, split.y_validation, experiment.patience)
    return rule(split.X_train, split.y_train, experiment.patience, watched="training")
