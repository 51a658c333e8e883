"""One sample on its way through the network: z = W x + b with the current numbers, layer by layer."""

from functools import partial

import numpy as np
import streamlit as st

from nncore.inspection.weight_statistics import biggest_terms, sum_of_other_terms
from nncore.metrics import predicted_labels
from nncore.models.activations import ACTIVATIONS
from pages.parts.fields.arithmetic import enough_digits, significant
from pages.parts.fields.labels import class_words, name_of
from pages.parts.fields.numbers import brief, plain
from pages.parts.fields.source import show_source
from pages.parts.figures.weights.matrices import product_figure
from pages.parts.figures.weights.sample_map import picture_figure, sample_map_figure
from pages.parts.page.choices import Span, choice
from pages.parts.page.figure import show_figure
from pages.parts.page.streamlit_workarounds import clicked_number
from pages.parts.way.fold import first_on_phone
from pages.parts.weights.changes import held
from pages.parts.weights.study import (
    Study,
    choose_layer,
    choose_neuron,
    choose_number,
    class_line,
    ground_of,
    samples_of,
)

MOST_TERMS, MOST_NEURONS = 8, 8
MAP = "weights_map"


def one_sample(study: Study) -> None:
    """The map to pick a sample from, and one layer's product written out and drawn."""
    here, there = st.columns([2, 3], gap="large")
    with here:
        row = _pick_sample(study)
    with there:
        layer = choose_layer(study)
        forward = study.network.forward(study.split.X_train[row : row + 1])
        inputs = (study.split.X_train[row] if layer == 0 else forward.a[layer - 1][0])
        z, a, matrix = forward.z[layer][0], forward.a[layer][0], study.network.matrices()[layer]
        show_figure("product", f"The matrix of layer {layer + 1}, its inputs x, its sums z and its activations a for "
                    f"training sample {row}.", partial(product_figure, heard="a" if layer else study.input_labels),
                    matrix, inputs, z, a)  # fmt: skip
        activation = [*study.network.activations, study.network.output][layer]
        written = _written(study, layer, a)
        names = _class_names(study, layer)
        st.markdown(f"**Layer {layer + 1}, sum by sum**")
        st.markdown("\n".join(f"- {_product(i, matrix[i], inputs, z[i], a[i], activation)}{names[i]}" for i in written))
        for note in filter(None, (held(study.changes, study.network, layer, i) for i in range(len(z)))):
            st.warning(note)
        st.caption("Numbers are worked out with all their digits; as many are written as it takes to get the same result "
                   "from them.")  # fmt: skip
        if len(z) > MOST_NEURONS:
            st.caption(f"… and so on for all {len(z)} neurons of the layer; choose another above.")
        show_source(study.network.forward, X=study.split.X_train[row : row + 1])


def _written(study: Study, layer: int, a: np.ndarray) -> list[int]:
    """The neurons whose products are written out: the first ones, the chosen one, and the one that is the answer."""
    if len(a) <= MOST_NEURONS:
        return list(range(len(a)))
    chosen = choose_neuron(study, layer)
    answer = {int(a.argmax())} if layer == study.n_layers - 1 else set()
    return sorted({*range(MOST_NEURONS), chosen} | answer)


def _class_names(study: Study, layer: int) -> list[str]:
    """What each neuron of `layer` stands for, to be put after its product: the classes in the output, else nothing."""
    count, dataset = study.recorded.sizes[layer + 1], study.split.dataset
    if layer < study.n_layers - 1 or count == 1:
        return [""] * count
    return [f" ({class_words(name)})" for name in dataset.class_names]


def _pick_sample(study: Study) -> int:
    """The training sample (its row) that was clicked on or typed in."""
    count = len(study.split.train)
    row = choice(study.session, "sample", "int", 1, Span(1, count))
    row = choose_number(study, "sample", f"Training sample, 1 to {count}, or click on one", row, count) - 1
    with first_on_phone("sample"):
        class_line(study)
        show_figure(MAP, "Map of the training samples over the network's answers; the chosen sample is ringed.",
                    sample_map_figure, ground_of(study, study.network), samples_of(study), np.array([row]),
                    on_select=lambda: take_clicked_sample(study), selection_mode="points")  # fmt: skip
    dataset, target = study.split.dataset, study.split.y_train[row]
    output = study.network.predict(study.split.X_train[row : row + 1])
    if dataset.is_regression:
        st.markdown(f"Its {dataset.target_name} is **{brief(target)}**; the network predicts **{brief(output[0, 0])}**.")
    else:
        label = predicted_labels(output, study.network.output)[0]
        st.markdown(f"It is **{dataset.class_names[target]}**; the network predicts **{dataset.class_names[label]}**.")
    if study.side:
        show_figure("sample_picture", f"The sample as a picture of {study.side} x {study.side} pixels.",
                    picture_figure, study.split.dataset.X[study.split.train[row]], None, 180)  # fmt: skip
    if study.plane.note:
        st.caption(study.plane.note)
    return row


def take_clicked_sample(study: Study) -> None:
    """Takes the sample that was clicked on the map as the one to follow."""
    if (row := clicked_number(MAP)) is not None:
        study.session.choices["sample"] = str(row)


def _product(i: int, row, inputs, z: float, a: float, activation: str) -> str:
    """ "z₁ = 0.52·1.20 − 1.20·0.30 + 0.10 = 0.77, a₁ = tanh(0.77) = 0.65", the largest products where there are many."""
    number = "".join("₀₁₂₃₄₅₆₇₈₉"[int(digit)] for digit in str(i + 1))
    shown = biggest_terms(row[:-1], inputs, MOST_TERMS)
    rest = sum_of_other_terms(row[:-1], inputs, shown) if len(shown) < len(inputs) else 0.0
    count, numbers, total = len(shown), [*row[shown], *inputs[shown], rest, row[-1]], brief(z)
    digits = enough_digits(lambda digits: brief(_sum(significant(numbers, digits), count)) == total, 3)
    terms = [f"{_factor(row[j], digits)}·{_factor(inputs[j], digits)}" for j in shown]
    if len(shown) < len(inputs):
        terms.append(f"({len(inputs) - len(shown)} smaller products: {plain(rest, digits)})")
    bias = f"{'−' if row[-1] < 0 else '+'} {plain(abs(row[-1]), digits)}"
    applied = f"{activation} of all z"
    if activation in ACTIVATIONS:
        apply, answer = ACTIVATIONS[activation], brief(a)
        places = enough_digits(lambda digits: brief(float(apply(significant([z], digits))[0])) == answer, 3)
        applied = f"{name_of(activation)}({plain(z, places)})"
    return f"z{number} = {' + '.join(terms)} {bias} = **{brief(z)}**, a{number} = {applied} = **{brief(a)}**"


def _sum(numbers: np.ndarray, count: int) -> float:
    """The sum that `count` weights, as many inputs, what the other products come to, and the bias make."""
    return float(numbers[:count] @ numbers[count : 2 * count] + numbers[-2] + numbers[-1])


def _factor(value: float, digits: int) -> str:
    return f"({plain(value, digits)})" if value < 0 else plain(value, digits)
