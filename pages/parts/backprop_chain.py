"""The chain of one weight: every factor with its number for the followed sample, then the mean over the batch."""

import numpy as np
import streamlit as st

from pages.parts.backprop_look import Look, keep_weight, neuron_name, source_name, weight_name
from pages.parts.backprop_passes import hidden_delta, output_delta
from pages.parts.figures.contributions import contributions_figure
from pages.parts.labels import name_of
from pages.parts.numbers import factor, latex, latex_steps, latex_sum, latex_vector, plain
from pages.parts.server import drawing
from pages.parts.style import is_dark


def weight_picker(look: Look) -> None:
    """Three drop-downs that choose a weight, for those who cannot click its line."""
    (layer, neuron, source), sizes = look.place, look.network.sizes
    pickers = (
        ("Layer", range(look.n_layers), layer, lambda k: "output" if k == look.n_layers - 1 else f"layer {k + 1}"),
        ("Neuron", range(sizes[layer + 1]), neuron, lambda i: neuron_name(look, layer + 1, i)),
        ("Listens to", range(sizes[layer] + 1), source, lambda j: source_name(look, layer, j)),
    )
    for column, part, (label, options, value, words) in zip(st.columns(3), range(3), pickers, strict=True):
        key = f"chain_{part}"
        st.session_state[key] = value
        column.selectbox(label, list(options), format_func=words, key=key, on_change=_picked, args=(look, part))


def _picked(look: Look, part: int) -> None:
    place = list(look.place)
    place[part] = st.session_state[f"chain_{part}"]
    layer = place[0]
    if part == 0:  # the same neuron and source need not be there in another layer
        place[1:] = [0, 0]
    keep_weight(look.session, look.network, (layer, place[1], place[2]))


def chain(look: Look) -> None:
    """The chosen weight's chain for the followed sample, and its sum over the batch."""
    weight_picker(look)
    value = plain(look.chain.value)
    st.markdown(f"You chose **{weight_name(look)}**, now {value}. The chain for sample {look.sample + 1} of the batch, "
                "from the loss back to the weight:")
    for formula in _factors(look):
        st.latex(formula)
    st.markdown(_signs(look))
    n_batch = len(look.update.rows)
    plural = "s" if n_batch > 1 else ""
    st.markdown(f"**Over the batch**: {n_batch:,} sample{plural}, each with its own delta times input.")
    with drawing:
        figure = contributions_figure(look.chain.contributions, look.sample, is_dark())
        st.plotly_chart(
            figure, theme=None, key="contributions", config={"displayModeBar": False},
            alt=f"Contribution of each sample to the gradient; their mean is {look.chain.mean:.4g}.",
        )  # fmt: skip
    for formula in _batch_sum(look):
        st.latex(formula)
    st.markdown(_what_follows(look))


def _factors(look: Look) -> list[str]:
    """One line for each link of the chain, from the output to the chosen weight."""
    (layer, neuron, source), last, row, c = look.place, look.n_layers - 1, look.sample, look.chain
    lines = []
    if layer == last:
        lines.append(output_delta(look, neuron))
    else:
        outputs = look.network.sizes[-1]
        lines.append(output_delta(look, 0) if outputs == 1 else _vector_line(look, last))
        lines.extend(_vector_line(look, k) for k in range(last - 1, layer, -1))
        lines.append(hidden_delta(look, layer, neuron))
    whose = rf"w^{{({layer + 1})}}_{{{neuron + 1},{source + 1}}}"
    if source == look.network.sizes[layer]:
        whose = rf"b^{{({layer + 1})}}_{{{neuron + 1}}}"
    lines.append(
        latex_steps(
            rf"\frac{{\partial L}}{{\partial {whose}}}", rf"\delta^{{({layer + 1})}}_{{{neuron + 1}}} \cdot x",
            rf"{latex(c.deltas[row])} \cdot {factor(c.inputs[row])}", latex(c.contributions[row]),
        )
    )
    return lines


def _vector_line(look: Look, layer: int) -> str:
    """A whole layer's deltas for the followed sample."""
    deltas = look.trace.deltas[layer][look.sample]
    if layer == look.n_layers - 1:
        rule = r"\hat y - y" if look.trace.arriving[layer] is None else r"\tfrac{\partial L}{\partial z}"
    else:
        rule = rf"f'(z^{{({layer + 1})}}) \odot W^{{({layer + 2})\top}} \delta^{{({layer + 2})}}"
    return rf"\delta^{{({layer + 1})}} = {rule} = {latex_vector(deltas)}"


def _signs(look: Look) -> str:
    """What the signs mean, in words for these numbers."""
    c, row = look.chain, look.sample
    contribution = c.contributions[row]
    if contribution == 0:
        reason = "no delta reaches its neuron"
        if c.inputs[row] == 0:
            reason = "its input is 0"
        elif c.slopes is not None and c.slopes[row] == 0:
            reason = "the slope of its neuron's activation is 0 there"
        return f"The product is 0: for this sample alone the weight would stay, because {reason}."
    sign, way = ("positive", "shrink") if contribution > 0 else ("negative", "grow")
    change = "raise" if contribution > 0 else "lower"
    return (f"The product is {sign}: raising the weight would {change} this sample's loss, so for this sample alone the "
            f"weight should {way}.")


def _batch_sum(look: Look) -> list[str]:
    c, n_batch = look.chain, len(look.update.rows)
    order = np.argsort(-np.abs(c.contributions), kind="stable")
    terms = [factor(c.contributions[n], 3) for n in order]
    left = r"\frac{\partial L}{\partial w}"
    lines = [latex_steps(left, rf"\tfrac{{1}}{{{n_batch}}} \big({latex_sum(terms)}\big)", latex(c.mean))]
    if c.penalty:
        total = rf"{latex(c.mean)} + {factor(c.penalty)} = {latex(c.gradient)}"
        lines.append(latex_steps(r"\text{with L1 and L2}", total))
    return lines


def _what_follows(look: Look) -> str:
    e, rate = look.experiment, look.update.learning_rate
    gradient = plain(look.chain.gradient)
    if e.optimizer == "sgd":
        step = plain(look.chain.step(rate))
        return f"SGD steps against it: the weight changes by −{rate:.3g} · ({gradient}) = **{step}**."
    return (f"{name_of(e.optimizer)} makes its step from this gradient, {gradient}, and from what it remembers of earlier "
            f"ones, at a learning rate of {rate:.3g}.")
