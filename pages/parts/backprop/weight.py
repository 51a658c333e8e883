"""The chosen weight: drop-downs from which every weight and bias of the network can be reached."""

import streamlit as st

from pages.parts.backprop.names import input_option
from pages.parts.backprop.study import MANY_INPUTS, Look, input_columns, keep_weight, neuron_name, source_name
from pages.parts.fields.labels import class_words


def weight_picker(look: Look) -> None:
    """Three drop-downs that choose a weight: by its layer, its neuron, and the input that it multiplies."""
    (layer, neuron, source), sizes = look.place, look.network.sizes
    pickers = (
        ("Layer of the weight", range(look.n_layers), layer, lambda k: _layer_name(look, k)),
        ("Neuron that it belongs to", range(sizes[layer + 1]), neuron, lambda i: _neuron(look, layer, i)),
        ("Input that it multiplies", range(sizes[layer] + 1), source, lambda j: _source(look, layer, j)),
    )
    for column, part, (label, options, value, words) in zip(st.columns(3), range(3), pickers, strict=True):
        key = f"chain_{part}"
        st.session_state[key] = value
        column.selectbox(label, list(options), format_func=words, key=key, on_change=_picked, args=(look, part))


def _layer_name(look: Look, layer: int) -> str:
    return f"layer {layer + 1}{' (output)' if layer == look.n_layers - 1 else ''}"


def _neuron(look: Look, layer: int, neuron: int) -> str:
    """Outputs that stand for classes have both, as the formulas count them."""
    name = neuron_name(look, layer + 1, neuron)
    is_class = layer == look.n_layers - 1 and look.network.sizes[-1] > 1
    return f"neuron {neuron + 1} ({class_words(name)})" if is_class else name


def _source(look: Look, layer: int, source: int) -> str:
    """Among many inputs each has its number too: typing it finds the input."""
    if layer == 0 and source < look.network.sizes[0] and look.network.sizes[0] > MANY_INPUTS:
        return input_option(input_columns(look)[source], source + 1)
    return source_name(look, layer, source)


def _picked(look: Look, part: int) -> None:
    place = list(look.place)
    place[part] = st.session_state[f"chain_{part}"]
    if part == 0:  # the same neuron and source need not be there in another layer
        place[1:] = [0, 0]
    keep_weight(look.session, look.network, tuple(place))
