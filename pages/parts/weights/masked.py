"""A region of one neuron's picture is kept: what the network predicts for some digits with and without the rest."""

from itertools import chain

import numpy as np
import streamlit as st

from nncore.inspection.overlay import masked
from nncore.metrics import predicted_labels
from nncore.models.architecture import probability_output
from nncore.models.dense import Network
from pages.parts.fields.numbers import brief, percent
from pages.parts.figures.weights.sample_map import digits_figure
from pages.parts.page.choices import bind_choice, choice
from pages.parts.page.figure import show_figure
from pages.parts.page.snapshot.counts import note_penalty
from pages.parts.weights.region import choose_region
from pages.parts.weights.study import ARROW, Study, score_words

SHOWN_DIGITS = (0, 3, 8)


def region_mask_section(study: Study, neuron: int) -> None:
    """The region to keep, and beside it what becomes of the answers."""
    st.subheader("Region mask", anchor=False)
    left, right = st.columns([1, 2], gap="large")
    with left:
        region = choose_region(study, neuron)
    with right:
        if region is None:
            st.markdown("Without a region there is nothing to keep, and so nothing to compare.")
        else:
            networks = study.network, masked(study.network, neuron, region)
            _digits(study, neuron, networks)
            _scores(study, networks)


def _digits(study: Study, neuron: int, networks: tuple[Network, Network]) -> None:
    """The chosen digits, one training sample each, as pictures and in a table."""
    digits = choice(study.session, "digits", "tuple[int, ...]", SHOWN_DIGITS, lambda value: set(value) <= set(range(10)))
    st.multiselect("Chosen digits", range(10), **bind_choice(study.session, "digits", list(digits), list(SHOWN_DIGITS)))
    rows = [int(np.flatnonzero(study.split.y_train == digit)[0]) for digit in digits if digit in study.split.y_train]
    if not rows:
        st.markdown("Choose a digit to see what becomes of its sum z and of the network's answer." if not digits else
                    "None of the chosen digits is among the training samples. Choose another.")  # fmt: skip
        return
    columns = [_column(study, network, rows, neuron) for network in networks]
    lines = [f"| Digit | z of neuron {neuron + 1} | its activation | the network's answer |", "|---|---|---|---|"]
    for row, *pairs in zip(rows, *chain(*zip(*columns, strict=True)), strict=True):
        cells = [f"{before}{ARROW}{after}" for before, after in zip(pairs[::2], pairs[1::2], strict=True)]
        lines.append(f"| {study.split.y_train[row]} | {' | '.join(cells)} |")
    st.markdown("\n".join(lines))
    names = ", ".join(str(study.split.y_train[row]) for row in rows)
    show_figure("digits", f"The chosen digits as pictures: {names}.", digits_figure,
                study.split.dataset.X[study.split.train[rows]])  # fmt: skip


def _column(study: Study, network: Network, rows: list[int], neuron: int) -> tuple[list[str], list[str], list[str]]:
    """The neuron's sums, its activations and the network's answers on the training samples `rows`, in words."""
    forward = network.forward(study.split.X_train[rows])
    sums, activations = ([brief(value) for value in layers[0][:, neuron]] for layers in (forward.z, forward.a))
    return sums, activations, [_answer(study, outputs) for outputs in forward.a[-1]]


def _answer(study: Study, outputs: np.ndarray) -> str:
    output = study.network.output
    label = int(predicted_labels(outputs[None], output)[0])
    size = _share(float(outputs.max())) if output == probability_output(study.network.sizes[-1]) else brief(outputs.max())
    return f"{study.split.dataset.class_names[label]}\u00a0({size})"


def _share(share: float) -> str:
    """A share with one digit, all of the table alike; 100 % is said of all alone."""
    return f"> {percent(0.999, 1)}" if 0.9995 <= share < 1 else percent(share, 1)


def _scores(study: Study, networks: tuple[Network, Network]) -> None:
    before, after = (study.scores(network) for network in networks)
    validation = (f"; {score_words(study, 'validation', before[3], after[3])}"
                  if len(study.split.validation) else "")  # fmt: skip
    st.markdown(f"As it is → with the neuron's weights 0 outside the region: training loss {brief(before[0], 4)}{ARROW}"
                f"{brief(after[0], 4)}, {score_words(study, 'training', before[2], after[2])}"
                f"{validation}.")  # fmt: skip
    note_penalty(study.settings)
