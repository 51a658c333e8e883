"""The chain of one weight: every factor with its number for the followed sample, the mean over the batch, the step."""

from math import prod

import numpy as np
import streamlit as st

from nncore.inspection.terms import leading_terms
from nncore.inspection.trace import weight_chain
from pages.parts.backprop.batch import followed
from pages.parts.backprop.derivation import derivation_fold
from pages.parts.backprop.formulas import WIDEST, hidden_delta, layer_deltas, output_delta, product, why_difference
from pages.parts.backprop.names import input_symbol
from pages.parts.backprop.step import taken
from pages.parts.backprop.study import Look, input_columns, weight_name
from pages.parts.backprop.weight import weight_picker
from pages.parts.fields.arithmetic import operand_digits
from pages.parts.fields.formula_tables import ROUNDED, sum_table
from pages.parts.fields.numbers import factor, latex, latex_steps, plain
from pages.parts.fields.source import show_source
from pages.parts.figures.backprop.contributions import contributions_figure
from pages.parts.page.figure import show_figure
from pages.parts.way.fold import first_on_phone


def chain(look: Look) -> None:
    """The chosen weight's chain for the followed sample, its sum over the batch, and the step that is made of it."""
    st.caption(followed(look))
    weight_picker(look)
    with first_on_phone("chain"):
        _one_sample(look)
    st.caption(f"{ROUNDED}{_where_more(look)}")
    layer, neuron, source = look.place
    show_source(weight_chain, network=look.network, trace=look.trace, layer=layer, neuron=neuron, source=source)
    _over_the_batch(look)
    taken(look)
    derivation_fold(look)


def _one_sample(look: Look) -> None:
    """The weight's gradient, and every link of its chain for the followed sample."""
    st.markdown(f"You chose **{weight_name(look)}**, now {plain(look.chain.value)}; its gradient over the batch is "
                f"**{plain(look.chain.gradient)}**. The chain for sample {look.sample + 1} of the batch, from the loss to "
                f"the weight:{_paths(look)}")
    first, *others = _factors(look)  # the output's delta comes first
    st.latex(first)
    if why := why_difference(look):
        st.caption(why)
    for formula in others:
        st.latex(formula)
    st.markdown(_signs(look))


def _paths(look: Look) -> str:
    """How many paths lead from the chosen weight to the loss, where it is more than one."""
    later = look.network.sizes[look.place[0] + 2 :]
    if not later or (count := prod(later)) == 1:
        return ""
    ways = " · ".join(map(str, later))
    return (f" it reaches the outputs along {f'{ways} = ' if len(later) > 1 else ''}{count:,} paths, and each sum below "
            "adds up those that run through one neuron.")  # fmt: skip


def _over_the_batch(look: Look) -> None:
    """Each sample's share, as bars and as numbers, and their mean."""
    n_batch = len(look.update.rows)
    whose = f"{n_batch:,} samples, each with its own δ times x" if n_batch > 1 else "one sample, so its product is the mean"
    st.markdown(f"**Over the batch**: {whose}.")
    numbers, picture = st.columns([2, 3], gap="large")
    with numbers:
        for formula in _batch_sum(look):
            st.latex(formula)
    with picture:
        show_figure("contributions", f"Contribution of each sample to the gradient; their mean is {look.chain.mean:.4g}.",
                    contributions_figure, look.chain.contributions, look.sample)  # fmt: skip


def _where_more(look: Look) -> str:
    """Where the sums are that are too long to be written out for a whole layer at once."""
    sizes, layer = look.network.sizes, look.place[0]
    if all(max(sizes[k + 1 : k + 3]) <= WIDEST for k in range(layer + 1, look.n_layers - 1)):
        return ""
    return " Behind each entry of W⊤δ is a sum: choose a weight of its neuron, and it is written out."


def _factors(look: Look) -> list[str]:
    """One or two formulas for each link of the chain, from the output to the chosen weight."""
    (layer, neuron, source), last, row, c = look.place, look.n_layers - 1, look.sample, look.chain
    lines = output_delta(look, neuron) if layer == last else []
    for k in range(last, layer, -1):
        lines += layer_deltas(look, k)
    if layer < last:
        lines += hidden_delta(look, layer, neuron)
    whose, heard = rf"w^{{({layer + 1})}}_{{{neuron + 1},{source + 1}}}", _heard_symbol(look)
    if _is_bias(look):
        whose, heard = rf"b^{{({layer + 1})}}_{{{neuron + 1}}}", "1"
    lines.append(
        latex_steps(
            rf"\frac{{\partial L}}{{\partial {whose}}}", rf"\delta^{{({layer + 1})}}_{{{neuron + 1}}} \cdot {heard}",
            product(c.deltas[row], c.inputs[row], c.contributions[row]), latex(c.contributions[row]),
        )
    )
    return lines


def _is_bias(look: Look) -> bool:
    layer, _, source = look.place
    return source == look.network.sizes[layer]


def _input_symbol(layer: int) -> str:
    """The input of the neurons of `layer` (from 0), in LaTeX: an input x, or an activation of the layer before."""
    return rf"a^{{({layer})}}" if layer else "x"


def _heard_symbol(look: Look) -> str:
    """What the chosen weight multiplies, in LaTeX: an input by its own name, or an activation by its number."""
    layer, _, source = look.place
    columns = input_columns(look)
    if layer or source == len(columns):
        return f"{_input_symbol(layer)}_{{{source + 1}}}"
    return input_symbol(columns[source], source + 1)


def _signs(look: Look) -> str:
    """What the signs mean, in words for these numbers."""
    c, row, what = look.chain, look.sample, "bias" if _is_bias(look) else "weight"
    contribution = c.contributions[row]
    if contribution == 0:
        reason = "no delta reaches its neuron"
        if c.inputs[row] == 0:
            reason = "its input is 0"
        elif c.slopes is not None and c.slopes[row] == 0:
            reason = "the derivative of its neuron's activation is 0 there"
        return f"The product is 0: for this sample alone the {what} would stay, because {reason}."
    sign, way = ("positive", "shrink") if contribution > 0 else ("negative", "grow")
    change = "raise" if contribution > 0 else "lower"
    return (f"The product is {sign}: raising the {what} would {change} this sample's loss, so for this sample alone the "
            f"{what} should {way}.")


def _batch_sum(look: Look) -> list[str]:
    """The sum over the batch, sample by sample, its mean, and the penalties' share."""
    c, n_batch = look.chain, len(look.update.rows)
    terms = leading_terms(c.deltas, c.inputs)
    layer, neuron, source = look.place
    heads = ("n", r"\delta_n", f"{_input_symbol(layer)}_n", rf"\delta_n {_input_symbol(layer)}_n")
    if _is_bias(look):
        heads = ("n", r"\delta_n", "1", r"\delta_n \cdot 1")
    digits = operand_digits((c.total,), lambda total: total / n_batch, c.mean)
    lines = [sum_table(heads, terms, [(r"\textstyle\sum", c.total)], digits)]
    whose = "b" if _is_bias(look) else "w"
    left = rf"{'' if c.penalty else 'g = '}\frac{{\partial L}}{{\partial {whose}}}"
    lines.append(rf"{left} = \tfrac{{1}}{{{n_batch}}} \cdot {factor(c.total, digits)} = {latex(c.mean)}")
    if c.penalty:
        e, weight = look.network, float(look.network.weights[layer][neuron, source])
        exact = operand_digits((c.mean, weight), lambda mean, w: mean + e.l2 * w + e.l1 * np.sign(w), c.gradient)
        shares = [(r"\lambda_2 w", rf"{latex(e.l2)} \cdot {factor(weight, exact)}", e.l2),
                  (r"\lambda_1 \operatorname{sign}(w)", rf"{latex(e.l1)} \cdot {factor(float(np.sign(weight)))}", e.l1)]
        rules, numbers = zip(*(share[:2] for share in shares if share[2]), strict=True)
        lines.append(latex_steps(
            "g", " + ".join([r"\frac{\partial L}{\partial w}", *rules]), " + ".join([latex(c.mean, exact), *numbers]),
            latex(c.gradient),
        ))  # fmt: skip
    return lines
