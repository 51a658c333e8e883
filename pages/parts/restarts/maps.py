"""Maps: what each start has become, as small decision maps ranked by loss, a page of them at a time."""

import numpy as np
import streamlit as st

from nncore.experiments.experiment import build_split
from nncore.inspection.map_plane import make_plane
from nncore.many_starts.restarts.restarts import Outcome
from nncore.models.activations import ACTIVATIONS
from pages.parts.fields.labels import name_of
from pages.parts.fields.numbers import plain
from pages.parts.figures.restarts.mosaic import curves_figure, mosaic_figure
from pages.parts.page.choices import Span, bind_choice, choice
from pages.parts.page.figure import show_figure
from pages.parts.page.session import Session, parse_axes
from pages.parts.restarts.findings import fine_loss_text, loss_text

TILES, SIDE = 64, 24


def read_page(session: Session, outcome: Outcome) -> int:
    """Which page of the ranking is shown, from 0."""
    last = (outcome.plan.starts - 1) // TILES
    return choice(session, "restart_maps", "int", 0, Span(0, last))


def maps_finding(session: Session, outcome: Outcome) -> None:
    """What each start has become, best first: small decision maps, or curves for one input."""
    split = build_split(outcome.plan.experiment)
    axes = session.axes if outcome.plan.experiment.dataset == session.run.experiment.dataset else "pca"
    plane = make_plane(split, parse_axes(axes))
    shown = _shown(session, outcome)
    if plane.kind == "curve":
        _curves(outcome, plane, shown, split)
        return
    e = outcome.plan.experiment
    u, v = (np.linspace(*bounds, SIDE) for bounds in (plane.x_range, plane.y_range))
    uv = np.stack(np.meshgrid(u, v), axis=-1).reshape(-1, 2)
    maps = map_values(outcome.outputs(shown, plane.to_inputs(uv)), e.output).reshape(-1, SIDE, SIDE)
    first = int(np.flatnonzero(outcome.ranking == shown[0])[0]) + 1
    ends = [fine_loss_text(float(outcome.final_losses[start])) for start in shown]
    hovers = [f"rank {first + place}: start {start}<br>{outcome.judged_on} loss {end}"
              for place, (start, end) in enumerate(zip(shown, ends, strict=True))]  # fmt: skip
    labels = [(str(start), loss_text(float(outcome.final_losses[start]))) for start in shown]
    show_figure("maps", f"Decision maps of {len(shown)} starts, ranked by {outcome.judged_on} loss.",
                mosaic_figure, maps, labels, hovers, key_names(split.dataset, e.output))
    st.caption(f"Best first, row by row. In the corner the start's number, below it its {outcome.judged_on} loss. Every map "
               f"shows {plane.labels[0]} from {plain(u[0], 2)} to {plain(u[-1], 2)} across and {plane.labels[1]} from "
               f"{plain(v[0], 2)} to {plain(v[-1], 2)} upwards. {plane.note}")


def _shown(session: Session, outcome: Outcome) -> np.ndarray:
    """The starts of the page of the ranking that was picked."""
    page, n_starts = read_page(session, outcome), outcome.plan.starts
    if n_starts > TILES:
        ends = [(begin + 1, min(begin + TILES, n_starts)) for begin in range(0, n_starts, TILES)]
        st.segmented_control("Ranks", range(len(ends)), required=True,
                             format_func=lambda number: f"{ends[number][0]} to {ends[number][1]}",
                             **bind_choice(session, "restart_maps", page, 0))
    return outcome.ranking[page * TILES : (page + 1) * TILES]


def _curves(outcome: Outcome, plane, shown: np.ndarray, split) -> None:
    """The functions of one input that these starts have become."""
    x = np.linspace(*plane.x_range, 121)
    curves = outcome.outputs(shown, plane.to_inputs(x[:, None]))[:, :, 0]
    points = split.dataset.X[split.train, 0], split.y_train
    show_figure("maps", "The functions that the starts have learned, over the one input.",
                curves_figure, x, curves, points, plane.labels)
    st.caption(f"Thick: the best of the {len(shown)} starts shown, start {shown[0]}. {plane.note}")


def key_names(dataset, output: str) -> list[str]:
    """What the colours of a map mean, in the order of the colours: of two, orange comes first."""
    if dataset.is_regression:
        return ["answer −1 or less", "answer 1 or more"]
    names = [name_of(name) for name in dataset.class_names]
    return names if len(names) > 2 else [f"{name}, sure" for name in names]


def map_values(outputs: np.ndarray, output: str) -> np.ndarray:
    """What a map shows of outputs (S, N, K): a single one from -1 to 1, or the number of the largest, (S, N)."""
    if outputs.shape[-1] > 1:
        return outputs.argmax(axis=-1).astype(float)
    activation = ACTIVATIONS[output]
    low, high = activation.bounds if activation.has_two_ends else (-1.0, 1.0)
    return np.clip((2.0 * outputs[..., 0] - low - high) / (high - low), -1.0, 1.0)
