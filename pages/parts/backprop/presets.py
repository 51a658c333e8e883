"""Experiments in which the gradient vanishes, explodes or does not exist, each opened at its first weights."""

from nncore import Experiment
from pages.parts.page.presets import Preset

_DEEP = {"hidden": (16,) * 6, "optimizer": "sgd", "learning_rate": 0.03}

PRESETS = (
    Preset(
        "Vanishing: six layers of sigmoids",
        "A sigmoid's derivative is at most 1/4, so every layer on the way back takes away most of the gradient: at the "
        "first weights, layer 1 gets less than a thousandth of what the output layer gets. It does not learn.",
        Experiment("circle", activation=("sigmoid",), **_DEEP), 0, {"microscope": "flow"},
    ),
    Preset(
        "Exploding: too large first weights",
        "Weights of deviation 1 between layers of 48 tanhs: on its way back the gradient grows in every layer, by two "
        "thirds on average. At the first weights, layer 1 gets almost twenty times what the output layer gets, and "
        "its weights jump about.",
        Experiment("circle", initializer="normal", hidden=(48,) * 6, batch_size=50), 0, {"microscope": "flow"},
    ),
    Preset(
        "The cure: ReLU with He weights",
        "Six layers again, with first weights of deviation √(2/n): even at these, no layer's gradient is ten times as long "
        "as another's, and all layers learn.",
        Experiment("circle", activation=("relu",), initializer="he_normal", **_DEEP), 0, {"microscope": "flow"},
    ),
    Preset(
        "Where a ReLU is not differentiable",
        "With all weights 1, two of the four corners give every ReLU a sum of exactly 0. Run the gradient check at "
        "snapshot 0.",
        Experiment("corners", hidden=(2,), activation=("relu",), initializer="ones", batch_size=None), 0,
        {"microscope": "check"},
    ),
)  # fmt: skip


def presets_of(study: str) -> list[Preset]:
    """The presets that belong to the study of this name."""
    return [preset for preset in PRESETS if preset.choices["microscope"] == study]
