"""What does the loss look like around this network? A slice through the space of its weights."""

import streamlit as st

from pages.parts.fields.outside_text import literal
from pages.parts.figures.surface.slices import SliceView, slice_contour, slice_surface
from pages.parts.page.choices import Span, bind_choice, choice
from pages.parts.page.figure import show_figure
from pages.parts.page.frame import page, show_notes
from pages.parts.page.playing.training import stop_button
from pages.parts.page.presets import show_presets
from pages.parts.page.session import Session
from pages.parts.page.snapshot.scrubber import FIRST_LOOK, first_look
from pages.parts.page.streamlit_workarounds import place_for
from pages.parts.surface.path_start import has_started, is_started, told, walk_path
from pages.parts.surface.presets import NAMES, SURFACE_PRESETS, answer_words
from pages.parts.surface.view import NotTrained, make_slice, parameter_names, path_to, settings_at, slice_view
from pages.parts.surface.words import ABOUT, mark_words, scale_words, side_words
from pages.parts.way.fold import fold
from pages.parts.way.strip import strip

KINDS = {
    "path": "The path of training", "random": "Two random directions", "weights": "Two weights",
    "solutions": "Three solutions",
}  # fmt: skip
SHAPES = {"contour": "From above", "space": "3-D"}
HEIGHTS = {"log": "log₁₀ loss", "loss": "loss"}
WEIGHTS = ("surface_first", "surface_second")
ZOOMS = (0.25, 0.5, 1.0, 2.0, 4.0)


def study(session: Session) -> None:
    """The directions, the slice, and what it hides."""
    kind = choice(session, "surface_directions", "str", "path", KINDS)
    frame, end = strip(session, asks=not has_started(session, kind)), _path_end(session)
    e = settings_at(session, frame)
    with fold("Which slice, and how it is drawn"):
        st.segmented_control("Directions", list(KINDS), format_func=KINDS.get, required=True,
                             **bind_choice(session, "surface_directions", kind, "path"))
        draw, *weights = _places(session, e)
        # Two places in the parameter vector, or which random directions.
        picked = (_weights(session, e, *weights) if kind == "weights"
                  else (_draw(session, draw) if kind == "random" else 0, 0))  # fmt: skip
        zoom, drawn = _looks(session)
    show_notes(session)
    if is_started(session, kind):
        with place_for("surface", f"{session.run!r} {kind}"):
            _picture(session, (kind, picked, end), zoom, drawn)
            st.markdown(answer_words(session.run, kind))
    show_presets(session, SURFACE_PRESETS, "surface", 4, forgets=NAMES, to_top=True)


def complete_link(session: Session) -> None:
    """Picks the snapshot and the end of the path where the link names none."""
    _forget_other_path(session)
    walk_path(session)
    first_look(session)
    _path_end(session)


def _path_end(session: Session) -> int:
    """The last frame of the path: the one that the link names, and as far as this person has looked."""
    last = session.run.segments[-1].last_frame
    end = choice(session, "surface_path", "int", FIRST_LOOK, Span(0, last))
    if session.frame > end:
        end = session.frame
        session.choices["surface_path"] = str(end)
    return end


def _forget_other_path(session: Session) -> None:
    """Where a path ends belongs to its run; another run, unless a link says so, begins with the usual one."""
    before, st.session_state["surface_run"] = st.session_state.get("surface_run"), session.run.key
    if before not in (None, session.run.key) and "surface_path" not in st.query_params:
        session.choices.pop("surface_path", None)


def _places(session: Session, e) -> tuple[int, int, int]:
    """The draw of random directions and the places of two weights; read for every kind, so that a wrong link is told."""
    n_weights = e.n_parameters
    return (choice(session, "surface_draw", "int", 0, Span(0, 9999)),
            *(choice(session, name, "int", default, range(n_weights))
              for default, name in enumerate(WEIGHTS)))  # fmt: skip


def _looks(session: Session) -> tuple[float, tuple[str, bool]]:
    """How wide the slice is, and how it is drawn: the shape, and whether on a log scale."""
    cells = st.columns(3)
    shape = choice(session, "surface_view", "str", "contour", SHAPES)
    cells[0].segmented_control("View", list(SHAPES), format_func=SHAPES.get, required=True,
                               **bind_choice(session, "surface_view", shape, "contour"))
    zoom = choice(session, "surface_zoom", "float", 1.0, Span(0.01, 100))
    cells[1].select_slider("Width", sorted({*ZOOMS, zoom}), format_func=lambda value: f"{value:g}×",
                           help="How much of the plane is seen.", **bind_choice(session, "surface_zoom", zoom, 1.0))
    scale = choice(session, "surface_height", "str", "log", HEIGHTS)
    cells[2].segmented_control("Height", list(HEIGHTS), format_func=HEIGHTS.get, required=True,
                               **bind_choice(session, "surface_height", scale, "log"))
    return zoom, (shape, scale == "log")


def _draw(session: Session, draw: int) -> int:
    st.button("Other directions", icon=":material/casino:", key="surface_again", help="Two more random directions.",
              on_click=lambda: session.choices.update(surface_draw=str((draw + 1) % 10_000)))
    return draw


def _weights(session: Session, e, first: int, second: int) -> tuple[int, int]:
    """Lets one pick two places in the flat parameter vector by name."""
    names = parameter_names(e)
    for default, (cell, name, value) in enumerate(zip(st.columns(2), WEIGHTS, (first, second), strict=True)):
        cell.selectbox("Upwards" if default else "Across", range(len(names)), format_func=names.__getitem__,
                       **bind_choice(session, name, value, default))
    return first, second


def _picture(session: Session, plan: tuple[str, tuple[int, int], int], zoom: float, drawn: tuple[str, bool]) -> None:
    """The slice of this `plan` (kind, what was picked for it, end of the path), and what it shows and hides."""
    kind, picked, end = plan
    path, here = path_to(session, session.frame, end)
    try:
        plane = make_slice(session, kind, picked, path, here)
    except NotTrained:
        return
    except ValueError as error:
        st.warning(literal(f"This plane cannot be drawn: {error}."), icon=":material/info:")
        return
    st.markdown(told(session, kind, path))
    view = slice_view(session, plane, kind, zoom, path, here)
    left, right = st.columns([3, 1], gap="medium")
    with left:
        _chart(view, kind, session.frame, drawn)
        st.caption(scale_words(view, max(end, session.frame)))
    with right:
        st.markdown(ABOUT[kind](session))
        side_words(session, plane, view, path[here])


def _chart(view: SliceView, kind: str, frame: int, drawn: tuple[str, bool]) -> None:
    shape, log = drawn
    show_figure(f"slice_{shape}", f"Loss on a slice, {KINDS[kind].lower()}, with the path of training and snapshot {frame}.",
                slice_contour if shape == "contour" else slice_surface, view, log)
    st.caption(mark_words(view, shape == "space"))


page("surface", study, NAMES, complete_link=complete_link,
     beside=stop_button)
