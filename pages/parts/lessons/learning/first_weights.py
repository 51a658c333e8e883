"""Lesson: where weights begin, and the rules of Xavier and He in three lines of algebra."""

import numpy as np
import plotly.graph_objects as go

from nncore import ACTIVATIONS, INITIALIZERS, Experiment, Network
from nncore.experiments.short_training import train_for
from nncore.inspection.unit_health import distinct_neurons
from pages.parts.figures.lessons.pictures import cells, curves
from pages.parts.lessons.draw import numbers_for
from pages.parts.lessons.lesson import Facts, Lesson, Number, Pick, Step, Task

EPOCHS, WIDTH, DEPTH = 50, 100, 10


def all_ones(seed: int) -> Experiment:
    """A small network on the circle, all of whose weights begin at 1."""
    return Experiment("circle", hidden=(6,), initializer="ones", data_seed=seed)


def weights_and_biases(network: Network) -> np.ndarray:
    """The first layer's weights with its biases beside them: a row for each neuron."""
    return np.column_stack((network.weights[0], network.biases[0]))


def _first_layer(f: Facts, dark: bool) -> go.Figure:
    """The weights and biases of the first layer as a table, a row for each neuron."""
    return cells(f["table"], [f"neuron {k + 1}" for k in range(len(f["table"]))], ["x₁", "x₂", "bias"], dark)


def identical(seed: int) -> Facts:
    """How many different hidden neurons are left after training from all ones."""
    network = train_for(all_ones(seed), EPOCHS).network
    return {
        "epochs": EPOCHS,
        "table": weights_and_biases(network),
        "w1": network.weights[0][0, 0],
        "w2": network.weights[0][0, 1],
        "b": network.biases[0][0],
        "network": network,
        "answer": distinct_neurons(network)[0],
    }


def biases_zero(seed: int) -> Facts:
    """The same with random weights and biases that begin at 0."""
    e = all_ones(seed).with_changes(initializer="xavier_normal", weight_seed=seed)
    network = train_for(e, EPOCHS).network
    n = distinct_neurons(network)[0]
    answer = 0 if n == e.hidden[0] else 1 if n == 1 else 2
    return {"network": network, "table": weights_and_biases(network), "n": n, "h": e.hidden[0], "answer": answer}


def sum_spread(seed: int) -> Facts:
    """The deviation of a weighted sum, by the rule and measured."""
    rng = numbers_for(seed, 1)
    n = int(rng.choice([25, 64, 100, 400]))
    W = INITIALIZERS["normal"].draw(rng, 200, n)
    s = INITIALIZERS["normal"].deviation(n, n)
    measured = float((W @ rng.standard_normal((n, 300))).std())
    return {"n": n, "s": s, "measured": measured, "right": 1 / np.sqrt(n), "answer": float(np.sqrt(n) * s)}


def he(seed: int) -> Facts:
    """What a ReLU leaves of the mean square, and what He's rule makes up for."""
    rng = numbers_for(seed, 2)
    n = int(rng.choice([50, 200, 800]))
    z = rng.standard_normal(200_000)
    left = float(np.square(ACTIVATIONS["relu"](z)).mean() / np.square(z).mean())
    return {
        "n": n,
        "left": left,
        "s": INITIALIZERS["he_normal"].deviation(n, n),
        "answer": n * INITIALIZERS["he_normal"].deviation(n, n) ** 2,
    }


def xavier(seed: int) -> Facts:
    """Xavier's deviation for a layer that narrows."""
    n_in, n_out = ((784, 16), (64, 36), (300, 100), (90, 10))[seed % 4]
    s = INITIALIZERS["xavier_normal"].deviation(n_in, n_out)
    return {"n_in": n_in, "n_out": n_out, "total": n_in + n_out, "forward": 1 / n_in, "back": 1 / n_out, "answer": s}


def signals(seed: int, activation: str, initializer: str, factor: float) -> np.ndarray:
    """The root mean square of each layer's answers (DEPTH,), with the initializer's weights times `factor`."""
    network = Network((WIDTH,) * (DEPTH + 1), activation, "identity", "mse", initializer, seed=seed)
    network.parameters *= factor
    X = numbers_for(seed, 3).standard_normal((50, WIDTH))
    layers = [X, *network.forward(X).a[:-1]]
    return np.array([np.sqrt(np.square(layer).mean()) for layer in layers])


def doubled(seed: int) -> Facts:
    """A deep linear stack with twice the right deviation."""
    sizes = signals(seed, "identity", "lecun_normal", 2.0)
    right = signals(seed, "identity", "lecun_normal", 1.0)
    ratio, offered = sizes[-1] / sizes[0], np.log(np.array([2.0, 18.0, 512.0]))
    return {
        "layers": np.arange(float(DEPTH)),
        "sizes": sizes,
        "right": right,
        "ratio": float(ratio),
        "own": float(right[-1] / right[0]),
        "n": DEPTH - 1,
        "power": 2 ** (DEPTH - 1),
        "answer": int(np.abs(offered - np.log(ratio)).argmin()),
    }


def keeps(seed: int) -> Facts:
    """The task's network."""
    return {"n": DEPTH - 1, "own": grows_by(seed, 1.0), "root": (2 / grows_by(seed, 1.0)) ** (1 / (DEPTH - 2))}


def grows_by(seed: int, factor: float) -> float:
    """The last layer's signal over the first's, for He's deviation times `factor`."""
    sizes = signals(seed, "relu", "he_normal", factor)
    return float(sizes[-1] / sizes[1])


LESSON = Lesson(
    "first_weights",
    "Where weights begin",
    "Why do weights start at random, and how large?",
    "Random, so that neurons differ; with a variance of 1/n (2/n before a ReLU), so that signals keep their size.",
    (
        Step(
            "A network with one hidden layer of 6 neurons is to learn a disc in a ring. We start fairly: all weights at 1, "
            "all biases at 0. Two neurons with the same weights and bias count as one.",
            "After {epochs} epochs of training, how many *different* hidden neurons does it have?",
            Number("Different neurons", share=0, near=0.4, whole=True),
            "**{answer}.** All six see the same inputs with the same weights, give the same answer, get the same gradient, "
            "and so take the same step, for ever: all have the weights {w1:.4f} and {w2:.4f} and the bias {b:.4f}. Six "
            "neurons, the work of one. Random numbers are there to make neurons *different*.",
            identical,
            after=_first_layer,
            run=all_ones,
            epochs=EPOCHS,
            source=lambda f: (distinct_neurons, {"network": f["network"]}),
            recall="Six hidden neurons start with all weights at 1 and all biases at 0. The number of different ones after "
                   "{epochs} epochs is",
        ),
        Step(
            "Now the weights are random, and the biases still begin at 0, all of them. Equal biases might make neurons "
            "alike again.",
            "After the same training, do the 6 neurons differ?",
            Pick(("Yes, all of them.", "No, they are all alike again.", "Some are alike."), order=(1, 2, 0)),
            "{n} of {h} are different. It is enough that the *weights* differ: then sums, answers and gradients do, those "
            "of the biases too. So biases may start at 0, where no neuron is pushed to either side.",
            biases_zero,
            after=_first_layer,
            source=lambda f: (distinct_neurons, {"network": f["network"]}),
            run=lambda seed: all_ones(seed).with_changes(initializer="xavier_normal", weight_seed=seed),
            epochs=EPOCHS,
            recall="Six hidden neurons start with random weights and biases at 0. After training they differ:",
        ),
        Step(
            "Random, but how large? A neuron adds up n products w x; the inputs have mean 0 and variance 1, the weights "
            "mean 0 and deviation s, all drawn independently: the variances of the products then add up.",
            "With n = {n} inputs and s = {s}, what is the standard deviation of the sum z?",
            Number("Deviation of z", share=0.03),
            "Three lines:  \n(1) Var(w x) = Var(w) · Var(x) = s² · 1, for independent numbers of mean 0.  \n(2) Variances "
            "of independent terms add up: Var(z) = n s².  \n(3) To have Var(z) = Var(x) = 1, take s² = 1/n.  \nHere √{n} · "
            "{s} = **{answer}** ({measured:.2f} when drawn just now): far too large for a tanh. The right s would be 1/√{n} "
            "= {right:.3f}.",
            sum_spread,
            source=lambda f: (INITIALIZERS["lecun_normal"].deviation, {"n_in": f["n"], "n_out": f["n"]}),
            page="initializers",
            settings=lambda seed: {"initializer_view": "formulas", "look_at": "lecun_normal"},
            recall="A sum of n = {n} products of inputs of variance 1 with weights of deviation {s} has the standard "
                   "deviation",
        ),
        Step(
            "A ReLU sets every negative sum to 0 and keeps the others; sums lie below 0 as often as above. The next layer "
            "gets what is left of the mean square.",
            "By He's rule, what must n · s² be, so that the signal keeps its size through sum and ReLU?",
            Number("n · s²", share=0.02),
            "(1) z is as often below 0 as above, so the mean of relu(z)² is half that of z² ({left:.3f} when measured).  "
            "\n(2) Through one layer the mean square changes by the factor n s² / 2.  \n(3) For a factor of 1, s² = 2/n: "
            "**n s² = {answer:.3g}**, with {n} inputs s = {s:.4f}.  \nNaming the half that ReLU throws away is all "
            "that He added (2015).",
            he,
            source=lambda f: (INITIALIZERS["he_normal"].deviation, {"n_in": f["n"], "n_out": f["n"]}),
            page="initializers",
            settings=lambda seed: {"initializer_view": "formulas", "look_at": "he_normal"},
            recall="By He's rule, a ReLU layer with n inputs and weights of deviation s keeps the signal's size where n · "
                   "s² is",
        ),
        Step(
            "Going forward, a sum has nᵢₙ terms and asks for s² = 1/nᵢₙ. Going back, a gradient is a sum of nₒᵤₜ terms "
            "and asks for s² = 1/nₒᵤₜ; Xavier takes the mean of both counts.",
            "For a layer from {n_in} to {n_out} neurons, what is Xavier's s?",
            Number("s", share=0.02, near=0.0005),
            "(1) Forward: nᵢₙ s² = 1, s² = {forward:.4f}.  \n(2) Back: nₒᵤₜ s² = 1, s² = {back:.4f}.  \n(3) Between: s² = "
            "2 / (nᵢₙ + nₒᵤₜ) = 2 / {total}, so s = **{answer:.4f}**.  \nBoth wishes cannot come true unless the layer is "
            "as wide as the one before (Glorot and Bengio, 2010).",
            xavier,
            source=lambda f: (INITIALIZERS["xavier_normal"].deviation, {"n_in": f["n_in"], "n_out": f["n_out"]}),
            page="initializers",
            settings=lambda seed: {"initializer_view": "formulas", "look_at": "xavier_normal"},
        ),
        Step(
            "Nine linear layers of 100 neurons, with weights of the right deviation 1/√100. We double all of them: only a "
            "factor of two.",
            "How much larger is the signal after the last layer than at the input?",
            Pick(("About twice as large.", "About twenty times.", "Several hundred times."), order=(0, 1, 2)),
            "About {ratio:.0f} times: the factor 2 comes in at each of {n} layers, and 2 to the power {n} is {power}. "
            "(The draw does the rest: with the right deviation the signal changes here by a factor of {own:.2f}.) Deep "
            "networks are products, and products of anything but 1 explode or vanish.",
            doubled,
            kind="break",
            after=lambda f, dark: curves(
                f["layers"],
                {"doubled": f["sizes"], "1/√n": f["right"]},
                ("layer", "size of the signal (log axis)"),
                dark,
                True,
            ),
            source=lambda f: (INITIALIZERS["lecun_normal"].deviation, {"n_in": WIDTH, "n_out": WIDTH}),
            page="initializers",
            settings=lambda seed: {"initializer_view": "pairs"},
            recall="In nine linear layers of 100 neurons all weights are doubled. The last signal is larger than the input:",
        ),
        Step(
            "Nine ReLU layers of 100 neurons. We multiply He's weights by a factor. He's rule holds on average; with the "
            "weights drawn here and a factor of 1, the last layer's signal is {own:.2f} times the first layer's.",
            "What is the largest factor with which the last layer's signal is less than twice the first one's?",
            Task(
                "Factor",
                (2.0, 1.5, 1.3, 1.2, 1.1, 1.05, 1.0, 0.9, 0.7),
                grows_by,
                "growth of the signal",
                below=2.0,
                unit="×",
            ),
            "From the first layer to the last the factor counts eight times, so the signal grows to {own:.2f} · factor⁸. "
            "That is below 2 up to a factor of {root:.3f}, the eighth root of 2 / {own:.2f}. A wider layer stays nearer to "
            "He's average, and the limit nearer to the eighth root of 2, 1.09.",
            keeps,
            kind="task",
            source=lambda f: (INITIALIZERS["he_normal"].deviation, {"n_in": WIDTH, "n_out": WIDTH}),
            page="initializers",
            settings=lambda seed: {"initializer_view": "formulas", "look_at": "he_normal"},
        ),
    ),
)
