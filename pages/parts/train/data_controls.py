"""The controls of the data: which points, how many, how noisy; and, under More, how they are dealt out."""

import streamlit as st

from nncore import FEATURES
from nncore.data.own import TABLE, dataset_kind, is_own
from nncore.experiments.experiment import MAX_SEED, Experiment, build_split
from pages.parts.fields.labels import name_of
from pages.parts.fields.number_field import number_field
from pages.parts.fields.outside_text import literal
from pages.parts.own.controls import own_controls
from pages.parts.page.session import Session, bind, parse_axes
from pages.parts.train.dataset_picker import dataset_picker

AXES = ("Which column across?", "Which column up?")

def data_controls(session: Session, e: Experiment) -> None:
    """Dataset, features or columns, noise and samples."""
    kind = dataset_kind(e.dataset)
    dataset_picker(**bind(session, "dataset", e.dataset))
    st.caption(literal(kind.about) if is_own(e.dataset) else kind.about)
    own_controls(session, e)
    if kind.n_inputs > 2:
        if not e.dataset.startswith(TABLE):  # of a table the columns are picked above
            _column_controls(session, e)
        if e.n_raw_inputs > 2:
            _map_controls(session, e)
    if e.n_raw_inputs <= 2:
        names = [name for name, feature in FEATURES.items() if feature.inputs_needed <= e.n_raw_inputs]
        columns = build_split(e).dataset.feature_names
        st.pills(
            "What does the network see of a point?", names, selection_mode="multi",
            format_func=lambda name: literal(FEATURES[name].label_of(columns)),
            help="What the network is given of each point. A square or a sine can make a hard problem easy.",
            **bind(session, "features", list(e.features), lambda picked: _picked_features(session, picked)),
        )
    left, right = st.columns(2, vertical_alignment="bottom")
    left.slider("How much noise, %?", 0, 50, help=kind.noise_help, disabled=not kind.noise_matters,
                **bind(session, "noise", e.noise))
    right.slider("How many points?", kind.min_samples, max(kind.max_samples, kind.min_samples + 1),
                 help="How many points there are in all, before they are split.",
                 disabled=not kind.is_split, **bind(session, "samples", e.samples))


def more_data(session: Session, e: Experiment) -> None:
    """How the points are dealt out and scaled, and the seeds of the data."""
    if dataset_kind(e.dataset).is_split:
        _split_controls(session, e)
    left, right = st.columns(2, vertical_alignment="bottom")
    number_field(session, "Which data seed?", 0, MAX_SEED, bind(session, "data_seed", e.data_seed), left,
                 help="Another number draws other points of the same kind.")
    number_field(session, "Which split seed?", 0, MAX_SEED, bind(session, "split_seed", e.split_seed), right,
                 help="Another number deals the same points out differently.")


def _picked_features(session: Session, picked: list[str]) -> dict[str, tuple[str, ...]]:
    if not picked:
        session.notes = ["The network needs at least one input feature. Nothing was changed."]
        return {}
    return {"features": tuple(picked)}


def _map_controls(session: Session, e: Experiment) -> None:
    """Which slice of more than two inputs the decision map shows: a choice of the view, not of the training."""
    names = build_split(e).dataset.feature_names
    axes = parse_axes(session.axes)
    slices = {"pca": "principal components", "columns": "two columns"}
    st.session_state["pick_slice"] = "pca" if axes == "pca" else "columns"
    st.selectbox(
        "Which slice does the map show?", list(slices), format_func=slices.get, key="pick_slice",
        help=f"A map has two directions, this network {len(names)} inputs: it can only show a slice through them.",
        on_change=lambda: session.turn_map("pca" if st.session_state["pick_slice"] == "pca" else "0,1"),
    )
    if axes != "pca":
        st.session_state["pick_across"], st.session_state["pick_up"] = axes
        for column, key, label in zip(st.columns(2), ("pick_across", "pick_up"), AXES, strict=True):
            column.selectbox(
                label, range(len(names)), format_func=lambda number: names[number], key=key,
                help="The column along this axis of the map; all others are held at their training mean.",
                on_change=lambda: session.turn_map(f"{st.session_state['pick_across']},{st.session_state['pick_up']}"),
            )


def _split_controls(session: Session, e: Experiment) -> None:
    split = build_split(e)
    counts = f"{len(split.train)} training, {len(split.validation)} validation, {len(split.test)} test"
    st.slider(
        f"How is the data split? {counts}", 10, 100, step=5, format="%d%%",
        help="Left of the first handle is trained on; up to the second is watched while training; the rest is the "
        "test set, kept for the end.",
        **bind(session, "split", (100 - e.validation - e.test, 100 - e.test),
               lambda ends: {"validation": ends[1] - ends[0], "test": 100 - ends[1]}),
    )
    st.segmented_control(
        "How are the inputs scaled?", ["none", "standard"], format_func=name_of, required=True,
        help="Standardising gives every input mean 0 and deviation 1, measured on the training set alone.",
        **bind(session, "scaling", e.scaling),
    )


def _column_controls(session: Session, e: Experiment) -> None:
    names = dataset_kind(e.dataset).feature_names
    if len(names) <= 30:
        st.multiselect(
            "Which columns does the network see?", range(len(names)), format_func=lambda column: names[column],
            placeholder=f"all {len(names)}",
            help="Which columns the network is given; none chosen means all. Two make a map without a slice.",
            **bind(session, "columns", list(e.columns), lambda picked: {"columns": tuple(sorted(picked))}),
        )
