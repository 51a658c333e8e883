"""Paths: the way of every batch size on one slice of the loss surface, and how straight it was."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from nncore import build_split
from nncore.cache import cached
from nncore.experiments.experiment import Experiment
from nncore.experiments.stacks import runs_that_fit, stack
from nncore.many_starts.batches.comparison import LOSS_SAMPLES, BatchRace, Lane
from nncore.many_starts.batches.verdicts import PathShape, path_shape
from nncore.many_starts.surface import STACK, Slice, loss_surface, principal_slice, shown_ranges
from pages.parts.batches.controls import lane_name
from pages.parts.fields.numbers import percent, plain
from pages.parts.figures.batches import paths_figure
from pages.parts.page.figure import show_figure
from pages.parts.page.snapshot.counts import note_penalty
from pages.parts.page.style import is_dark

SIDE = 41


def paths_finding(race: BatchRace, lanes: Sequence[Lane]) -> None:
    """All paths on one slice of the loss surface: the plane in which they move most."""
    sound = [lane for lane in lanes if not lane.diverged]
    if not sound:
        st.warning("All of them diverged: there is no path to show.", icon=":material/stethoscope:")
        return
    paths, names = [lane.parameters.astype(float) for lane in sound], [lane_name(lane.size) for lane in sound]
    plane, shares = principal_slice(np.concatenate(paths), paths[0][0])
    flat = [plane.project(path) for path in paths]
    x, y = (np.linspace(*ends, SIDE) for ends in shown_ranges(np.concatenate(flat), 1e-3))
    losses = cached(_surface, race.experiment, plane, x, y, n_bytes=8 * SIDE**2)
    heights = np.log10(np.maximum(np.where(np.isfinite(losses), losses, np.nan), 1e-8))
    shapes = [path_shape(path) for path in paths]
    st.markdown(f"All start from the same first weights (ring). {shape_words(names, shapes)}")
    show_figure("batch_paths", "Paths of all batch sizes on a slice of the loss surface.",
                paths_figure, (x, y), heights, flat, names)
    note_penalty(race.experiment, is_in=True)
    st.markdown(_table(names, shapes))
    st.caption(f"The plane holds {percent(shares.sum())} of the variance of all recorded points; the rest of their movement "
               "is not seen. The numbers are of the whole space of weights, between recorded points that lie further apart "
               f"as training goes on. {'Lighter' if is_dark() else 'Darker'} is a lower loss. {_span_words(x, y)}")


def _surface(experiment: Experiment, plane: Slice, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The loss at the places (x, y) of the plane."""
    split = build_split(experiment)
    data = split.X_train[:LOSS_SAMPLES], split.y_train[:LOSS_SAMPLES]
    runs = runs_that_fit(experiment, len(data[0]), STACK)
    return loss_surface(stack(experiment, np.zeros((runs, experiment.n_parameters))), plane, x, y, data)


def _span_words(x: np.ndarray, y: np.ndarray) -> str:
    """How much the picture shows of both directions, which it draws at different scales."""
    across, upwards = float(np.ptp(x)), float(np.ptp(y))
    return (f"The picture spans {plain(across, 2)} across and {plain(upwards, 2)} upwards, in the units of the weights: "
            "look at the numbers on the axes before comparing lengths in it.")


def shape_words(names: Sequence[str], shapes: Sequence[PathShape]) -> str:
    """Which path is the most winding and which the straightest, in numbers."""
    detours = np.array([shape.detour for shape in shapes])
    if not np.isfinite(detours).any():
        return "None of them has moved."
    most, least = int(np.nanargmax(detours)), int(np.nanargmin(detours))
    first = (f"{names[most].capitalize()} takes the longest way round: its path is **{detours[most]:.2f} times** as long as "
             f"the straight line from its start to its end, and turns by {shapes[most].turn:.0f}° from one recorded step to "
             "the next (median)")  # fmt: skip
    if most == least:
        return f"{first}."
    return f"{first}. {names[least].capitalize()} is the straightest: **{detours[least]:.2f} times** and " \
           f"{shapes[least].turn:.0f}°."  # fmt: skip


def _table(names: Sequence[str], shapes: Sequence[PathShape]) -> str:
    rows = ["| | length of the path | start to end | path / straight line | turn, median |", "|---|--:|--:|--:|--:|"]
    for name, shape in zip(names, shapes, strict=True):
        detour = f"{shape.detour:.2f}" if np.isfinite(shape.detour) else "–"
        rows.append(f"| {name} | {plain(shape.length, 3)} | {plain(shape.distance, 3)} | {detour} | {shape.turn:.0f}° |")
    return "\n".join(rows)
