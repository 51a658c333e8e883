"""What does the loss look like around this network? A slice through the space of its weights."""

import streamlit as st

from pages.parts.choices import bind_choice, choice
from pages.parts.figures.surface import slice_contour, slice_surface
from pages.parts.labels import summarise
from pages.parts.memo import memo
from pages.parts.scrubber import scrubber
from pages.parts.server import chunk_store, drawing
from pages.parts.session import Session, current_session, open_link, write_link
from pages.parts.style import is_dark, page_style
from pages.parts.surface_view import make_slice, parameter_names, path_to, settings_at, slice_view, true_and_shown_loss

KINDS = {
    "path": "The path of training", "random": "Two random directions", "weights": "Two weights",
    "solutions": "Three solutions",
}  # fmt: skip
ABOUT = {
    "path": "The two principal directions of the recorded path: the plane in which training moved most.",
    "random": "Two random directions through the frame on screen, each neuron's part as long as that neuron's weights, so "
              "that networks with large and with small weights can be compared.",
    "weights": "Two single numbers change, all the others stay as they are in the frame on screen.",
    "solutions": "The plane through starts 0, 1 and 2 (A, B, C), each trained for as long as the frame on screen, with "
                 "the neurons of B and C matched to those of A.",
}  # fmt: skip
SHAPES = {"contour": "From above", "space": "3-D"}
ZOOMS = (0.25, 0.5, 1.0, 2.0, 4.0)


@st.fragment(key="surface")
def study() -> None:
    """The directions, the slice, and what it hides; reruns on its own."""
    session = current_session()
    frame = scrubber(session)
    write_link(session)
    e = settings_at(session, frame)
    kind = choice(session, "directions", "str", "path", lambda value: value in KINDS)
    st.segmented_control("Directions", list(KINDS), format_func=KINDS.get, required=True,
                         **bind_choice(session, "directions", kind, "path"))
    weights = _weights(session, e) if kind == "weights" else (0, 1)
    cells = st.columns([2, 2, 2])
    shape = choice(session, "shape", "str", "contour", lambda value: value in SHAPES)
    cells[0].segmented_control("View", list(SHAPES), format_func=SHAPES.get, required=True,
                               **bind_choice(session, "shape", shape, "contour"))
    zoom = choice(session, "zoom", "float", 1.0, lambda value: 0.01 <= value <= 100)
    cells[1].select_slider("Width", sorted({*ZOOMS, zoom}), format_func=lambda value: f"{value:g}×",
                           help="How much of the plane is seen.", **bind_choice(session, "zoom", zoom, 1.0))
    scale = choice(session, "height", "str", "log", lambda value: value in ("log", "loss"))
    cells[2].segmented_control("Height", ["log", "loss"], format_func={"log": "log₁₀ loss", "loss": "loss"}.get,
                               required=True, **bind_choice(session, "height", scale, "log"))
    for note in session.notes:
        st.warning(note, icon=":material/info:")
    session.notes = []
    _picture(session, kind, weights, zoom, (shape, scale == "log"))


def _weights(session: Session, e) -> tuple[int, int]:
    """Two places in the flat parameter vector, picked by name."""
    names, picked = parameter_names(e), []
    for cell, name, default in zip(st.columns(2), ("first_weight", "second_weight"), (0, 1), strict=True):
        value = choice(session, name, "int", default, lambda place: 0 <= place < len(names))
        cell.selectbox("Across" if default == 0 else "Upwards", range(len(names)), format_func=names.__getitem__,
                       **bind_choice(session, name, value, default))
        picked.append(value)
    return picked[0], picked[1]


def _picture(session: Session, kind: str, weights: tuple[int, int], zoom: float, drawn: tuple[str, bool]) -> None:
    """The slice, and beside it what it shows and hides."""
    epochs, _, _ = chunk_store().scores(session.run, session.frame)
    path, here = path_to(session, session.frame)
    try:
        plane = make_slice(session, kind, weights, int(epochs[-1]), path, here)
    except ValueError as error:
        st.warning(f"There is no such plane: {error}.", icon=":material/info:")
        return
    key = f"slice {session.run!r} {session.frame} {len(path)} {kind} {weights} {zoom}"
    view = memo().fetch(key, lambda: slice_view(session, plane, kind, zoom, path, here), 60_000)
    shape, log = drawn
    with drawing:
        figure = (slice_contour if shape == "contour" else slice_surface)(view, log, is_dark())
    left, right = st.columns([3, 1], gap="medium")
    with left:
        st.plotly_chart(figure, theme=None, key=f"slice_{shape}", config={"displayModeBar": False},
                        alt=f"Loss on a slice, {KINDS[kind].lower()}, with the path of training and frame {session.frame}.")
    with right:
        st.markdown(ABOUT[kind])
        true, shown, distance = true_and_shown_loss(session, plane, path[here])
        st.metric("Loss of the frame on screen", f"{true:.4f}")
        if distance > 1e-6:
            st.metric("Loss on the plane below it", f"{shown:.4f}", f"{distance:.2f} away", delta_color="off",
                      delta_arrow="off")
        st.warning(f"A slice shows 2 of {path.shape[1]:,} directions. A valley may go on, a wall may have a gate, and two "
                   "minima may be joined in directions that are not shown. What lies off the plane is drawn at its nearest "
                   "point, where the loss can be another.", icon=":material/visibility_off:")


page_style()
open_link("directions", "first_weight", "second_weight", "shape", "zoom", "height")
st.title("What does the loss look like around this network?", anchor=False)
st.caption(summarise(current_session().run.settings))
study()
