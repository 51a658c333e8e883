"""Words for what was picked: the names that people read, in one place."""

import itertools
from collections.abc import Sequence
from html import escape

from nncore import Experiment
from pages.parts.figures.palette import CLASSES, GLYPHS

NAMES = {
    "sgd": "SGD", "momentum": "Momentum", "nesterov": "Nesterov", "adagrad": "AdaGrad", "rmsprop": "RMSprop",
    "adam": "Adam", "adamw": "AdamW",
    "relu": "ReLU", "leaky_relu": "leaky ReLU", "elu": "ELU", "silu": "SiLU", "gelu": "GELU",
    "mse": "squared error", "mae": "absolute error", "huber": "Huber", "cross_entropy": "cross-entropy",
    "small_normal": "normal, s = 0.01", "normal": "normal, s = 1", "uniform": "uniform, ±0.5",
    "xavier_normal": "Xavier normal", "xavier_uniform": "Xavier uniform", "he_normal": "He normal",
    "he_uniform": "He uniform", "lecun_normal": "LeCun normal",
    "step": "halve every 100 epochs", "exponential": "exponential, 0.995ᵉ", "inverse_time": "1 / (1 + 0.01 e)",
    "weight_change": "weights hardly change", "small_gradient": "gradient nearly 0",
    "patience": "validation loss stops improving", "none": "none", "standard": "mean 0, deviation 1",
}  # fmt: skip

FIELDS = {
    "learning_rate": "learning rate", "batch_size": "batch", "l1": "L1", "l2": "L2", "stop_rule": "stop rule",
    "epoch_limit": "epoch limit",
}  # fmt: skip


def name_of(value: object) -> str:
    """A table's entry as people write it."""
    return NAMES.get(str(value), str(value).replace("_", " "))


def describe_value(name: str, value: object) -> str:
    """One setting's value in words."""
    if name == "batch_size":
        return {None: "full", 1: "1 (stochastic)"}.get(value, str(value))
    if value is None:
        return "none"
    return f"{value:g}" if isinstance(value, float) else name_of(value)


def describe_changes(before: Experiment, changes: dict[str, object]) -> str:
    """What a branch changed: "learning rate 0.03 → 0.1, optimizer SGD → Adam"."""
    return ", ".join(
        f"{FIELDS.get(name, name)} {describe_value(name, getattr(before, name))} → {describe_value(name, value)}"
        for name, value in changes.items()
    )


def parameter_arithmetic(sizes: tuple[int, ...]) -> str:
    """The count of weights and biases with its sum: "2·8+8 + 8·1+1 = 33"."""
    terms = [f"{n_in}·{n_out}+{n_out}" for n_in, n_out in itertools.pairwise(sizes)]
    total = sum((n_in + 1) * n_out for n_in, n_out in itertools.pairwise(sizes))
    return f"{' + '.join(terms)} = {total:,}"


def summarise(experiment: Experiment) -> str:
    """The network in one line: "2 inputs, hidden layers of 8 and 8 neurons, 1 output: 105 weights and biases"."""
    sizes = experiment.sizes
    widths = " and ".join(filter(None, [", ".join(map(str, sizes[1:-2])), *map(str, sizes[1:-1][-1:])]))
    plural = "s" if len(sizes) > 3 else ""
    hidden = f"hidden layer{plural} of {widths} neurons" if widths else "no hidden layer"
    return (
        f"{_count(sizes[0], 'input')}, {hidden}, {_count(sizes[-1], 'output')}: "
        f"{experiment.n_parameters:,} weights and biases"
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def class_chips(names: Sequence[str]) -> str:
    """The classes in a line of HTML: each one's mark in its colour, and its name."""
    chips = (f'<span style="white-space: nowrap"><span style="color: {colour}">{glyph}</span> {escape(name)}</span>'
             for name, glyph, colour in zip(names, GLYPHS, CLASSES, strict=False))  # fmt: skip
    return f'<div style="display: flex; flex-wrap: wrap; gap: 0 0.9rem; font-size: 0.85rem">{"".join(chips)}</div>'
