"""Networks to try with all initializers: a question to guess at, and what will have come of it."""

from nncore.many_starts.initializers.comparison import InitializerRace
from pages.parts.page.presets import Preset

WIDTH = "16"


def _preset(title: str, question: str, depth: int, activation: str, **choices: str) -> Preset:
    """The preset that trains so many hidden layers with this activation."""
    network = {"depth": str(depth), "bend": activation, "width": WIDTH}
    return Preset(title, question, choices=network | {"initializer_view": "losses"} | choices, begins="trained")


PRESETS = (
    _preset("Ten tanh layers", "Weights of s = 0.01, of s = 1, and Xavier's between the two: which of them learn?", 10,
            "tanh"),
    _preset("Twenty ReLU layers", "A ReLU keeps about half of the variance. Which initializer makes up for that over twenty "
            "layers?", 20, "relu"),
    _preset("Six sigmoid layers", "A sigmoid's derivative is at most a quarter. How much smaller are the first layer's "
            "gradients than the last one's?", 6, "sigmoid", initializer_view="layers", look_at="xavier_normal"),
    _preset("Two layers", "With two hidden layers the factor is applied only once. Does the initializer still matter?", 2,
            "tanh"),
    Preset("Every pair", "Ten layers with every start and every activation: He beside ReLU, Xavier beside tanh, and "
                         "crosswise.",
           choices={"depth": "10", "initializer_view": "pairs", "width": WIDTH}),
)  # fmt: skip

# What is said of a preset once its networks are trained, by its title.
ANSWERS = {
    "Ten tanh layers": "At s = 0.01 each layer of 16 leaves about 4 % of its inputs' spread. At s = 1 activations are "
                       "pushed to the flat ends of tanh: it saturates. Xavier lies between.",
    "Twenty ReLU layers": "He makes up for the lost half with weights of twice the variance. Under Xavier the spread "
                          "fades, at s = 1 it explodes.",
    "Six sigmoid layers": "Each layer multiplies the gradient by a derivative of at most a quarter: compare the first "
                          "layer's gradients with the last one's.",
    "Two layers": "Compare the spread in the last one with that of ten layers. Zeros and ones leave one distinct neuron at "
                  "any depth.",
}  # fmt: skip


def answer_words(race: InitializerRace) -> str:
    """What came of the preset that trains these networks, if there is one; "" otherwise."""
    network = {"depth": str(race.depth), "bend": race.activation, "width": str(race.width)}
    titles = (preset.title for preset in PRESETS if preset.title in ANSWERS and network.items() <= preset.choices.items())
    return next((ANSWERS[title] for title in titles), "")
