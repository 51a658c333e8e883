"""Weights over the training: their spread, their spectrum, the state of the neurons, and the path of one weight."""

import numpy as np
import streamlit as st

from nncore.cache import cached
from nncore.inspection.unit_health import SATURATED_SHARE, SATURATED_WITHIN
from nncore.inspection.weight_statistics import (
    LayerSummary,
    most_moved,
    parameter_position,
    parameters_until,
    singular_values,
    summarise_layers,
    weight_histograms,
    weight_positions,
)  # fmt: skip
from nncore.models.dense import Network
from pages.parts.fields.number_field import number_field
from pages.parts.fields.numbers import brief, percent
from pages.parts.figures.weights.trends import histograms_figure, lines_figure, path_figure, spectrum_figure
from pages.parts.page.choices import Each, Span, choice
from pages.parts.page.figure import show_figure
from pages.parts.page.server import chunk_store
from pages.parts.page.snapshot.counts import note_penalty
from pages.parts.way.fold import first_on_phone
from pages.parts.weights.study import ARROW, RecordedFrame, Study, choose_layer

MOST_LINES = 32  # weights: more lines than that hide each other
ROWS = ("Norm", "Largest weight", "Effective rank", "Distinct neurons", "Dead", "Saturated")
DEFINITIONS = (
    "Arrows lead from the first snapshot to this one; neurons are counted on the training samples. Norm: the "
    "root of the sum of all squared weights. Largest weight: in size, without its sign. Effective rank: exp of the entropy "
    "of the singular values' shares of their sum; 1 if one outweighs all others, their number if all are equal. Distinct: "
    "copies, whose weights and biases agree to 0.01 % of their own largest, are counted once. Dead: a ReLU whose output is "
    f"0 on every sample. Saturated: a sigmoid or tanh within {SATURATED_WITHIN} of an end of its range on over "
    f"{SATURATED_SHARE:.0%} of the samples."
)

EDITED = (
    " Changed by hand: the singular values now and this snapshot's numbers in the table are those of the changed weights; "
    "the pictures over the epochs, above and below, show the recorded ones."
)


def trends(study: Study) -> None:
    """One layer's histograms and spectrum, all layers in numbers, and one weight's path."""
    layer = choose_layer(study)
    epochs, edges, shares, moved, weights = _spread(study, layer)
    left, right = st.columns(2, gap="large")
    with left, first_on_phone("spread"):
        count = study.recorded.weights[layer].size
        st.markdown(f"**All {count:,} weights of layer {layer + 1}, from the first snapshot to this one**")
        if weights is not None:
            show_figure("lines", f"Every weight of layer {layer + 1} as a line over the epochs.", lines_figure,
                        epochs, weights, study.recorded.sizes[layer])  # fmt: skip
            st.caption("Each line is one weight." if len(epochs) > 1 else "Each point is one weight.")
        else:
            show_figure("histograms", f"Heatmap over the epochs: how the weights of layer {layer + 1} are spread.",
                        histograms_figure, epochs, edges, shares)  # fmt: skip
            st.caption(f"The bluer, the more of the weights lie there; each of the {shares.shape[1]} steps of height is "
                       "counted on its own.")  # fmt: skip
    with right:
        st.markdown(f"**Singular values of W{layer + 1}, at first and now**")
        show_figure("spectrum", f"Singular values of the weights of layer {layer + 1}, at the first snapshot and at this "
                                "one.",
                    spectrum_figure, singular_values(study.first.weights[layer]),
                    singular_values(study.network.weights[layer]))  # fmt: skip
    st.markdown(_table(study))
    st.caption(DEFINITIONS + (EDITED if study.changes.steps else ""))
    _path(study, layer, moved)


def _spread(study: Study, layer: int) -> tuple:
    """Epochs (F,) up to the snapshot on screen, the edges and shares of a histogram of the layer's weights at each, which
    weight moved most, and the weights (F, n) where they are few enough to be drawn as lines, else None.
    """
    return cached(_spread_until, study.at, layer, n_bytes=8 * (42 + MOST_LINES) * (study.at.frame + 1))


def _spread_until(at: RecordedFrame, layer: int) -> tuple:
    epochs, weights = parameters_until(chunk_store(), at.run, at.frame, weight_positions(at.network, layer))
    few = weights if weights.shape[1] <= MOST_LINES else None
    return epochs, *weight_histograms(weights), most_moved(weights, at.network.sizes[layer]), few


def _first_layers(at: RecordedFrame) -> list[LayerSummary]:
    return summarise_layers(at.first, at.split.X_train)


def _recorded_layers(at: RecordedFrame) -> list[LayerSummary]:
    return summarise_layers(at.network, at.split.X_train)


def _table(study: Study) -> str:
    """Every layer in numbers, at first → now, as a table."""
    before = cached(_first_layers, study.at, n_bytes=600)
    now = cached(_recorded_layers, study.at, n_bytes=600)
    if study.changes.steps:
        now = summarise_layers(study.network, study.split.X_train)
    heads = [f"W{k}, {_shape(study.network, k)}" for k in range(1, study.n_layers + 1)]
    columns = [_in_words(old, new) for old, new in zip(before, now, strict=True)]
    rows = [["", *heads], ["---"] * (len(heads) + 1), *([name, *cells] for name, *cells in zip(ROWS, *columns, strict=True))]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _in_words(old: LayerSummary, new: LayerSummary) -> list[str]:
    """A layer's cells in the order of ROWS."""
    pairs = ((old.norm, new.norm), (old.largest, new.largest), (old.effective_rank, new.effective_rank))
    changes = [f"{brief(first)}{ARROW}{brief(now)}" for first, now in pairs]
    if new.distinct is None:
        return [*changes, *["–"] * 3]
    shares = [f"{count} ({percent(count / new.n_neurons)})" for count in (new.dead, new.saturated)]
    return [*changes, f"{new.distinct} of {new.n_neurons}", *shares]


def _shape(network: Network, k: int) -> str:
    return " x ".join(map(str, network.weights[k - 1].shape))


def _path(study: Study, layer: int, moved: tuple[int, int]) -> None:
    """The weight or bias that was pinned, on its way, above the loss."""
    session, network = study.session, study.recorded
    n_out, n_in = network.weights[layer].shape
    # Up to what some layer of this network has; the weight is kept while one goes from layer to layer.
    within = Each((Span(1, max(network.sizes[1:])), Span(1, max(network.sizes[:-1]) + 1)))
    row, column = choice(session, "pin", "tuple[int, ...]", moved, within)
    row, column = min(row, n_out), min(column, n_in + 1)
    title = st.empty()
    cells = st.columns([1, 1, 1])
    for cell, key, label, value, most in (
        (cells[0], "pin_row", f"Neuron, 1 to {n_out}", row, n_out),
        (cells[1], "pin_column", f"Its input, 1 to {n_in}; {n_in + 1} is its bias", column, n_in + 1),
    ):  # fmt: skip
        st.session_state[key] = value
        bound = {"key": key, "on_change": lambda: _pin(study)}
        number_field(session, label, 1, most, bound, cell, disabled=most == 1)
    name = f"W{layer + 1}[{row}, {column}]" if column <= n_in else f"b{layer + 1}[{row}]"
    position = parameter_position(network, layer, row - 1, column - 1)
    epochs, path = parameters_until(chunk_store(), session.run, session.frame, np.array([position]))
    moved_most = ", the weight that moved most" if (row, column) == moved and path[0, 0] != path[-1, 0] else ""
    title.markdown(f"**The path of one {'weight' if column <= n_in else 'bias'}**{moved_most}")
    _, scores, _ = chunk_store().scores(session.run, session.frame)
    show_figure("path", f"{name} and the training loss over the epochs.", path_figure, epochs, path[:, 0],
                scores[: len(epochs), 0], name)  # fmt: skip
    note_penalty(study.settings)


def _pin(study: Study) -> None:
    pin = f"{st.session_state['pin_row']:.0f},{st.session_state['pin_column']:.0f}"
    study.session.choices["pin"] = pin
