"""Lesson: what a network with a state remembers: the gradient on its way back, gates, and a gradient that is cut off."""


import numpy as np

from nncore import Recurrent
from pages.parts.figures.lessons.parts import layers
from pages.parts.figures.lessons.pictures import bars, curves
from pages.parts.lessons.draw import numbers_for
from pages.parts.lessons.lesson import Facts, Lesson, Number, Pick, Sketch, Step, Task
from pages.parts.lessons.others.carried_back import DELAY, LENGTH, UPDATES, all_gradients, echo, echo_settings, reaching_back

PLACES = (0.0, 1.0, 2.0, 4.0, 6.0, 8.0)
STRETCH = 5


def fading(seed: int) -> Facts:
    """How much of the gradient arrives a few steps back."""
    rng = numbers_for(seed, 1)
    w, k = (0.5, 4) if seed == 0 else (float(rng.choice([0.4, 0.5, 0.6, 0.7])), int(rng.integers(3, 6)))
    return {"w": w, "k": k, "shares": reaching_back(w, k), "answer": float(reaching_back(w, k)[-1])}


def fading_curve(seed: int) -> Facts:
    """The gradient at every state before."""
    w = 0.8 if seed == 0 else float(numbers_for(seed, 2).choice([0.7, 0.75, 0.8, 0.85]))
    y = reaching_back(w, int(PLACES[-1]))
    return {"w": w, "x": np.arange(len(y)), "y": y, "end": y[-1], "answer": y[[int(place) for place in PLACES]]}


def counted(seed: int) -> Facts:
    """The weights and biases of a cell, with and without gates."""
    rng = numbers_for(seed, 3)
    d, h = (2, 16) if seed == 0 else (int(rng.integers(2, 7)), int(rng.integers(4, 21)))
    plain, gated = (_of_the_cell(Recurrent(d, h, 2, cell)) for cell in ("rnn", "gru"))
    return {"d": d, "h": h, "plain": plain, "answer": gated}


def _of_the_cell(model: Recurrent) -> int:
    return sum(model.views[name].size for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"))


def gates(seed: int) -> Facts:
    """The plain cell and the gated one after the same training."""
    plain, gated = echo("rnn", seed), echo("gru", seed)
    gap = plain - gated
    return {
        "length": LENGTH,
        "delay": DELAY,
        "updates": UPDATES,
        "plain": plain,
        "gated": gated,
        "answer": 0 if gap > 0.03 else 1 if gap < -0.03 else 2,
    }


def cut_off(seed: int) -> Facts:
    """The echo where the gradient goes back fewer steps than the echo comes from."""
    whole, short = echo("rnn", seed), echo("rnn", seed, STRETCH)
    answer = int(np.digitize(short, [0.65, 0.9]))
    return {"delay": DELAY, "stretch": STRETCH, "updates": UPDATES, "whole": whole, "short": short, "answer": answer}


def exploding(seed: int) -> Facts:
    """A weight above 1."""
    w, k = (1.5, 20) if seed == 0 else (float(numbers_for(seed, 5).choice([1.4, 1.5, 1.6])), 22)
    shares = reaching_back(w, k)
    answer = int(np.digitize(shares[-1], [2.0, 1000.0]))
    return {"w": w, "k": k, "shares": shares, "sum": w * k, "times": float(shares[-1]), "answer": answer}


def far(seed: int) -> Facts:
    """The task's distance."""
    return {"k": distance(seed), "root": 0.1 ** (1 / distance(seed))}


def distance(seed: int) -> int:
    """How many steps back the task asks for."""
    return 20 if seed == 0 else int(numbers_for(seed, 6).choice([5, 10, 20, 30]))


def arriving(seed: int, weight: float) -> float:
    """The share of the gradient that arrives that far back with this weight."""
    return float(reaching_back(weight, distance(seed))[-1])


LESSON = Lesson(
    "recurrence",
    "Recurrence",
    "What does a network with a state remember?",
    "What its gradient can still reach: each step back multiplies it once more, and what is cut off is not learned.",
    (
        Step(
            "One neuron has a state h, which it mixes with what comes in: h(new) = tanh({w} · h(old) + x). All inputs are "
            "0, so the state is 0 too, and there tanh has the derivative 1.",
            "How large is the gradient of the loss at the state {k} steps before the last one, as a share of that at the "
            "last one?",
            Number("Share", share=0.02, near=0.002),
            "Each step back multiplies by the weight and by tanh′(0) = 1, by the chain rule: {w} to the power of {k} = "
            "**{answer:.4f}**. Elsewhere tanh has a smaller derivative, so even less arrives. This is the *vanishing "
            "gradient*.",
            fading,
            before=lambda f, dark: layers([["h"]] * (f["k"] + 1) + [["loss"]], [[f"· {f['w']}"]] * f["k"], dark),
            after=lambda f, dark: bars([str(k) for k in range(f["k"] + 1)], f["shares"], "share, by steps back", dark),
            source=lambda f: all_gradients(f["w"], f["k"]),
            page="recurrence",
            settings=lambda seed: {"memory_use": "gradient"},
            recall="A neuron's state goes on with the weight {w}. The gradient {k} steps back, as a share of that at the "
                   "last step:",
        ),
        Step(
            "We give the same neuron the weight {w} instead. At the last state the gradient counts as 1.",
            "Draw how large the gradient is at the states further and further back.",
            Sketch(PLACES, "steps back", "share of the gradient", 0.0, 1.0, near=0.12),
            "It falls like {w} to the power of the steps, fast at first and then ever more slowly, and is {end:.2f} eight "
            "steps back. Early inputs still count in an update, but less and less.",
            fading_curve,
            source=lambda f: all_gradients(f["w"], int(PLACES[-1])),
            page="recurrence",
            settings=lambda seed: {"memory_use": "gradient"},
        ),
        Step(
            "A *GRU* (gated recurrent unit) has three tables where a plain cell has one: two *gates*, which say how much of "
            "the old state is used and kept, and a new state. A plain cell with {d} inputs and {h} neurons has {h} · ({d} + "
            "{h} + 2) = {plain:,} weights and biases; the 2 are two biases per neuron.",
            "How many has a GRU of that size?",
            Number("Parameters", share=0, near=0.4, whole=True),
            "Three times as many: 3 · {plain:,} = **{answer:,}**. However long the sequence is, every step uses these "
            "same numbers again. A gate near 1 can hand a state on almost unchanged, and the gradient with it.",
            counted,
            after=lambda f, dark: bars(["plain", "GRU"], [f["plain"], f["answer"]], "parameters", dark, 1),
            page="recurrence",
            settings=lambda seed: {"cell": "gru"},
            recall="A plain cell with {d} inputs and {h} neurons has {plain:,} weights and biases; a GRU of that size has",
        ),
        Step(
            "The task is an echo: say every symbol, a or b, again {delay} steps later. A plain cell and a GRU with 16 "
            "neurons each make the same {updates} updates on sequences of {length} steps.",
            "Which of them gets more of the held-out echoes right?",
            Pick(
                (
                    "The plain cell.",
                    "The GRU: it has gates to remember with.",
                    "About the same (within three points in a hundred).",
                )
            ),
            "The plain cell has {plain:%} right, the GRU {gated:%}. An echo needs a line in which everything moves on by "
            "one place at each step, and a plain cell is made to do just that. Gates are good at *keeping* a thing, which "
            "is another task: which cell is better depends on what is to be remembered.",
            gates,
            after=lambda f, dark: bars(["plain", "GRU"], [f["plain"], f["gated"]], "share right", dark),
            page="recurrence",
            settings=lambda seed: echo_settings(seed, cell="rnn"),
            recall="A plain cell and a GRU learn in {updates} updates to echo a symbol {delay} steps later. More is right "
                   "with:",
        ),
        Step(
            "To save memory the gradient is often sent back a few steps only: *truncated* backpropagation. The echo still "
            "comes {delay} steps later, but the gradient now goes back {stretch} steps at most.",
            "How many echoes does a plain cell get right after {updates} updates?",
            Pick(("About half, like a coin.", "About three quarters.", "Nearly all, as without the cut."), order=(0, 1, 2)),
            "{short:%}, and {whole:%} without the cut. The symbol that is asked for came before the cut, so no update "
            "ever learns that it would have been worth keeping. Truncation can teach only what lies within a stretch.",
            cut_off,
            after=lambda f, dark: bars(["cut", "not cut"], [f["short"], f["whole"]], "share right", dark, 0),
            page="recurrence",
            settings=lambda seed: echo_settings(seed, cell="rnn", gradient_stretch=str(STRETCH)),
            recall="The echo comes {delay} steps later, and the gradient goes back {stretch} steps at most. A plain cell "
                   "gets right:",
        ),
        Step(
            "The weight from one state to the next becomes {w}, which is above 1. Inputs and states are 0 as before.",
            "How large is the gradient {k} steps back, compared with the last state?",
            Pick(
                (
                    "About as large, or smaller: tanh keeps it in bounds.",
                    "Some ten times as large: {w} · {k} = {sum}.",
                    "More than a thousand times as large.",
                ),
                order=(0, 1, 2),
            ),
            "It is {times:,.0f} times as large: {w} to the power of {k}. This is the *exploding gradient*, and one update "
            "with it throws the weights far away. *Clipping* shortens a gradient that is too long; it does not help one "
            "that has vanished.",
            exploding,
            kind="break",
            source=lambda f: all_gradients(f["w"], f["k"]),
            after=lambda f, dark: curves(
                range(f["k"] + 1), {"gradient": f["shares"]}, ("steps back", "times the last"), dark, log=True
            ),
            page="recurrence",
            settings=lambda seed: {"memory_use": "gradient", "clip_at": "1.0"},
            recall="A state goes on with the weight {w}. The gradient {k} steps back, compared with the last step:",
        ),
        Step(
            "The same neuron, with all inputs 0. At least a tenth of the gradient shall arrive {k} steps back.",
            "What is the smallest of these weights with which it does?",
            Task(
                "Weight",
                (0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0, 1.1),
                arriving,
                "share that arrives",
                above=0.1,
            ),
            "The weight to the power of {k} must be above 0.1, so the weight above {root:.3f}. The longer the memory, the "
            "nearer it must be to 1, and only a little above it the gradient explodes: a narrow ridge to walk on.",
            far,
            kind="task",
            page="recurrence",
            settings=lambda seed: {"memory_use": "gradient"},
        ),
    ),
)
