"""How many samples should make one update? Several batch sizes from the same first weights, at equal cost."""

import streamlit as st

from nncore.batch_race import MAX_EPOCHS, BatchRace, BatchTraining
from pages.parts.batch_findings import cost_finding, noise_finding, paths_finding, race_picture, samples_finding
from pages.parts.choices import bind_choice, choice
from pages.parts.comparing import compare, stop_button
from pages.parts.labels import name_of, summarise
from pages.parts.session import Session, current_session, open_link, write_link
from pages.parts.style import page_style

EPOCHS = (5, 10, 20, 30, 50, 100, 200)
VIEWS = {"cost": "Loss against cost", "paths": "Paths", "noise": "Gradient noise", "samples": "Which samples"}
POWERS = {0.0: "stays", 0.5: "rises with √B", 1.0: "rises with B"}
TRY = (
    ("The same samples seen", "Small batches are ahead: they make more updates of the same samples.",
     {"rate_power": "0.0", "batch_view": "cost", "cost": "epochs"}),
    ("The same number of updates", "Now the large batches catch up: each of their updates points better.",
     {"rate_power": "0.0", "batch_view": "cost", "cost": "updates"}),
    ("Raise the rate with the batch", "Where the rate rises with B, an epoch moves all about as far, and the curves "
                                      "close up.",
     {"rate_power": "1.0", "batch_view": "cost", "cost": "epochs"}),
    ("Noise and 1/√B", "Points on the dotted line, until the batch is a large share of all samples.",
     {"batch_view": "noise"}),
)  # fmt: skip


@st.fragment(key="batches")
def study() -> None:
    """What is compared, its training, and the findings; reruns on its own."""
    session = current_session()
    write_link(session)
    e = session.run.settings
    st.markdown(f"{name_of(e.dataset).capitalize()}: {summarise(e)}, {name_of(e.optimizer)}. Change it on the Train page.")
    race = _controls(session)
    shown = choice(session, "batch_view", "str", "cost", lambda name: name in VIEWS)
    st.segmented_control("Finding", list(VIEWS), format_func=VIEWS.get, label_visibility="collapsed", required=True,
                         **bind_choice(session, "batch_view", shown, "cost"))
    try:
        race.check_memory()
        _finding(session, race, shown)
    except ValueError as error:
        st.error(f"{error}.", icon=":material/memory:")
    for note in session.notes:
        st.warning(note, icon=":material/info:")
    session.notes = []
    _presets(session)


def _controls(session: Session) -> BatchRace:
    e = session.run.settings
    epochs = choice(session, "batch_epochs", "int", 20, lambda value: 1 <= value <= MAX_EPOCHS)
    power = choice(session, "rate_power", "float", 0.0, lambda value: value in POWERS)
    cells = st.columns(2)
    cells[0].select_slider("Epochs of the dearest", sorted({*EPOCHS, epochs}),
                           help="Batch sizes whose epochs are cheap go on until they have cost about the same time.",
                           **bind_choice(session, "batch_epochs", epochs, 20))
    cells[1].segmented_control("The learning rate", list(POWERS), format_func=POWERS.get, required=True,
                               help=f"{e.learning_rate:g} is for the batch size of the Train page.",
                               **bind_choice(session, "rate_power", power, 0.0))
    race = BatchRace(e, epochs, power)
    cells[0].caption(f"About {race.seconds:.1f} s of training and {race.n_bytes / 1e6:.0f} MB.")
    return race


def _finding(session: Session, race: BatchRace, shown: str) -> None:
    if shown == "noise":
        noise_finding(session, race)
        return
    if shown == "samples":
        samples_finding(session, race)
        return
    lanes = compare(repr(race), lambda: BatchTraining(race), race.n_bytes, lambda found: race_picture(race, found))
    if shown == "cost":
        cost_finding(session, lanes)
    else:
        paths_finding(race, lanes)


def _presets(session: Session) -> None:
    """What to look at, with what to expect."""
    st.subheader("Try this", anchor=False)
    for cell, (title, expect, choices) in zip(st.columns(len(TRY)), TRY, strict=True):
        with cell.container(border=True, height="stretch"):
            st.button(title, key=f"try_{title}", on_click=session.choices.update, args=(choices,))
            st.caption(expect)


page_style()
open_link("batch_epochs", "rate_power", "batch_view", "cost", "noise_at", "update")
heading, stop = st.columns([5, 1], vertical_alignment="bottom")
heading.title("How many samples should make one update?", anchor=False)
with stop:
    stop_button()
study()
