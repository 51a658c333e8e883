"""The fold *Every matrix*: the weights of a network trained here, one matrix at a time, as they are and as they began.

A matrix is a heatmap with its biases, or its singular values, as on the page *Weights*.
"""

import numpy as np
import streamlit as st

from nncore.inspection.weight_statistics import singular_values, summarise_matrix
from pages.parts.fields.numbers import short
from pages.parts.fields.source import show_source
from pages.parts.figures.weights.one_matrix import one_matrix_figure
from pages.parts.figures.weights.trends import spectrum_figure
from pages.parts.page.choices import bind_choice, choice
from pages.parts.page.figure import show_figure
from pages.parts.page.inside.parts import Part, parts_of
from pages.parts.page.inside.trained import EXAMPLES, Trained

LOOKS = {
    "now": "At this snapshot",
    "first": "At the first snapshot",
    "difference": "Difference",
    "gradient": "Gradient",
    "spectrum": "Singular values",
}
SAYS = {
    "now": "The numbers that the network works with at the snapshot on screen.",
    "first": "Where training began. The colours are those of the snapshot on screen, for comparison.",
    "difference": "This snapshot minus the first: what training has changed. A stripe is a row or a column that changed as "
    "a whole.",
    "gradient": f"How the loss on the first {EXAMPLES} training examples rises with each weight at this snapshot. The scale "
    "is its own.",
}


def every_matrix(trained: Trained) -> None:
    """A fold with a picker of matrices; the heatmap of one, its shape, and what its rows and columns are."""
    session, parts = trained.session, parts_of(trained.model)
    names = [part.name for part in parts]
    asked = bool({"matrix", "matrix_look"} & set(session.choices))
    with st.expander("Every matrix", asked, icon=":material/grid_on:", key="every_matrix", on_change="rerun") as opened:
        name = choice(session, "matrix", "str", names[0], names)
        look = choice(session, "matrix_look", "str", "now", LOOKS)
        if not opened.open:
            return
        st.segmented_control("Matrix", names, required=True, **bind_choice(session, "matrix", name, names[0]))
        st.segmented_control("What of it", list(LOOKS), format_func=LOOKS.get, required=True,
                             **bind_choice(session, "matrix_look", look, "now"))  # fmt: skip
        number = names.index(name)
        part = parts[number]
        if look == "spectrum":
            _spectrum(part, _values(trained, "first", number))
            return
        values = _values(trained, look, number)
        size = " × ".join(map(str, part.shape))
        st.markdown(f"**`{name}` is {size}**, and `{part.bias_name}` stands beside it as one more column. {part.meaning}")
        reach = parts[number].matrix if look in ("now", "first") else values
        limit = float(np.abs(np.stack([reach, values])).max()) or 1.0
        show_figure("inside_matrix", f"{LOOKS[look]}: heatmap of {name}, {size}, and its biases. {part.meaning}",
                    one_matrix_figure, name, values, part.rows, part.columns, limit)  # fmt: skip
        st.caption(f"{SAYS[look]} Blue is positive, orange negative. Hover a cell for its number.")


def _spectrum(part: Part, first: np.ndarray) -> None:
    """The singular values of the weights, biases left out, at the first snapshot and at the one on screen."""
    before, now = first[:, :-1], np.nan_to_num(part.matrix[:, :-1])
    size = " × ".join(map(str, now.shape))
    st.markdown(f"**Singular values of `{part.name}`**, taken as a matrix of {size}, at first and now. {part.meaning}")
    show_figure("inside_spectrum", f"Singular values of {part.name}, {size}, at the first snapshot and at this one.",
                spectrum_figure, singular_values(before), singular_values(now))  # fmt: skip
    st.markdown(spectrum_words(before, now))
    st.caption("A singular value says how strongly the matrix stretches along one direction. Norm: the root of the sum of "
               "all squares. Effective rank: in how many directions the matrix stretches about alike.")  # fmt: skip
    show_source(singular_values, weights=now)


def spectrum_words(first: np.ndarray, now: np.ndarray) -> str:
    """A matrix in numbers, at first → now."""
    pairs = [summarise_matrix(matrix) for matrix in (first, now)]
    words = [f"{name} {' → '.join(short(getattr(pair, of)) for pair in pairs)}" for name, of in
             (("largest singular value", "stretch"), ("norm", "norm"), ("effective rank", "effective_rank"))]  # fmt: skip
    return f"At first → now: {', '.join(words)}."


def _values(trained: Trained, look: str, number: int) -> np.ndarray:
    """What is looked at of matrix `number`, (rows, columns + 1)."""
    run, recording = trained.run, trained.recording
    first, model = recording.parameters[0], trained.model
    flat = {"now": model.parameters, "first": first}.get(look)
    if look == "difference":
        flat = model.parameters - first
    if look == "gradient":
        with np.errstate(over="ignore", invalid="ignore"):
            flat = model.loss_and_gradient(*trained.examples())[1]
    return parts_of(run.model(np.nan_to_num(flat)))[number].matrix
