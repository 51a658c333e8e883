"""The strip of the pages that study a run: its network and its map at the snapshot on screen, what it is, and the scrubber.

It stays in sight while one reads on, so that one always sees what is spoken of.
"""

from functools import partial
from html import escape

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nncore import Run
from nncore.data.own import dataset_kind
from nncore.experiments.experiment import Experiment, build_network, build_split
from nncore.inspection.map_plane import Plane, make_plane
from nncore.models.dense import Network
from pages.parts.fields.labels import summarise
from pages.parts.figures.way.run_picture import HEIGHT, curve_picture, map_picture, network_picture
from pages.parts.page.figure import in_theme
from pages.parts.page.playing.scene import value_range
from pages.parts.page.server import chunk_store
from pages.parts.page.session import Session, parse_axes
from pages.parts.page.snapshot.scrubber import network_of, scrubber, show_first_weights
from pages.parts.way.contents import BY_NAME, HOME
from pages.parts.way.foot import page_link

SIDE, POINTS = 28, 90
SUBJECT = 130  # pixels: the map beside a question
CHANGE = "Change it on Train"

Array = np.ndarray


def strip(session: Session, *, scrubs: bool = True, asks: bool = False, also: str = "", title: str = "") -> int:
    """Draws the strip and returns the frame on screen, which the scrubber changes where the page `scrubs`.

    A page that `asks` has a question and a button of its own at the first weights. `also` says what else of the run matters
    to the page, and `title` what it is called in place of the data's name.
    """
    bar, notes = run_strip_place(), st.container(key="strip_notes")
    with bar:
        pictures = st.container(width="content", gap=None)
        with st.container(gap=None, width="stretch"):
            with _words(session.settings, also, title):
                page_link(BY_NAME[HOME], CHANGE, icon=":material/edit:", width="content")
            frame = scrubber(session, notes, asks) if scrubs else min(session.frame, chunk_store().held(session.run))
    with pictures:
        _pictures(session.run, frame, session.axes)
    return frame


def run_strip_place() -> DeltaGenerator:
    """The place of a strip with pictures, to be filled by `run_strip` when the controls below it have been read."""
    return st.container(key="strip", horizontal=True, vertical_alignment="center", gap="small")


def run_strip(place: DeltaGenerator, session: Session, run: Run, frame: int = 0, also: str = "") -> None:
    """Fills `place` for a page that studies a `run` of its own: pictures at a recorded `frame`, words, the way to Train."""
    with place:
        with st.container(width="content", gap=None):
            _pictures(run, frame, "pca")
        with _words(run.settings, also, ""):
            if st.button(CHANGE, key="strip_train", type="tertiary", icon=":material/edit:",
                         help="This run takes the place of the one on your other pages."):  # fmt: skip
                show_first_weights(session, run)
                st.switch_page(BY_NAME[HOME].file)


def _pictures(run: Run, frame: int, axes: str) -> None:
    st.html(f'<div class="glassbox-run">{"".join(run_pictures(run, frame, axes))}</div>', width="content")


def _words(settings: Experiment, also: str, title: str) -> DeltaGenerator:
    """What is studied, in words; returns the row in which they stand, for what leads to Train."""
    row = st.container(horizontal=True, vertical_alignment="center", gap="small")
    with row:
        st.caption(f"**{title or dataset_kind(settings.dataset).title}**", width="content")
        with st.container(key="strip_more", width="content"):
            st.caption(summarise(settings) + (f", {also}" if also else ""), width="content")
    return row


def run_pictures(run: Run, frame: int, axes: str, size: int = HEIGHT, side: int = SIDE) -> tuple[str, str]:
    """The network and the map of `run` at its `frame`, as HTML images; the map has `side` places across."""
    settings = run.prefix(run.segment_of(frame)).settings
    network = network_of(run, frame) if frame else build_network(run.experiment)  # which asks for no training
    words = escape(summarise(settings))
    net = in_theme(partial(network_picture, network.weights, f"The network at snapshot {frame}: {words}."))
    return net, answers_picture(settings, network, axes, size, side)


def show_subject(settings: Experiment) -> None:
    """What a question is about: the network with its first weights, and its answers with them under the training data."""
    pictures = run_pictures(Run(settings), 0, "pca", SUBJECT)
    st.html(f'<div class="glassbox-run glassbox-subject">{"".join(pictures)}</div>')
    n = len(build_split(settings).train)
    of = "some of the" if n > POINTS else "the"
    st.caption(f"Before training: a network with its first weights, its answers, and {of} {n:,} training samples.")


def answers_picture(
    settings: Experiment, network: Network, axes: str, size: int = HEIGHT, side: int = SIDE
) -> str:  # fmt: skip
    """The answers of `network` on the map of `settings`, with some of the training samples, as an HTML image.

    The map is `size` pixels wide, and the network is asked at `side` places across.
    """
    split = build_split(settings)
    plane = make_plane(split, parse_axes(axes))
    shown = split.train[:POINTS]
    targets = split.dataset.y[shown].astype(float)
    low, high = value_range(settings, split)
    alt, places = f"Its answers on {escape(dataset_kind(settings.dataset).title)}.", plane.project(split.dataset.X[shown])
    if plane.kind == "curve":
        return _curve(network, plane, np.column_stack([places[:, 0], targets, targets]), alt, size)
    values = _answers(network, plane, (low, high), side)
    if not np.issubdtype(values.dtype, np.integer):
        targets = _scaled(targets, *((low, high) if settings.is_regression else (0, 1)))
    points = np.column_stack([_share(places[:, 0], plane.x_range), _share(places[:, 1], plane.y_range), targets])
    return in_theme(lambda dark: map_picture(values, points, alt, dark, size))


def _answers(network: Network, plane: Plane, ends: tuple[float, float], side: int) -> Array:
    """What the map shows (side, side): outputs from -1 to 1, or the numbers of classes."""
    u, v = (np.linspace(*bounds, side) for bounds in (plane.x_range, plane.y_range))
    outputs = network.predict(plane.to_inputs(np.stack(np.meshgrid(u, v), axis=-1).reshape(-1, 2)))
    if outputs.shape[1] > 1:
        return outputs.argmax(axis=1).reshape(side, side)
    return _scaled(outputs[:, 0], *ends).reshape(side, side)


def _curve(network: Network, plane: Plane, points: Array, alt: str, size: int) -> str:
    x = np.linspace(*plane.x_range, 2 * SIDE)
    y = np.clip(_share(network.predict(plane.to_inputs(x[:, None]))[:, 0], plane.y_range), 0, 1)
    placed = np.column_stack([_share(points[:, 0], plane.x_range), _share(points[:, 1], plane.y_range), points[:, 2]])
    return in_theme(lambda dark: curve_picture(_share(x, plane.x_range), y, placed, alt, dark, size))


def _scaled(values: Array, low: float, high: float) -> Array:
    """`values` with `low` at -1 and `high` at 1, cut there."""
    return np.clip((2.0 * values - low - high) / ((high - low) or 1.0), -1.0, 1.0)


def _share(values: Array, bounds: tuple[float, float]) -> Array:
    return (values - bounds[0]) / (bounds[1] - bounds[0])
