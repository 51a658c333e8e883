"""How many samples should make one update? Several batch sizes from the same first weights, at equal cost."""

import streamlit as st

from nncore import build_split
from pages.parts.batches.controls import race_controls, read_race
from pages.parts.batches.costs import cost_finding, guess_words, read_cost, trained_lanes
from pages.parts.batches.gradients import noise_finding, read_place
from pages.parts.batches.paths import paths_finding
from pages.parts.batches.presets import PRESETS
from pages.parts.batches.samples import read_update, samples_finding
from pages.parts.batches.theory import theory
from pages.parts.fields.labels import name_of
from pages.parts.fields.outside_text import literal
from pages.parts.page.choices import bind_choice, choice
from pages.parts.page.frame import page
from pages.parts.page.playing.training import stop_button
from pages.parts.page.presets import show_presets
from pages.parts.page.session import Session
from pages.parts.page.streamlit_workarounds import section
from pages.parts.way.fold import fold
from pages.parts.way.strip import strip

VIEWS = {"cost": "Loss against cost", "paths": "Paths", "noise": "Gradient noise", "samples": "Which samples"}


def study(session: Session) -> None:
    """What is compared, its training, and the findings."""
    strip(session, scrubs=False, also=name_of(session.run.settings.optimizer))
    shown = choice(session, "batch_view", "str", "cost", VIEWS)
    st.segmented_control("Finding", list(VIEWS), format_func=VIEWS.get, label_visibility="collapsed", required=True,
                         **bind_choice(session, "batch_view", shown, "cost"))
    with section(VIEWS, shown):
        # What only one finding asks for is read for all of them, so that a wrong link is told.
        for read in (read_race, read_cost, read_place, read_update):
            read(session)
        try:
            _finding(session, shown)
        except ValueError as error:
            st.error(literal(f"{error}."), icon=":material/memory:")
    theory(session, len(build_split(session.run.settings).train))
    show_presets(session, PRESETS, "try", 5, to_top=True)


def _finding(session: Session, shown: str) -> None:
    """The finding `shown`, below the controls that change it."""
    if shown == "noise":
        noise_finding(session)
        return
    if shown == "samples":
        samples_finding(session)
        return
    with fold("Batch sizes, epochs, learning rate"):
        race = race_controls(session)
    lanes = trained_lanes(session, race)
    if lanes is None:
        return
    st.markdown(guess_words(race, lanes))
    if shown == "cost":
        cost_finding(session, race, lanes)
    else:
        paths_finding(race, lanes)


page("batches", study,
     ("batch_sizes", "batch_epochs", "rate_power", "batch_view", "cost", "noise_at", "update", "trained"),
     beside=stop_button)
