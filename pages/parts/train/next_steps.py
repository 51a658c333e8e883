"""What to try next: two or three experiments that fit what happened, each a button with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import streamlit as st

from nncore import Experiment, Run
from nncore.data.own import dataset_kind
from nncore.training.stopping import Stop
from pages.parts.fields.echo import note_command
from pages.parts.page.session import Session
from pages.parts.page.streamlit_workarounds import ask_for_top

SOLVED = 0.95
POOR = 0.8
GAP = 0.08  # of the accuracies of training and validation, from which it is called overfitting


@dataclass(frozen=True)
class NextStep:
    """Something to try: the button's title, why, and the settings that it changes; a new run, where it `restarts`."""

    title: str
    why: str
    changes: Mapping[str, object]
    restarts: bool = True


ADAM = NextStep("Adam, at 0.01", "It sizes the step for each weight by itself.",
                {"optimizer": "adam", "learning_rate": 0.01})


def next_steps(e: Experiment, scores: np.ndarray, stop: Stop | None) -> list[NextStep]:
    """Two or three steps for an experiment whose frames have these `scores` (F, 4) and which `stop` ended, if anything."""
    if stop is not None and stop.rule == "divergence":
        return [NextStep("A tenth of the rate", "Shorter steps do not overshoot.", {"learning_rate": e.learning_rate / 10}),
                ADAM]
    if len(scores) < 2:
        return []
    validation = scores[-1, 3] if np.isfinite(scores[-1, 3]) else scores[-1, 2]
    if not e.is_regression and scores[-1, 2] - validation > GAP:
        return [NextStep("Keep the weights small", "L2 holds back a network that learns single points by heart.",
                         {"l2": max(0.01, 3 * e.l2)}, restarts=False),
                NextStep("A smaller network", "Fewer weights can remember fewer points.", {"hidden": (4,)})]
    return _solved(e) if validation >= SOLVED else _unsolved(e, validation)


def _solved(e: Experiment) -> list[NextStep]:
    steps = [NextStep("A harder set", "Does the same network wind its border through a spiral?",
                      {"dataset": dataset_kind(e.dataset).harder})]
    if e.hidden:
        steps.append(NextStep("No hidden layer", "What is left can only draw a straight border.", {"hidden": ()}))
    if e.noise < 30 and not e.is_regression:
        steps.append(NextStep("More noise", "Where the classes overlap, no network is always right.", {"noise": 30}))
    return steps


def _unsolved(e: Experiment, score: float) -> list[NextStep]:
    wider = (8, 8) if sum(e.hidden) < 16 else (16, 16) if sum(e.hidden) < 32 else (*e.hidden[:5], 32)
    steps = [NextStep("More neurons", f"Hidden layers of {' and '.join(map(str, wider))} can bend the border more often.",
                      {"hidden": wider})]
    if score < POOR and e.n_raw_inputs == 2 and "x1_x2" not in e.features:
        steps.append(NextStep("Show it more", "Give it x₁², x₂² and x₁x₂ of each point as well.",
                              {"features": (*e.features, *(f for f in ("x1_squared", "x2_squared", "x1_x2")
                                                           if f not in e.features))}))
    return [*steps, ADAM] if e.optimizer != ADAM.changes["optimizer"] else steps


def show_next_steps(session: Session, steps: list[NextStep]) -> None:
    """A button for each step, with why it is worth trying."""
    if not steps:
        return
    with st.container(key="next_steps"):
        st.markdown("**Try next**")
        for column, step in zip(st.columns(len(steps)), steps, strict=True):
            column.button(step.title, key=f"next_{step.title}", on_click=_take, args=(session, step), width="stretch")
            column.caption(step.why)


def _take(session: Session, step: NextStep) -> None:
    if step.restarts:
        session.show(Run(session.settings.with_changes(**step.changes)))
        note_command()
        ask_for_top()
    else:
        session.change(**step.changes)
