"""Where does a ball roll to? Loss functions of one or two numbers whose minima are known."""

import streamlit as st

from nncore.many_starts.landscapes.rolling import roll
from pages.parts.fields.source import show_source
from pages.parts.figures.landscapes.landscape import KEYED, basins_figure, surface_figure
from pages.parts.figures.landscapes.race import Track, colour_of, race_figure, start_figure
from pages.parts.landscapes.balls import caught_by
from pages.parts.landscapes.controls import Setup, begin_with_race, label_of, roll_controls
from pages.parts.landscapes.placing import PICTURE, placing_fields, take_clicked_place
from pages.parts.landscapes.presets import BALL_PRESETS, NAMES, answer_words
from pages.parts.landscapes.results import chances, race_results
from pages.parts.landscapes.rolling import NUMBERS, roll_by_itself
from pages.parts.page.choices import bind_choice, choice
from pages.parts.page.figure import show_figure
from pages.parts.page.frame import page
from pages.parts.page.playing.started import is_started, press
from pages.parts.page.presets import show_presets
from pages.parts.page.session import Session
from pages.parts.page.style import is_dark
from pages.parts.way.fold import fold

VIEWS = {"roll": "Roll", "surface": "3-D surface", "basins": "Basins of attraction"}
SIDES = {1: 601, 2: 141}  # starting places along an axis of the map of basins
BEFORE = "Click into the picture to put a ball there, or use the fields. Guess where each optimizer's ball ends, then roll."
AFTER = ("★ best minimum, ✕ other minima, with the number of balls that each holds at the end. A ball that is hollow "
         "then is in no best minimum.")  # fmt: skip
SURFACE = "The height is drawn on a root scale, so that valleys show beside steep walls. Drag to turn."
BASINS = ("A ball that starts in an area stays in one minimum{key}. Basins belong to the optimizer as much as to the "
          "function: these are those of {optimizer}. Change it and watch them move.")  # fmt: skip


def study(session: Session) -> None:
    """The landscape, its balls and what became of them."""
    with fold("Landscape, optimizers, learning rate, balls"):
        setup = roll_controls(session)
    st.container(key="after_land").markdown(f"**{setup.land.title}**, L = {setup.land.formula}. {setup.land.about}")
    buttons = st.container(horizontal=True, vertical_alignment="center")
    with buttons:
        view = _view(session, setup)
    key = f"basins {setup.land.title} {setup.how[0]}" if view == "basins" else setup.key
    started = is_started(session, "rolled", key)
    with buttons:
        st.button("Roll a ball from every place" if view == "basins" else "Roll", type="primary", disabled=started,
                  icon=":material/play_arrow:", key="roll", on_click=press, args=("rolled",))
        st.button("Drop again", icon=":material/casino:", help="Other starting places.", key="drop_again",
                  on_click=_drop_again, args=(session,))
    picture, numbers = st.columns([3, 1] if len(setup.how) == 1 else [3, 2], gap="medium")
    tracks = [Track(way[0], label_of(way[0]), roll(setup.land, setup.starts, *way)) for way in setup.how] if started else []
    with picture:
        _picture(session, setup, view, tracks)
    with numbers:
        if started:
            with st.container(key=NUMBERS):
                _numbers(setup, tracks)
        elif view != "surface":
            st.markdown(BEFORE)
            placing_fields(session, setup.land, setup.placed)
        show_source(setup.land.value, p=setup.starts)
    show_presets(session, BALL_PRESETS, "ball", 4, forgets=NAMES, to_top=True)


def _view(session: Session, setup: Setup) -> str:
    """How the landscape is shown."""
    view = choice(session, "ball_view", "str", "roll", VIEWS)
    views = [key for key in VIEWS if key != "surface" or setup.land.n_dimensions == 2]
    view = view if view in views else "roll"
    st.segmented_control("View", views, format_func=VIEWS.get, label_visibility="collapsed", required=True,
                         **bind_choice(session, "ball_view", view, "roll"))
    return view


def _drop_again(session: Session) -> None:
    session.choices.pop("ball_at", None)
    session.choices["ball_drop"] = str((int(session.choices.get("ball_drop", "0")) + 1) % 10_000)


def _picture(session: Session, setup: Setup, view: str, tracks: list[Track]) -> None:
    """The landscape with the balls, or its basins; before the roll, with nothing of where balls go."""
    land, n_balls = setup.land, len(setup.starts)
    if view == "surface":
        places = [track.path[-1] for track in tracks] or [setup.starts]
        colours = [colour_of(track.optimizer, is_dark()) for track in tracks] or ["#ffffff"]
        at = "end" if tracks else "start"
        show_figure("land_surface", f"{land.title} as a surface with {n_balls} balls where they {at}.", surface_figure, land,
                    places, colours)
        st.caption(f"The balls where they {at}. {SURFACE}")
    elif view == "basins" and tracks:
        caught = caught_by(land, setup.how[0], SIDES[land.n_dimensions])
        show_figure("land_basins", f"{land.title}: which minimum a ball from each place ends in.", basins_figure, land,
                    caught)
        few = len(land.minima) <= KEYED + 1
        key = ", named in the key" if few else "; the colour says how high that is, and grey areas end in none"
        st.caption(BASINS.format(key=key, optimizer=tracks[0].label))
    elif tracks:
        show_figure("land_roll", f"{land.title} with {n_balls} balls of {len(tracks)} optimizers, step by step.",
                    race_figure, land, tracks)
        roll_by_itself(setup.key)
        st.caption(AFTER)
    else:
        show_figure(PICTURE, f"{land.title} with {n_balls} balls where they start.", start_figure, land, setup.starts,
                    selection_mode="points", on_select=lambda: take_clicked_place(session, land))  # fmt: skip


def _numbers(setup: Setup, tracks: list[Track]) -> None:
    if len(tracks) == 1:
        chances(setup.land, tracks[0], setup.how[0])
    else:
        race_results(setup.land, tracks, setup.how)
    st.markdown(answer_words(setup.land, setup.how))


page("landscapes", study, NAMES, complete_link=begin_with_race)
