"""What the parts of the Weights page share: the study at hand, and choosing a layer or a neuron."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import streamlit as st

from nncore import Run
from nncore.cache import cached
from nncore.data.own import dataset_kind
from nncore.data.splits import Split
from nncore.experiments.experiment import Experiment, build_network, build_split
from nncore.experiments.recording.frames import evaluate
from nncore.inspection.map_plane import Plane, make_plane
from nncore.inspection.overlay import with_overlay
from nncore.models.dense import Network
from pages.parts.fields.labels import class_chips
from pages.parts.fields.number_field import number_field
from pages.parts.fields.numbers import brief, percent
from pages.parts.figures.batch_map import Ground
from pages.parts.figures.weights.sample_map import Samples
from pages.parts.page.choices import Span, bind_choice, choice
from pages.parts.page.playing.scene import value_range
from pages.parts.page.session import Session, parse_axes
from pages.parts.page.snapshot.scrubber import network_of
from pages.parts.weights.changes import Changes
from pages.parts.weights.overlay import changes_on

GRID = 48
ARROW = "\u00a0→ "  # stays with the number before it
FEW_INPUTS = 4  # have room for their own names under the columns of a matrix


@dataclass(frozen=True)
class RecordedFrame:
    """A recorded frame of a run, seen along two `axes`: what is worked out of it is the same for all viewers."""

    run: Run
    frame: int
    axes: str

    @cached_property
    def network(self) -> Network:
        """The network with the parameters of the frame."""
        return network_of(self.run, self.frame)

    @cached_property
    def first(self) -> Network:
        """The network at its first weights."""
        return build_network(self.run.experiment)

    @cached_property
    def split(self) -> Split:
        """The run's data."""
        return build_split(self.run.experiment)

    @cached_property
    def plane(self) -> Plane:
        """The plane of the decision map."""
        return make_plane(self.split, parse_axes(self.axes))


@dataclass
class Study:
    """What is looked at: the frame's `recorded` network, the same with the changes by hand, and the first weights."""

    session: Session
    at: RecordedFrame
    recorded: Network
    network: Network
    changes: Changes

    @classmethod
    def of(cls, session: Session, frame: int) -> "Study":
        """The study of the frame that is shown."""
        at, changes = RecordedFrame(session.run, frame, session.axes), changes_on(session)
        recorded = at.network
        return cls(session, at, recorded, with_overlay(recorded, changes.steps) if changes.steps else recorded, changes)

    def scores(self, network: Network) -> np.ndarray:
        """Losses and scores (4,) of one of the study's networks, as `evaluate` gives them."""
        return cached(_scores, self.at, n_bytes=32) if network is self.recorded else evaluate(network, self.split)

    @property
    def settings(self) -> Experiment:
        """The run's experiment."""
        return self.session.run.experiment

    @property
    def split(self) -> Split:
        """The run's data."""
        return self.at.split

    @property
    def first(self) -> Network:
        """The network at its first weights."""
        return self.at.first

    @property
    def plane(self) -> Plane:
        """The plane of the decision map."""
        return self.at.plane

    @property
    def side(self) -> int | None:
        """The side in pixels where the inputs are a whole square picture, else None."""
        rows, columns = dataset_kind(self.settings.dataset).image_shape or (0, 0)
        return rows if rows and rows == columns and not self.settings.columns else None

    @property
    def input_labels(self) -> str | tuple[str, ...]:
        """What the inputs are called under a matrix: their own names where there is room for them, else x₁, x₂, ..."""
        labels = self.split.transform.labels(self.split.dataset.feature_names)
        return labels if len(labels) <= FEW_INPUTS or all(len(label) <= 6 for label in labels) else "x"

    @property
    def n_layers(self) -> int:
        """Number of weight matrices."""
        return len(self.recorded.shapes)


def _scores(at: RecordedFrame) -> np.ndarray:
    return evaluate(at.network, at.split)


def picked_layer(study: Study) -> int:
    """The layer (0-based) that was picked, without its field."""
    return choice(study.session, "layer", "int", 1, Span(1, study.n_layers)) - 1


def picked_neuron(study: Study, layer: int) -> int:
    """The neuron (0-based) of `layer` that was picked, without its field."""
    return min(choice(study.session, "neuron", "int", 1, Span(1, 64)), study.recorded.sizes[layer + 1]) - 1


def choose_layer(study: Study, hidden_only: bool = False) -> int:
    """The layer (0-based) that is looked at: a choice of the link, shared by the sections."""
    session, n_layers = study.session, study.n_layers - hidden_only
    layer = min(picked_layer(study) + 1, n_layers)
    names = {k: f"Layer {k}" if k < study.n_layers else "Output" for k in range(1, n_layers + 1)}
    bound = _without_bias(session, bind_choice(session, "layer", layer, 1))
    st.segmented_control("Layer", list(names), format_func=names.get, required=True, **bound)
    return layer - 1


def choose_neuron(study: Study, layer: int, otherwise: str = "") -> int:
    """The neuron (0-based) of `layer` that is looked at: a choice of the link, shared by the sections.

    `otherwise` is how else than with the field it can be chosen, as its label goes on.
    """
    count = study.recorded.sizes[layer + 1]
    label = f"Neuron of layer {layer + 1}, 1 to {count}{otherwise}"
    return choose_number(study, "neuron", label, picked_neuron(study, layer) + 1, count) - 1


def choose_number(study: Study, name: str, label: str, value: int, most: int) -> int:
    """A whole number 1 to `most` for the choice `name`, which has the value `value`; returns it."""
    if most == 1:
        return 1
    bound = bind_choice(study.session, name, value, 1)
    number_field(study.session, label, 1, most, _without_bias(study.session, bound) if name == "neuron" else bound)
    return value


def _without_bias(session: Session, bound: dict[str, Any]) -> dict[str, Any]:
    """A widget's arguments with which a pick also drops the moved bias, which was that of another neuron."""
    keep = bound["on_change"]

    def pick() -> None:
        keep()
        session.choices.pop("bias", None)

    return bound | {"on_change": pick}


def score_words(study: Study, samples: str, *values: float) -> str:
    """A score on `samples` ("training") as all sections write it: "training accuracy 84.0 %" or "training R² 0.83".

    Of several values it is "training accuracy 84.0 % → 82.1 %".
    """
    if study.settings.is_regression:
        # Of one sample, or of targets that are all the same, there is no R².
        return f"{samples} R² {ARROW.join('not defined' if np.isnan(value) else brief(value) for value in values)}"
    return f"{samples} accuracy {ARROW.join(percent(value, 1) for value in values)}"


def ground_of(study: Study, network: Network) -> Ground:
    """What one of the study's networks answers over its map."""
    if network is study.recorded:
        return cached(_recorded_ground, study.at, n_bytes=8 * GRID**2)
    return _ground(study.at, network)


def _recorded_ground(at: RecordedFrame) -> Ground:
    return _ground(at, at.network)


def _ground(at: RecordedFrame, network: Network) -> Ground:
    plane, experiment = at.plane, at.run.experiment
    x = np.linspace(*plane.x_range, GRID)
    low, high = value_range(experiment, at.split)
    if plane.kind == "curve":
        x = np.linspace(*plane.x_range, 4 * GRID)
        outputs, y = network.predict(plane.to_inputs(x[:, None])), np.array(plane.y_range)
        return Ground(x, y, outputs[:, 0][None], at.split.dataset.n_classes, low, high, plane.labels)
    y = np.linspace(*plane.y_range, GRID)
    u, v = np.meshgrid(x, y)
    outputs = network.predict(plane.to_inputs(np.column_stack([u.ravel(), v.ravel()])))
    answers = outputs[:, 0] if outputs.shape[1] == 1 else outputs.argmax(axis=1)
    n_classes = outputs.shape[1] if outputs.shape[1] > 1 else 2 * (not experiment.is_regression)
    return Ground(x, y, answers.reshape(GRID, GRID).astype(np.float32), n_classes, low, high, plane.labels)


def samples_of(study: Study) -> Samples:
    """The training samples as the map shows them."""
    rows, dataset = study.split.train, study.split.dataset
    places = study.plane.project(dataset.X[rows])
    if study.plane.kind == "curve":
        places = np.column_stack([places[:, 0], study.split.y_train])
    return Samples(places, study.split.y_train)


def class_line(study: Study) -> None:
    """The classes' marks and names in a line: the browser takes longer to draw a legend of Plotly's."""
    if not study.settings.is_regression:
        st.html(class_chips(study.split.dataset.class_names))
