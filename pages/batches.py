"""How many samples should make one update? Several batch sizes from the same first weights, at equal cost."""

import streamlit as st

from pages.parts.batches.controls import race_controls, read_race
from pages.parts.batches.costs import cost_finding, read_cost, trained_lanes
from pages.parts.batches.gradients import noise_finding, read_place
from pages.parts.batches.paths import paths_finding
from pages.parts.batches.samples import read_update, samples_finding
from pages.parts.fields.labels import name_of, summarise
from pages.parts.page.choices import bind_choice, choice
from pages.parts.page.clicks import latest
from pages.parts.page.comparing import stop_button
from pages.parts.page.link import open_link, write_link
from pages.parts.page.notes import show_notes
from pages.parts.page.sections import ask_for_top, section, top_of_page
from pages.parts.page.session import Session, current_session
from pages.parts.page.style import page_style

VIEWS = {"cost": "Loss against cost", "paths": "Paths", "noise": "Gradient noise", "samples": "Which samples"}
TRY = (
    ("The same samples seen", "Compare the losses above one point of the axis: there the smaller batches have made more "
                              "updates of the same samples.",
     {"rate_power": "0.0", "batch_view": "cost", "cost": "samples"}),
    ("The same number of updates", "Above one point of this axis the larger batches have seen more samples, and on the "
                                   "average each of their updates points better.",
     {"rate_power": "0.0", "batch_view": "cost", "cost": "updates"}),
    ("Raise the rate with the batch", "Where the rate rises with B, an epoch moves all about as far while rates are small. "
                                      "One that grew too large swings or diverges.",
     {"rate_power": "1.0", "batch_view": "cost", "cost": "epochs"}),
    ("One sample or all", "Two paths from the same first weights: many uncertain steps, and fewer, certain ones.",
     {"batch_sizes": "1,full", "rate_power": "0.0", "batch_view": "paths"}),
    ("Noise and 1/√B", "The points follow the dotted line, and fall below it where a batch is a large share of all "
                       "samples.",
     {"batch_view": "noise", "noise_at": "first"}),
)  # fmt: skip


@st.fragment(key="batches")
def study() -> None:
    """What is compared, its training, and the findings; reruns on its own."""
    session = current_session()
    write_link(session)
    top_of_page()
    e = session.run.settings
    st.markdown(f"{name_of(e.dataset).capitalize()}: {summarise(e)}, {name_of(e.optimizer)}. Change it on the Train page.")
    shown = choice(session, "batch_view", "str", "cost", lambda name: name in VIEWS)
    st.segmented_control("Finding", list(VIEWS), format_func=VIEWS.get, label_visibility="collapsed", required=True,
                         **bind_choice(session, "batch_view", shown, "cost"))
    with section(VIEWS, shown):
        noted = st.container()
        # What only one finding asks for is read for all of them, so that a wrong link is told.
        for read in (read_race, read_cost, read_place, read_update):
            read(session)
        try:
            _finding(session, shown)
        except ValueError as error:
            st.error(f"{error}.", icon=":material/memory:")
        show_notes(session, noted)
    _presets(session)


def _finding(session: Session, shown: str) -> None:
    """The finding `shown`, below the controls that change it."""
    if shown == "noise":
        noise_finding(session)
        return
    if shown == "samples":
        samples_finding(session)
        return
    race = race_controls(session)
    lanes = trained_lanes(race)
    if shown == "cost":
        cost_finding(session, lanes)
    else:
        paths_finding(race, lanes)


def _presets(session: Session) -> None:
    """What to look at, with what to expect."""
    st.subheader("Try this", anchor=False)
    for cell, (title, expect, choices) in zip(st.columns(len(TRY)), TRY, strict=True):
        with cell.container(border=True, height="stretch"):
            st.button(title, key=f"try_{title}", on_click=_open, args=(session, choices))
            st.caption(expect)


@latest
def _open(session: Session, choices: dict[str, str]) -> None:
    session.choices.update(choices)
    ask_for_top()


page_style()
open_link("batch_sizes", "batch_epochs", "rate_power", "batch_view", "cost", "noise_at", "update")
heading, stop = st.columns([5, 1], vertical_alignment="bottom")
heading.title("How many samples should make one update?", anchor=False)
with stop:
    stop_button()
study()
