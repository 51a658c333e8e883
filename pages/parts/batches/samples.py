"""Which samples: the batch that makes an update, for every batch size."""

import numpy as np
import streamlit as st

from nncore import build_split
from nncore.data.batch_order import update_at
from nncore.inspection.map_plane import make_plane
from pages.parts.batches.controls import lane_name, sizes_control
from pages.parts.figures.batches import batches_figure
from pages.parts.page.choices import Span, bind_choice, choice
from pages.parts.page.figure import show_figure
from pages.parts.page.session import Session, parse_axes
from pages.parts.way.fold import fold

LAST_UPDATE = 500


def read_update(session: Session) -> int:
    """The number of the update whose samples are shown, from 1."""
    return choice(session, "update", "int", 1, Span(1, LAST_UPDATE))


def samples_finding(session: Session) -> None:
    """Which samples make an update, counted from the first weights, for every batch size."""
    e, split = session.run.settings, build_split(session.run.settings)
    number = read_update(session)
    with fold("Batch sizes, which update"):
        cells = st.columns(2)
        with cells[0]:
            sizes = sizes_control(session)
        cells[1].slider("Update, counted from the first weights", 1, LAST_UPDATE,
                        **bind_choice(session, "update", number, 1))
    plane = make_plane(split, parse_axes(session.axes))
    places = plane.project(split.dataset.X[split.train])
    if plane.kind == "curve":
        places = np.column_stack([places[:, 0], split.y_train])
    updates = [update_at(len(split.train), size, e.batch_seed, number) for size in sizes]
    names = [f"{lane_name(size)}<br><span style='font-size: 11px'>epoch {one.epoch:,}, {one.place} of {one.per_epoch}</span>"
             for size, one in zip(sizes, updates, strict=True)]  # fmt: skip
    last, name = updates[0], lane_name(sizes[0])
    st.markdown(f"Update {number} follows the mean gradient of the large markers alone; small grey points wait their turn. "
                f"For {name} it is update {last.place} of the {last.per_epoch} of epoch {last.epoch:,}. Each epoch draws a "
                f"new order from the batch seed {e.batch_seed} and cuts it into batches; the last one may be short. The "
                f"full batch is always all {len(split.train):,} training samples.")
    show_figure("batch_samples", f"The training samples, with those of update {number} marked, for each batch size.",
                batches_figure, places, split.y_train, [one.rows for one in updates], names)
