"""Changing weights by hand, and weights as files."""

from dataclasses import replace
from functools import partial

import numpy as np
import streamlit as st

from nncore.inspection.files import to_csv, to_npz
from nncore.inspection.overlay import Edit, Hold
from nncore.models.dense import Network
from pages.parts.fields.download import download_button
from pages.parts.fields.numbers import brief, plain
from pages.parts.fields.typed_weight import typed_weight
from pages.parts.figures.weights.sample_map import sample_map_figure
from pages.parts.page.choices import Span, choice
from pages.parts.page.figure import show_figure
from pages.parts.page.session import Session
from pages.parts.page.snapshot.counts import note_penalty
from pages.parts.way.fold import first_on_phone
from pages.parts.weights.changes import DIGITS, add_step, held, load_file
from pages.parts.weights.overlay import overlay_notice
from pages.parts.weights.study import (
    Study,
    choose_layer,
    choose_neuron,
    choose_number,
    class_line,
    ground_of,
    picked_layer,
    picked_neuron,
    samples_of,
    score_words,
)  # fmt: skip

LARGEST_FILE = 5  # megabytes: far more than the largest network takes


def edit(study: Study) -> None:
    """One weight, one neuron, both maps with their losses, and the files."""
    layer = choose_layer(study)
    left, right = st.columns(2, gap="large")
    with left:
        neuron = choose_neuron(study, layer)
        _edit_weight(study, layer, neuron)
    with right:
        _hold_neuron(study, layer, neuron)
    overlay_notice(study.changes, study.network)
    _compare(study)
    _files(study, layer)


def _edit_weight(study: Study, layer: int, neuron: int) -> None:
    matrix = study.network.matrices()[layer]
    count = matrix.shape[1] - 1
    most = max(study.recorded.sizes) + 1
    source = min(choice(study.session, "source", "int", 1, Span(1, most)), count + 1)
    which = f"Which of its {count} weights; {count + 1} is its bias" if count > 1 else "1 is its weight; 2 is its bias"
    source = choose_number(study, "source", which, source, count + 1)
    present = float(matrix[neuron, source - 1])
    what = "bias" if source == count + 1 else f"weight {source}"
    # The key says what is edited, so that another weight brings its own value.
    key = f"edit_value_{study.session.run.key}_{study.session.frame}_{study.changes.moves}_{layer}_{neuron}_{source}"
    # A field for text: a browser drops what is no number from a number field, and the old one would be set instead.
    label = f"Its {what}, now {plain(present, DIGITS)}: type another, then press “Set it”"
    st.text_input(label, value=f"{present:.{DIGITS}g}", key=key)
    st.button("Set it", key="edit_set", on_click=_set, args=(study, Edit(layer, neuron, source - 1, present), key))


def _set(study: Study, present: Edit, key: str) -> None:
    """Sets what was typed instead of the present value, or says why it cannot be."""
    if key not in st.session_state:  # quick clicks: the one before has brought a field of another weight
        return
    text = st.session_state[key] or ""
    try:
        value = typed_weight(text)
    except ValueError as error:
        study.changes.problem = f"{error}. Nothing was changed."
        return
    unchanged = text.strip() == f"{present.value:.{DIGITS}g}"  # the field shows a rounded number
    add_step(study.changes, study.recorded, present if unchanged else replace(present, value=value))


def _hold_neuron(study: Study, layer: int, neuron: int) -> None:
    if layer == study.n_layers - 1:
        st.caption("The output's neurons are the answer itself: silence those of a hidden layer." if layer else
                   "This network has no hidden layer, and so no neuron to silence: its neurons are the answer itself.")
        return
    mean = _mean_activation(study, layer, neuron)
    is_held = held(study.changes, study.network, layer, neuron)
    st.markdown(f"Neuron {neuron + 1} of layer {layer + 1} has an average activation of **{brief(mean)}** over the "
                "training samples"
                f"{', which does not reach the next layer now' if is_held else ''}.")  # fmt: skip
    st.button("Silence it: always 0", key="silence", on_click=_hold, args=(study.session, False))
    st.button(f"Freeze it: always {brief(mean)}", key="freeze", on_click=_hold, args=(study.session, True))


def _mean_activation(study: Study, layer: int, neuron: int) -> float:
    return float(study.network.forward(study.split.X_train).a[layer][:, neuron].mean())


def _hold(session: Session, at_mean: bool) -> None:
    """Silences or freezes the neuron that is picked now: another may have been picked since the button was drawn."""
    study = Study.of(session, session.frame)
    layer = picked_layer(study)
    if layer == study.n_layers - 1:
        return
    neuron = picked_neuron(study, layer)
    value = _mean_activation(study, layer, neuron) if at_mean else 0.0
    add_step(study.changes, study.recorded, Hold(layer, neuron, value))


def _compare(study: Study) -> None:
    """The map, the loss and the accuracy, as recorded and as changed."""
    with first_on_phone("maps"):
        left, right = st.columns(2, gap="large")
    for cell, title, network in ((left, "As recorded", study.recorded), (right, "As changed", study.network)):
        with cell:
            st.markdown(f"**{title}** · {_scores(study, network)}")
            class_line(study)
            show_figure(f"map_{title[3:]}", f"The decision map {title.lower()}.", sample_map_figure,
                        ground_of(study, network), samples_of(study), np.array([], dtype=int))  # fmt: skip
        if not study.changes.steps:
            right.caption("Change something, and the changed map appears here.")
            break
    note_penalty(study.settings)
    if study.plane.note:
        st.caption(study.plane.note)


def _scores(study: Study, network: Network) -> str:
    training, validation, score, validation_score = study.scores(network)
    words = f"training loss {brief(training, 4)}, {score_words(study, 'training', score)}"
    if np.isfinite(validation):
        words += f" · validation loss {brief(validation, 4)}, {score_words(study, 'validation', validation_score)}"
    return words


def _files(study: Study, layer: int) -> None:
    st.markdown("**Files**")
    network = study.network
    name = f"{study.session.run.key}-{study.session.frame}{'-edited' if study.changes.steps else ''}"
    with st.container(horizontal=True):
        download_button("All matrices (.npz)", partial(to_npz, network), f"weights-{name}.npz",
                        "application/octet-stream", key="save_npz")  # fmt: skip
        download_button(f"Layer {layer + 1} (.csv)", partial(to_csv, network.weights[layer], network.biases[layer]),
                        f"layer-{layer + 1}-{name}.csv", "text/csv", key="save_csv")  # fmt: skip
    # The key changes with what is done here, so that a file can be loaded once more after it was taken back.
    key = f"weights_file_{study.session.run.key}_{study.session.frame}_{study.changes.moves}"
    st.file_uploader("Load all matrices of the same shapes from an .npz file", key=key, max_upload_size=LARGEST_FILE,
                     on_change=_loaded, args=(study, key),
                     help="They replace all weights of this snapshot until you take them back. A .csv holds one layer and "
                          "is for reading elsewhere; it cannot be loaded.")  # fmt: skip


def _loaded(study: Study, key: str) -> None:
    file = st.session_state.get(key)
    if file is not None:
        load_file(study.changes, study.recorded, file.getvalue())
