"""Weights over the training: their spread, their spectrum, the state of the neurons, and the path of one weight."""

import numpy as np
import streamlit as st

from nncore.inspection import (
    most_moved,
    parameters_until,
    singular_values,
    summarise_layers,
    weight_histograms,
    weight_positions,
)  # fmt: skip
from nncore.network import Network
from pages.parts.choices import choice
from pages.parts.figures.weight_trends import histograms_figure, path_figure, spectrum_figure
from pages.parts.numbers import short
from pages.parts.server import chunk_store
from pages.parts.weights_common import Study, choose_layer, draw


def trends(study: Study) -> None:
    """One layer's histograms and spectrum, all layers in numbers, and one weight's path."""
    session, store = study.session, chunk_store()
    layer = choose_layer(study)
    positions = weight_positions(study.recorded, layer)
    epochs, weights = parameters_until(store, session.run, session.frame, positions)
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(f"**All {weights.shape[1]:,} weights of layer {layer + 1}, from the first frame to this one**")
        draw("histograms", f"Heatmap over the epochs: how the weights of layer {layer + 1} are spread.",
             histograms_figure, epochs, *weight_histograms(weights))  # fmt: skip
        st.caption("The bluer, the more of the weights lie there.")
    with right:
        st.markdown(f"**Singular values of W{layer + 1}, at first and now**")
        draw("spectrum", f"Singular values of the weights of layer {layer + 1}, at the first frame and at this one.",
             spectrum_figure, singular_values(study.first.weights[layer]),
             singular_values(study.network.weights[layer]))  # fmt: skip
    st.markdown(_table(study))
    _path(study, layer, weights.shape[1], epochs, weights)


def _table(study: Study) -> str:
    """Every layer in numbers, at first → now, as a table."""
    X = study.split.X_train
    before, now = summarise_layers(study.first, X), summarise_layers(study.network, X)
    lines = ["| Layer | Norm | Largest weight | Effective rank | Distinct neurons | Dead | Saturated |",
             "|---|---|---|---|---|---|---|"]  # fmt: skip
    for k, (old, new) in enumerate(zip(before, now, strict=True), 1):
        neurons = ["–"] * 3
        if new.distinct is not None:
            shares = [f"{count} ({count / new.n_neurons:.0%})" for count in (new.dead, new.saturated)]
            neurons = [f"{new.distinct} of {new.n_neurons}", *shares]
        pairs = ((old.norm, new.norm), (old.largest, new.largest), (old.effective_rank, new.effective_rank))
        changes = [f"{short(a)} → {short(b)}" for a, b in pairs]
        lines.append(" | ".join([f"| W{k}, {_shape(study.network, k)}", *changes, *neurons]) + " |")
    return "\n".join(lines)


def _shape(network: Network, k: int) -> str:
    return " x ".join(map(str, network.weights[k - 1].shape))


def _path(study: Study, layer: int, count: int, epochs: np.ndarray, weights: np.ndarray) -> None:
    """The weight that was pinned, on its way, above the loss."""
    session = study.session
    n_out, n_in = study.recorded.weights[layer].shape
    moved = most_moved(weights, n_in)
    row, column = choice(session, "pin", "tuple[int, ...]", moved, lambda pin: len(pin) == 2 and min(pin) >= 1)
    row, column = min(row, n_out), min(column, n_in)
    st.markdown("**The path of one weight**" + (", the one that moved most" if (row, column) == moved else ""))
    cells = st.columns([1, 1, 2])
    for cell, key, label, value, most in (
        (cells[0], "pin_row", f"Neuron, 1 to {n_out}", row, n_out),
        (cells[1], "pin_column", f"listens to, 1 to {n_in}", column, n_in),
    ):  # fmt: skip
        st.session_state[key] = value
        cell.number_input(label, 1, max(2, most), key=key, on_change=lambda: _pin(study), disabled=most == 1)
    _, scores, _ = chunk_store().scores(session.run, session.frame)
    path = weights[:, (row - 1) * n_in + column - 1]
    draw("path", f"The weight in row {row} and column {column} of W{layer + 1} and the training loss over the epochs.",
         path_figure, epochs, path, scores[: len(epochs), 0], f"W{layer + 1}[{row}, {column}]")  # fmt: skip


def _pin(study: Study) -> None:
    pin = f"{st.session_state['pin_row']},{st.session_state['pin_column']}"
    study.session.choices["pin"] = pin
