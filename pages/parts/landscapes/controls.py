"""What rolls on which landscape: the controls of the Rolling balls page."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import streamlit as st

from nncore.many_starts.landscapes.rolling import Landscape
from nncore.many_starts.landscapes.table import LANDSCAPES
from nncore.training.optimizers import OPTIMIZERS
from pages.parts.landscapes.balls import How
from pages.parts.landscapes.placing import placed_balls
from pages.parts.landscapes.presets import NAMES
from pages.parts.page.choices import Rule, Span, bind_choice, choice, some_of
from pages.parts.page.session import Session

RATES = (1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1.0)
BALLS, STEPS = (1, 10, 100), (50, 100, 200, 500, 1000)
OPTIMIZERS_KEY, BEGUN = "choose_ball_optimizer", "balls_begun"
OPENING = {"landscape": "camel", "ball_optimizer": "sgd,momentum,adam", "balls": "10"}


@dataclass(frozen=True, eq=False)
class Setup:
    """The landscape and what rolls on it: optimizers, learning rate, steps, and the places (R, D) where balls start."""

    land: Landscape
    optimizers: tuple[str, ...]
    rate: float
    steps: int
    starts: np.ndarray
    placed: bool

    @property
    def how(self) -> tuple[How, ...]:
        """How each of the optimizers rolls."""
        return tuple((optimizer, self.rate, self.steps) for optimizer in self.optimizers)

    @property
    def key(self) -> str:
        """What tells this roll from any other."""
        return f"{self.land.title} {self.how} {self.starts.tolist()}"


def label_of(optimizer: str) -> str:
    """The optimizer's name: there is no data here, so plain gradient descent is not stochastic."""
    kind = OPTIMIZERS[optimizer]
    return kind.label_without_data or kind.label


def rollers() -> tuple[str, ...]:
    """The optimizers that are offered."""
    return tuple(name for name, kind in OPTIMIZERS.items() if kind.rolls)


def begin_with_race(session: Session) -> None:
    """Begins with three optimizers on a landscape with six minima where the person, or their link, has picked nothing."""
    if not st.session_state.get(BEGUN) and not session.followed and not any(name in session.choices for name in NAMES):
        session.choices |= OPENING
    st.session_state[BEGUN] = True


def roll_controls(session: Session) -> Setup:
    """Lets one pick the landscape and what rolls on it."""
    name = choice(session, "landscape", "str", "quartic", LANDSCAPES)
    land = LANDSCAPES[name]
    optimizers = choice(session, "ball_optimizer", "tuple[str, ...]", ("sgd",),
                        Rule(_can_roll, some_of(rollers(), 1).words))  # fmt: skip
    rate = choice(session, "ball_rate", "float", land.rate, Span(1e-9, 10))
    balls = choice(session, "balls", "int", 100, BALLS)
    steps = choice(session, "ball_steps", "int", 200, STEPS)
    cells = st.columns([3, 5, 2, 2, 2])
    cells[0].selectbox("Landscape", list(LANDSCAPES), format_func=lambda key: LANDSCAPES[key].title,
                       **bind_choice(session, "landscape", name, "quartic"))
    st.session_state[OPTIMIZERS_KEY] = list(optimizers)
    cells[1].pills("Optimizers", rollers(), selection_mode="multi", key=OPTIMIZERS_KEY, format_func=label_of, wrap=True,
                   help="Each of them rolls its own balls from the same places. GD is plain gradient descent: there is no "
                        "data here, so nothing is stochastic.", on_change=partial(_keep_optimizers, session))
    cells[2].selectbox("Learning rate η", sorted({*RATES, land.rate, rate}), format_func=lambda value: f"{value:g}",
                       help="A step of GD is η times the slope, downhill.",
                       **bind_choice(session, "ball_rate", rate, land.rate))
    cells[3].selectbox("Balls", BALLS, **bind_choice(session, "balls", balls, 100))
    cells[4].selectbox("Steps", STEPS, **bind_choice(session, "ball_steps", steps, 200))
    drop = choice(session, "ball_drop", "int", 0, Span(0, 9999))
    placed = placed_balls(session, name)
    starts = placed if len(placed) else land.random_points(balls, drop)
    return Setup(land, optimizers, rate, steps, starts, bool(len(placed)))


def _can_roll(optimizers: Sequence[str]) -> bool:
    return 0 < len(optimizers) == len({*optimizers} & {*rollers()})


def _keep_optimizers(session: Session) -> None:
    picked = [name for name in rollers() if name in (st.session_state.get(OPTIMIZERS_KEY) or [])]
    if not picked:
        session.notes.append("At least one optimizer has to roll; nothing was changed.")
    elif picked == ["sgd"]:
        session.choices.pop("ball_optimizer", None)
    else:
        session.choices["ball_optimizer"] = ",".join(picked)
