"""The chapter about activations side by side: curve, derivative, range, where it is flat, and what it costs."""

import numpy as np
import streamlit as st

from nncore.cache import cached
from nncore.single_neuron.activation_facts import cost, curve, saturation, shown_activations
from pages.parts.figures.neuron.activations import curves_figure
from pages.parts.neuron.study import Look
from pages.parts.neuron.words import ways_on
from pages.parts.page.choices import bind_choice, choice, some_of
from pages.parts.page.figure import show_figure

DEFAULT_CURVES = ("identity", "sigmoid", "tanh", "step")


def _cost(name: str) -> tuple[float, float]:
    """Measured once per server, so that the numbers stand still while they are read."""
    return cached(cost, name, n_bytes=100)


def _label(name: str) -> str:
    return shown_activations()[name].label


def activations(look: Look) -> None:
    """Curves and derivatives of the activations that are picked, and a table of range, saturation and cost of all."""
    st.markdown(
        "The activation decides which outputs a neuron can give, and its derivative f′(z) is a factor of every step: where "
        "it is 0, nothing is learned."
    )
    _curves(look)
    rows = []
    for name, activation in shown_activations().items():
        ends, (value, derivative) = saturation(name), _cost(name)
        flat = ways_on(ends.low, ends.high)
        rows.append(f"| {activation.label} | {activation.range} | {flat} | {value:.1f} | {derivative:.1f} |")
    st.markdown("| | range of a | flat for z | f, ns | f′, ns |\n|---|---|---|--:|--:|\n" + "\n".join(rows))
    by_cost = sorted(shown_activations(), key=lambda name: sum(_cost(name)))
    st.caption(
        "Flat: the derivative stays below 1 % of its largest from there on. Costs are nanoseconds per element, measured on "
        "the machine that runs this page, on 10,000 numbers at once. Taken together, f and f′ are cheapest for "
        f"{_label(by_cost[0])} and dearest for {_label(by_cost[-1])}. Try: draw ReLU beside GELU. Expect "
        "GELU to dip below 0 and to come back."
    )


def _curves(look: Look) -> None:
    shown = choice(look.session, "n_curves", "tuple[str, ...]", DEFAULT_CURVES,
                   some_of(shown_activations(), 1))  # fmt: skip
    st.pills("Draw", list(shown_activations()), selection_mode="multi", format_func=_label,
             **bind_choice(look.session, "n_curves", list(shown), list(DEFAULT_CURVES)))
    z = np.linspace(-6.0, 6.0, 241)
    curves = {_label(name): curve(name, z) for name in shown_activations() if name in shown}
    for place, (column, title) in enumerate(zip(st.columns(2, gap="medium"), ("f(z)", "f′(z)"), strict=True)):
        with column:
            alt = f"{title} of {', '.join(curves)} for z from −6 to 6."
            lines = {name: pair[place] for name, pair in curves.items()}
            show_figure(f"n_curves_{place}", alt, curves_figure, z, lines, title)
