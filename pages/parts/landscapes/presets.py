"""Rolling balls to try: a landscape, what rolls on it, and what to expect of it."""

from dataclasses import dataclass

import streamlit as st

from nncore.many_starts.landscape_table import LANDSCAPES
from pages.parts.page.clicks import latest
from pages.parts.page.session import Session

COLUMNS = 4
NAMES = ("landscape", "ball_optimizer", "ball_rate", "balls", "ball_steps", "ball_drop", "ball_view")


@dataclass(frozen=True)
class BallPreset:
    """A landscape with an optimizer, its learning rate and a number of steps; `share` (low, high) is what is expected.

    `share` is the part of all starts that find a best minimum, as of 40,000.
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
    BallPreset("Two valleys", "GD at η 0.02: the side of the hilltop decides. A little over half of all starts find the "
               "lower valley.", "quartic", "sgd", 0.02, 200, (0.51, 0.54)),
    BallPreset("Too long a step", "The same at η 0.3: the walls are too steep for such steps, and no ball ends in a valley.",
               "quartic", "sgd", 0.3, 200, (0, 0)),
    BallPreset("Eleven dents", "GD stays in the dent where it starts: about one ball in eleven finds the best. Momentum and "
               "Nesterov do no better here.", "rastrigin1", "sgd", 0.001, 200, (0.085, 0.095)),
    BallPreset("Thrown out of the dents", "Ten times that η, 0.01. At the bottom of a dent η L″ is about 4; from 2 on, each "
               "step there ends farther from the bottom than it began. Balls pass by; none stays in a dent.",
               "rastrigin1", "sgd", 0.01, 200, (0, 0)),
    BallPreset("A slow ridge", "η 0.003: near the line y = 0 there is hardly a slope. In 200 steps GD gets about a third "
               "of the balls down. Try RMSprop, whose steps do not shrink with the slope: nearly two thirds.",
               "saddle", "sgd", 0.003, 200, (0.32, 0.36)),
    BallPreset("A curved valley", "1,000 steps of GD at η 0.0005: about one ball in twelve gets along the valley to its "
               "end. The same with momentum: about 94 %.", "rosenbrock", "sgd", 0.0005, 1000, (0.078, 0.09)),
    BallPreset("Adam in the valley", "1,000 steps of Adam at η 0.1: about two thirds arrive, the others not yet.",
               "rosenbrock", "adam", 0.1, 1000, (0.65, 0.68)),
    BallPreset("Four equal minima", "Nearly every ball finds a best minimum; the areas show which one catches it.",
               "himmelblau", "sgd", 0.003, 200, (0.999, 1), "basins"),
)  # fmt: skip


def ball_presets(session: Session) -> None:
    """Buttons that set the page, with what to expect."""
    st.subheader("Try this", anchor=False)
    for row in range(0, len(BALL_PRESETS), COLUMNS):
        for cell, preset in zip(st.columns(COLUMNS), BALL_PRESETS[row : row + COLUMNS], strict=False):
            with cell.container(border=True, height="stretch"):
                st.button(preset.title, key=f"ball_{preset.title}", on_click=_pick, args=(session, preset))
                st.caption(f"{LANDSCAPES[preset.landscape].title}. {preset.expect}".replace(" %", "\u00a0%"))


@latest
def _pick(session: Session, preset: BallPreset) -> None:
    for name in NAMES:
        session.choices.pop(name, None)
    session.choices |= preset.choices
