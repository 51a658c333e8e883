"""Where should the weights start? All initializers at once, on the same data with the same random numbers."""

import streamlit as st

from nncore import ACTIVATIONS
from nncore.initializer_race import DEPTHS, MAX_EPOCHS, WIDTHS, InitializerRace, InitializerTraining
from pages.parts.choices import bind_choice, choice
from pages.parts.comparing import compare, stop_button
from pages.parts.figures.fan_picture import fan_picture
from pages.parts.initializer_findings import formulas_finding, layers_finding, losses_finding, pairs_finding
from pages.parts.labels import name_of
from pages.parts.session import Session, current_session, open_link, write_link
from pages.parts.style import is_dark, page_style

EPOCHS = (20, 50, 100, 200, 500, 1000)
VIEWS = {"losses": "Losses", "layers": "Layer by layer", "formulas": "Formulas", "pairs": "With every activation"}
TRY = (
    ("Ten tanh layers", "Xavier passes the signal on and learns; s = 0.01 fades and s = 1 saturates.", 10, "tanh"),
    ("Twenty ReLU layers", "He keeps the strength, Xavier loses half of the variance a layer, and s = 1 explodes.",
     20, "relu"),
    ("Six sigmoid layers", "Slopes of a quarter at most: the gradient fades on its way back. Only s = 1 makes up for it.",
     6, "sigmoid"),
    ("Two layers", "So few layers forgive nearly every start; zeros, ones and s = 0.01 stay where they are.", 2, "tanh"),
)


@st.fragment(key="initializers")
def study() -> None:
    """The network, its training from every initializer, and the findings; reruns on its own."""
    session = current_session()
    write_link(session)
    e = session.run.settings
    st.markdown(f"{name_of(e.dataset).capitalize()}, {name_of(e.optimizer)} at {e.learning_rate:g}, "
                f"{'full batch' if e.batch_size is None else f'batches of {e.batch_size}'}: these are set on the "
                "Train page.")
    race = _controls(session)
    shown = choice(session, "initializer_view", "str", "losses", lambda name: name in VIEWS)
    st.segmented_control("Finding", list(VIEWS), format_func=VIEWS.get, label_visibility="collapsed", required=True,
                         **bind_choice(session, "initializer_view", shown, "losses"))
    try:
        race.check_memory()
        _finding(session, race, shown)
    except ValueError as error:
        st.error(f"{error}.", icon=":material/memory:")
    for note in session.notes:
        st.warning(note, icon=":material/info:")
    session.notes = []
    _presets(session)


def _controls(session: Session) -> InitializerRace:
    depth = choice(session, "depth", "int", 10, lambda value: DEPTHS[0] <= value <= DEPTHS[1])
    width = choice(session, "width", "int", 16, lambda value: WIDTHS[0] <= value <= WIDTHS[1])
    activation = choice(session, "bend", "str", "tanh", lambda value: value in ACTIVATIONS)
    epochs = choice(session, "race_epochs", "int", 100, lambda value: 1 <= value <= MAX_EPOCHS)
    cells = st.columns(4)
    cells[0].slider("Hidden layers", *DEPTHS, help="The deeper, the more often a factor is applied.",
                    **bind_choice(session, "depth", depth, 10))
    cells[1].slider("Neurons in each", *WIDTHS, help="All hidden layers have the same width.",
                    **bind_choice(session, "width", width, 16))
    cells[2].selectbox("Activation", list(ACTIVATIONS), format_func=name_of, help="The bend after each sum.",
                       **bind_choice(session, "bend", activation, "tanh"))
    cells[3].select_slider("Epochs", sorted({*EPOCHS, epochs}), help="How long every network is trained.",
                           **bind_choice(session, "race_epochs", epochs, 100))
    return InitializerRace(session.run.settings, depth, width, activation, epochs)


def _finding(session: Session, race: InitializerRace, shown: str) -> None:
    if shown == "formulas":
        formulas_finding(session, race)
        return
    if shown == "pairs":
        pairs_finding(race)
        return
    outcome = compare(repr(race), lambda: InitializerTraining(race), race.n_bytes,
                      lambda found: fan_picture(found.epochs, found.losses, race.epochs, is_dark()))
    if outcome.diverged.any():
        st.warning(f"{int(outcome.diverged.sum())} of the networks diverged: their numbers grew beyond all bounds.",
                   icon=":material/stethoscope:")
    if shown == "losses":
        losses_finding(outcome)
    else:
        layers_finding(session, outcome)


def _presets(session: Session) -> None:
    """Networks to try, with what to expect."""
    st.subheader("Try this", anchor=False)
    for cell, (title, expect, depth, bend) in zip(st.columns(len(TRY)), TRY, strict=True):
        with cell.container(border=True, height="stretch"):
            st.button(title, key=f"try_{title}", on_click=session.choices.update,
                      args=({"depth": str(depth), "bend": bend, "width": "16"},))
            st.caption(expect)


page_style()
open_link("depth", "width", "bend", "race_epochs", "initializer_view", "look_at")
heading, stop = st.columns([5, 1], vertical_alignment="bottom")
heading.title("Where should the weights start?", anchor=False)
with stop:
    stop_button()
study()
