"""Slices to try: a network, a snapshot, the directions, and what to see on them."""

from nncore import Experiment
from pages.parts.page.presets import Preset

NAMES = ("surface_directions", "surface_first", "surface_second", "surface_draw", "surface_view", "surface_zoom",
         "surface_height", "surface_path")  # fmt: skip

SURFACE_PRESETS = (
    Preset(
        "One bowl",
        "No hidden layer and cross-entropy: convex. This path ends in the one valley; there is no second one in which "
        "another could end.",
        Experiment("gauss", noise=20, hidden=()), 80, {"surface_directions": "weights"},
    ),
    Preset(
        "From wall to wall",
        "No hidden layer, squared error: at a learning rate of 0.075 every step lands on the other side of the valley. From "
        "0.078 on, each would land higher than the last.",
        Experiment("plane", hidden=(), learning_rate=0.075, batch_size=None), 60,
        {"surface_directions": "path", "surface_height": "loss"},
    ),
    Preset(
        "Three ends of exclusive-or",
        "Two tanh. After 500 epochs A solves it, B and C stay at a loss of 0.35. Each lies in a valley of its own: on the "
        "straight line between any two the loss rises by over 0.3.",
        Experiment("corners", hidden=(2,), optimizer="adam", learning_rate=0.03, batch_size=None, weight_seed=1), 148,
        {"surface_directions": "solutions"},
    ),
    Preset(
        "Folds",
        "Four ReLUs and two of their weights: the surface is folded where a neuron's weighted sum passes zero on a sample.",
        Experiment("corners", hidden=(4,), activation=("relu",), initializer="he_normal", batch_size=None), 100,
        {"surface_directions": "weights", "surface_view": "space", "surface_height": "loss"},
    ),
)  # fmt: skip
