"""All matrices of the snapshot on screen: as they are, as they began, what changed, and their gradient."""

from collections.abc import Sequence
from functools import partial

import numpy as np
import streamlit as st

from nncore.inspection.unit_health import join_words
from pages.parts.fields.numbers import plain
from pages.parts.figures.weights.matrices import MOST_NUMBERS, has_room, matrices_figure
from pages.parts.page.choices import bind_choice, choice
from pages.parts.page.figure import show_figure
from pages.parts.way.fold import first_on_phone
from pages.parts.weights.study import Study

MOST_NUMBERED = 300  # weights and biases whose numbers stand in all four pictures: each takes the browser time
MOST_STACKED = 24  # columns that have room for their numbers where a picture takes the page's width
SCALES = {"one": "One colour scale", "own": "One for each layer"}


def matrices(study: Study) -> None:
    """Four pictures of all layers, and their shapes in words."""
    network, first = study.network, study.first
    shapes = [f"W{k} is {W.shape[0]} x {W.shape[1]}" for k, W in enumerate(network.weights, 1)]
    n_biases = sum(network.sizes[1:])
    with st.container(key="after_shapes"):
        st.markdown(f"Here {', '.join(shapes)}, and {n_biases} bias{'es' if n_biases > 1 else ''} b.")
    _, gradient = network.loss_and_gradient(study.split.X_train, study.split.y_train)
    now, initial = network.matrices(), first.matrices()
    difference = network.matrices(network.parameters - first.parameters)
    with st.container(horizontal=True):
        own, everywhere = _has_own_scales(study), _has_all_numbers(study)
    limits = _limits([*map(np.hstack, zip(now, initial, strict=True))], own)
    loss = "the loss with its L1 and L2 terms" if network.l1 or network.l2 else "the loss"
    steepest = _limits(network.matrices(gradient), own)
    pictures = (
        ("At this snapshot", "now", now, limits, "the weights on screen"),
        ("At the first snapshot", "initial", initial, limits, "where training began"),
        ("Difference", "difference", difference, limits, "this snapshot minus the first"),
        ("Gradient at this snapshot", "gradient", network.matrices(gradient), steepest,
         f"how {loss} rises with each weight; own scale"),
    )  # fmt: skip
    few, room = network.n_parameters <= MOST_NUMBERED, MOST_STACKED if everywhere else MOST_NUMBERS
    figure_of = partial(matrices_figure, heard=study.input_labels)
    names = [f"W{k}" for k in range(1, study.n_layers + 1)]
    cells = [st.container() for _ in pictures] if everywhere else [*st.columns(2), *st.columns(2)]
    for cell, (title, key, values, reach, meaning) in zip(cells, pictures, strict=True):
        with cell, first_on_phone("matrices") if key == "now" else st.container():
            st.markdown(f"**{title}**: {meaning}")
            show_figure(f"matrices_{key}", f"{title}: heatmaps of {', '.join(shapes)} and the biases, {meaning}.",
                        figure_of, values, names, reach, room * (few or everywhere or key == "now"))  # fmt: skip
    reaches = None if own else (limits[0], steepest[0])
    st.caption(f"{_reading(reaches)} {_where_numbers_stand(study, few, room)}".strip())


def _reading(reaches: tuple[float, float] | None) -> str:
    """How the pictures are to be read; `reaches` are those of the one scale of the weights and of the gradient's."""
    one, gradient = (f" ±{plain(reach, 2)}" for reach in reaches) if reaches else ("", "")
    return (
        "A row holds the weights of one neuron and is named by its sum z; a column is what they are multiplied with: x an "
        "input, a the activation of a neuron of the layer before; b are the biases. Blue is positive, orange negative. The "
        f"first three pictures share {f'one scale,{one}' if reaches else 'their scales'}; the gradient, over all training "
        f"samples, has {f'another,{gradient}' if reaches else 'others'}. Hover a cell for its number."
    )


def _where_numbers_stand(study: Study, few: bool, room: int) -> str:
    """What the pictures leave unwritten, as sentences; nothing where every number stands in its cell."""
    wide = [f"W{k}" for k, W in enumerate(study.network.weights, 1) if not has_room(*W.shape, room)]
    said = [f"{join_words(wide)} {'has' if len(wide) == 1 else 'have'} too many columns for numbers here."] if wide else []
    if not few and room < MOST_STACKED:
        said.append("With this many weights, numbers stand in the first picture at most; the switch above writes them in "
                    "all four, wider and one below the other.")  # fmt: skip
    return " ".join(said)


def _has_all_numbers(study: Study) -> bool:
    """Whether all four pictures are to carry numbers, for which they take the page's width: a choice of the link."""
    value = choice(study.session, "numbers", "str", "few", ("few", "all"))
    network = study.network
    if network.n_parameters <= MOST_NUMBERED and all(has_room(*W.shape, MOST_NUMBERS) for W in network.weights):
        return False  # their values are written in the picture already
    st.session_state["choose_numbers"] = value == "all"
    st.toggle("Numbers in all four pictures", key="choose_numbers", on_change=_keep_numbers, args=(study,))
    return value == "all"


def _keep_numbers(study: Study) -> None:
    study.session.choices.pop("numbers", None)
    if st.session_state["choose_numbers"]:
        study.session.choices["numbers"] = "all"


def _has_own_scales(study: Study) -> bool:
    """Whether each layer is to have a colour scale of its own: a choice of the link."""
    scale = choice(study.session, "scale", "str", "one", SCALES)
    st.segmented_control("Colours", list(SCALES), format_func=SCALES.get, required=True, label_visibility="collapsed",
                         **bind_choice(study.session, "scale", scale, "one"))  # fmt: skip
    return scale == "own"


def _limits(matrices: Sequence[np.ndarray], own: bool) -> list[float]:
    """How far the colours of each layer reach: as far as its own largest number in size, or as that of all."""
    limits = [float(np.abs(matrix).max()) or 1.0 for matrix in matrices]
    return limits if own else [max(float(np.abs(matrix).max()) for matrix in matrices) or 1.0] * len(limits)
