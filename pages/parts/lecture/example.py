"""An example of a lecture: four steps as the class sees them, to look at, and to begin one's own with."""

from collections.abc import Callable

import streamlit as st

from nncore import Experiment, Run
from pages.parts.lecture.address import title_of
from pages.parts.lecture.bars import LETTERS
from pages.parts.lecture.lecture import first_screen, go_to
from pages.parts.lecture.steps import Step, step_of
from pages.parts.page.session import Session
from pages.parts.way.strip import run_pictures

_LINE = {"dataset": "xor", "hidden": "none"}
EXAMPLE: tuple[Step, ...] = (
    step_of("train", _LINE, "A network without hidden neurons: what border can it draw?"),
    step_of("train", _LINE, question="It trains until nothing changes. How many of the points are right then?",
            choices=("About half", "About three of four", "All"), right=0),
    step_of("train", {"dataset": "xor", "hidden": "4"}, "Four hidden neurons draw four lines and put them together."),
    step_of("restarts", {"restart_of": "corners"}, "Two hidden neurons are enough, but not from every start."),
)  # fmt: skip
CORNERS = Experiment("corners", hidden=(2,))  # what the last step is about, which says so by another name
MAP = 108  # pixels


def show_example(session: Session, keep: Callable[[Session, Callable], None]) -> None:
    """The four steps side by side, a button that presents them, and one that begins with them; `keep` takes their change."""
    st.markdown("**An example of a quarter of an hour**, as it begins: each step is a page as it was set up.")
    for place, (number, step) in zip(st.columns(len(EXAMPLE)), enumerate(EXAMPLE, 1), strict=True):
        with place.container(border=True, height="stretch", key=f"example_step_{number}"):
            st.markdown(f"**{number} · {title_of(step.page)}**")
            net, answers = run_pictures(Run(_experiment(step)), 0, "pca", MAP)
            st.html(f'<div class="glassbox-run">{net}{answers}</div>')
            st.markdown(step.sentence or f"The room is asked: *{step.question}*")
            if step.asks:
                st.caption("  \n".join(f"{letter} · {words}" for letter, words in zip(LETTERS, step.choices, strict=False)))
    with st.container(horizontal=True):
        st.button("Begin with this example", icon=":material/playlist_add:", key="lecture_example", on_click=keep,
                  args=(session, lambda _: EXAMPLE), help="Its four steps can be moved, changed and removed.")  # fmt: skip
        if st.button("See it as the class does", icon=":material/slideshow:", key="lecture_example_shown",
                     help="In large letters, step by step. Space and the arrows lead on; Escape leaves."):  # fmt: skip
            keep(session, lambda _: EXAMPLE)
            go_to(session, first_screen(EXAMPLE, 0))


def _experiment(step: Step) -> Experiment:
    return CORNERS if step.page == "restarts" else Experiment.from_dict(step.link)
