"""The batch of the next update: lit on the map, and one of its samples picked to be followed."""

from collections.abc import Iterable

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nncore.data.splits import Split
from nncore.experiments.experiment import build_split
from nncore.inspection.map_plane import make_plane
from pages.parts.backprop.study import Look, first_update
from pages.parts.fields.labels import class_words
from pages.parts.fields.number_field import number_field
from pages.parts.fields.numbers import plain
from pages.parts.fields.outside_text import literal
from pages.parts.figures.batch_map import Ground, batch_map_figure
from pages.parts.page.choices import bind_choice
from pages.parts.page.figure import show_figure
from pages.parts.page.playing.scene import value_range
from pages.parts.page.session import Session, parse_axes
from pages.parts.page.snapshot.counts import note_penalty

GRID, CURVE_POINTS = 48, 300
# The studies that depend on the update, and those that depend on the sample of its batch.
WITH_UPDATE, WITH_SAMPLE = ("batch", "passes", "chain", "check"), ("batch", "passes", "chain")


def controls(look: Look, places: Iterable[DeltaGenerator]) -> None:
    """The update of the epoch and the sample of its batch, in two `places` of the page."""
    update, (first, second) = look.update, places
    if look.study in WITH_UPDATE and update.n_updates > 1:
        default = first_update(look.session.run, look.session.frame, look.experiment)
        first.slider(
            f"Update of epoch {update.epoch:,}, the one after this snapshot", 1, update.n_updates,
            help="The updates of one epoch, in the order in which training makes them.",
            **bind_choice(look.session, "update", update.number, default),
        )  # fmt: skip
    if look.study in WITH_SAMPLE:
        number_field(
            look.session, "Sample of the batch to follow", 1, len(update.rows),
            bind_choice(look.session, "batch_sample", look.sample + 1, 1), second,
            help="Or click a lit point on the map.",
        )  # fmt: skip
    if look.study in WITH_UPDATE and look.stop is not None:
        st.info(f"This update was never made. {literal(look.stop.whole)}", icon=":material/flag:")


def followed(look: Look) -> str:
    """The update and the sample that is followed, in one sentence."""
    update, loss = look.update, plain(float(look.trace.losses[look.sample]))
    return (
        f"Update {update.number:,} of {update.n_updates:,} of epoch {update.epoch:,}; sample {look.sample + 1} of the "
        f"{len(update.rows):,} in its batch: {_target(look)}, answer {_answer(look)}, loss {loss}."
    )


def batch(look: Look) -> None:
    """Which samples make the next update, on the map and in words."""
    picture, words = st.columns([2, 3], gap="large")
    with picture:
        _map(look, build_split(look.experiment))
    with words:
        _words(look)


def _words(look: Look) -> None:
    update, e, row = look.update, look.experiment, look.sample
    n_batch, n_train = len(update.rows), len(build_split(e).X_train)
    kind = {None: "Full batch", 1: "Stochastic"}.get(e.batch_size, f"Mini-batches of {e.batch_size}")
    st.markdown(
        f"{kind}: **update {update.number:,} of {update.n_updates:,}** of epoch {update.epoch:,} is made from "
        f"**{n_batch:,} of the {n_train:,} training samples**, {'those' if n_batch > 1 else 'the one'} lit on the map. Its "
        f"loss on them is **{plain(float(look.trace.losses.mean()))}**."
    )
    inputs = ", ".join(plain(float(value)) for value in look.trace.inputs[0][row][:6])
    more = f" and {look.network.sizes[0] - 6} more" if look.network.sizes[0] > 6 else ""
    st.markdown(
        f"Sample {row + 1} of the batch, in the ring, is training sample {int(update.rows[row]) + 1}: "
        f"**{_target(look)}**  \n"
        f"inputs {inputs}{more}  \noutput {_answer(look)}; its loss is **{plain(float(look.trace.losses[row]))}**"
    )
    note_penalty(e)
    order = "" if e.batch_size is None else (
        "The order of the samples is drawn anew for every epoch, from the batch seed: the same link lights the same points. "
    )
    st.caption(f"{order}The weights are those just before this update: the run was trained again up to here, and gives the "
               "same numbers to the last digit.")


def _answer(look: Look) -> str:
    outputs = look.trace.a[-1][look.sample]
    if len(outputs) == 1:
        return plain(float(outputs[0]))
    names = build_split(look.experiment).dataset.class_names
    return f"{plain(float(outputs.max()))} for {literal(class_words(str(names[int(outputs.argmax())])))}"


def _target(look: Look) -> str:
    dataset, target = build_split(look.experiment).dataset, look.update.y[look.sample]
    if look.experiment.is_regression:
        return f"{literal(dataset.target_name)} {plain(float(target))}"
    return literal(class_words(str(dataset.class_names[int(target)])))


def _map(look: Look, split: Split) -> None:
    plane = make_plane(split, parse_axes(look.session.axes))
    rows = look.update.rows
    places, targets = plane.project(split.dataset.X[split.train]), split.y_train
    if plane.kind == "curve":
        places = np.column_stack([places[:, 0], targets])
    # The chosen sample first: that is the one with the ring.
    first = np.concatenate([rows[look.sample : look.sample + 1], np.delete(rows, look.sample)])
    show_figure(
        "batch_map", f"Map of the training samples; the {len(rows)} samples of the next batch are lit, one wears a ring.",
        batch_map_figure, _ground(look, split, plane), places, targets, first,
        selection_mode="points", on_select=lambda: _pick(look.session, rows),
    )  # fmt: skip
    if plane.note:
        st.caption(plane.note)


def _ground(look: Look, split: Split, plane) -> Ground:
    """The network's answers over the map."""
    count = CURVE_POINTS if plane.kind == "curve" else GRID
    x, y = (np.linspace(*ends, count) for ends in (plane.x_range, plane.y_range))
    n_classes = 0 if look.experiment.is_regression else split.dataset.n_classes
    if plane.kind == "curve":
        answers = look.network.predict(plane.to_inputs(x[:, None])).T[-1:]
    else:
        uv = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
        outputs = look.network.predict(plane.to_inputs(uv))
        answers = (outputs[:, 0] if outputs.shape[1] == 1 else outputs.argmax(axis=1)).reshape(GRID, GRID)
    n_shades = n_classes if look.network.sizes[-1] == 1 else max(n_classes, 3)
    return Ground(x, y, answers, n_shades, *value_range(look.experiment, split), plane.labels)


def _pick(session: Session, rows: np.ndarray) -> None:
    """A click on a lit point chooses that sample."""
    points = st.session_state["batch_map"].selection.points
    for point in points:
        found = np.flatnonzero(rows == point.get("customdata", -1))
        if len(found):
            session.choices["batch_sample"] = str(int(found[0]) + 1)
