"""Experiments to try on the Train page, each with what to expect of it."""

from nncore import Experiment
from pages.parts.page.presets import Preset

_RELU = {"activation": ("relu",), "initializer": "he_normal"}
_ADAM = {"optimizer": "adam", "learning_rate": 0.01}

PRESETS = (
    Preset(
        "The spiral in five seconds",
        "Two layers of 16 ReLUs and Adam wind the border through both arms: over 95 % of the validation points are right "
        "in about three seconds.",
        Experiment("spiral", hidden=(16, 16), scaling="standard", **_RELU, **_ADAM),
    ),
    Preset(
        "TensorFlow Playground's own spiral",
        "Its network, its small uniform weights, its squared error on tanh, from a start that gets there at epoch 520. "
        "Most starts do not: press the dice a few times.",
        Experiment("spiral", hidden=(8, 8, 8), output="tanh", initializer="uniform", learning_rate=0.015, validation=50,
                   test=0, start=2),
    ),
    Preset(
        "Stuck in a local minimum",
        "Two ReLUs could solve exclusive-or, but from this start the loss ends at ln(2) / 2 = 0.347 and two points stay "
        "undecided. Start 3 gets to 0.",
        Experiment("corners", hidden=(2,), batch_size=None, optimizer="adam", learning_rate=0.03, **_RELU),
    ),
    Preset(
        "Learning the noise",
        "A large network and 24 noisy points: the training loss goes to 0 while the validation loss turns and rises. "
        "Rewind to where it turned, and raise L2.",
        Experiment("moons", noise=30, samples=60, hidden=(32, 32), validation=40, **_RELU, **_ADAM),
    ),
    Preset(
        "All neurons alike",
        "With every weight at 0 the neurons of a layer get the same gradient, so they can never differ. Any random "
        "initializer cures it.",
        Experiment("circle", initializer="zeros"),
    ),
    Preset(
        "Too long a step",
        "At a learning rate of 3 every step overshoots further than the last: after three of them the loss is more than a "
        "million times what it was. Watch it on the log scale, then rewind and lower the rate.",
        Experiment("plane", activation=("relu",), initializer="he_normal", learning_rate=3.0, batch_size=None),
    ),
    Preset(
        "A landscape of six cones",
        "A regression: the colour is a height. Watch single tanh neurons become slopes, and sums of slopes become cones.",
        Experiment("cones", hidden=(16, 16), **_ADAM),
    ),
    Preset(
        "Three arms, three classes",
        "Softmax shares one certainty among three classes: where the colours fade, the network is in doubt.",
        Experiment("spiral3", hidden=(16, 16), scaling="standard", **_RELU, **_ADAM),
    ),
    Preset(
        "Handwritten digits",
        "64 pixels in, ten classes out, some 1,200 numbers in between: over 95 % right after a few dozen epochs. The map "
        "can only show a slice.",
        Experiment("digits", hidden=(16,), optimizer="adam", learning_rate=0.003, batch_size=32, **_RELU),
    ),
)
