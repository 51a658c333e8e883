"""Lesson: what a weight is, what a bias is, and how both place a border."""

import numpy as np
import plotly.graph_objects as go

from nncore.single_neuron.neuron import Neuron
from pages.parts.fields.numbers import plain
from pages.parts.figures.lessons.parts import layers
from pages.parts.figures.lessons.pictures import bars, curves, with_dots
from pages.parts.lessons.draw import numbers_for, tenths, wholes
from pages.parts.lessons.lesson import Facts, Lesson, Number, Pick, Step, Task

STEEPER = 100.0


def weighted_sum(seed: int) -> Facts:
    """A neuron with two inputs and its weighted sum."""
    rng = numbers_for(seed, 1)
    (x1, x2), (w1, w2), (b,) = wholes(rng, -4, 4, 2), tenths(rng, -2, 2, 2), tenths(rng, -3, 3, 1)
    z, _ = Neuron("linear", [w1, w2, b]).forward(np.array([[x1, x2]]))
    return {"x1": x1, "x2": x2, "w1": w1, "w2": w2, "b": b, "p1": w1 * x1, "p2": w2 * x2, "answer": float(z[0])}


def one_more(seed: int) -> Facts:
    """The same neuron with its second input larger by 1."""
    known = weighted_sum(seed)
    X = np.array([[known["x1"], known["x2"]], [known["x1"], known["x2"] + 1]])
    z, _ = Neuron("linear", [known["w1"], known["w2"], known["b"]]).forward(X)
    offered = np.array([known["w2"], 1.0, known["p2"]])
    change = float(z[1] - z[0])
    return {
        **known,
        "before": z[0],
        "after": z[1],
        "more": known["x2"] + 1,
        "change": change,
        "answer": int(np.abs(offered - change).argmin()),
    }


def border(seed: int) -> Facts:
    """A neuron with one input: where its weighted sum is 0."""
    rng = numbers_for(seed, 2)
    w, b = float(rng.choice([0.5, 2.0, 4.0, -0.5, -2.0])), float(wholes(rng, -6, 6, 1)[0])
    z, _ = Neuron("perceptron", [w, b]).forward(np.array([[0.0], [1.0]]))
    place = float(-z[0] / (z[1] - z[0]))
    x = place + np.array([-4.0, 4.0])
    return {"w": w, "b": b, "line": x, "sums": Neuron("linear", [w, b]).forward(x[:, None])[0], "answer": place}


def steeper(seed: int) -> Facts:
    """The sigmoid of the same neuron, and with weight and bias a hundred times as large."""
    known = border(seed)
    x = known["answer"] + np.linspace(-3, 3, 241)
    before, after = (Neuron("logistic", [k * known["w"], k * known["b"]]).forward(x[:, None])[1] for k in (1.0, STEEPER))
    moved = not np.isclose(np.interp(0.5, *_rising(before, x)), np.interp(0.5, *_rising(after, x)), atol=0.03)
    alike = np.allclose(before, after, atol=0.05)
    near = Neuron("logistic", [STEEPER * known["w"], STEEPER * known["b"]]).forward([[known["answer"] + 0.1]])[1][0]
    return {
        **known,
        "x": x,
        "gentle": before,
        "steep": after,
        "w100": STEEPER * known["w"],
        "b100": STEEPER * known["b"],
        "near": _nearly(float(near)),
        "place": known["answer"],
        "answer": 1 if moved else 2 if alike else 0,
    }


def _nearly(answer: float) -> str:
    """The answer of a neuron that may be as good as sure."""
    return "below 0.0001" if answer < 1e-4 else "above 0.9999" if answer > 1 - 1e-4 else f"{answer:.4f}"


def _rising(a: np.ndarray, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    order = np.argsort(a, kind="stable")
    return a[order], x[order]


def sure(seed: int) -> Facts:
    """Where the border is to lie, and how near it the neuron is to be sure."""
    rng = numbers_for(seed, 3)
    place, gap = float(wholes(rng, -5, 5, 1)[0]), float(rng.choice([0.1, 0.2, 0.5, 1.0]))
    return {"border": place, "gap": gap, "beyond": place + gap}


def sure_with(seed: int, weight: float) -> float:
    """The sigmoid's answer just beyond the border, for this weight."""
    known = sure(seed)
    _, a = Neuron("logistic", [weight, -weight * known["border"]]).forward([[known["border"] + known["gap"]]])
    return float(a[0])


def _neuron(f: Facts, second: str, dark: bool) -> go.Figure:
    """The neuron of the first steps, with the words `second` in its second input."""
    weights = [f"w₁ = {plain(f['w1'])}", f"w₂ = {plain(f['w2'])}", f"b = {plain(f['b'])}"]
    return layers([[f"x₁<br>{plain(f['x1'])}", second, "1"], ["z"]], [weights], dark)


LESSON = Lesson(
    "weight",
    "What a weight is",
    "What do a weight and a bias do?",
    "A weight says how much one unit of its input counts; the bias shifts the border at which the answer changes.",
    (
        Step(
            "A neuron multiplies each input by a weight of its own and adds up the products. Then it adds its *bias*, a "
            "number that depends on no input: it is drawn as the weight of an input that is always 1.",
            "The inputs are x₁ = {x1} and x₂ = {x2}, the weights w₁ = {w1} and w₂ = {w2}, the bias is b = {b}. What is the "
            "weighted sum z?",
            Number("z", share=0.001),
            "z = w₁x₁ + w₂x₂ + b = {w1:()} · {x1:()} + {w2:()} · {x2:()} + {b:()} = {p1:()} + {p2:()} + {b:()} = "
            "**{answer}**. Where a weight is negative, a larger input makes the sum smaller.",
            weighted_sum,
            before=lambda f, dark: _neuron(f, f"x₂<br>{plain(f['x2'])}", dark),
            after=lambda f, dark: bars(["w₁x₁", "w₂x₂", "b", "z"], [f["p1"], f["p2"], f["b"], f["answer"]], "", dark, 3),
            source=lambda f: (Neuron("linear", [f["w1"], f["w2"], f["b"]]).forward, {"X": np.array([[f["x1"], f["x2"]]])}),
            page="neuron",
            recall="A neuron with the inputs {x1} and {x2}, the weights {w1} and {w2} and the bias {b} has the weighted "
                   "sum z =",
        ),
        Step(
            "Now the second input grows by 1, from {x2} to {more}. Everything else stays as it is.",
            "By how much does the weighted sum change?",
            Pick(
                (
                    "By {w2}, the weight of that input.",
                    "By 1, as much as the input.",
                    "By {p2}, the weight times the input.",
                    "Nobody can tell without the bias.",
                ),
                order=(1, 0, 2, 3),
            ),
            "z was {before} and is {after}: a change of **{change}**, exactly w₂. All other terms of the sum are the same "
            "and cancel in the difference. So a weight is a *price per unit*: what one more of this input adds to z.",
            one_more,
            before=lambda f, dark: _neuron(f, f"x₂<br>{plain(f['more'])}", dark),
            after=lambda f, dark: bars([f"x₂ = {plain(f['x2'])}", f"x₂ = {plain(f['more'])}"], [f["before"], f["after"]],
                                       "weighted sum z", dark, 1),
            source=lambda f: (
                Neuron("linear", [f["w1"], f["w2"], f["b"]]).forward,
                {"X": np.array([[f["x1"], f["x2"]], [f["x1"], f["more"]]])},
            ),
            page="neuron",
            recall="A neuron's second input grows by 1, from {x2} to {more}, and all else stays. The weighted sum changes:",
        ),
        Step(
            "Many neurons answer yes where z is at least 0, and no elsewhere. With a single input the border between the "
            "two is a single value of x.",
            "The weight is w = {w}, the bias b = {b}. At which x does the answer change?",
            Number("x", share=0.001),
            "On the border w x + b = 0, so x = −b/w = −({b}) / {w:()} = **{answer}**. The bias alone does not say where the "
            "border is, only together with the weight: the larger the weight's size, the nearer to 0 the same bias puts it.",
            border,
            after=lambda f, dark: with_dots(
                curves(f["line"], {"z = w x + b": f["sums"]}, ("x", "weighted sum z"), dark),
                {f"the border, x = {plain(f['answer'])}": (f["answer"], 0.0)}, dark,
            ),
            source=lambda f: (Neuron("perceptron", [f["w"], f["b"]]).forward, {"X": np.array([[f["answer"]]])}),
            page="neuron",
            recall="A neuron with one input, the weight {w} and the bias {b} answers yes where z is at least 0. The answer "
                   "changes at x =",
        ),
        Step(
            "A softer answer than yes or no is the *sigmoid* of the sum, 1 / (1 + e⁻ᶻ): nearly 0 on one side of the "
            "border, 0.5 on it, nearly 1 on the other. We multiply both numbers of the same neuron by 100: w = {w100}, b = "
            "{b100}.",
            "What happens to the neuron's answers?",
            Pick(
                (
                    "The border stays, and the answer jumps there from one side to the other.",
                    "The border moves a hundred times as far away.",
                    "Nothing changes: the factor cancels out.",
                )
            ),
            "The border is at −b/w, where the factor cancels: it stays at {place}. But z is a hundred times as large "
            "everywhere else, and only 0.1 beyond the border the answer is {near} already. Larger weights make "
            "a neuron *surer*, and one as steep as this can hardly learn any more: its curve is flat nearly everywhere.",
            steeper,
            kind="break",
            after=lambda f, dark: curves(
                f["x"], {"w and b": f["gentle"], "100 w and 100 b": f["steep"]}, ("x", "the neuron's answer"), dark
            ),
            source=lambda f: (
                Neuron("logistic", [f["w100"], f["b100"]]).forward,
                {"X": np.array([[f["place"]], [f["place"] + 0.1]])},
            ),
            page="neuron",
            recall="A sigmoid neuron's weight and bias are multiplied by 100, to {w100} and {b100}. Its answers:",
        ),
        Step(
            "Let the border lie at x = {border}, so b = −w · {border:()}. Only {gap} beyond it, at x = {beyond}, the "
            "sigmoid must already answer more than 0.99.",
            "Which is the smallest weight in the list that does it?",
            Task("Weight w", (1, 2, 5, 10, 20, 50, 100), sure_with, "answer just beyond the border", above=0.99),
            "Just beyond the border z = w · {gap}, and the sigmoid passes 0.99 at z = ln 99 ≈ 4.595. So w must be at least "
            "4.595 / {gap}: the nearer to the border it must be sure, the larger the weight.",
            sure,
            kind="task",
            page="neuron",
        ),
    ),
)
