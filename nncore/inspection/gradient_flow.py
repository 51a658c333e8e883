"""Gradient flow: how much of the gradient reaches each layer, over the whole of training.

On its way back, a gradient is multiplied by weights and derivatives once per layer. Factors below 1 make it vanish in the
first layers, which then hardly learn; factors above 1 make it explode.
"""

from dataclasses import dataclass

import numpy as np

from nncore.arguments import array, checked, kind_of, rows, whole
from nncore.checks import require_whole
from nncore.experiments.experiment import build_network, build_split
from nncore.experiments.recording.chunk_store import ChunkStore
from nncore.experiments.recording.frames import update_seconds
from nncore.experiments.run import Run
from nncore.handed_out import handed_out

Array = np.ndarray

MAX_SAMPLES = 200  # training samples that each gradient is taken on
MAX_FRAMES = 100
SECONDS = 0.03  # by the model of an update's time; with new buffers a large network's gradient takes far longer


@handed_out
@dataclass(frozen=True)
class GradientFlow:
    """Length of the gradient of each layer's weights and biases, `norms` (F, layers), at `frames` and `epochs` (F,).

    Taken on the first `n_samples` of the training set, always the same.
    """

    frames: Array
    epochs: Array
    norms: Array
    n_samples: int


@checked(store=kind_of(ChunkStore), run=kind_of(Run), last=whole(0), frame=whole(0))
def gradient_flow(store: ChunkStore, run: Run, last: int, frame: int = 0) -> GradientFlow:
    """The flow at frames spread over 0 to `last`, as many as take a moment; always 0, `frame` and `last`."""
    last = require_whole("last", last, 0, store.reached(run, last))
    frame = require_whole("frame", frame, 0, last)
    split = build_split(run.experiment)
    X, y = split.X_train[:MAX_SAMPLES], split.y_train[:MAX_SAMPLES]
    seconds = update_seconds(len(X), sum(run.experiment.sizes[1:]), run.experiment.n_parameters)
    count = int(np.clip(SECONDS / seconds, 10, MAX_FRAMES))
    frames = np.union1d(np.linspace(0, last, count).astype(int), [frame])
    epochs, _, _ = store.scores(run, last)
    norms = [layer_norms(store, run, int(number), X, y) for number in frames]
    return GradientFlow(frames, epochs[frames], np.array(norms), len(X))


@checked(store=kind_of(ChunkStore), run=kind_of(Run), frame=whole(0), X=array("N", "D"), y=rows)
def layer_norms(store: ChunkStore, run: Run, frame: int, X: Array, y: Array) -> Array:
    """Euclidean length of each layer's gradient of the objective on X (N, D), y at a recorded frame, (layers,)."""
    network = build_network(run.prefix(run.segment_of(frame)).settings)
    network.parameters = store.frame(run, frame)
    with np.errstate(over="ignore", invalid="ignore"):
        _, gradient = network.loss_and_gradient(X, y)
        return np.array([np.linalg.norm(matrix) for matrix in network.matrices(gradient)])
