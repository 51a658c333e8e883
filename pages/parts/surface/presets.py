"""Slices to try: a network, a snapshot, the directions, a question to guess at, and what is to be seen on them."""

from nncore import Experiment, Run
from pages.parts.page.presets import Preset

SOLVED = "solved"  # the choice under which it is kept that the three solutions were asked for
NAMES = ("surface_directions", "surface_first", "surface_second", "surface_draw", "surface_view", "surface_zoom",
         "surface_height", "surface_path", SOLVED)  # fmt: skip

SURFACE_PRESETS = (
    Preset(
        "One bowl",
        "No hidden layer and cross-entropy. Is there a second valley, in which training from other first weights could end?",
        Experiment("gauss", noise=20, hidden=()), 80, {"surface_directions": "weights"},
    ),
    Preset(
        "From wall to wall",
        "No hidden layer, squared error, a learning rate of 0.075: does a step that is too long leave the valley?",
        Experiment("plane", hidden=(), learning_rate=0.075, batch_size=None), 60,
        {"surface_directions": "path", "surface_height": "loss"},
    ),
    Preset(
        "Three ends of exclusive-or",
        "Two tanh, trained from three starts for 500 epochs. Do all of them solve it, and in one valley?",
        Experiment("corners", hidden=(2,), optimizer="adam", learning_rate=0.03, batch_size=None, weight_seed=1), 148,
        {"surface_directions": "solutions"}, begins=SOLVED,
    ),
    Preset(
        "Folds",
        "Four ReLUs and two of their weights: is this surface as smooth as that of a tanh?",
        Experiment("corners", hidden=(4,), activation=("relu",), initializer="he_normal", batch_size=None), 100,
        {"surface_directions": "weights", "surface_view": "space", "surface_height": "loss"},
    ),
)  # fmt: skip

# What is said of a preset once its slice is on screen, by its title.
ANSWERS = {
    "One bowl": "The loss is convex here: this path ends in the one valley, and there is no second one in which another "
                "could end.",
    "From wall to wall": "At 0.075 every step lands on the other side of the valley, a little lower. From 0.078 on, each "
                         "would land higher than the last.",
    "Three ends of exclusive-or": "After 500 epochs A solves it, B and C stay at a loss of 0.35. Each lies in a valley of "
                                  "its own: on the straight line between any two the loss rises by over 0.3.",
    "Folds": "The surface is folded where a neuron's weighted sum passes zero on a sample.",
}  # fmt: skip


def answer_words(run: Run, directions: str) -> str:
    """What is to be seen on the slice of the preset that shows this run in these directions, if there is one; else ""."""
    for preset in SURFACE_PRESETS:
        if run == Run(preset.experiment) and directions == preset.choices["surface_directions"]:
            return ANSWERS[preset.title]
    return ""
