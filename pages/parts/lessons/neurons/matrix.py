"""Lesson: the weight matrix, its shape, and how many numbers a network has."""

from collections.abc import Callable
from typing import Any

import numpy as np
import plotly.graph_objects as go

from nncore import Network
from nncore.models.architecture import Architecture
from pages.parts.figures.lessons.parts import layers
from pages.parts.figures.lessons.pictures import bars
from pages.parts.lessons.draw import numbers_for
from pages.parts.lessons.lesson import Facts, Lesson, Number, Pick, Step, Task

SIDES = {28: 784, 24: 576}
TOLD = 728  # the inputs that a well-known text names
HIDDEN = (16, 30, 12, 20, 25)


def sizes_for(seed: int) -> tuple[int, int, int]:
    """The textbook's network, 784-16-10, and with other seeds other hidden layers."""
    return 784, HIDDEN[seed % len(HIDDEN)], 10


def shape(seed: int) -> Facts:
    """The shape of the first weight matrix."""
    d, h, k = sizes_for(seed)
    found = Network((d, h, k)).weights[0].shape
    return {"d": d, "h": h, "k": k, "answer": [(h, d), (d, h), (1, d + h)].index(found)}


def count(seed: int) -> Facts:
    """All weights and biases, layer by layer."""
    d, h, k = sizes_for(seed)
    network = Network((d, h, k))
    weights, biases = ([int(part.size) for part in parts] for parts in (network.weights, network.biases))
    return {
        "d": d,
        "h": h,
        "k": k,
        "first": weights[0],
        "second": weights[1],
        "weights": sum(weights),
        "biases": sum(biases),
        "parts": np.array([weights[0], biases[0], weights[1], biases[1]]),
        "answer": network.n_parameters,
    }


def told(seed: int) -> Facts:
    """Which number of inputs a text must have counted with."""
    _, h, k = sizes_for(seed)
    counts = [Network((n, h, k)).n_parameters for n in (SIDES[28], TOLD, SIDES[24])]
    claimed = Network((TOLD, h, k)).n_parameters
    return {
        "h": h,
        "k": k,
        "told": claimed,
        "c28": counts[0],
        "c24": counts[2],
        "rest": claimed - h * k - h - k,
        "missing": (SIDES[28] - TOLD) * h,
        "answer": counts.index(claimed),
    }


def batch(seed: int) -> Facts:
    """The shape of what a layer makes of a batch."""
    d, h, k = sizes_for(seed)
    B = int(numbers_for(seed, 1).choice([32, 50, 64, 100]))
    found = Network((d, h, k)).forward(np.zeros((B, d))).z[0].shape
    return {"d": d, "h": h, "B": B, "answer": [(B, h), (B, d), (h, d)].index(found)}


def wrong_width(seed: int) -> Facts:
    """What the core says to pictures of another size."""
    d, h, k = sizes_for(seed)
    try:
        Network((d, h, k)).predict(np.zeros((1, SIDES[24])))
    except ValueError as error:
        return {"d": d, "h": h, "said": str(error), "answer": 0}
    return {"d": d, "h": h, "said": "", "answer": 1}


def room(seed: int) -> Facts:
    """The task's arithmetic: numbers per hidden neuron."""
    d, k = _task_sizes(seed)
    return {"d": d, "k": k, "each": d + 1 + k}


def _task_sizes(seed: int) -> tuple[int, int]:
    return int((784, 576, 625, 900, 676)[seed % 5]), 10


def parameters_with(seed: int, hidden: float) -> float:
    """How many numbers a network with so many hidden neurons has."""
    d, k = _task_sizes(seed)
    return float(Network((d, int(hidden), k)).n_parameters)


def first_layer(facts: Facts, dark: bool) -> go.Figure:
    """The pixels and the first layer's neurons, all joined; of each some for many."""
    return layers([["x₁", "x₂", "…", f"x<sub>{facts['d']}</sub>"], ["z₁", "…", f"z<sub>{facts['h']}</sub>"]], [], dark)


def _counted(*sizes: int) -> tuple[Callable[..., Any], dict[str, Any]]:
    """The function that counts a network's weights and biases, and what it is given."""
    return Architecture.n_parameters.fget, {"self": Network(sizes).architecture}


LESSON = Lesson(
    "matrix",
    "The weight matrix",
    "Where are all these weights, and how many are there?",
    "A layer is a matrix with a row for each neuron and a column for each input; 784-16-10 has 12,730 numbers.",
    (
        Step(
            "A picture of 28 × 28 pixels is {d} inputs, and a first layer of {h} neurons looks at all of them. Their "
            "weights stand in one matrix W, so that the layer computes z = W x + b.",
            "What shape does W have?",
            Pick(("{h} rows and {d} columns.", "{d} rows and {h} columns.", "One row with all the numbers.")),
            "z = W x must have one number per neuron, so W has **a row for each neuron** ({h}) and a column for each input "
            "({d}): a row is all that one neuron sees. (Written the other way round, as x W, some texts store it "
            "transposed.)",
            shape,
            before=first_layer,
            page="weights",
            settings=lambda seed: {"dataset": "digits28", "hidden": str(HIDDEN[seed % 5])},
            recall="{d} inputs go into a first layer of {h} neurons; its weight matrix has",
        ),
        Step(
            "The network goes on to {k} outputs, one for each digit. Every neuron has a bias besides its weights.",
            "How many weights and biases does the network {d}-{h}-{k} have in all?",
            Number("Weights and biases", share=0, near=0.4, whole=True),
            "{d} · {h} = {first:,} and {h} · {k} = {second:,} make {weights:,} weights; {h} + {k} = {biases} biases come on "
            "top: **{answer:,}**. Nearly all of it sits in the first matrix, where the picture comes in.",
            count,
            after=lambda f, dark: bars(["W₁", "b₁", "W₂", "b₂"], f["parts"], "numbers", dark, 0),
            source=lambda f: _counted(f["d"], f["h"], f["k"]),
            page="weights",
            settings=lambda seed: {"dataset": "digits28", "hidden": str(HIDDEN[seed % 5])},
        ),
        Step(
            "A well-known text speaks of pictures of 24 × 24 pixels in one place and of 728 inputs in another. Its network "
            "with {h} hidden neurons and {k} outputs, it says, has {told:,} weights and biases.",
            "With how many inputs was the text's number counted?",
            Pick(("With 784, which is 28 × 28.", "With 728.", "With 576, which is 24 × 24."), order=(2, 1, 0)),
            "Count backwards: {told:,} − {h} · {k} − {h} − {k} = {rest:,}, divided by {h} is **728**, and 728 is the square "
            "of no whole number: no square picture has so many pixels. 24 × 24 = 576 would give {c24:,}, and the digits "
            "have 28 × 28 = 784, which gives {c28:,}. Most likely 728 is a slip for 784, and {missing:,} weights got "
            "lost by it. Counting shapes finds such slips.",
            told,
            before=lambda f, dark: bars([f"{side} × {side}" for side in SIDES], list(SIDES.values()), "pixels", dark),
            source=lambda f: _counted(TOLD, f["h"], f["k"]),
            page="weights",
            settings=lambda seed: {"dataset": "digits28", "hidden": str(HIDDEN[seed % 5])},
            recall="A text counts {told:,} weights and biases for {h} hidden neurons and {k} outputs. It was counted:",
        ),
        Step(
            "In training, {B} pictures go through at once: a matrix X with a row for each picture. The layer computes X Wᵀ "
            "and adds b to every row.",
            "What shape does the output of the first layer have?",
            Pick(
                (
                    "({B}, {h}): a row for each picture, a column for each neuron.",
                    "({B}, {d}): the shape of what came in.",
                    "({h}, {d}): the shape of W.",
                )
            ),
            "({B}, {d}) times ({d}, {h}) is ({B}, {h}): the inner sides must agree, and they vanish. The batch is only a "
            "number of rows, so W has the same shape whatever the batch.",
            batch,
            before=first_layer,
            page="weights",
            recall="{B} pictures of 784 pixels go through a first layer at once; its output has the shape",
        ),
        Step(
            "Somebody feeds pictures of 24 × 24 = 576 pixels into the network, whose first matrix has {d} columns. Nothing "
            "else changes.",
            "What does the network make of a picture with 576 pixels?",
            Pick(
                (
                    "It is refused: the shapes do not fit.",
                    "It answers, with the missing pixels taken as 0.",
                    "It answers with the first 576 columns alone.",
                )
            ),
            "The program refuses: “{said}”. A sum of products needs as many inputs as weights. Shapes are the cheapest test "
            "there is: where they do not fit, a program should say so at once.",
            wrong_width,
            kind="break",
            before=first_layer,
            recall="Pictures of 576 pixels are fed into a network whose first matrix has 784 columns.",
        ),
        Step(
            "Pictures with {d} pixels, one hidden layer, {k} outputs. You may spend 10,000 weights and biases.",
            "What is the largest hidden layer with at most 10,000 parameters (weights and biases)?",
            Task(
                "Hidden neurons",
                (24, 20, 18, 17, 16, 15, 14, 13, 12, 11, 10, 8),
                parameters_with,
                "number of parameters",
                below=10_000.5,
            ),
            "Each hidden neuron costs {d} weights to the inputs, 1 bias and {k} weights to the outputs, which is {each}; "
            "the outputs' own {k} biases come once. So (10,000 − {k}) / {each}, rounded down.",
            room,
            kind="task",
            page="weights",
        ),
    ),
)
