"""Weights as pictures, a region of one masked out, and a neuron made inactive by its bias."""

from itertools import pairwise

import numpy as np
import streamlit as st

from nncore import Experiment, Run
from nncore.data.own import dataset_kind
from nncore.inspection.overlay import Edit, with_overlay
from nncore.inspection.weight_statistics import activations_while_silent, firing_shares
from nncore.models.dense import Network
from pages.parts.fields.labels import name_of
from pages.parts.fields.numbers import brief, percent
from pages.parts.figures.weights.matrices import pictures_figure
from pages.parts.figures.weights.trends import firing_figure
from pages.parts.page.choices import Span, bind_choice, choice
from pages.parts.page.figure import show_figure
from pages.parts.page.snapshot.scrubber import look_into
from pages.parts.page.streamlit_workarounds import clicked_number
from pages.parts.way.fold import first_on_phone
from pages.parts.weights.changes import held
from pages.parts.weights.masked import region_mask_section
from pages.parts.weights.study import Study, choose_neuron, score_words

PICTURES = "pictures"
_SETTINGS = {"hidden": (16,), "optimizer": "adam", "learning_rate": 0.003, "batch_size": 32}
PICTURE_RUNS = {
    "Digits, 64-16-10": Experiment("digits", **_SETTINGS),
    # The textbook's neurons are sigmoids, which a bias can make inactive: a tanh answers down to -1 instead.
    "The textbook's 784-16-10": Experiment("digits28", activation=("sigmoid",), **_SETTINGS),
}


def pictures(study: Study) -> None:
    """All neurons' pictures, the region mask, and the bias of one neuron."""
    if study.side:
        st.markdown(_counting(study))
        neuron = choose_neuron(study, 0, ", or click on one")
        weights = study.network.weights[0]
        with first_on_phone("pictures"):
            _all_pictures(study, weights, neuron)
        region_mask_section(study, neuron)
    else:
        st.info("The inputs of this run are not a picture. Open a run whose inputs are one:")
        with st.container(horizontal=True):
            for title, experiment in PICTURE_RUNS.items():
                st.button(title, key=f"open_{experiment.dataset}", on_click=look_into, args=(study.session, Run(experiment)))
        neuron = choose_neuron(study, 0)
    if note := held(study.changes, study.network, 0, neuron):
        st.warning(f"{note} Neither its bias nor a mask on its weights changes the network's output.")
    with st.container() if study.side else first_on_phone("bias"):
        _inactivity(study, neuron)


def _all_pictures(study: Study, weights: np.ndarray, neuron: int) -> None:
    columns = 6 if len(weights) <= 24 else 8
    rows = -(-len(weights) // columns)
    # On a phone the pictures are smaller than the chart was made for: the rest below them would stay empty.
    st.html(f"<style>@media (max-width: 640px) {{ .st-key-{PICTURES} {{ overflow: hidden; "
            f"flex-basis: calc(75px + 95vw * {rows} / {columns}) !important; }} }}</style>")  # fmt: skip
    show_figure(PICTURES, f"The weights of {len(weights)} neurons as pictures of {study.side} x {study.side} pixels.",
                pictures_figure, weights, neuron, columns,
                on_select=lambda: _clicked(study), selection_mode="points")  # fmt: skip


def _clicked(study: Study) -> None:
    if (number := clicked_number(PICTURES)) is not None:
        study.session.choices["neuron"] = str(number)
        study.session.choices.pop("bias", None)  # the old choice belonged to another neuron


def what_pictures_show(study: Study) -> str:
    """What to notice, where the inputs are a picture and where they are not."""
    if study.side:
        return (
            "A neuron's picture need not look like a digit: it can weigh a stroke here against a gap there. Where "
            "every training picture is blank, the input is always the same, and the weights there tell nothing apart."
        )
    return (
        "A bias moves a neuron's z on all samples by the same amount. Whether a neuron that never fires is quiet depends on "
        "its activation: below z = 0 a ReLU gives 0, but a tanh gives values down to −1."
    )


def _counting(study: Study) -> str:
    """The parameter count, layer by layer."""
    sizes = study.recorded.sizes
    parts = [f"W{k} {n_out} x {n_in} = {n_out * n_in:,} weights and {n_out} biases"
             for k, (n_in, n_out) in enumerate(pairwise(sizes), 1)]  # fmt: skip
    note = " ".join(["", dataset_kind(study.settings.dataset).image_note]).rstrip()
    return f"{'-'.join(map(str, sizes))}: {'; '.join(parts)}: {study.recorded.n_parameters:,} in all.{note}"


def _inactivity(study: Study, neuron: int) -> None:
    """One neuron's bias on a slider, and the share of samples on which it still fires."""
    st.subheader("A bias for inactivity", anchor=False)
    picture, words = st.columns([3, 2], gap="large")  # on a phone the picture stands first
    X, network = study.split.X_train, study.network
    own = float(network.biases[0][neuron])
    z = network.forward(X).z[0][:, neuron]
    reach = float(np.abs(z - own).max()) * 1.1 or 1.0
    biases = np.linspace(-reach, reach, 201)
    bias = choice(study.session, "bias", "float", own, Span(-1e6, 1e6))
    bias = float(np.clip(bias, -reach, reach))
    bias = 0.0 if bias != own and abs(bias) < 1e-9 * reach else bias  # the slider's steps miss 0 by their rounding
    share = float(firing_shares(z, own, np.array([bias]))[0])
    changed = with_overlay(network, [Edit(0, neuron, network.sizes[0], bias)])
    before, after = (study.scores(each)[2] for each in (network, changed))
    with words:
        st.slider(f"Bias of neuron {neuron + 1} of layer 1 (recorded: {brief(own)})", -reach, reach, step=reach / 200,
                  format="%.3g", **bind_choice(study.session, "bias", bias, own))  # fmt: skip
        st.button("Back to the recorded bias", key="bias_back", disabled=bias == own,
                  on_click=study.session.choices.pop, args=("bias", None))  # fmt: skip
        st.markdown(f"With a bias of {brief(bias)} it fires (z > 0) on **{percent(share, 1)}** of {len(X):,} training "
                    f"samples.{_at_rest(study, changed, neuron)} For the whole network: "
                    + (f"{score_words(study, 'training', before)}, as without the move." if before == after else
                       f"{score_words(study, 'training', before, after)}."))  # fmt: skip
    with picture:
        show_figure("firing", f"Share of samples on which neuron {neuron + 1} fires against its bias; now {share:.0%}.",
                    firing_figure, biases, firing_shares(z, own, biases), bias, share)  # fmt: skip


def _at_rest(study: Study, network: Network, neuron: int) -> str:
    """What a neuron of the first layer answers where it does not fire, which need not be 0, as a sentence."""
    name = [*network.activations, network.output][0]
    forward = network.forward(study.split.X_train)
    ends = activations_while_silent(forward.z[0][:, neuron], forward.a[0][:, neuron])
    if ends is None or name == "softmax":
        return ""
    low, high = map(brief, ends)
    answers = f"is {low}" if low == high else f"lies between {low} and {high}"
    is_heard = study.n_layers > 1 and not held(study.changes, network, 0, neuron)
    unlike = ", which still reaches the next layer" if is_heard and not high == low == "0" else ""
    silent = (forward.z[0][:, neuron] <= 0).all()
    return f" On {'them' if silent else 'the others'} its activation, {name_of(name)}(z), {answers}{unlike}."
