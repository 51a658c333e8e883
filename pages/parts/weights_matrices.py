"""All matrices of the frame on screen: as they are, as they began, what changed, and where they are going."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from pages.parts.choices import bind_choice, choice
from pages.parts.figures.weights import matrices_figure
from pages.parts.numbers import plain
from pages.parts.weights_common import Study, draw

MOST_NUMBERED = 300  # weights and biases whose numbers stand in all four pictures: each takes the browser time
SCALES = {"one": "One colour scale", "own": "One for each layer"}


def matrices(study: Study) -> None:
    """Four pictures of all layers, and their shapes in words."""
    network, first = study.network, study.first
    shapes = [f"W{k} is {W.shape[0]} x {W.shape[1]}" for k, W in enumerate(network.weights, 1)]
    st.markdown(f"Here {', '.join(shapes)}, and {sum(network.sizes[1:])} biases b.")
    _, gradient = network.loss_and_gradient(study.split.X_train, study.split.y_train)
    now, initial = network.matrices(), first.matrices()
    difference = network.matrices(network.parameters - first.parameters)
    own = _has_own_scales(study)
    limits = _limits([*map(np.hstack, zip(now, initial, strict=True))], own)
    steepest = _limits(network.matrices(gradient), own)
    pictures = (
        ("At this frame", "now", now, limits, "the weights on screen"),
        ("At the first frame", "initial", initial, limits, "where training began"),
        ("Difference", "difference", difference, limits, "this frame minus the first"),
        ("Gradient at this frame", "gradient", network.matrices(gradient), steepest,
         "how the objective rises with each weight; own scale"),
    )  # fmt: skip
    few = network.n_parameters <= MOST_NUMBERED
    names = [f"W{k}" for k in range(1, study.n_layers + 1)]
    cells = [*st.columns(2), *st.columns(2)]
    for cell, (title, key, values, reach, meaning) in zip(cells, pictures, strict=True):
        with cell:
            st.markdown(f"**{title}**: {meaning}")
            draw(f"matrices_{key}", f"{title}: heatmaps of {', '.join(shapes)} and the biases, {meaning}.",
                 matrices_figure, values, names, reach, few or key == "now")  # fmt: skip
    reaches = None if own else (limits[0], steepest[0])
    st.caption(_reading(reaches) + ("" if few else " With this many weights, numbers stand in the first picture at most."))


def _reading(reaches: tuple[float, float] | None) -> str:
    """How the pictures are to be read; `reaches` are those of the one scale of the weights and of the gradient's."""
    one, gradient = (f" ±{plain(reach, 2)}" for reach in reaches) if reaches else ("", "")
    return (
        "A row holds the weights of one neuron and is named by its sum z; a column is what they are multiplied with: x an "
        "input, a the activation of a neuron of the layer before; b are the biases. Blue is positive, orange negative. The "
        f"first three pictures share {f'one scale,{one}' if reaches else 'their scales'}; the gradient, over all training "
        f"samples, has {f'another,{gradient}' if reaches else 'others'}. Hover a cell for its number."
    )


def _has_own_scales(study: Study) -> bool:
    """Whether each layer is to have a colour scale of its own: a choice of the link."""
    scale = choice(study.session, "scale", "str", "one", SCALES.__contains__)
    st.segmented_control("Colours", list(SCALES), format_func=SCALES.get, required=True, label_visibility="collapsed",
                         **bind_choice(study.session, "scale", scale, "one"))  # fmt: skip
    return scale == "own"


def _limits(matrices: Sequence[np.ndarray], own: bool) -> list[float]:
    """How far the colours of each layer reach: as far as its own largest number in size, or as that of all."""
    limits = [float(np.abs(matrix).max()) or 1.0 for matrix in matrices]
    return limits if own else [max(float(np.abs(matrix).max()) for matrix in matrices) or 1.0] * len(limits)
