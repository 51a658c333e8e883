"""The batch of the next update: lit on the map, and one of its samples picked to be followed."""

import numpy as np
import streamlit as st

from nncore.experiment import build_split
from nncore.plane import make_plane
from nncore.splits import Split
from pages.parts.backprop_look import Look
from pages.parts.choices import bind_choice
from pages.parts.figures.batch_map import Ground, batch_map_figure
from pages.parts.numbers import plain
from pages.parts.scene import value_range
from pages.parts.server import drawing
from pages.parts.session import Session, parse_axes
from pages.parts.style import is_dark

GRID = 48


def batch(look: Look) -> None:
    """Which samples make the next update, on the map and in words."""
    split = build_split(look.experiment)
    picture, words = st.columns([3, 2], gap="large")
    with picture:
        _map(look, split)
    with words:
        _words(look, split)


def _words(look: Look, split: Split) -> None:
    update, e = look.update, look.experiment
    n_batch, n_train = len(update.rows), len(split.X_train)
    per_epoch = e.updates_per_epoch
    kind = {None: "Full batch", 1: "Stochastic"}.get(e.batch_size, f"Mini-batches of {e.batch_size}")
    st.markdown(
        f"{kind}: **update 1 of {per_epoch:,}** of epoch {update.epoch:,} is made from **{n_batch:,} of the {n_train:,} "
        f"training samples**, {'those' if n_batch > 1 else 'the one'} lit on the map. Its loss on them is "
        f"**{plain(float(look.trace.losses.mean()))}**."
    )
    if update.stop is not None:
        st.info(f"This update was never made. {update.stop.text}", icon=":material/flag:")
    st.number_input(
        "Sample of the batch to follow", 1, n_batch, help="Or click a lit point. The passes below are this sample's.",
        **bind_choice(look.session, "batch_sample", look.sample + 1, 1),
    )
    row = look.sample
    inputs = ", ".join(plain(float(value)) for value in look.trace.inputs[0][row][:6])
    more = f" and {look.network.sizes[0] - 6} more" if look.network.sizes[0] > 6 else ""
    outputs = look.trace.a[-1][row]
    answer = plain(float(outputs[0])) if len(outputs) == 1 else (
        f"{plain(float(outputs.max()))} for class {split.dataset.class_names[int(outputs.argmax())]}"
    )
    st.markdown(
        f"Training sample {int(update.rows[row])}: **{_target(look, split)}**  \n"
        f"inputs {inputs}{more}  \noutput {answer}; its loss is **{plain(float(look.trace.losses[row]))}**"
    )
    st.caption("The order of the samples is drawn anew for every epoch, from the batch seed: the same link lights the same "
               "points. The parameters are those recorded at this frame.")


def _target(look: Look, split: Split) -> str:
    target = look.update.y[look.sample]
    if look.experiment.is_regression:
        return f"{split.dataset.target_name} {plain(float(target))}"
    return f"class {split.dataset.class_names[int(target)]}"


def _map(look: Look, split: Split) -> None:
    plane = make_plane(split, parse_axes(look.session.axes))
    rows = look.update.rows
    places, targets = plane.project(split.dataset.X[split.train]), split.y_train
    if plane.kind == "curve":
        places = np.column_stack([places[:, 0], targets])
    # The chosen sample first: that is the one with the ring.
    first = np.concatenate([rows[look.sample : look.sample + 1], np.delete(rows, look.sample)])
    with drawing:
        figure = batch_map_figure(_ground(look, split, plane), places, targets, first, is_dark())
        st.plotly_chart(
            figure, theme=None, key="batch_map", config={"displayModeBar": False}, selection_mode="points",
            on_select=lambda: _pick(look.session, rows),
            alt=f"Map of the training samples; the {len(rows)} samples of the next batch are lit, one wears a ring.",
        )
    if plane.note:
        st.caption(plane.note)


def _ground(look: Look, split: Split, plane) -> Ground:
    """The network's answers over the map."""
    x, y = (np.linspace(*ends, GRID) for ends in (plane.x_range, plane.y_range))
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
