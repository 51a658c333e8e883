"""A run in numbers: its losses, its data and its predictions as CSV, which any spreadsheet opens.

What the test set says stays sealed in these files, too: until it was opened, its rows have neither target nor prediction.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO

import numpy as np

from nncore.arguments import checked, flag, kind_of, optional, whole
from nncore.data.datasets import load_dataset
from nncore.data.own.parsing.kinds import is_own
from nncore.data.splits import Split
from nncore.experiments.experiment import Experiment, build_network, build_split
from nncore.experiments.recording.chunk_store import ChunkStore
from nncore.experiments.recording.recording import Recording
from nncore.experiments.run import Run
from nncore.metrics import predicted_labels

Array = np.ndarray
SETS = ("train", "validation", "test")
# What the scores of a frame are in a recording of another architecture, by how many there are.
SCORES = {
    1: ("training_loss",),
    2: ("training_loss", "held_out_loss"),
    3: ("training_loss", "training_share_right", "held_out_share_right"),
}
# At the beginning of a text, in a spreadsheet: the last four are the wide signs of East Asian ones.
_RUNS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII)  # such as the class "-1": it stays as it is


@checked(run=kind_of(Run), frame=whole(0), store=optional(kind_of(ChunkStore)))
def loss_table(run: Run, frame: int, store: ChunkStore | None = None) -> str:
    """The recorded losses and scores of `run` up to `frame` as CSV: a row for each snapshot.

    Columns: snapshot, epoch, training_loss, validation_loss, training_accuracy, validation_accuracy (or ..._r_squared).
    What is not defined is left empty. Numbers are written in full, as they were recorded.
    """
    epochs, scores, _ = (store or ChunkStore()).scores(run, frame)
    score = "r_squared" if run.experiment.is_regression else "accuracy"
    head = ("snapshot", "epoch", "training_loss", "validation_loss", f"training_{score}", f"validation_{score}")
    return _csv(head, ((k, epoch, *row) for k, (epoch, row) in enumerate(zip(epochs, scores, strict=True))))


@checked(recording=kind_of(Recording), frame=whole(0))
def recording_table(recording: Recording, frame: int) -> str:
    """The losses of a training of another architecture, up to `frame`, as CSV: a row for each snapshot.

    Columns: snapshot, updates, training_loss, then training_share_right and held_out_share_right, or held_out_loss where
    nothing is right or wrong, or neither. Raises ValueError for a recording of other scores.
    """
    n_scores = recording.scores.shape[1]
    if n_scores not in SCORES:
        raise ValueError(f"recording must have 1 to 3 scores of each frame, got {n_scores}")
    rows = zip(recording.updates[: frame + 1], recording.scores[: frame + 1], strict=True)
    return _csv(("snapshot", "updates", *SCORES[n_scores]), ((k, updates, *row) for k, (updates, row) in enumerate(rows)))


@checked(run=kind_of(Run), is_open=flag)
def data_table(run: Run, is_open: bool = False) -> str:
    """Every row of the data of `run` as CSV: its number, its set, its raw columns under their names, and its target.

    A value that was missing is left empty, whatever it was filled with for the network. A test row has no target unless the
    test set `is_open`.
    """
    split = build_split(run.experiment)
    data, X = split.dataset, _raw_columns(run.experiment, split)
    head = ("row", "set", *data.feature_names, data.target_name)
    targets = _targets(split)
    shown = _shown_rows(split, is_open)
    return _csv(head, ((row, name, *X[row], targets[row] if row in shown else None) for row, name in _rows(split)))


@checked(run=kind_of(Run), frame=whole(0), is_open=flag, store=optional(kind_of(ChunkStore)))
def prediction_table(run: Run, frame: int, is_open: bool = False, store: ChunkStore | None = None) -> str:
    """What the network of `run` at `frame` says of every row, as CSV: its number, set, target and prediction.

    For classes a column for the probability or output of each follows, and whether the prediction is right; for numbers
    the residual, predicted minus true. A test row has its number and set alone unless the test set `is_open`.
    """
    settings, split = run.prefix(run.segment_of(frame)).settings, build_split(run.experiment)
    network = build_network(settings)
    network.parameters = (store or ChunkStore()).frame(run, frame)
    data, shown = split.dataset, _shown_rows(split, is_open)
    inputs = np.concatenate([getattr(split, f"X_{name}") for name in SETS])
    outputs = network.predict(inputs)
    if data.is_regression:
        told = ["residual"]
        answers = [(true, said, said - true) for true, said in zip(_in_order(split), outputs[:, 0], strict=True)]
    else:
        names, labels = data.class_names, predicted_labels(outputs, network.output)
        told = ["right", *(f"output_{name}" for name in (names if outputs.shape[1] > 1 else names[1:2]))]
        answers = [(names[true], names[said], "yes" if true == said else "no", *row)
                   for true, said, row in zip(_in_order(split).astype(int), labels, outputs, strict=True)]  # fmt: skip
    head = ("row", "set", data.target_name, f"predicted_{data.target_name}", *told)
    blank = (None,) * (len(head) - 2)
    return _csv(head, ((row, name, *(answer if row in shown else blank))
                       for (row, name), answer in zip(_rows(split), answers, strict=True)))  # fmt: skip


def _raw_columns(e: Experiment, split: Split) -> Array:
    """The raw columns (N, D) as they came, nan where a value was missing."""
    return load_dataset(e.dataset, e.samples, e.noise, e.data_seed, e.columns).X if is_own(e.dataset) else split.dataset.X


def _rows(split: Split) -> Iterable[tuple[int, str]]:
    """The numbers of all rows with the names of their sets, set after set."""
    return ((int(row), name) for name in SETS for row in getattr(split, name))


def _in_order(split: Split) -> Array:
    return np.concatenate([np.asarray(getattr(split, f"y_{name}"), dtype=float) for name in SETS])


def _shown_rows(split: Split, is_open: bool) -> set[int]:
    """The rows whose targets and predictions may be seen."""
    return {row for row, name in _rows(split) if is_open or name != "test"}


def _targets(split: Split) -> Sequence[float | str]:
    data = split.dataset
    return data.y if data.is_regression else [data.class_names[int(label)] for label in data.y]


def _csv(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Rows as CSV (RFC 4180) under the names of their columns."""
    text = StringIO()
    write = csv.writer(text, lineterminator="\r\n")
    write.writerow([_cell(name) for name in head])
    write.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue()


def _cell(value: object) -> object:
    """A value as a spreadsheet may read it: no formula in what came from outside, nothing where there is no number.

    An apostrophe before it says that it is text; a reader of tables takes that off again (`nncore.data.read_table`).
    """
    if value is None or isinstance(value, str):
        runs = value and value.lstrip(" ").startswith(_RUNS_AS_FORMULA) and not _NUMBER.fullmatch(value)
        return f"'{value}" if runs else value
    if isinstance(value, int | np.integer):
        return int(value)
    return repr(float(value)) if np.isfinite(value) else ""
