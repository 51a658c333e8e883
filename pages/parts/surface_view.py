"""A slice through the loss of the run on screen: its plane, its heights, and the path of training on it."""

import numpy as np
import streamlit as st

from nncore.experiment import Experiment, build_network, build_split
from nncore.matching import align
from nncore.restarts import Restarts, RestartTraining
from nncore.stacks import stack
from nncore.surface import (
    STACK,
    Slice,
    loss_surface,
    losses_at,
    plane_through,
    principal_slice,
    random_slice,
    shown_ranges,
    weight_slice,
)  # fmt: skip
from pages.parts.figures.surface import SliceView
from pages.parts.memo import memo
from pages.parts.server import chunk_store
from pages.parts.session import Session

SIDE = 51
SAMPLES = 500  # of the training set: enough for the shape, and a bound on the time
PATH_POINTS = 150
SOLUTION_EPOCHS = (20, 500)  # the shortest and the longest training of the three solutions

Array = np.ndarray


def settings_at(session: Session, frame: int) -> Experiment:
    """The settings under which `frame` was trained."""
    return session.run.prefix(session.run.segment_of(frame)).settings


def path_to(session: Session, frame: int) -> tuple[Array, int]:
    """Recorded parameters (F, P) from the first frame to `frame` and on, and the row nearest to `frame`.

    At most 150 of the frames up to the last one recorded.
    """
    store, run = chunk_store(), session.run
    last = store.reached(run, max(frame, store.held(run)))
    parts, at = [], 0
    while at <= last:
        chunk, first = store.chunk_at(run, at)
        parts.append(chunk.parameters[: last - first + 1])
        at = first + len(chunk.epochs)
        if chunk.stop is not None:
            break
    path = np.concatenate(parts).astype(float)
    rows = np.unique(np.append(np.linspace(0, len(path) - 1, min(len(path), PATH_POINTS)).round().astype(int), frame))
    rows = rows[rows < len(path)]
    return path[rows], int(np.searchsorted(rows, min(frame, len(path) - 1)))


def solutions(e: Experiment, epoch: int) -> Array:
    """Starts 0, 1 and 2 of the experiment after training (3, P), with the neurons of the last two matched to the first."""
    plan = Restarts(e, 3, int(np.clip(epoch, *SOLUTION_EPOCHS)))

    def train() -> Array:
        training, network = RestartTraining(plan), build_network(e)
        with st.spinner(f"Training three starts for {plan.epochs} epochs …"):
            while not training.finished:
                training.advance(0.1)
        first, *others = training.outcome().parameters
        X = build_split(e).X_train[:200]
        return np.stack([first, *(align(network, first, other, X) for other in others)])

    return memo().fetch(f"three {plan!r}", train, 24 * e.n_parameters)


def make_slice(session: Session, kind: str, weights: tuple[int, int], epoch: int, path: Array, here: int) -> Slice:
    """The plane of this `kind` ("random", "weights", "path", "solutions"). Raises ValueError where it cannot be."""
    e, origin = settings_at(session, session.frame), path[here]
    if kind == "random":
        return random_slice(origin, build_network(e).matrices, seed=e.weight_seed)
    if kind == "weights":
        names = parameter_names(e)
        return weight_slice(origin, *weights, (names[weights[0]], names[weights[1]]))
    if kind == "path":
        return principal_slice(path, path[-1])[0]
    return plane_through(*solutions(e, epoch))


def parameter_names(e: Experiment) -> list[str]:
    """A name (P,) for each parameter in the flat vector: layer, neuron, and what it listens to."""
    return [
        f"layer {layer}, neuron {row + 1}: " + (f"weight from {column + 1}" if column < n_in else "bias")
        for layer, (n_in, n_out) in enumerate(zip(e.sizes, e.sizes[1:], strict=False), 1)
        for row in range(n_out) for column in range(n_in + 1)
    ]  # fmt: skip


def slice_view(session: Session, plane: Slice, kind: str, zoom: float, path: Array, here: int) -> SliceView:
    """The heights of `plane` around what is to be seen on it, `zoom` times as wide as that, and the path on it."""
    e, split = settings_at(session, session.frame), build_split(session.run.experiment)
    data = split.X_train[:SAMPLES], split.y_train[:SAMPLES]
    model = stack(e, np.zeros((STACK, e.n_parameters)))
    marks = plane.project(solutions(e, _epoch(session))) if kind == "solutions" else np.empty((0, 2))
    coordinates = plane.project(path)
    seen = {"random": np.zeros((1, 2)), "weights": coordinates, "path": coordinates, "solutions": marks}[kind]
    least = {"random": 1.0, "weights": 2.0}.get(kind, 1e-3)
    x, y = (_axis(bounds, zoom) for bounds in shown_ranges(seen, least))
    losses = loss_surface(model, plane, x, y, data)
    return SliceView(
        x, y, losses, coordinates, losses_at(model, plane.at(coordinates), *data), here, plane.names,
        marks, losses_at(model, plane.at(marks), *data) if len(marks) else np.empty(0), ("A", "B", "C")[: len(marks)],
    )  # fmt: skip


def true_and_shown_loss(session: Session, plane: Slice, vector: Array) -> tuple[float, float, float]:
    """The loss at `vector` (P,), the loss at the plane's point nearest to it, and the distance between the two."""
    e, split = settings_at(session, session.frame), build_split(session.run.experiment)
    data = split.X_train[:SAMPLES], split.y_train[:SAMPLES]
    both = np.stack([vector, plane.at(plane.project(vector))])
    true, shown = losses_at(stack(e, both), both, *data)
    return float(true), float(shown), float(plane.distance(vector))


def _epoch(session: Session) -> int:
    epochs, _, _ = chunk_store().scores(session.run, session.frame)
    return int(epochs[-1])


def _axis(bounds: tuple[float, float], zoom: float) -> Array:
    middle, half = (bounds[0] + bounds[1]) / 2, (bounds[1] - bounds[0]) / 2
    return np.linspace(middle - zoom * half, middle + zoom * half, SIDE)
