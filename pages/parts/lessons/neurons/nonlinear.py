"""Lesson: why layers need something non-linear between them."""

import numpy as np

from nncore import DATASETS, Experiment, Network
from nncore.experiments.experiment import build_split
from nncore.experiments.short_training import ShortTraining, train_for
from nncore.inspection.weight_statistics import linear_equivalent
from pages.parts.figures.lessons.parts import layers
from pages.parts.figures.lessons.pictures import classes_map, curves
from pages.parts.lessons.draw import numbers_for
from pages.parts.lessons.lesson import Facts, Lesson, Number, Pick, Step, Task

EPOCHS = 60
GRID = np.linspace(-6, 6, 60)


def circle(seed: int, activation: str, hidden: tuple[int, ...] = (8, 8)) -> Experiment:
    """A disc in a ring, for this activation."""
    return Experiment("circle", hidden=hidden, activation=(activation,), optimizer="adam", data_seed=seed, weight_seed=seed)


def collapsed(seed: int) -> Facts:
    """Two linear layers, and the single one that does the same."""
    rng = numbers_for(seed, 1)
    d, h, k = (int(n) for n in (rng.integers(2, 4), rng.integers(3, 7), rng.integers(2, 4)))
    network = Network((d, h, k), "identity", "identity", "mse", seed=seed)
    W, b = linear_equivalent(network)
    X = rng.normal(size=(20, d))
    gap = float(np.abs(network.predict(X) - (X @ W.T + b)).max())
    return {"d": d, "h": h, "k": k, "many": network.n_parameters, "gap": gap, "network": network, "answer": W.size + b.size}


def _answers(found: ShortTraining) -> Facts:
    """What both trainings on the circle have in common."""
    split = build_split(found.experiment)
    X = np.array([[x, y] for y in GRID for x in GRID])
    return {
        "X": split.X_validation,
        "y": split.y_validation,
        "map": found.network.predict(X).reshape(60, 60),
        "share": found.validation_score,
        "common": max(split.y_validation.mean(), 1 - split.y_validation.mean()),
        "n": len(split.y_validation),
        "names": DATASETS[found.experiment.dataset].class_names,
    }


def without(seed: int) -> Facts:
    """The circle, learned without an activation."""
    known = _answers(train_for(circle(seed, "identity"), EPOCHS))
    return {**known, "answer": int(np.digitize(known["share"], [0.72, 0.9]))}


def with_tanh(seed: int) -> Facts:
    """The circle, learned with tanh."""
    known = _answers(train_for(circle(seed, "tanh"), EPOCHS))
    return {**known, "answer": 100 * known["share"]}


def pieces(seed: int) -> Facts:
    """A curve of ReLU neurons, and its straight pieces counted."""
    rng = numbers_for(seed, 2)
    h = int(rng.integers(3, 8))
    network = Network((1, h, 1), "relu", "identity", "mse", "normal", seed=seed)
    network.biases[0][...] = rng.normal(size=h)
    bends = np.sort(-network.biases[0] / network.weights[0][:, 0])
    middles = np.concatenate([[bends[0] - 1], (bends[1:] + bends[:-1]) / 2, [bends[-1] + 1]])
    near = 1e-3 * min(1.0, float(np.diff(bends).min()))
    ends = network.predict(np.column_stack([middles - near, middles + near]).reshape(-1, 1)).reshape(-1, 2)
    slopes = (ends[:, 1] - ends[:, 0]) / (2 * near)
    x = np.linspace(bends[0] - 1, bends[-1] + 1, 400)
    return {
        "h": h,
        "x": x,
        "curve": network.predict(x[:, None])[:, 0],
        "n_bends": len(bends),
        "answer": 1 + int((np.abs(np.diff(slopes)) > 1e-9).sum()),
    }


def silent(seed: int) -> Facts:
    """A ReLU network of which every hidden bias is -100."""
    network = Network((2, 8, 1), "relu", initializer="he_normal", seed=seed)
    X = build_split(circle(seed, "relu")).X_train
    before = network.predict(X)
    network.biases[0][...] = -100.0
    after, gradient = (
        network.predict(X),
        network.matrices(network.loss_and_gradient(X, build_split(circle(seed, "relu")).y_train)[1]),
    )
    spread = float(np.ptp(after))
    same = 0 if spread < 1e-12 else 1 if np.corrcoef(before[:, 0], after[:, 0])[0, 1] > 0.9 else 2
    return {
        "n": len(X),
        "value": float(after[0, 0]),
        "spread": spread,
        "slope": float(np.abs(gradient[0]).max()),
        "answer": same,
    }


def few(seed: int) -> Facts:
    """How the task's numbers of neurons fare."""
    return {"tries": 5}


def validation_share(seed: int, neurons: float) -> float:
    """The validation accuracy with so many tanh neurons after 100 epochs."""
    return train_for(circle(seed, "tanh", (int(neurons),)), 100).validation_score


LESSON = Lesson(
    "nonlinear",
    "Why non-linear",
    "Why does a network need activation functions?",
    "Without one any stack of layers is a single linear layer; with one, few neurons bend a border around a disc.",
    (
        Step(
            "A network has {d} inputs, a hidden layer of {h} neurons and {k} outputs, and no activation function "
            "anywhere. With its biases that makes {many} numbers to learn.",
            "A single layer, straight from the inputs to the outputs, can give exactly the same answers. How many weights "
            "and biases does that one have?",
            Number("Weights and biases", share=0, near=0.4, whole=True),
            "W₂(W₁x + b₁) + b₂ = (W₂W₁)x + (W₂b₁ + b₂): one matrix of {k} × {d} and {k} biases, together **{answer}** "
            "numbers. On 20 random inputs the two differ by {gap:.0e}, which is rounding. All the rest of the {many} "
            "numbers buy nothing.",
            collapsed,
            before=lambda f, dark: layers([["x"] * f["d"], ["z"] * f["h"], ["y"] * f["k"]], [], dark),
            source=lambda f: (linear_equivalent, {"network": f["network"]}),
            page="weights",
            settings=lambda seed: {"section": "chain", "activation": "identity"},
            recall="A network of {d} inputs, {h} hidden neurons and {k} outputs without an activation function equals a "
                   "single layer whose weights and biases are",
        ),
        Step(
            "A disc lies inside a ring, and two hidden layers of 8 neurons are to tell them apart. There is no activation "
            "function between the layers.",
            "After 60 epochs, how many of the {n} validation points does it get right?",
            Pick(
                ("Hardly more than always naming the more frequent class would.", "About three quarters.", "Nearly all."),
                order=(0, 1, 2),
            ),
            "It gets {share:%} right; always naming the more frequent class gets {common:%}. Two linear layers are one, and "
            "one linear layer has a straight border: no straight line parts a disc from the ring around it.",
            without,
            before=lambda f, dark: classes_map(f["X"], f["y"], f["names"], dark),
            after=lambda f, dark: classes_map(f["X"], f["y"], f["names"], dark, (GRID, GRID, f["map"])),
            run=lambda seed: circle(seed, "identity"),
            epochs=60,
            recall="Two hidden layers of 8 neurons without an activation function tell a disc from a ring, after 60 "
                   "epochs; right are:",
        ),
        Step(
            "We put tanh behind each hidden sum: a smooth curve from −1 to 1. Nothing else changes, neither the data nor "
            "the number of weights.",
            "What percentage of the validation points does it get right now, after 60 epochs?",
            Number("Percent", share=0, near=6),
            "Now it is **{answer:.0f} %**. Each tanh neuron has a soft straight border, and the next layer adds several of "
            "them up to a closed curve. That is all: a sum of curved functions can go round a disc.",
            with_tanh,
            before=lambda f, dark: classes_map(f["X"], f["y"], f["names"], dark),
            after=lambda f, dark: classes_map(f["X"], f["y"], f["names"], dark, (GRID, GRID, f["map"])),
            run=lambda seed: circle(seed, "tanh"),
            epochs=60,
            recall="Two hidden layers of 8 tanh neurons tell a disc from a ring, after 60 epochs; right are, in percent:",
        ),
        Step(
            "A ReLU neuron answers 0 below its border and rises in a straight line above it. A network with one input adds "
            "up {h} such neurons, each with a border of its own.",
            "Of how many straight pieces is its curve made?",
            Number("Pieces", share=0, near=0.4, whole=True),
            "Each neuron adds one bend where its own sum is 0, at x = −b/w. {n_bends} bends cut the line into {n_bends} + 1 "
            "= **{answer}** pieces, with straight lines between: more neurons mean more bends, and so a finer curve.",
            pieces,
            after=lambda f, dark: curves(f["x"], {"the network": f["curve"]}, ("x", "output"), dark),
            recall="A network of one input and {h} ReLU neurons has a curve of straight pieces. Their number is",
        ),
        Step(
            "A network with 8 ReLU neurons looks at {n} points. Somebody sets all hidden biases to −100.",
            "What does it answer?",
            Pick(
                (
                    "The same for every point, and it will never learn again.",
                    "As before, only a little lower.",
                    "Something random for each point.",
                )
            ),
            "Every hidden sum is far below 0, so every ReLU answers 0, and the output sees nothing but its own bias: "
            "{value} for all points. The derivative of a ReLU is 0 there too: the largest gradient of a hidden weight is "
            "{slope}. Such neurons are called *dead*, and no training wakes them.",
            silent,
            before=lambda f, dark: layers([["x₁", "x₂"], ["z₁", "…", "z₈"], ["y"]], [], dark),
            kind="break",
            page="weights",
            recall="All hidden biases of a network of 8 ReLU neurons are set to −100. It answers:",
        ),
        Step(
            "One hidden layer with tanh, 100 epochs on the circle. Each try trains such a network here and now.",
            "What is the smallest number of hidden neurons with more than 95 % of the validation points right?",
            Task("Hidden neurons", (1, 2, 3, 4, 5, 6, 8, 12), validation_share, "share right", above=0.95),
            "One neuron is one straight border, two make a strip or a wedge. Three borders are the fewest that can close "
            "around a disc, as a triangle; whether so few find the way depends on where their weights began.",
            few,
            kind="task",
            run=lambda seed: circle(seed, "tanh", (3,)),
            epochs=100,
        ),
    ),
)
