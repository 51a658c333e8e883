"""Own data under the question "Which data?": five ways to bring them, each opened when it is wanted."""

from collections.abc import Callable

import streamlit as st

from nncore import Experiment
from nncore.data.own import TABLE
from pages.parts.own.points import points_controls
from pages.parts.own.run_file import file_controls
from pages.parts.own.table import table_controls
from pages.parts.own.taking import show_said
from pages.parts.own.texts import address_controls, formula_controls
from pages.parts.page.session import Session

WAY = "own_way"
WAYS: dict[str, tuple[str, Callable[[Session, Experiment], None]]] = {
    "table": ("A table", table_controls), "points": ("Draw points", points_controls),
    "formula": ("A formula", formula_controls),
    "address": ("TF Playground", address_controls), "file": ("A saved run", file_controls),
}  # fmt: skip


def own_controls(session: Session, e: Experiment) -> None:
    """A choice of ways; the one that is open, or a table's while it is on screen, with what was said about it last."""
    way = st.pills("Or your own?", list(WAYS), format_func=lambda name: WAYS[name][0], key=WAY,
                   help="Data of your own, and runs from elsewhere. They work on every page.")  # fmt: skip
    if way is None and e.dataset.startswith(TABLE):
        way = "table"
    if way is None:
        return
    with st.container(border=True, key="own"):
        WAYS[way][1](session, e)
        show_said(way)
