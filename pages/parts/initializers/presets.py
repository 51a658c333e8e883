"""Networks to try with all initializers, each with what to expect."""

from pages.parts.page.presets import Preset

PRESETS = (
    Preset(
        "Ten tanh layers",
        "At s = 0.01 each layer of 16 leaves about 4 % of its inputs' spread. At s = 1 activations are pushed to the flat "
        "ends of tanh: it saturates. Xavier lies between.",
        choices={"depth": "10", "bend": "tanh", "initializer_view": "losses", "width": "16"},
    ),
    Preset(
        "Twenty ReLU layers",
        "A ReLU keeps about half of the variance. He makes up for it with weights of twice the variance. Under Xavier the "
        "spread fades, at s = 1 it explodes.",
        choices={"depth": "20", "bend": "relu", "initializer_view": "losses", "width": "16"},
    ),
    Preset(
        "Six sigmoid layers",
        "A sigmoid's derivative is at most a quarter, and each layer multiplies the gradient by one: compare the first "
        "layer's gradients with the last one's.",
        choices={"depth": "6", "bend": "sigmoid", "initializer_view": "layers", "look_at": "xavier_normal", "width": "16"},
    ),
    Preset(
        "Two layers",
        "With two hidden layers the factor is applied only once: compare the spread in the last one with that of ten "
        "layers. Zeros and ones leave one distinct neuron at any depth.",
        choices={"depth": "2", "bend": "tanh", "initializer_view": "losses", "width": "16"},
    ),
    Preset(
        "Every pair",
        "Ten layers with every start and every activation: He beside ReLU, Xavier beside tanh, and crosswise.",
        choices={"depth": "10", "initializer_view": "pairs", "width": "16"},
    ),
)
