"""One neuron as it stands: what the page about it looks at, and the picture of what it answers."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from nncore.single_neuron.data import make_points
from nncore.single_neuron.descent import NeuronSetup, Path, follow, next_rate, window
from nncore.single_neuron.neuron import Neuron
from pages.parts.figures.neuron.fit import CurveView, PlaneView, curve_figure, plane_figure
from pages.parts.neuron.words import WEIGHT_NAMES
from pages.parts.page.figure import show_figure
from pages.parts.page.session import Session

GRID = 161
PLANE_GRID = 61
PICTURE = "n_answers"


@dataclass(frozen=True)
class Look:
    """A setup with its samples X (N, n), y (N,), the path so far, the neuron at its end, and the next step's rate."""

    session: Session
    setup: NeuronSetup
    X: np.ndarray
    y: np.ndarray
    path: Path
    neuron: Neuron
    rate: float
    sample: int = 0

    @property
    def parameter_names(self) -> tuple[str, ...]:
        """The weights and the bias as people write them."""
        return (*WEIGHT_NAMES[: self.setup.n_inputs], "b")


def look_at(session: Session, setup: NeuronSetup, sample: int = 0) -> Look:
    """The Look of `setup` after all of its steps, at the sample (from 0)."""
    X, y = make_points(setup.points, setup.n_inputs, setup.draw)
    path = follow(setup)
    neuron = Neuron(setup.kind, path.parameters[-1])
    return Look(session, setup, X, y, path, neuron, next_rate(setup), sample)


def answers(look: Look) -> None:
    """The picture of the neuron's outputs: a curve for one input, a map for two, the answer over z for more."""
    z, a = look.neuron.forward(look.X)
    words = (f"{len(look.y)} samples; the neuron's outputs run from {a.min():.3g} to {a.max():.3g}, "
             f"loss {look.path.losses[-1]:.4g}.")
    make, view = (plane_figure, _plane(look)) if look.setup.n_inputs == 2 else (curve_figure, _curve(look, z, a))
    show_figure(PICTURE, words, make, view, selection_mode="points", on_select=lambda: take_clicked_sample(look.session))


def take_clicked_sample(session: Session) -> None:
    """A click on a sample chooses it; of all that is drawn, the samples alone have data of their own."""
    for point in st.session_state[PICTURE]["selection"]["points"]:
        if point.get("customdata") is not None:
            session.choices["n_sample"] = str(int(point["point_index"]) + 1)


def _curve(look: Look, z: np.ndarray, a: np.ndarray) -> CurveView:
    """Along the one input, or along z, on which any number of inputs fits."""
    one_input = look.setup.n_inputs == 1
    position = look.X[:, 0] if one_input else z
    grid = np.linspace(*window(position), GRID)
    along = look.neuron.forward(grid[:, None])[1] if one_input else look.neuron.kind.activation(grid)
    title = "input x₁" if one_input else "sum z = w · x + b"
    return CurveView(grid, along, position, look.neuron.targets(look.y), a, look.sample, title)


def _plane(look: Look) -> PlaneView:
    grid = np.linspace(*window(look.X.ravel()), PLANE_GRID)
    pairs = np.stack(np.meshgrid(grid, grid), axis=-1).reshape(-1, 2)
    sums, values = (array.reshape(PLANE_GRID, PLANE_GRID) for array in look.neuron.forward(pairs))
    target, kind = look.neuron.targets(look.y), look.neuron.kind
    low, high = (kind.low, 1.0) if kind.task == "classes" else (-np.abs(target).max(), np.abs(target).max())
    return PlaneView(grid, sums, values, look.X, target, look.sample, low, high)
