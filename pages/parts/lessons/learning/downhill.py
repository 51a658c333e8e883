"""Lesson: gradient descent, its direction and its step."""

import numpy as np
import plotly.graph_objects as go

from nncore import Experiment
from nncore.experiments.short_training import train_for
from nncore.single_neuron.descent import compare_rates, largest_stable_rate
from nncore.single_neuron.neuron import Chain, Neuron, after_step, chain_of
from pages.parts.fields.numbers import plain
from pages.parts.figures.lessons.pictures import curves, with_dots
from pages.parts.lessons.draw import numbers_for, tenths, wholes
from pages.parts.lessons.lesson import Facts, Lesson, Number, Pick, Sketch, Step, Task

RATE, TOO_LARGE = 0.05, 0.6
BESIDE = 0.1  # so far on either side of the weight the loss is told, from which its slope follows
PLACES = (0.0, 10.0, 20.0, 40.0, 60.0, 80.0, 100.0)


def _numbers(seed: int) -> tuple[float, float, float]:
    """An input, a target and a first weight that is not right yet."""
    rng = numbers_for(seed, 1)
    x, y = float(rng.choice([1.5, 2.0, 2.5])), float(wholes(rng, -5, 5, 1)[0])
    return x, y, float(next(w for w in tenths(rng, -2, 2, 50) if abs(w * x - y) > 0.5))


def chain(seed: int) -> tuple[Neuron, Chain]:
    """The linear neuron without a bias of its own, and all factors of its gradient."""
    x, y, w = _numbers(seed)
    neuron = Neuron("linear", [w, 0.0])
    return neuron, chain_of(neuron, np.array([x]), y, RATE)


def slope(seed: int) -> Facts:
    """The derivative of the loss with respect to the weight."""
    (x, y, w), (_, found) = _numbers(seed), chain(seed)
    line = np.linspace(w - 3, w + 3, 61)
    near = np.linspace(w - 3 * BESIDE, w + 3 * BESIDE, 61)
    losses, nearby = (
        np.array([Neuron("linear", [v, 0.0]).loss(np.array([[x]]), np.array([y])) for v in place]) for place in (line, near)
    )
    return {
        "x": x, "y": y, "w": w, "error": found.a - y, "loss": found.loss, "line": line, "losses": losses,
        "near": near, "nearby": nearby, "left_loss": nearby[20], "right_loss": nearby[40],
        "left": round(near[20], 6), "right": round(near[40], 6),
        "tangent": np.where(abs(line - w) <= 1.05, found.loss + found.weight_gradients[0] * (line - w), np.nan),
        "answer": found.weight_gradients[0],
    }  # fmt: skip


def one_step(seed: int) -> Facts:
    """The weight after one step."""
    known, (neuron, found) = slope(seed), chain(seed)
    moved = float(after_step(neuron, found).weights[0])
    return {
        **known,
        "rate": RATE,
        "g": known["answer"],
        "step": found.weight_steps[0],
        "neuron": neuron,
        "chain": found,
        "lower": Neuron("linear", [moved, 0.0]).loss(np.array([[known["x"]]]), np.array([known["y"]])),
        "answer": moved,
    }


def moons(seed: int) -> Experiment:
    """A small network on the moons with the whole training set in each update."""
    return Experiment("moons", hidden=(8,), batch_size=None, learning_rate=0.5, data_seed=seed, weight_seed=seed)


def curve(seed: int) -> Facts:
    """The training loss over 100 epochs."""
    losses = train_for(moons(seed), 100).scores[:, 0]
    return {
        "x": np.arange(101.0),
        "y": losses,
        "first": losses[0],
        "rate": moons(seed).learning_rate,
        "tenth": losses[10],
        "last": losses[-1],
        "early": (losses[0] - losses[10]) / (losses[0] - losses.min()),
        "answer": losses[[int(p) for p in PLACES]],
    }


def tenth_of_it(seed: int) -> Facts:
    """The same training with a tenth of the learning rate."""
    quick, slow = train_for(moons(seed), 100), train_for(moons(seed).with_changes(learning_rate=0.05), 100)
    a, b = quick.training_loss, slow.training_loss
    return {
        "x": np.arange(101.0),
        "quick": quick.scores[:, 0],
        "slow": slow.scores[:, 0],
        "a": a,
        "b": b,
        "then": quick.scores[10, 0],
        "answer": 0 if b > 1.1 * a else 1 if b < a / 1.1 else 2,
    }


def too_far(seed: int) -> Facts:
    """Five steps at a rate that overshoots."""
    x, y, w = _numbers(seed)
    X = np.array([[x]])
    losses = compare_rates(Neuron("linear", [w, 0.0]), X, np.array([y]), np.full((1, 5), TOO_LARGE))[0]
    ratio = losses[-1] / losses[0]
    return {
        "x": x, "y": y, "w": w, "rate": TOO_LARGE, "bound": largest_stable_rate(X),
        "first": losses[0], "one": losses[1], "two": losses[2], "last": losses[-1], "losses": losses,
        "steps": np.arange(6.0), "factor": 1 - 2 * TOO_LARGE * (x * x + 1),
        "answer": 1 if ratio > 1 else 0 if ratio < 0.5 else 2,
    }  # fmt: skip


def limit(seed: int) -> Facts:
    """The sample of the task and the limit of its rates."""
    x, y, w = _numbers(seed)
    return {"x": x, "y": y, "w": w, "curvature": 2 * (x * x + 1), "bound": largest_stable_rate(np.array([[x]]))}


def loss_with(seed: int, rate: float) -> float:
    """The loss after 20 steps at this rate."""
    x, y, w = _numbers(seed)
    return float(compare_rates(Neuron("linear", [w, 0.0]), np.array([[x]]), np.array([y]), np.full((1, 20), rate))[0, -1])


def _valley(f: Facts, dark: bool, tangent: bool = False, stepped: bool = False) -> go.Figure:
    """The loss over the weight, the place where the weight is, and there its tangent, or where the step leads."""
    lines, dots = {"loss": f["losses"]}, {f"w = {plain(f['w'])}": (f["w"], f["loss"])}
    if tangent:
        lines[f"slope {plain(f['answer'])}"] = f["tangent"]
    if stepped:
        dots[f"after the step, w = {plain(f['answer'])}"] = (f["answer"], f["lower"])
    return with_dots(curves(f["line"], lines, ("weight w", "loss"), dark), dots, dark)


def _beside(f: Facts, dark: bool) -> go.Figure:
    """The loss near the weight, with the two places at which it is told."""
    dots = {f"w = {plain(f[side])}": (f[side], f[f"{side}_loss"]) for side in ("left", "right")}
    return with_dots(curves(f["near"], {"loss": f["nearby"]}, ("weight w", "loss"), dark), dots, dark)


LESSON = Lesson(
    "downhill",
    "Downhill, and how far",
    "How does gradient descent find better weights?",
    "Each weight moves against its derivative, times the learning rate: too small a rate crawls, too large a one climbs.",
    (
        Step(
            "A neuron answers a = w x, and the loss of one sample is the square of its error, L = (a − y)². The "
            "*derivative* dL/dw is the slope of the loss: by how much it rises for each 1 that w grows, measured over a "
            "short piece.",
            "x = {x}, y = {y} and w = {w}. We nudge w to either side: at w = {left} the loss is {left_loss:.4f}, at w = "
            "{right} it is {right_loss:.4f}. What is dL/dw between the two?",
            Number("dL/dw", share=0.01),
            "From one side to the other w grows by 0.2, so the slope is ({right_loss:.4f} − {left_loss:.4f}) / 0.2 = "
            "**{answer}**. A formula says the same without nudging: 2 times the error, a − y = {error}, times the input, "
            "2 · {error:()} · {x} = {answer} (the lesson on the chain rule derives it). Its sign tells in which direction "
            "the loss *rises*.",
            slope,
            before=_beside,
            after=lambda f, dark: _valley(f, dark, tangent=True),
            source=lambda f: (
                chain_of,
                {"neuron": Neuron("linear", [f["w"], 0.0]), "x": np.array([f["x"]]), "y": f["y"], "learning_rate": RATE},
            ),
            page="neuron",
            recall="A neuron a = w x with x = {x}, y = {y} and w = {w} has the loss (a − y)², and the derivative dL/dw =",
        ),
        Step(
            "Gradient descent goes the other way: w becomes w − rate · dL/dw. The learning rate is {rate}, and dL/dw is "
            "{g}.",
            "What is w after one step from {w}?",
            Number("w", share=0.001),
            "w − rate · dL/dw = {w} − {rate} · {g:()} = **{answer}**. The minus sign is what makes it descent, and a steep "
            "place gets a long step, a flat place a short one, with nobody deciding it.",
            one_step,
            before=_valley,
            after=lambda f, dark: _valley(f, dark, stepped=True),
            source=lambda f: (after_step, {"neuron": f["neuron"], "chain": f["chain"]}),
            page="neuron",
            recall="One step of gradient descent from w = {w}, at the rate {rate} with dL/dw = {g}, leads to w =",
        ),
        Step(
            "A network with 8 hidden neurons learns two moons for 100 epochs: one update per epoch, at the learning rate "
            "{rate}. Its loss, the mean cross-entropy, begins at {first:.2f} and ends at {last:.2f}; a step is the rate "
            "times the derivative, as before.",
            "What does the training loss do between these two? Draw it.",
            Sketch(PLACES, "epoch", "loss", 0.0, 1.0, near=0.12),
            "It falls from {first:.2f} to {tenth:.2f} within ten epochs, which is {early:%} of all that it falls, and to "
            "{last:.2f} in the other ninety. Where the loss is steep the steps are long; near the bottom the derivative is "
            "small, and so is each step.",
            curve,
            run=moons,
            epochs=100,
        ),
        Step(
            "The same network from the same first weights for the same 100 epochs, with a tenth of the learning rate. Each "
            "step is shorter, and so more careful.",
            "Where is the loss after 100 epochs?",
            Pick(
                ("Clearly higher than before.", "Clearly lower: careful steps find the way better.", "About the same."),
                order=(1, 2, 0),
            ),
            "It is {b:.3f}, and was {a:.3f} with the larger rate. A hundred short steps go about as far as ten long ones: "
            "after ten epochs the larger rate was at {then:.3f}. Smaller steps cost time and gain nothing here.",
            tenth_of_it,
            after=lambda f, dark: curves(
                f["x"], {"rate 0.5": f["quick"], "rate 0.05": f["slow"]}, ("epoch", "training loss"), dark
            ),
            run=lambda seed: moons(seed).with_changes(learning_rate=0.05),
            epochs=100,
            recall="8 hidden neurons learn two moons for 100 epochs at the rate 0.05 in place of 0.5. The loss at the end:",
        ),
        Step(
            "Back to the neuron with one sample, x = {x}, whose weight and bias both learn now. We make the learning rate "
            "{rate}, twelve times as large as before.",
            "What does the loss do in five steps?",
            Pick(("It falls much faster.", "It grows with each step.", "It stays about where it is."), order=(0, 2, 1)),
            "It goes {first}, {one:,.0f}, {two:,.0f} … {last:,.0f}. Each step multiplies the error by 1 − 2 · rate · (x² + "
            "1) = {factor:.2f}: it jumps across the valley and lands higher on the other side. Above {bound:.3f} that "
            "factor is larger than 1 in size.",
            too_far,
            kind="break",
            after=lambda f, dark: curves(f["steps"], {"loss": f["losses"]}, ("step", "loss (log axis)"), dark, True),
            source=lambda f: (
                compare_rates,
                {"neuron": Neuron("linear", [f["w"], 0.0]), "X": np.array([[f["x"]]]), "y": np.array([f["y"]]),
                 "rates": np.full((1, 5), f["rate"])},
            ),
            page="neuron",
            recall="A neuron with one sample, x = {x}, takes five steps at the rate {rate}. Its loss:",
        ),
        Step(
            "One sample, x = {x} and y = {y}, and a neuron that begins at w = {w} and b = 0. You have 20 steps.",
            "What is the largest learning rate with which the loss ends below 0.01?",
            Task("Learning rate", (1.0, 0.5, 0.3, 0.25, 0.2, 0.15, 0.1, 0.05, 0.02, 0.01), loss_with, "loss", below=0.01),
            "The loss bends with the second derivative 2 (x² + 1) = {curvature}; 2 divided by it, {bound:.3f}, is where "
            "descent begins to climb. Half of that would be the best of all: one step to the bottom.",
            limit,
            kind="task",
            source=lambda f: (largest_stable_rate, {"X": np.array([[f["x"]]])}),
            page="neuron",
        ),
    ),
)
