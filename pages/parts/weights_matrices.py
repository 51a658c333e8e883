"""All matrices of the frame on screen: as they are, as they began, what changed, and where they are going."""

import numpy as np
import streamlit as st

from pages.parts.figures.weights import matrices_figure
from pages.parts.numbers import short
from pages.parts.weights_common import Study, draw


def matrices(study: Study) -> None:
    """Four pictures of all layers, and their shapes in words."""
    network, first = study.network, study.first
    shapes = [f"W{k} is {W.shape[0]} x {W.shape[1]}" for k, W in enumerate(network.weights, 1)]
    st.markdown(f"Here {', '.join(shapes)}, and {sum(network.sizes[1:])} biases b.")
    _, gradient = network.loss_and_gradient(study.split.X_train, study.split.y_train)
    now, initial = network.matrices(), first.matrices()
    difference = network.matrices(network.parameters - first.parameters)
    limit = max(float(np.abs(m).max()) for m in (network.parameters, first.parameters)) or 1.0
    steepest = float(np.abs(gradient).max()) or 1.0
    pictures = (
        ("At this frame", "now", now, limit, "the weights on screen"),
        ("At the first frame", "initial", initial, limit, "where training began"),
        ("Difference", "difference", difference, limit, "this frame minus the first"),
        ("Gradient at this frame", "gradient", network.matrices(gradient), steepest,
         "how the objective on all training samples rises with each weight"),
    )  # fmt: skip
    names = [f"W{k}" for k in range(1, study.n_layers + 1)]
    cells = [*st.columns(2), *st.columns(2)]
    for cell, (title, key, values, reach, meaning) in zip(cells, pictures, strict=True):
        with cell:
            st.markdown(f"**{title}**: {meaning}")
            draw(f"matrices_{key}", f"{title}: heatmaps of {', '.join(shapes)} and the biases, {meaning}.",
                 matrices_figure, values, names, reach)
    st.caption(
        f"Rows are neurons, columns what they listen to, b the biases. Blue is positive, orange negative; the first three "
        f"share one scale, ±{short(limit)}, and the gradient has its own, ±{short(steepest)}. Hover a cell for its number."
    )
