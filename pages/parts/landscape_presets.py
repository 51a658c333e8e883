"""Rolling balls to try: a landscape, what rolls on it, and what to expect of it."""

from dataclasses import dataclass

import streamlit as st

from nncore.landscape_table import LANDSCAPES
from pages.parts.session import Session

COLUMNS = 4
NAMES = ("landscape", "ball_optimizer", "ball_rate", "balls", "ball_steps", "ball_drop", "ball_view")


@dataclass(frozen=True)
class BallPreset:
    """A landscape with an optimizer, its learning rate and a number of steps; `share` (low, high) is what is expected.

    `share` is the part of all starts that find a best minimum.
    """

    title: str
    expect: str
    landscape: str
    optimizer: str
    rate: float
    steps: int
    share: tuple[float, float]
    view: str = "roll"

    @property
    def choices(self) -> dict[str, str]:
        """What the button picks, by the names in the link."""
        return {"landscape": self.landscape, "ball_optimizer": self.optimizer, "ball_rate": repr(self.rate),
                "ball_steps": str(self.steps), "ball_view": self.view}  # fmt: skip


BALL_PRESETS = (
    BallPreset("Two valleys", "GD at η 0.02: the side of the hilltop decides. 54 % of all starts find the lower valley.",
               "quartic", "sgd", 0.02, 200, (0.535, 0.545)),
    BallPreset("Too long a step", "The same at η 0.3: the walls are too steep for such steps, and no ball ends in a valley.",
               "quartic", "sgd", 0.3, 200, (0, 0)),
    BallPreset("Eleven dents", "GD stays in the dent where it starts: 9 % find the best of eleven. Momentum and Nesterov do "
               "no better here.", "rastrigin1", "sgd", 0.001, 200, (0.085, 0.095)),
    BallPreset("Thrown out of the dents", "Ten times that η, 0.01: over half of the balls end in no dent at all, and 5 % "
               "in the best one.", "rastrigin1", "sgd", 0.01, 200, (0.045, 0.055)),
    BallPreset("A slow ridge", "η 0.003: near the line y = 0 there is hardly a slope. In 200 steps GD gets 36.5 % of the "
               "balls down. Try RMSprop, whose steps do not shrink with the slope: 66 %.", "saddle", "sgd", 0.003, 200,
               (0.3645, 0.3655)),
    BallPreset("A curved valley", "1,000 steps of GD at η 0.0005: 7 % get along the valley to its end. The same with "
               "momentum: 94 %.", "rosenbrock", "sgd", 0.0005, 1000, (0.065, 0.075)),
    BallPreset("Adam in the valley", "1,000 steps of Adam at η 0.1: 67 % arrive, the others are still on their way.",
               "rosenbrock", "adam", 0.1, 1000, (0.665, 0.68)),
    BallPreset("Four equal minima", "Every ball finds a best minimum; the areas show which one catches it.", "himmelblau",
               "sgd", 0.003, 200, (1, 1), "basins"),
)  # fmt: skip


def ball_presets(session: Session) -> None:
    """Buttons that set the page, with what to expect."""
    st.subheader("Try this", anchor=False)
    for row in range(0, len(BALL_PRESETS), COLUMNS):
        for cell, preset in zip(st.columns(COLUMNS), BALL_PRESETS[row : row + COLUMNS], strict=False):
            with cell.container(border=True, height="stretch"):
                st.button(preset.title, key=f"ball_{preset.title}", on_click=_pick, args=(session, preset))
                st.caption(f"{LANDSCAPES[preset.landscape].title}. {preset.expect}".replace(" %", "\u00a0%"))


def _pick(session: Session, preset: BallPreset) -> None:
    for name in NAMES:
        session.choices.pop(name, None)
    session.choices |= preset.choices
