"""Weights as pictures, a region of one masked out, and a neuron made inactive by its bias."""

from itertools import pairwise

import numpy as np
import streamlit as st

from nncore import Experiment, Run
from nncore.inspection import answers_at_rest, firing_shares
from nncore.metrics import predicted_labels
from nncore.network import Network
from nncore.overlay import Edit, masked, with_overlay
from pages.parts.choices import bind_choice, choice
from pages.parts.figures.sample_map import digits_figure
from pages.parts.figures.weight_trends import firing_figure
from pages.parts.figures.weights import pictures_figure
from pages.parts.labels import name_of
from pages.parts.numbers import short
from pages.parts.weights_common import Study, choose_neuron, draw
from pages.parts.weights_overlay import held
from pages.parts.weights_region import choose_region

SHOWN_DIGITS = (0, 3, 8)


def pictures(study: Study) -> None:
    """All neurons' pictures, the region mask, and the bias of one neuron."""
    if study.side:
        st.markdown(_counting(study))
        neuron = choose_neuron(study, 0)
        weights = study.network.weights[0]
        draw("pictures", f"The weights of {len(weights)} neurons as pictures of {study.side} x {study.side} pixels.",
             pictures_figure, weights, neuron, 8)  # fmt: skip
        _mask(study, neuron)
    else:
        st.info("The inputs of this run are no picture. Open one whose inputs are:")
        with st.container(horizontal=True):
            for name, title in (("digits", "Digits, 64-16-10"), ("digits28", "The textbook's 784-16-10")):
                st.button(title, key=f"open_{name}", on_click=study.session.show, args=(Run(_digits(name)),))
        neuron = choose_neuron(study, 0)
    if note := held(study.changes, study.network, 0, neuron):
        st.warning(f"{note} Neither its bias nor a mask on its weights changes what the network answers.")
    _inactivity(study, neuron)


def what_pictures_show(study: Study) -> str:
    """What to notice, where the inputs are a picture and where they are not."""
    if study.side:
        return (
            "A hidden neuron's picture need not look like a digit: it can weigh a stroke here against a gap there. Where "
            "every training picture is blank, the input is always the same, and the weights there tell nothing apart."
        )
    return (
        "A bias moves a neuron's z on all samples by the same amount. Whether a neuron that never fires is quiet depends on "
        "its activation: below z = 0 a ReLU answers 0, but a tanh down to −1."
    )


def _digits(name: str) -> Experiment:
    return Experiment(name, hidden=(16,), optimizer="adam", learning_rate=0.003, batch_size=32)


def _counting(study: Study) -> str:
    """The parameter count, layer by layer."""
    sizes = study.recorded.sizes
    parts = [f"W{k} {n_out} x {n_in} = {n_out * n_in:,} weights and {n_out} biases"
             for k, (n_in, n_out) in enumerate(pairwise(sizes), 1)]  # fmt: skip
    enlarged = " The pictures are the 8 x 8 digits enlarged." if study.side == 28 else ""
    return f"{'-'.join(map(str, sizes))}: {'; '.join(parts)}: {study.recorded.n_parameters:,} in all.{enlarged}"


def _mask(study: Study, neuron: int) -> None:
    """The region to keep, and what the network makes of some digits with and without the rest."""
    st.subheader("Region mask", anchor=False)
    left, right = st.columns([1, 2], gap="large")
    with left:
        region = choose_region(study, neuron)
    if region is None:
        return
    changed = masked(study.network, neuron, region)
    with right:
        digits = choice(study.session, "digits", "tuple[int, ...]", SHOWN_DIGITS, lambda value: set(value) <= set(range(10)))
        st.multiselect("Chosen digits", range(10), **bind_choice(study.session, "digits", list(digits), list(SHOWN_DIGITS)))
        rows = [int(np.flatnonzero(study.split.y_train == digit)[0]) for digit in digits if digit in study.split.y_train]
        X = study.split.X_train[rows]
        before, after = ([network.forward(X), network.predict(X)] for network in (study.network, changed))
        lines = [f"| Digit | z of neuron {neuron + 1} | its activation | the network's answer |", "|---|---|---|---|"]
        for k, row in enumerate(rows):
            z, a = ([forward.z[0][k, neuron], forward.a[0][k, neuron]] for forward, _ in (before, after))
            answers = [_answer(study, outputs[k]) for _, outputs in (before, after)]
            lines.append(f"| {study.split.y_train[row]} | {short(z[0])} → {short(a[0])} "
                         f"| {short(z[1])} → {short(a[1])} | {answers[0]} → {answers[1]} |")  # fmt: skip
        st.markdown("\n".join(lines))
        scores = [study.scores(network) for network in (study.network, changed)]
        st.markdown(f"As it is → with the neuron's weights 0 outside the region: training loss {short(scores[0][0], 3)} → "
                    f"{short(scores[1][0], 3)}, accuracy {scores[0][2]:.1%} → {scores[1][2]:.1%}"
                    + (f", on the validation set {scores[0][3]:.1%} → {scores[1][3]:.1%}."
                       if len(study.split.validation) else "."))  # fmt: skip
        if rows:
            names = ", ".join(str(study.split.y_train[row]) for row in rows)
            draw("digits", f"The chosen digits as pictures: {names}.", digits_figure,
                 study.split.dataset.X[study.split.train[rows]])  # fmt: skip


def _answer(study: Study, outputs: np.ndarray) -> str:
    label = int(predicted_labels(outputs[None], study.network.output)[0])
    size = f"{outputs.max():.0%}" if study.network.output in ("softmax", "sigmoid") else short(outputs.max())
    return f"{study.split.dataset.class_names[label]} ({size})"


def _inactivity(study: Study, neuron: int) -> None:
    """One neuron's bias on a slider, and the share of samples on which it still fires."""
    st.subheader("A bias for inactivity", anchor=False)
    X, network = study.split.X_train, study.network
    own = float(network.biases[0][neuron])
    z = network.forward(X).z[0][:, neuron]
    reach = float(np.abs(z - own).max()) * 1.1 or 1.0
    biases = np.linspace(-reach, reach, 201)
    bias = choice(study.session, "bias", "float", round(own, 2), lambda value: abs(value) <= 1e6)
    bias = float(np.clip(bias, -reach, reach))
    st.slider(f"Bias of neuron {neuron + 1} of layer 1 (now {short(own)})", -reach, reach, step=reach / 200,
              **bind_choice(study.session, "bias", bias, round(own, 2)))  # fmt: skip
    share = float(firing_shares(z, own, np.array([bias]))[0])
    changed = with_overlay(network, [Edit(0, neuron, network.sizes[0], bias)])
    before, after = (f"{study.scores(each)[2]:.3f}" for each in (network, changed))
    what = "R²" if study.settings.is_regression else "accuracy"
    st.markdown(f"With a bias of {short(bias)} it fires (z > 0) on **{share:.1%}** of {len(X):,} training samples."
                f"{_at_rest(study, changed, neuron)} The training {what} "
                + (f"stays {before}." if before == after else f"goes from {before} to {after}."))  # fmt: skip
    draw("firing", f"Share of samples on which neuron {neuron + 1} fires against its bias; now {share:.0%}.",
         firing_figure, biases, firing_shares(z, own, biases), bias, share)  # fmt: skip


def _at_rest(study: Study, network: Network, neuron: int) -> str:
    """What a neuron of the first layer answers where it does not fire, which need not be 0, as a sentence."""
    name = [*network.activations, network.output][0]
    forward = network.forward(study.split.X_train)
    ends = answers_at_rest(forward.z[0][:, neuron], forward.a[0][:, neuron])
    if ends is None or name == "softmax":
        return ""
    low, high = map(short, ends)
    answers = f"is {low}" if low == high else f"lies between {low} and {high}"
    unlike = "" if high == low == "0" else ", which the next layer still hears" if study.n_layers > 1 else ""
    return f" On the others its activation, {name_of(name)}(z), {answers}{unlike}."
