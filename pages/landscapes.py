"""Where does a ball roll to? Loss functions of one or two numbers whose minima are known."""

import streamlit as st

from nncore.chances import restarts_needed, share_of_groups, wilson_interval
from nncore.landscape_table import LANDSCAPES
from nncore.landscapes import NOWHERE, Landscape, basins, caught_by, last_places, roll
from pages.parts.choices import bind_choice, choice
from pages.parts.figures.landscape import basins_figure, contour_figure, curve_figure, surface_figure
from pages.parts.labels import name_of
from pages.parts.memo import memo
from pages.parts.server import drawing
from pages.parts.session import current_session, open_link, write_link
from pages.parts.style import is_dark, page_style

ROLLERS = ("sgd", "momentum", "nesterov", "rmsprop", "adam")
RATES = (1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1.0)
BALLS, STEPS = (1, 10, 100), (50, 100, 200, 500, 1000)
VIEWS = {"roll": "Roll", "surface": "3-D surface", "basins": "Basins of attraction"}
MANY = 2000  # balls behind the measured chances
FEWEST_GROUPS = 20  # fewer say nothing about a chance of 95 %


@st.fragment(key="landscapes")
def study() -> None:
    """The landscape, its balls and what became of them; reruns on its own."""
    session = current_session()
    write_link(session)
    name = choice(session, "landscape", "str", "quartic", lambda value: value in LANDSCAPES)
    land = LANDSCAPES[name]
    optimizer = choice(session, "roller", "str", "sgd", lambda value: value in ROLLERS)
    rate = choice(session, "eta", "float", land.rate, lambda value: 0 < value <= 10)
    balls = choice(session, "balls", "int", 100, lambda value: value in BALLS)
    steps = choice(session, "rolls", "int", 200, lambda value: value in STEPS)
    drop = choice(session, "drop", "int", 0, lambda value: 0 <= value <= 9999)
    cells = st.columns([3, 2, 2, 2, 2])
    cells[0].selectbox("Landscape", list(LANDSCAPES), format_func=lambda key: LANDSCAPES[key].title,
                       **bind_choice(session, "landscape", name, "quartic"))
    cells[1].selectbox("Optimizer", ROLLERS, format_func=lambda key: "GD" if key == "sgd" else name_of(key),
                       help="GD is plain gradient descent: there is no data here, so nothing is stochastic.",
                       **bind_choice(session, "roller", optimizer, "sgd"))
    cells[2].selectbox("Learning rate η", sorted({*RATES, land.rate, rate}), format_func=lambda value: f"{value:g}",
                       help="How far a ball moves for a slope of 1.", **bind_choice(session, "eta", rate, land.rate))
    cells[3].selectbox("Balls", BALLS, **bind_choice(session, "balls", balls, 100))
    cells[4].selectbox("Steps", STEPS, **bind_choice(session, "rolls", steps, 200))
    st.markdown(f"**{land.title}**, L = {land.formula}. {land.about}")
    for note in session.notes:
        st.warning(note, icon=":material/info:")
    session.notes = []
    view = choice(session, "look", "str", "roll", lambda value: value in VIEWS)
    views = [key for key in VIEWS if key != "surface" or land.n_dimensions == 2]
    left, right = st.columns([4, 1], vertical_alignment="bottom")
    left.segmented_control("View", views, format_func=VIEWS.get, label_visibility="collapsed", required=True,
                           **bind_choice(session, "look", view if view in views else "roll", "roll"))
    right.button("Drop again", icon=":material/casino:", help="Other starting places.",
                 on_click=lambda: session.choices.update(drop=str((drop + 1) % 10_000)))
    picture, numbers = st.columns([3, 1], gap="medium")
    path = roll(land, land.random_points(balls, drop), optimizer, rate, steps)
    with picture:
        _picture(land, path, view if view in views else "roll", (optimizer, rate, steps))
    with numbers:
        _chances(land, path, (optimizer, rate, steps))
    _try()


def _picture(land: Landscape, path, view: str, how: tuple[str, float, int]) -> None:
    """The landscape with the balls, or its basins."""
    if view == "basins":
        caught = memo().fetch(f"basins {land.title} {how}", lambda: basins(land, *how), 60_000)
    with drawing:
        if view == "basins":
            figure = basins_figure(land, caught, is_dark())
        elif view == "surface":
            figure = surface_figure(land, path[-1], is_dark())
        elif land.n_dimensions == 1:
            figure = curve_figure(land, path, is_dark())
        else:
            figure = contour_figure(land, path, is_dark())
    st.plotly_chart(figure, theme=None, key=f"land_{view}", config={"displayModeBar": False},
                    alt=f"{land.title} with {path.shape[1]} balls, view {VIEWS[view]}.")
    st.caption({
        "roll": "★ best minimum, ✕ other minima. Blue circles end in a best minimum, orange squares do not. Press Roll.",
        "surface": "The height is drawn on a root scale, so that valleys show beside steep walls. Drag to turn.",
        "basins": "A ball that starts in an area ends in the minimum of that colour; grey is caught by none in these steps. "
                  "Basins belong to the optimizer as much as to the function: change it and watch them move.",
    }[view])


def _chances(land: Landscape, path, how: tuple[str, float, int]) -> None:
    """How often a best minimum is found, and how many restarts that asks for."""
    found = _found(land, path[-1])
    low, high = wilson_interval(int(found.sum()), len(found))
    st.metric("Find a best minimum", f"{found.sum()} of {len(found)}", f"95 % sure of {low:.0%} to {high:.0%}",
              delta_color="off", delta_arrow="off")
    others = land.random_points(MANY, seed=12345)
    many = memo().fetch(f"many {land.title} {how}", lambda: _found(land, last_places(land, others, *how)), MANY)
    share = many.mean()
    needed = restarts_needed(share)
    if needed is None:
        st.markdown(f"Of {MANY:,} more balls none finds it: no number of restarts helps at this step length.")
        return
    st.metric("Restarts for 95 %", f"{needed}", f"{share:.1%} of {MANY:,} balls", delta_color="off", delta_arrow="off")
    if share < 1:
        st.markdown(f"All n fail with probability (1 − p)ⁿ, so n = ln 0.05 / ln(1 − {share:.3f}), rounded up.")
    measured = share_of_groups(many, needed)
    if MANY // needed >= FEWEST_GROUPS:
        st.markdown(f"Measured: of {MANY // needed:,} groups of {needed}, **{measured:.0%}** hold a ball that finds it.")


def _found(land: Landscape, places):
    caught = caught_by(land, places)
    return (caught != NOWHERE) & land.is_global[caught]


def _try() -> None:
    st.subheader("Try this", anchor=False)
    st.markdown(
        "- **Two valleys**, GD: at η 0.02 about 54 % of the starts find the lower valley, at η 0.3 none ends in any: "
        "the walls are too steep for such steps.\n"
        "- **Rastrigin, one dimension**: GD finds the best of eleven dents from 9 % of the starts, and so does momentum: "
        "a dent keeps what falls into it. At η 0.01 GD flies out of most dents and comes to rest in few.\n"
        "- **A saddle**, η 0.003: near the ridge there is hardly a slope, so in 200 steps GD gets 37 % of the balls down; "
        "RMSprop, whose steps do not shrink with the slope, 66 %.\n"
        "- **Rosenbrock**, 1,000 steps: GD at η 0.0005 brings 7 % of the balls along the valley to its end, Adam at η 0.1 "
        "about 67 %."
    )


page_style()
open_link("landscape", "roller", "eta", "balls", "rolls", "drop", "look")
st.title("Where does a ball roll to?", anchor=False)
study()
