"""Where should the weights start? All initializers at once, on the same data with the same random numbers."""

import streamlit as st

from nncore import ACTIVATIONS, INITIALIZERS
from nncore.cache import key_of
from nncore.many_starts.initializers.comparison import (
    DEPTHS,
    MAX_EPOCHS,
    WIDTHS,
    InitializerOutcome,
    InitializerRace,
)  # fmt: skip
from pages.parts.fields.labels import name_of
from pages.parts.fields.outside_text import literal
from pages.parts.figures.fan_picture import fan_picture
from pages.parts.initializers.findings import (
    diverged_words,
    formulas_finding,
    layers_finding,
    looked_at_initializer,
    losses_finding,
    lowest,
    pick_initializer,
)
from pages.parts.initializers.pairs import pairs_finding
from pages.parts.initializers.presets import PRESETS, answer_words
from pages.parts.initializers.rule import rule, seeds_fold
from pages.parts.page.choices import Span, bind_choice, choice
from pages.parts.page.frame import page, show_notes
from pages.parts.page.playing.guess import judged_guess
from pages.parts.page.playing.started import is_training_started
from pages.parts.page.playing.training import Watching, stop_button, watch_or_wait
from pages.parts.page.presets import show_presets
from pages.parts.page.session import Session
from pages.parts.page.streamlit_workarounds import section
from pages.parts.page.style import is_dark
from pages.parts.way.fold import fold
from pages.parts.way.strip import strip

EPOCHS = (20, 50, 100, 200, 500, 1000)
VIEWS = {"losses": "Losses", "layers": "Layer by layer", "formulas": "Formulas", "pairs": "With every activation"}
TRAINED = ("losses", "layers")
QUESTION = ("**Make your guess first.** The same network, {race.depth} hidden layers of {race.width} neurons with "
            "{activation}, begins from each initializer. Which of them will have learned most after "
            "{race.epochs:,} epochs, and which will not learn at all?")  # fmt: skip


def study(session: Session) -> None:
    """The network, its training from every initializer, and the findings."""
    e = session.run.settings
    batches = "full batch" if e.batch_size is None else f"batches of {e.batch_size}"
    rate = f"{name_of(e.optimizer)} at {e.learning_rate:g}"
    strip(session, scrubs=False, also=f"{rate}, {batches}; here with layers of its own")
    shown = choice(session, "initializer_view", "str", "losses", VIEWS)
    st.segmented_control("Finding", list(VIEWS), format_func=VIEWS.get, label_visibility="collapsed", required=True,
                         **bind_choice(session, "initializer_view", shown, "losses"))
    with section(VIEWS, shown):
        with fold("Layers, neurons, activation, epochs"):
            race = _controls(session, shown in TRAINED)
        looked_at = looked_at_initializer(session)
        with st.container(key="finding_rule"):
            rule(race)
        show_notes(session)
        try:
            _finding(session, race, shown, looked_at)
        except ValueError as error:
            st.error(literal(f"{error}."), icon=":material/memory:")
    show_presets(session, PRESETS, "try", 5, to_top=True)


def _controls(session: Session, trains: bool) -> InitializerRace:
    """The networks to compare; activation and epochs can be changed where the finding `trains` them."""
    depth = choice(session, "depth", "int", 5, Span(DEPTHS[0], DEPTHS[1]))
    width = choice(session, "width", "int", 16, Span(WIDTHS[0], WIDTHS[1]))
    activation = choice(session, "bend", "str", "tanh", ACTIVATIONS)
    epochs = choice(session, "race_epochs", "int", 100, Span(1, MAX_EPOCHS))
    race = InitializerRace(session.run.settings, depth, width, activation, epochs)
    cells = st.columns(4)
    cells[0].slider("Hidden layers", *DEPTHS, help="Each layer multiplies the signal by a factor, once per layer: the "
                                                   "deeper the network, the stronger the effect.",
                    **bind_choice(session, "depth", depth, 5))
    cells[1].slider("Neurons in each", *WIDTHS, help="All hidden layers have the same width.",
                    **bind_choice(session, "width", width, 16))
    if trains:
        cells[2].selectbox("Activation", list(ACTIVATIONS), format_func=name_of,
                           help="The activation function of all hidden neurons.",
                           **bind_choice(session, "bend", activation, "tanh"))
        cells[3].select_slider("Epochs", sorted({*EPOCHS, epochs}), help="How long every network is trained.",
                               **bind_choice(session, "race_epochs", epochs, 100))
    return race


def _finding(session: Session, race: InitializerRace, shown: str, looked_at: str) -> None:
    if shown in ("formulas", "layers"):
        pick_initializer(session, looked_at)
    if shown == "formulas":
        formulas_finding(race, looked_at)
        return
    if shown == "pairs":
        pairs_finding(race)
        return
    race.check_memory()
    answers = {name: name_of(name) for name in INITIALIZERS}
    if not is_training_started(session, race, QUESTION.format(race=race, activation=name_of(race.activation)), answers):
        return
    outcome = watch_or_wait(race, Watching(picture=lambda found: _picture(found, race)))
    if outcome is None:  # it was stopped before there was anything to show
        return
    if outcome.diverged.any():
        st.warning(diverged_words(outcome.diverged), icon=":material/stethoscope:")
    st.markdown(judged_guess(key_of(race), answers, lowest(outcome)))
    st.markdown(answer_words(race))
    if shown == "losses":
        losses_finding(outcome)
        seeds_fold(race)
    else:
        layers_finding(outcome, looked_at)


def _picture(found: InitializerOutcome, race: InitializerRace) -> str:
    """HTML of the losses so far."""
    return fan_picture(found.epochs, found.losses, race.epochs, is_dark()).replace(" starts", " initializers")


page("initializers", study,
     ("depth", "width", "bend", "race_epochs", "initializer_view", "look_at", "trained"), beside=stop_button)
