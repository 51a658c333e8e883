"""A slice through the loss of the run on screen: its plane, its heights, and the path of training on it."""

import numpy as np
import streamlit as st

from nncore import Run
from nncore.cache import cached
from nncore.experiments.costs import cost_of
from nncore.experiments.experiment import Experiment, build_network, build_split
from nncore.experiments.stacks import runs_that_fit, stack
from nncore.many_starts.restarts.matching import align, barrier, line_between
from nncore.many_starts.restarts.restarts import Restarts
from nncore.many_starts.surface import (
    STACK,
    Slice,
    losses_at,
    plane_through,
    principal_slice,
    random_slice,
    shown_ranges,
    surface_in_pieces,
    weight_slice,
)  # fmt: skip
from nncore.models.dense import Network
from pages.parts.figures.surface.slices import SliceView
from pages.parts.page.playing.driver import let_clicks_through
from pages.parts.page.playing.training import Watching, watch_or_wait
from pages.parts.page.server import chunk_store
from pages.parts.page.session import Session
from pages.parts.page.snapshot.scrubber import FIRST_LOOK

SIDE = 51
SAMPLES, FEWEST_SAMPLES = 500, 100  # of the training set: enough for the shape
HEIGHTS_SECONDS = 8.0  # by the model: so long all heights take about at most, with fewer samples of a large network
PATH_POINTS, PATH_BYTES = 150, 8_000_000
LEAST_WIDTH = {"random": 1.0, "weights": 2.0}  # half of what is seen at least, in units of the directions
PROGRESS_STEP = 0.1  # between two pictures of the bar
SOLUTION_EPOCHS = (20, 500)  # the shortest and the longest training of the three solutions

Array = np.ndarray


class NotTrained(Exception):
    """The three solutions are not there yet: a long training waits for a click, or was stopped."""


def settings_at(session: Session, frame: int) -> Experiment:
    """The settings under which `frame` was trained."""
    return _settings(session.run, frame)


def _settings(run: Run, frame: int) -> Experiment:
    return run.prefix(run.segment_of(frame)).settings


def path_to(session: Session, frame: int, end: int = FIRST_LOOK) -> tuple[Array, int]:
    """Recorded parameters (F, P) from the first frame to frame `end` or, if that is later, `frame`; and the row of `frame`.

    At most 150 frames, spread evenly, and fewer of a large network: at most about 8 MB. What others have recorded of the
    run makes no difference: a link shows the same to all.
    """
    store, run = chunk_store(), session.run
    last = store.reached(run, max(frame, end))
    frame = min(frame, last)
    most = int(np.clip(PATH_BYTES // (8 * run.experiment.n_parameters), 10, PATH_POINTS))
    rows = np.unique(np.append(np.linspace(0, last, min(last + 1, most)).round().astype(int), frame))
    path, at = np.empty((len(rows), run.experiment.n_parameters)), 0
    while at < len(rows):
        chunk, first = store.chunk_at(run, int(rows[at]))
        end = int(np.searchsorted(rows, first + len(chunk.epochs)))
        path[at:end] = chunk.parameters[rows[at:end] - first]
        at = end
    return path, int(np.searchsorted(rows, frame))


def solution_epochs(session: Session) -> int:
    """For how many epochs the three solutions are trained: as long as the shown frame was, within 20 to 500."""
    epochs, _, _ = chunk_store().scores(session.run, session.frame)
    return int(np.clip(epochs[-1], *SOLUTION_EPOCHS))


def three_starts(e: Experiment, epochs: int) -> Restarts:
    """The training that finds the three solutions."""
    return Restarts(e, 3, epochs)


def solutions(e: Experiment, epochs: int) -> Array:
    """Starts 0, 1 and 2 of the experiment after training (3, P), with the neurons of the last two matched to the first.

    Raises NotTrained where that waits for a click, with its button on the page.
    """
    watching = Watching(bar=lambda found, left: f"Training three starts for {epochs} epochs{left}", first_shown=epochs)
    outcome = watch_or_wait(three_starts(e, epochs), watching)
    if outcome is None:
        raise NotTrained
    return cached(_matched, e, outcome.parameters, n_bytes=24 * e.n_parameters)


def walls_between(e: Experiment, ends: Array) -> tuple[Array, Array]:
    """The losses (3,) of three solutions (3, P), and by how much the loss rises on the straight line between each two (3,).

    The pairs are the first with the second, with the third, and these two.
    """
    data, model = _judge(Run(e), 0)
    lines = [line_between(ends[a], ends[b]) for a, b in ((0, 1), (0, 2), (1, 2))]
    walls = [barrier(shares, losses_at(model, vectors, *data)) for shares, vectors in lines]
    return losses_at(model, ends, *data), np.array(walls)


def _matched(e: Experiment, parameters: Array) -> Array:
    """Parameters (R, P) of the experiment's network with the neurons of all but the first matched to the first."""
    network, X = build_network(e), build_split(e).X_train[:200]
    first, *others = parameters
    return np.stack([first, *(align(network, first, other, X) for other in others)])


def make_slice(session: Session, kind: str, picked: tuple[int, int], path: Array, here: int) -> Slice:
    """The plane of this `kind` ("random", "weights", "path", "solutions"). Raises ValueError where it cannot be.

    `picked` are two places in the parameter vector for "weights", and for "random" the number of the draw.
    """
    e, origin = settings_at(session, session.frame), path[here]
    if kind == "random":
        return random_slice(origin, build_network(e).matrices, seed=picked[0])
    if kind == "weights":
        names = parameter_names(e)
        return weight_slice(origin, *picked, (names[picked[0]], names[picked[1]]))
    if kind == "path":
        return principal_slice(path, path[-1])[0]
    return plane_through(*solutions(e, solution_epochs(session)))


def parameter_names(e: Experiment) -> list[str]:
    """A name (P,) for each parameter in the flat vector: layer, neuron, and which input it is for."""
    return [
        f"layer {layer}, neuron {row + 1}: " + (f"weight from {column + 1}" if column < n_in else "bias")
        for layer, (n_in, n_out) in enumerate(zip(e.sizes, e.sizes[1:], strict=False), 1)
        for row in range(n_out) for column in range(n_in + 1)
    ]  # fmt: skip


def slice_view(session: Session, plane: Slice, kind: str, zoom: float, path: Array, here: int) -> SliceView:
    """The heights of `plane` around what is to be seen on it, `zoom` times as wide as that, and the path on it."""
    marks = np.empty((0, session.run.experiment.n_parameters))
    if kind == "solutions":
        marks = solutions(settings_at(session, session.frame), solution_epochs(session))
    return cached(_slice_view, session.run, session.frame, plane, kind, zoom, path, here, marks, n_bytes=60_000)


def _slice_view(
    run: Run, frame: int, plane: Slice, kind: str, zoom: float, path: Array, here: int, solved: Array
) -> SliceView:
    data, model = _judge(run, frame)
    coordinates, marks = plane.project(path), plane.project(solved)
    seen = {"random": np.zeros((1, 2)), "solutions": marks}.get(kind, coordinates)
    ranges = shown_ranges(seen, LEAST_WIDTH.get(kind, 1e-3))
    x, y = (_axis(bounds, zoom, ball) for bounds, ball in zip(ranges, coordinates[here], strict=True))
    return SliceView(
        x, y, _heights(model, plane, x, y, data), coordinates, losses_at(model, plane.at(coordinates), *data), here,
        plane.names, marks, losses_at(model, plane.at(marks), *data), ("A", "B", "C")[: len(marks)],
    )  # fmt: skip


def _heights(model, plane: Slice, x: Array, y: Array, data: tuple[Array, Array]) -> Array:
    """The surface (B, A), some points at a time: each ends in a look at Streamlit, where a click can cut the work off."""
    bar, blocks, shown, done = st.empty(), [], 0.0, 0
    for losses in surface_in_pieces(model, plane, x, y, data):
        blocks.append(losses)
        done += len(losses)
        let_clicks_through()
        if done / (len(x) * len(y)) >= shown:
            bar.progress(done / (len(x) * len(y)), f"The loss at {len(x)} × {len(y)} points")
            shown += PROGRESS_STEP
    bar.empty()
    return np.concatenate(blocks).reshape(len(y), len(x))


def _judge(run: Run, frame: int) -> tuple[tuple[Array, Array], Network]:
    """The samples on which losses are taken, and a stack of networks that takes at most about 8 MB to do so."""
    e, split = _settings(run, frame), build_split(run.experiment)
    count = samples_for(e)
    data = split.X_train[:count], split.y_train[:count]
    # Half of what fits, so that no stack takes long: a click is heard after each.
    runs = max(1, runs_that_fit(e, len(data[0]), 2 * STACK) // 2)
    return data, stack(e, np.zeros((runs, e.n_parameters)))


def samples_for(e: Experiment) -> int:
    """On how many training samples the losses of these settings are taken, where there are as many."""
    one = cost_of(e, None)
    per_sample = one.judging_seconds(1001) - one.judging_seconds(1)
    return int(np.clip(HEIGHTS_SECONDS / SIDE**2 / (per_sample / 1000), FEWEST_SAMPLES, SAMPLES))


def true_and_shown_loss(session: Session, plane: Slice, vector: Array) -> tuple[float, float, float]:
    """The loss at `vector` (P,), the loss at the plane's point nearest to it, and the distance between the two."""
    data, model = _judge(session.run, session.frame)
    true, shown = losses_at(model, np.stack([vector, plane.at(plane.project(vector))]), *data)
    return float(true), float(shown), float(plane.distance(vector))


def samples_used(session: Session) -> tuple[int, int]:
    """On how many training samples losses are taken here, and how many there are."""
    n_train = len(build_split(session.run.experiment).train)
    return min(samples_for(settings_at(session, session.frame)), n_train), n_train


def _axis(bounds: tuple[float, float], zoom: float, ball: float) -> Array:
    """The range, `zoom` times as wide, stretched about the ball so that this stays in sight, or else about its middle."""
    low, high = bounds
    fixed = ball if low <= ball <= high else (low + high) / 2
    return np.linspace(fixed + zoom * (low - fixed), fixed + zoom * (high - fixed), SIDE)
