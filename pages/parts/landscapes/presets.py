"""Rolling balls to try: a landscape, what rolls on it, a question to guess at, and what will have come of it."""

from collections.abc import Sequence

from nncore.many_starts.landscapes.rolling import Landscape
from nncore.many_starts.landscapes.table import LANDSCAPES
from pages.parts.page.presets import Preset

NAMES = ("landscape", "ball_optimizer", "ball_rate", "balls", "ball_steps", "ball_drop", "ball_view", "ball_at", "rolled")


def _balls(title: str, question: str, landscape: str, optimizer: str, rate: float, steps: int, view: str = "roll") -> Preset:
    """The preset that rolls balls on the landscape for so many steps of the optimizer at this learning rate."""
    choices = {"landscape": landscape, "ball_optimizer": optimizer, "ball_rate": repr(rate), "ball_steps": str(steps),
               "ball_view": view}  # fmt: skip
    return Preset(title, f"{LANDSCAPES[landscape].title}. {question}", choices=choices, begins="rolled")


BALL_PRESETS = (
    _balls("Two valleys", "GD at η 0.02: how many of 100 balls find the lower valley?", "quartic", "sgd", 0.02, 200),
    _balls("Too long a step", "The same at η 0.3: do longer steps get there sooner?", "quartic", "sgd", 0.3, 200),
    _balls("Eleven dents", "One of eleven dents is the deepest. How many balls does GD bring there?", "rastrigin1", "sgd",
           0.001, 200),
    _balls("Thrown out of the dents", "Ten times that η, 0.01: can a longer step leave a poor dent, and stay in the best?",
           "rastrigin1", "sgd", 0.01, 200),
    _balls("A slow ridge", "η 0.003: near the line y = 0 there is hardly a slope. How many balls get down in 200 steps?",
           "saddle", "sgd", 0.003, 200),
    _balls("A curved valley", "There is only one minimum. Do 1,000 steps of GD at η 0.0005 get there?", "rosenbrock", "sgd",
           0.0005, 1000),
    _balls("Adam in the valley", "The same valley, 1,000 steps of Adam at η 0.1. How many more arrive?", "rosenbrock",
           "adam", 0.1, 1000),
    _balls("Four equal minima", "Which of the four catches a ball? Guess the shapes of the four areas.", "himmelblau", "sgd",
           0.003, 200, "basins"),
)  # fmt: skip

# What is said of a preset once its balls have rolled, by its title.
ANSWERS = {
    "Two valleys": "The side of the hilltop decides. A little over half of all starts find the lower valley.",
    "Too long a step": "The walls are too steep for such steps, and no ball ends in a valley.",
    "Eleven dents": "GD stays in the dent where it starts: about one ball in eleven finds the best. Momentum and Nesterov "
                    "do no better here.",
    "Thrown out of the dents": "At the bottom of a dent η L″ is about 4; from 2 on, each step there ends farther from the "
                               "bottom than it began. Balls pass by; none stays in a dent.",
    "A slow ridge": "In 200 steps GD gets about a third of the balls down. Try RMSprop, whose steps do not shrink with the "
                    "slope: nearly two thirds.",
    "A curved valley": "About one ball in twelve gets along the valley to its end. The same with momentum: about 94 %.",
    "Adam in the valley": "About two thirds arrive, the others not yet.",
    "Four equal minima": "Nearly every ball finds a best minimum; the areas show which one catches it.",
}  # fmt: skip


def answer_words(land: Landscape, how: Sequence[tuple[str, float, int]]) -> str:
    """What came of the preset that rolls like this, if there is one; "" otherwise."""
    for preset in BALL_PRESETS:
        picked = preset.choices
        way = picked["ball_optimizer"], float(picked["ball_rate"]), int(picked["ball_steps"])
        if LANDSCAPES[picked["landscape"]] is land and list(how) == [way]:
            return ANSWERS[preset.title].replace(" %", "\u00a0%")
    return ""


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
