"""Things to try with one neuron: each sets the whole page and opens the chapter that shows its promise."""

from pages.parts.page.presets import Preset

PRESETS = (
    Preset(
        "By hand", "One sample, x = 2, y = 1, with w = 0.5 and b = −1: z = 0, a = ½, L = ln 2, δ = −½, ∂L/∂w = −1.",
        choices={"n_points": "textbook", "n_start": "0.5,-1.0"},
    ),
    Preset(
        "Straight line", "Squared error with the identity as its activation: after 100 steps the weights are those of "
                         "least squares.",
        choices={"n_kind": "linear", "n_part": "goal", "n_steps": "100b~0.1"},
    ),
    Preset(
        "Outlier", "One value is wrong by 8. Change the neuron to absolute error: the line goes back to the others.",
        choices={"n_kind": "linear", "n_points": "outlier", "n_part": "goal", "n_steps": "2x100b~0.1"},
    ),
    Preset(
        "Saturated", "Every answer is wrong and ∂a/∂z is nearly 0: 100 steps change next to nothing.",
        choices={"n_kind": "sigmoid_squared", "n_points": "apart", "n_start": "-8.0,0.0", "n_steps": "100b~0.1"},
    ),
    Preset(
        "Not saturated", "The same first weights with cross-entropy: after 100 steps every answer is right.",
        choices={"n_points": "apart", "n_start": "-8.0,0.0", "n_steps": "100b~0.1"},
    ),
    Preset(
        "Stopped too early", "“Your own descent”: the rule fires on the plateau, with nearly all of the way to come.",
        choices={"n_kind": "sigmoid_squared", "n_points": "apart", "n_start": "-7.0,0.0", "n_rate": "0.3", "n_part": "stops",
                 "n_steps": "10x100b~0.3"},
    ),
    Preset(
        "η too large", "Each step lands higher on the other side of the bowl, farther out every time.",
        choices={"n_kind": "linear", "n_rate": "0.6", "n_part": "loss", "n_steps": "6x1b~0.6"},
    ),
    Preset(
        "Hopping", "Absolute error at a fixed η hops across the best line for ever. One that shrinks comes closer.",
        choices={"n_kind": "absolute", "n_rate": "0.3", "n_part": "rates", "n_race": "schedules"},
    ),
    Preset(
        "XOR", "Steps without end: no straight border has the ones on one side and the zeros on the other. Two layers can.",
        choices={"n_kind": "perceptron", "n_points": "xor", "n_inputs": "2", "n_part": "stops", "n_steps": "100b~0.1"},
    ),
)  # fmt: skip
