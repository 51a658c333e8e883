"""A model's matrices, looked at as on the Weights page: as a heatmap, a spectrum, numbers, a table and a file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import streamlit as st

from nncore.inspection.files import matrices_npz, matrix_csv
from nncore.inspection.weight_statistics import singular_values, summarise_matrix
from pages.parts.attention.edits import Edits, edits_of, put, table_version, take_back
from pages.parts.fields.download import download_button
from pages.parts.fields.numbers import short
from pages.parts.figures.attention import Axes, signed_figure
from pages.parts.figures.weights.trends import spectrum_figure
from pages.parts.page.choices import bind_choice, choice
from pages.parts.page.figure import show_figure
from pages.parts.page.session import Session

LIMIT = 100.0  # a number typed by hand may be this large
NAMES = ("W_Q", "W_K", "W_V", "W_O")
SIGNS = {name: f"${name}$" for name in NAMES}  # as Markdown, with a subscript
# As options: a formula alone has no name that a screen reader says.
OPTIONS = {name: f"{SIGNS[name]} {of}" for name, of in zip(NAMES, ("queries", "keys", "values", "output"), strict=True)}
ROW, HEADING = 35, 38  # pixels of the table


@dataclass(frozen=True)
class Matrices:
    """The four matrices of a model: at first, as they are `now`, and the key of what was changed in them by hand.

    `changes_hold` says of what else they are not changes.
    """

    first: Edits
    now: Edits
    key: Any
    file_name: str
    changes_hold: str


def pick_matrix(session: Session) -> str:
    """Which of the four is looked at."""
    name = _looked_at(session)
    st.segmented_control("Matrix", list(NAMES), format_func=OPTIONS.get, required=True,
                         **bind_choice(session, "matrix", name, "W_Q"))  # fmt: skip
    return name


def tools(session: Session, key: Any, views: Mapping[str, np.ndarray]) -> None:
    """Buttons that set the whole matrix that is looked at, one of `views`, or take back what was changed."""
    edits, name = edits_of(key), _looked_at(session)
    for label, fill in (("Identity", np.eye), ("Zeros", lambda *shape: np.zeros(shape))):
        st.button(label, key=f"matrix_{label}", on_click=_put_whole, args=(session, key, views, fill),
                  help=f"Sets all of {SIGNS[name]}.")  # fmt: skip
    st.button(f"Take back {SIGNS[name]}", key="matrix_back", disabled=name not in edits,
              on_click=lambda: take_back(key, _looked_at(session)))
    st.button("Take back all", key="matrix_undo", disabled=not edits, on_click=take_back, args=(key,))


def _looked_at(session: Session) -> str:
    return choice(session, "matrix", "str", "W_Q", NAMES)


def _put_whole(session: Session, key: Any, views: Mapping[str, np.ndarray], fill: Callable[..., np.ndarray]) -> None:
    """Sets the matrix that is looked at now: another may have been picked since the button was drawn."""
    name = _looked_at(session)
    put(key, name, fill(*views[name].shape))


def heatmap(matrices: Matrices, name: str, rows: list[str] | None = None) -> None:
    """The matrix as it is now, a number in each cell where there is room."""
    matrix = matrices.now[name]
    st.markdown(f"**{SIGNS[name]}**, {matrix.shape[0]}×{matrix.shape[1]}: row i holds the weights of output i")
    outputs, inputs = ([str(k + 1) for k in range(count)] for count in matrix.shape)
    show_figure(f"matrix_{name}", f"Heatmap of {name}, {matrix.shape[0]} by {matrix.shape[1]}.",
                signed_figure, matrix, Axes(rows or outputs, inputs, "output", "input"))  # fmt: skip


def spectrum_and_numbers(matrices: Matrices, name: str) -> None:
    """The singular values at first and now, all four matrices in numbers, and the files."""
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(f"**Singular values of {SIGNS[name]}**, at first and now")
        show_figure("matrix_spectrum", f"Singular values of {name}, at first and now.",
                    spectrum_figure, singular_values(matrices.first[name]), singular_values(matrices.now[name]))  # fmt: skip
    with right:
        st.markdown("**All four in numbers**, at first → now")
        st.markdown(numbers_table(matrices))
        st.caption("Norm: the root of the sum of all squares. Effective rank: in how many directions the matrix stretches "
                   "about alike, by its singular values.")  # fmt: skip
        with st.container(horizontal=True):
            download_button("All four (.npz)", partial(matrices_npz, matrices.now), f"{matrices.file_name}.npz",
                            "application/octet-stream", key="matrix_npz")  # fmt: skip
            download_button(f"{SIGNS[name]} (.csv)", partial(matrix_csv, matrices.now[name]),
                            f"{matrices.file_name}-{name}.csv", "text/csv", key="matrix_csv")  # fmt: skip


def numbers_table(matrices: Matrices) -> str:
    """Every matrix in numbers, at first → now, as a table in Markdown."""
    lines = ["| Matrix | Norm | Largest number | Effective rank |", "|:--|--:|--:|--:|"]
    for name in NAMES:
        pair = (summarise_matrix(matrices.first[name]), summarise_matrix(matrices.now[name]))
        changes = [
            f"{short(first)} → {short(now)}" if first != now else short(now)
            for first, now in ((getattr(pair[0], of), getattr(pair[1], of)) for of in ("norm", "largest", "effective_rank"))
        ]
        lines.append(f"| {SIGNS[name]}, {'×'.join(map(str, matrices.now[name].shape))} | {' | '.join(changes)} |")
    return "\n".join(lines)


def editor(session: Session, matrices: Matrices, name: str) -> None:
    """A table of all of the matrix; what is typed there is kept for this viewer alone."""
    matrix = matrices.now[name]
    st.markdown(f"**Change a number** of {SIGNS[name]}, from −{LIMIT:g} to {LIMIT:g}, written in full with a point (0.001, "
                "not 1e-3; 1.5, not 1,5, which is read as 15), and see the effect above. Changes are kept for you alone "
                f"while this tab is open; they are not in the link. {matrices.changes_hold}")  # fmt: skip
    key = f"edit_{name}_{matrices.key}_{table_version()}"
    # No limits in the column itself: Streamlit would clamp what is typed without a word.
    number = st.column_config.NumberColumn()
    names = [str(column + 1) for column in range(matrix.shape[1])]
    columns = {"row": np.arange(1, len(matrix) + 1)} | dict(zip(names, matrix.round(4).T, strict=True))
    st.data_editor(
        columns, key=key, on_change=partial(_keep, session, matrices, name, key), hide_index=True, num_rows="fixed",
        height=HEADING + ROW * len(matrix), disabled=["row"],
        column_config=dict.fromkeys(names, number) | {"row": st.column_config.NumberColumn(pinned=True, width=45)},
    )  # fmt: skip


def _keep(session: Session, matrices: Matrices, name: str, key: str) -> None:
    changed, refused = matrices.now[name].copy(), []
    for row, cells in st.session_state[key]["edited_rows"].items():
        for column, value in cells.items():
            if column == "row":
                continue
            at = int(row), int(column) - 1
            if is_taken(value):
                changed[at] = value
            else:
                refused.append(refusal(name, at, value, float(changed[at])))
    if refused:
        session.notes.extend(refused)
        put(matrices.key, name, changed)  # a new table: the refused text must not stay in its cell
    else:
        edits_of(matrices.key)[name] = changed


def is_taken(value: object) -> bool:
    """Whether what was typed into a cell can be its number."""
    return isinstance(value, (int, float)) and abs(value) <= LIMIT  # what is no number is not below it


def _typed(value: object) -> str:
    """What came in, as typed where it is short."""
    text = str(value)
    return (f"a number of {len(text)} digits" if len(text) > 20 and text.isdecimal() else text[:20]).replace("-", "−")


def refusal(name: str, at: tuple[int, int], value: object, kept: float) -> str:
    """One sentence: what a cell got, what it takes, and what stays in it."""
    got = "what was typed is no number" if value is None else f"{_typed(value)} came in"
    return (f"Row {at[0] + 1}, column {at[1] + 1} of {name} takes a number from −{LIMIT:g} to {LIMIT:g}; {got}, so "
            f"{short(kept, 4)} stays.")
