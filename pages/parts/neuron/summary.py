"""The neuron in two sentences, and its weights, bias and loss at first and now."""

from collections.abc import Sequence
from html import escape

import numpy as np
import streamlit as st

from nncore.single_neuron.kinds import NEURONS
from nncore.single_neuron.neuron import Neuron
from pages.parts.fields.numbers import plain
from pages.parts.neuron.study import Look

MANY = 4  # with this many numbers per row, the table is transposed on a phone so that none is cut off
_TURNED = """<style>@media (max-width: 640px) {
table.many, table.many thead, table.many tbody { display: flex } table.many tr { display: flex; flex-direction: column }
}</style>"""
# Four weights, the bias and the loss have to fit beside the picture at 1280 px.
_STYLE = "border-collapse: collapse; font-size: 0.9rem; font-variant-numeric: tabular-nums"
_CELL = "padding: 0.15rem 0.45rem; border-bottom: 1px solid rgb(128 128 128 / 0.3); text-align: right; white-space: nowrap"


def summary(look: Look) -> None:
    """What this neuron computes, its numbers, and the sentence for a step that left all bounds."""
    kind, path = NEURONS[look.setup.kind], look.path
    loss = kind.loss.formula.replace(r"\hat y", "a")
    applies = "adds a bias, and passes the sum on as it is" if kind.activation.is_identity else (
        "adds a bias, and applies its activation to the sum")  # fmt: skip
    # Braces keep a formula from being broken over two lines.
    st.markdown(
        f"A neuron multiplies its inputs by weights, {applies}: ${{z = w \\cdot x + b}}$, ${{a = f(z) = "
        f"{kind.activation.formula}}}$. "
        + (f"Where the answer is wrong, a rule of its own moves $w$ and $b$; the loss ${{{loss}}}$ counts the wrong answers."
           if kind.by_rule else f"Learning moves $w$ and $b$ so that the mean loss ${{{loss}}}$ shrinks.")
    )  # fmt: skip
    rows = [("at first", *path.parameters[0], path.losses[0])]
    rows.append((_now(len(path.rates)), *path.parameters[-1], path.losses[-1]))
    st.html(numbers_table((*look.parameter_names, "loss"), rows))
    st.caption(losses_words(look))
    if path.diverged:
        st.error(
            f"Diverged: step {len(path.rates) + 1:,} would have moved a weight beyond all bounds, so it was not taken. "
            "Turn the learning rate down and go on from here, or undo.", icon=":material/error:",
        )  # fmt: skip


def losses_words(look: Look) -> str:
    """Of which samples the loss in the table is, the sample's own beside it, and why the two may part after a step."""
    path, rows = look.path, slice(look.sample, look.sample + 1)
    own = np.asarray(Neuron(look.setup.kind, path.parameters[-2:]).loss(look.X[rows], look.y[rows]))
    half = ", with no factor ½" if "^2" in NEURONS[look.setup.kind].loss.formula else ""
    if len(look.y) == 1:
        return f"The loss in the table is that of the one sample{half}."
    words = (f"The loss in the table is the mean over all {len(look.y)} samples{half}; that of sample {look.sample + 1} "
             f"alone is {plain(float(own[-1]))}.")  # fmt: skip
    if not len(path.samples) or path.samples[-1] != look.sample:
        return words
    before, after = map(float, path.losses[-2:])
    words += (f" The last step was on sample {look.sample + 1}: its own loss {_went(float(own[0]), float(own[1]))}, "
              f"that of all samples {_went(before, after)}.")  # fmt: skip
    if own[1] < own[0] and after > before:
        words += " The step goes down the loss of its one sample, and what helps that one can make the others worse."
    elif own[1] > own[0]:
        words += " Its own loss rose because the step was too long: it went past the lowest place."
    return words


def _went(before: float, after: float) -> str:
    if after == before:
        return f"stayed at {plain(after)}"
    return f"{'fell' if after < before else 'rose'} from {plain(before)} to {plain(after)}"


def _now(taken: int) -> str:
    return f"after {taken:,} step{'' if taken == 1 else 's'}"


def numbers_table(names: Sequence[str], rows: Sequence[tuple]) -> str:
    """A small table in HTML: a row for each label with its numbers, to four significant digits, under `names`."""
    head = "".join(f'<th scope="col" style="{_CELL}">{escape(name)}</th>' for name in names)
    body = "".join(_row(*row) for row in rows)
    kind, style = ("numbers many", _TURNED) if len(names) > MANY else ("numbers", "")
    return (f'<div style="overflow-x: auto"><table class="{kind}" style="{_STYLE}"><thead><tr>'
            f'<td style="{_CELL}">&nbsp;</td>{head}</tr></thead><tbody>{body}</tbody></table></div>{style}')  # fmt: skip


def _row(label: str, *values: float) -> str:
    cells = "".join(f'<td style="{_CELL}">{plain(float(value))}</td>' for value in values)
    return f'<tr><th scope="row" style="{_CELL}; text-align: left; font-weight: 400">{escape(label)}</th>{cells}</tr>'
