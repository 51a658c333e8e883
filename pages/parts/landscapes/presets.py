"""Rolling balls to try: a landscape, what rolls on it, and what to expect of it."""

from nncore.many_starts.landscape_table import LANDSCAPES
from pages.parts.page.presets import Preset

NAMES = ("landscape", "ball_optimizer", "ball_rate", "balls", "ball_steps", "ball_drop", "ball_view")


def _balls(title: str, expect: str, landscape: str, optimizer: str, rate: float, steps: int, view: str = "roll") -> Preset:
    """The preset that rolls balls on the landscape for so many steps of the optimizer at this learning rate."""
    choices = {"landscape": landscape, "ball_optimizer": optimizer, "ball_rate": repr(rate), "ball_steps": str(steps),
               "ball_view": view}  # fmt: skip
    return Preset(title, f"{LANDSCAPES[landscape].title}. {expect}".replace(" %", "\u00a0%"), choices=choices)


BALL_PRESETS = (
    _balls("Two valleys", "GD at η 0.02: the side of the hilltop decides. A little over half of all starts find the "
           "lower valley.", "quartic", "sgd", 0.02, 200),
    _balls("Too long a step", "The same at η 0.3: the walls are too steep for such steps, and no ball ends in a valley.",
           "quartic", "sgd", 0.3, 200),
    _balls("Eleven dents", "GD stays in the dent where it starts: about one ball in eleven finds the best. Momentum and "
           "Nesterov do no better here.", "rastrigin1", "sgd", 0.001, 200),
    _balls("Thrown out of the dents", "Ten times that η, 0.01. At the bottom of a dent η L″ is about 4; from 2 on, each "
           "step there ends farther from the bottom than it began. Balls pass by; none stays in a dent.",
           "rastrigin1", "sgd", 0.01, 200),
    _balls("A slow ridge", "η 0.003: near the line y = 0 there is hardly a slope. In 200 steps GD gets about a third "
           "of the balls down. Try RMSprop, whose steps do not shrink with the slope: nearly two thirds.",
           "saddle", "sgd", 0.003, 200),
    _balls("A curved valley", "1,000 steps of GD at η 0.0005: about one ball in twelve gets along the valley to its "
           "end. The same with momentum: about 94 %.", "rosenbrock", "sgd", 0.0005, 1000),
    _balls("Adam in the valley", "1,000 steps of Adam at η 0.1: about two thirds arrive, the others not yet.",
           "rosenbrock", "adam", 0.1, 1000),
    _balls("Four equal minima", "Nearly every ball finds a best minimum; the areas show which one catches it.",
           "himmelblau", "sgd", 0.003, 200, "basins"),
)  # fmt: skip

# The share of all starts that find a best minimum, as of 40,000: from, to, by the preset's title.
SHARES = {
    "Two valleys": (0.51, 0.54),
    "Too long a step": (0, 0),
    "Eleven dents": (0.085, 0.095),
    "Thrown out of the dents": (0, 0),
    "A slow ridge": (0.32, 0.36),
    "A curved valley": (0.078, 0.09),
    "Adam in the valley": (0.65, 0.68),
    "Four equal minima": (0.999, 1),
}
