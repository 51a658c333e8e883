"""Where does a ball roll to? Loss functions of one or two numbers whose minima are known."""

import streamlit as st

from nncore.many_starts.landscape_table import LANDSCAPES
from nncore.many_starts.landscapes import HELD_STEPS, Landscape, finds_best, passes_best, roll
from nncore.statistics import restarts_needed, restarts_range, share_of_groups, wilson_interval
from pages.parts.fields.labels import name_of
from pages.parts.fields.numbers import percent
from pages.parts.figures.landscape import KEYED, basins_figure, contour_figure, curve_figure, surface_figure
from pages.parts.landscapes.balls import How, caught_by, many_find_best
from pages.parts.landscapes.presets import BALL_PRESETS, NAMES
from pages.parts.page.choices import Span, bind_choice, choice
from pages.parts.page.figure import show_figure
from pages.parts.page.frame import page
from pages.parts.page.presets import show_presets
from pages.parts.page.session import Session
from pages.parts.way.fold import fold

ROLLERS = ("sgd", "momentum", "nesterov", "rmsprop", "adam")
RATES = (1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1.0)
BALLS, STEPS = (1, 10, 100), (50, 100, 200, 500, 1000)
VIEWS = {"roll": "Roll", "surface": "3-D surface", "basins": "Basins of attraction"}
CAPTIONS = {
    "roll": "★ best minimum, ✕ other minima. Blue circles stay in a best minimum, orange squares do not. Press Roll.",
    "surface": "The balls where they end. The height is drawn on a root scale, so that valleys show beside steep walls. "
               "Drag to turn.",
    "basins": "A ball that starts in an area stays in one minimum{key}. Basins belong to the optimizer as much as to the "
              "function: change it and watch them move.",
}  # fmt: skip
SIDES = {1: 601, 2: 141}  # starting places along an axis of the map of basins
MANY = 2000  # balls behind the measured chances
FEWEST_GROUPS = 20  # fewer say nothing about a chance of 95 %


def study(session: Session) -> None:
    """The landscape, its balls and what became of them."""
    with fold("Landscape, optimizer, learning rate, balls"):
        land, how, balls = _controls(session)
    st.markdown(f"**{land.title}**, L = {land.formula}. {land.about}")
    view, drop = _view(session, land)
    picture, numbers = st.columns([3, 1], gap="medium")
    path = roll(land, land.random_points(balls, drop), *how)
    with picture:
        _picture(land, path, view, how)
    with numbers:
        _chances(land, path, how)
    show_presets(session, BALL_PRESETS, "ball", 4, forgets=NAMES, to_top=True)


def _controls(session: Session) -> tuple[Landscape, How, int]:
    name = choice(session, "landscape", "str", "quartic", LANDSCAPES)
    land = LANDSCAPES[name]
    optimizer = choice(session, "ball_optimizer", "str", "sgd", ROLLERS)
    rate = choice(session, "ball_rate", "float", land.rate, Span(1e-9, 10))
    balls = choice(session, "balls", "int", 100, BALLS)
    steps = choice(session, "ball_steps", "int", 200, STEPS)
    cells = st.columns([3, 2, 2, 2, 2])
    cells[0].selectbox("Landscape", list(LANDSCAPES), format_func=lambda key: LANDSCAPES[key].title,
                       **bind_choice(session, "landscape", name, "quartic"))
    cells[1].selectbox("Optimizer", ROLLERS, format_func=lambda key: "GD" if key == "sgd" else name_of(key),
                       help="GD is plain gradient descent: there is no data here, so nothing is stochastic.",
                       **bind_choice(session, "ball_optimizer", optimizer, "sgd"))
    cells[2].selectbox("Learning rate η", sorted({*RATES, land.rate, rate}), format_func=lambda value: f"{value:g}",
                       help="A step is η times the slope, downhill.",
                       **bind_choice(session, "ball_rate", rate, land.rate))
    cells[3].selectbox("Balls", BALLS, **bind_choice(session, "balls", balls, 100))
    cells[4].selectbox("Steps", STEPS, **bind_choice(session, "ball_steps", steps, 200))
    return land, (optimizer, rate, steps), balls


def _view(session: Session, land: Landscape) -> tuple[str, int]:
    """How the landscape is shown, and which starting places the balls have."""
    drop = choice(session, "ball_drop", "int", 0, Span(0, 9999))
    view = choice(session, "ball_view", "str", "roll", VIEWS)
    views = [key for key in VIEWS if key != "surface" or land.n_dimensions == 2]
    view = view if view in views else "roll"
    left, right = st.columns([4, 1], vertical_alignment="bottom")
    left.segmented_control("View", views, format_func=VIEWS.get, label_visibility="collapsed", required=True,
                           **bind_choice(session, "ball_view", view, "roll"))
    right.button("Drop again", icon=":material/casino:", help="Other starting places.", key="drop_again",
                 on_click=lambda: session.choices.update(ball_drop=str((drop + 1) % 10_000)))
    return view, drop


def _picture(land: Landscape, path, view: str, how: How) -> None:
    """The landscape with the balls, or its basins."""
    if view == "basins":
        side = SIDES[land.n_dimensions]
        caught = caught_by(land, how, side)
        make, of = basins_figure, caught
    elif view == "surface":
        make, of = surface_figure, path[-1]
    else:
        make, of = curve_figure if land.n_dimensions == 1 else contour_figure, path
    show_figure(f"land_{view}", f"{land.title} with {path.shape[1]} balls, view {VIEWS[view]}.", make, land, of)
    few = len(land.minima) <= KEYED + 1
    key = ", named in the key" if few else "; the colour says how high that is, and grey areas end in none"
    st.caption(CAPTIONS[view].format(key=key))


def _chances(land: Landscape, path, how: How) -> None:
    """How often a best minimum is found, and how many starts that asks for."""
    found, passing = finds_best(land, path), int(passes_best(land, path).sum())
    low, high = wilson_interval(int(found.sum()), len(found))
    st.metric("Find a best minimum", f"{found.sum()} of {len(found)}",
              help=f"A ball counts when over its last {HELD_STEPS} steps it stays within a quarter of the way to the next "
                   "minimum, or, where there is only one, within 0.25 of it.")
    st.caption(f"95\u00a0% confidence interval {percent(low)} to {percent(high)}")
    if passing:
        st.markdown(f"{passing} more {'is' if passing == 1 else 'are'} near one at the last step, but not on all of the "
                    f"last {HELD_STEPS}.")
    many = many_find_best(land, how, MANY)
    share, needed = many.mean(), restarts_needed(many.mean())
    if needed is None:
        st.markdown(f"Of {MANY:,} more balls none finds it: more starts are of no use at this learning rate.")
        return
    fewest, most = restarts_range(int(many.sum()), MANY)
    between = f"{fewest:,} to {most:,}" if fewest < most else "the same number"
    st.metric("Starts needed", f"{needed:,}")
    st.caption("Drop this many balls for a 95\u00a0% chance that at least one reaches the best minimum. The share p that "
               f"reaches it is taken from {MANY:,} more balls: {percent(share, 1)}; the ends of its 95\u00a0% confidence "
               f"interval give {between}.")
    if share < 1:
        st.markdown(f"All n fail with probability (1 − p)ⁿ, so n = ln 0.05 / ln(1 − {share:.3f}), rounded up.")
    if MANY // needed >= FEWEST_GROUPS:
        st.markdown(f"Measured: of {MANY // needed:,} groups of {needed}, **{percent(share_of_groups(many, needed))}** hold "
                    "a ball that finds it.")


page("landscapes", study, NAMES)
