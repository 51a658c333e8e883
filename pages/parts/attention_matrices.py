"""The four matrices of attention: looked at, and changed by hand."""

import numpy as np
import streamlit as st

from pages.parts.attention_setup import D_MODEL, edits_of, model_of, setup
from pages.parts.attention_words import labels_of, softmax_hover
from pages.parts.choices import bind_choice, choice
from pages.parts.figures.attention import Axes, share_figure, signed_figure
from pages.parts.numbers import short
from pages.parts.server import drawing
from pages.parts.session import Session
from pages.parts.style import is_dark

LIMIT = 100.0  # a number typed by hand may be this large


def matrices(session: Session) -> None:
    """One matrix with its largest and smallest singular value, a table to change it in, and the weights that come of it."""
    picked = setup(session)
    name = choice(session, "matrix", "str", "W_Q", picked.model.views.__contains__)
    seed = choice(session, "matrices_seed", "int", 0, lambda value: 0 <= value <= 9)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control("Matrix", list(picked.model.NAMES), required=True,
                             **bind_choice(session, "matrix", name, "W_Q"))  # fmt: skip
        st.selectbox("First weights", range(10), format_func=lambda number: f"start {number}", width=140,
                     **bind_choice(session, "matrices_seed", seed, 0))  # fmt: skip
        with st.container(horizontal=True):
            _tools(picked.model.heads, seed, name)
    model = model_of(session)  # after the buttons
    left, right = st.columns(2, gap="large")
    matrix = model.views[name]
    with left:
        st.markdown(f"**{name}**, {matrix.shape[0]}×{matrix.shape[1]}: row i is what output i listens to")
        columns = [str(column + 1) for column in range(model.d_model)]
        _draw(signed_figure(matrix, Axes(columns, columns, "output", "input"), is_dark()), f"matrix_{name}")
        singular = np.linalg.svd(matrix, compute_uv=False)
        rank = int((singular > 1e-9).sum())
        st.caption(f"Singular values from {short(singular[0])} to {short(singular[-1])}; rank {rank}.")
    with right:
        labels, stages = labels_of(picked.words), picked.stages
        st.markdown("**Weights** of head 1 with these matrices")
        hover = softmax_hover(stages.scores[0], stages.weights[0], labels, labels)
        axes = Axes(labels, labels, "who looks", "at whom")
        _draw(share_figure(stages.weights[0], axes, is_dark(), hover), "matrix_weights")
    _editor(matrix, name, model.heads, seed)


def _tools(heads: int, seed: int, name: str) -> None:
    """Buttons that set the whole matrix."""
    edits = edits_of(heads, seed)
    base = {"Identity": np.eye(D_MODEL), "Zeros": np.zeros((D_MODEL, D_MODEL))}
    for label, matrix in base.items():
        st.button(label, key=f"matrix_{label}", on_click=edits.__setitem__, args=(name, matrix))
    st.button("Undo all", key="matrix_undo", disabled=not edits, on_click=edits.clear)


def _editor(matrix: np.ndarray, name: str, heads: int, seed: int) -> None:
    """A table of the matrix; what is typed there is kept for this viewer alone."""
    st.markdown("Change a number and see the weights follow. Changes are kept for you alone and are not in the link.")
    edits, key = edits_of(heads, seed), f"edit_{name}_{heads}_{seed}"

    def keep() -> None:
        changed = matrix.copy()
        for row, cells in st.session_state[key]["edited_rows"].items():
            for column, value in cells.items():
                if value is not None and np.isfinite(value):
                    changed[int(row), int(column) - 1] = np.clip(value, -LIMIT, LIMIT)
        edits[name] = changed

    columns = {str(number + 1): column for number, column in enumerate(matrix.round(4).T)}
    st.data_editor(columns, key=key, on_change=keep, height=280, hide_index=True, num_rows="fixed")


def _draw(figure, key: str) -> None:
    with drawing:
        st.plotly_chart(figure, theme=None, key=key, config={"displayModeBar": False}, alt=f"Heatmap {key}.")
