"""What an export is made of: the network at one frame, its data, and the settings under which it was trained until then."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nncore.data.datasets import load_dataset
from nncore.data.own.parsing.kinds import dataset_kind, is_own
from nncore.data.splits import Split
from nncore.experiments.experiment import Experiment, build_network, build_split
from nncore.experiments.recording.chunk_store import ChunkStore
from nncore.experiments.run import Run
from nncore.models.dense import Network

Array = np.ndarray

FEWEST_EPOCHS = 20  # that exported code trains by default, even of a run that is looked at earlier


@dataclass(frozen=True)
class Stretch:
    """One stretch of constant settings: `epochs` epochs (None: the last one, to any end) of at most `limit`.

    Where weights were set `by_hand` before it begins, `edits` are their places in the flat parameter vector with the values.
    `start` are parameters (P,) from which it begins where all were set, or training does not lead there by whole epochs;
    else None.
    """

    settings: Experiment
    epochs: int | None
    limit: int
    edits: tuple[tuple[int, float], ...] = ()
    start: Array | None = None
    by_hand: bool = False


@dataclass(frozen=True, eq=False)
class Content:
    """A run at its frame: `parameters` (P,) float32 after `epoch` epochs; `epochs` are trained again by default."""

    run: Run
    parameters: Array
    epoch: float
    epochs: int
    stretches: tuple[Stretch, ...]

    @property
    def experiment(self) -> Experiment:
        """What was picked before training began."""
        return self.run.experiment

    @cached_property
    def split(self) -> Split:
        """The data, in raw columns and as the network sees them."""
        return build_split(self.experiment)

    @cached_property
    def first_network(self) -> Network:
        """The network at its first weights."""
        return build_network(self.experiment)

    @property
    def activations(self) -> tuple[str, ...]:
        """The activation of each hidden layer."""
        return self.first_network.activations

    @property
    def class_names(self) -> tuple[str, ...]:
        """The names of the classes; () for regression."""
        return self.split.dataset.class_names

    @property
    def title(self) -> str:
        """What was trained, in a line: dataset and layer sizes."""
        return f"{dataset_kind(self.experiment.dataset).title}, {'-'.join(map(str, self.experiment.sizes))}"

    @cached_property
    def fill(self) -> Array | None:
        """What missing values of the raw columns are filled with, (D,); None for data that have none."""
        e = self.experiment
        if not is_own(e.dataset):
            return None
        raw = load_dataset(e.dataset, e.samples, e.noise, e.data_seed, e.columns)
        return self.split.fill if np.isnan(raw.X).any() else None


def content_of(run: Run, frame: int, store: ChunkStore | None = None) -> Content:
    """What is exported of `run` at `frame`, or at its last frame where training stops before; trained where it must be."""
    store = store or ChunkStore()
    last = max(frame, FEWEST_EPOCHS)
    run = store.trained(run.prefix(run.segment_of(last)))
    epochs, _, _ = store.scores(run, last)
    parameters = store.frame(run, min(frame, len(epochs) - 1))
    stretches = tuple(_stretch(run, number, epochs, store) for number in range(len(run.segments)))
    return Content(run, parameters, float(epochs[min(frame, len(epochs) - 1)]), int(epochs[-1]), stretches)


def _stretch(run: Run, number: int, epochs: Array, store: ChunkStore) -> Stretch:
    segment, edits, start, trained, by_hand = run.segments[number], (), None, None, False
    if number:
        branch = run.branches[number - 1]
        by_hand = branch.by_hand
        if branch.parameters:
            start = np.frombuffer(branch.parameters, np.float32)
        elif epochs[branch.frame] % 1:  # it leaves from an update in the middle of an epoch that diverged
            start = store.frame(run, branch.frame)
        places = build_network(run.experiment).matrices(np.arange(run.experiment.n_parameters))
        edits = tuple((int(places[edit.layer][edit.row, edit.column]), edit.value) for edit in branch.edits)
    if number < len(run.branches):
        trained = int(epochs[run.branches[number].frame]) - segment.epochs_before
    return Stretch(segment.experiment, trained, max(1, segment.epoch_limit), edits, start, by_hand)
