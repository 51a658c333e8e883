"""Restarts to try: a network, how long, a question to guess at, and what its starts will have ended in."""

from nncore import Experiment
from nncore.many_starts.restarts.restarts import Restarts
from pages.parts.fields.labels import name_of
from pages.parts.page.presets import Preset


def _starts(title: str, question: str, experiment: Experiment, epochs: int, starts: int = 64) -> Preset:
    """The preset that trains so many starts of the experiment for so many epochs."""
    e = experiment
    batch = "full batch" if e.batch_size is None else f"batches of {e.batch_size}"
    choices = {"starts": str(starts), "restart_epochs": str(epochs), "restart_of": "run"}
    return Preset(
        title, question, experiment, choices=choices, begins="trained",
        settings=f"{'Hidden ' + '–'.join(map(str, e.hidden)) if e.hidden else 'No hidden layer'}, "
                 f"{_activation(e)}{name_of(e.initializer)}, {name_of(e.optimizer)} {e.learning_rate:g}, {batch}. {starts} "
                 f"starts, {epochs:,} epochs.",
    )  # fmt: skip


def _activation(e: Experiment) -> str:
    return f"{name_of(e.activation[0])}, " if e.hidden else ""


_CORNERS = {"hidden": (2,), "batch_size": None, "optimizer": "adam", "learning_rate": 0.03}
_RELU = {"activation": ("relu",), "initializer": "he_normal"}
CORNERS_WITH_RELU = Experiment("corners", **_CORNERS, **_RELU)

START_PRESETS = (
    _starts(
        "Exclusive-or, two ReLUs", "Two hidden neurons are enough for the four corners. Does every start find out how?",
        CORNERS_WITH_RELU, 3000, 256,
    ),
    _starts(
        "Exclusive-or, two tanh",
        "The same with tanh, whose derivative is never 0. Will more of the starts succeed, or fewer?",
        Experiment("corners", **_CORNERS), 3000, 256,
    ),
    _starts(
        "Spiral, too few neurons",
        "Can four neurons wind around the spiral, if only one tries often enough? Look at the maps.",
        Experiment("spiral", hidden=(4,), optimizer="adam", learning_rate=0.03, batch_size=32), 100,
    ),
    _starts(
        "All weights zero", "Every weight starts at 0, in each of the 64. In how many different ways can they end?",
        Experiment("xor", initializer="zeros"), 100,
    ),
    _starts(
        "No hidden layer", "Without a hidden layer the loss is convex. On how many different losses do 64 starts end?",
        Experiment("corners", hidden=(), batch_size=None, optimizer="adam", learning_rate=0.03), 1000,
    ),
    _starts(
        "Circle", "An easy task for a large enough network. Do all starts succeed, and with the same weights?",
        Experiment("circle"), 100,
    ),
)  # fmt: skip

# What is said of a preset once its starts are trained, by its title.
ANSWERS = {
    "Exclusive-or, two ReLUs": "Only about one start in four or five succeeds. The others end on a few exact losses: 0.347, "
                               "0.477 and 0.693.",
    "Exclusive-or, two tanh": "With tanh, about half succeed.",
    "Spiral, too few neurons": "Four neurons cannot wind around the spiral. No start succeeds, and each fails in its own "
                               "way: look at the maps.",
    "All weights zero": "The starts are no different from each other: one line, one solution, one and the same failure each "
                        "time.",
    "No hidden layer": "On one: ln 2 = 0.693, the lowest loss that a single layer can have on exclusive-or. Convex means "
                       "one minimum.",
    "Circle": "An easy task for a large enough network: all starts succeed, with different weights.",
}  # fmt: skip


def answer_words(plan: Restarts) -> str:
    """What came of the preset that trains this plan's network for as long, if there is one; "" otherwise."""
    alike = (preset for preset in START_PRESETS
             if (plan_of(preset).experiment, plan_of(preset).epochs) == (plan.experiment, plan.epochs))  # fmt: skip
    return next((ANSWERS[preset.title] for preset in alike), "")


# (successes, starts) of many more starts than are shown, from other seeds, by the preset's title.
MEASURED = {"Exclusive-or, two ReLUs": (2255, 10_240), "Exclusive-or, two tanh": (5272, 10_240)}


def plan_of(preset: Preset) -> Restarts:
    """What the preset trains."""
    return Restarts(preset.experiment, int(preset.choices["starts"]), int(preset.choices["restart_epochs"]))


def measured_for(plan: Restarts) -> tuple[int, int] | None:
    """(successes, starts) as measured for the preset that trains exactly this plan, if there is one."""
    return next((MEASURED.get(preset.title) for preset in START_PRESETS if plan_of(preset) == plan), None)
