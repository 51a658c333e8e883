"""Gradient noise: how far batch gradients lie from the full one, measured, and what the law of 1/√B says."""

from typing import Any

import numpy as np
import streamlit as st

from nncore import build_network, build_split
from nncore.cache import cached
from nncore.experiments.experiment import Experiment
from nncore.many_starts.batches.gradient_noise import DRAWS, BatchNoise, NoUnitError, batch_noise
from pages.parts.batches.controls import race_controls
from pages.parts.batches.costs import trained_lanes
from pages.parts.fields.arithmetic import enough_digits
from pages.parts.fields.numbers import percent, short
from pages.parts.fields.source import show_source
from pages.parts.figures.batches import angle_figure, noise_figure
from pages.parts.page.choices import bind_choice, choice
from pages.parts.page.figure import show_figure
from pages.parts.page.session import Session
from pages.parts.page.streamlit_workarounds import section

NO_UNIT = {
    "overflow": "At these weights the gradient is too large to be computed: there is nothing to compare. Lower the learning "
                "rate on the Train page.",
    "zero weights": "With all weights 0 the gradients of all samples add up to 0 here: there is no full gradient to compare "
                    "batches with. Choose another initializer on the Train page.",
    "zero gradient": "At these weights the gradients of all samples add up to 0: there is no full gradient to compare "
                     "batches with.",
}  # fmt: skip
PLACES = {"first": "At the first weights", "trained": "After training"}


def read_place(session: Session) -> str:
    """At which weights the noise is measured: "first" or "trained"."""
    return choice(session, "noise_at", "str", "first", PLACES)


def noise_finding(session: Session) -> None:
    """How far batch gradients lie from the full one, by size and angle, at the first weights or after training."""
    place = read_place(session)
    st.segmented_control("Where", list(PLACES), format_func=PLACES.get, required=True, label_visibility="collapsed",
                         **bind_choice(session, "noise_at", place, "first"))
    with section(PLACES, place):
        _finding(session, place)


def _finding(session: Session, place: str) -> None:
    experiment, weights = session.run.settings, None
    if place == "trained":
        race = race_controls(session)
        lanes = trained_lanes(session, race)
        if lanes is None:
            return
        lane = lanes[-1]
        weights = lane.parameters[-1].astype(float)
        kind = "the full batch" if lane.size is None else f"batches of {lane.size}"
        st.markdown(f"At the weights that training with {kind} led to, after {lane.updates[-1]:,} updates:")
    try:
        noise = cached(_measured, experiment, weights, n_bytes=10_000)
    except NoUnitError as error:
        st.warning(NO_UNIT[error.cause], icon=":material/info:")
        return
    _show(noise, len(build_split(experiment).train))
    show_source(batch_noise, came=noise, **_asked(experiment, weights))


def _measured(experiment: Experiment, weights: np.ndarray | None) -> BatchNoise:
    return batch_noise(**_asked(experiment, weights))


def _asked(experiment: Experiment, weights: np.ndarray | None) -> dict[str, Any]:
    """What `batch_noise` is given."""
    network, split = build_network(experiment), build_split(experiment)
    if weights is not None:
        network.parameters = weights
    return {"network": network, "X": split.X_train, "y": split.y_train, "seed": experiment.batch_seed}


def _show(noise: BatchNoise, n_train: int) -> None:
    st.markdown(noise_words(noise))  # short, so that the figure stands on a phone's first screen
    left, right = st.columns(2)
    with left:
        show_figure("noise", "Distance of batch gradients from the full gradient against batch size, with the 1/√B line.",
                    noise_figure, noise)
    with right:
        show_figure("angles", "Angle between batch gradients and the full gradient against batch size.",
                    angle_figure, noise)
    st.markdown(law_words(noise))
    st.markdown(_table(noise))
    of = f"all {n_train:,} training samples" if noise.n_samples == n_train else (
        f"the first {noise.n_samples:,} of {n_train:,} training samples")  # fmt: skip
    st.caption(f"At least {DRAWS} batches of each size, drawn as training draws them, from {of}, whose mean gradient is the "
               "full one. Distance and length are root mean squares over the batches, in lengths of the full gradient: "
               "length² ≈ 1 + distance². The angle is the median. A few samples with large gradients pull a root mean "
               "square above most of its values.")


def _compared(noise: BatchNoise) -> int:
    """The row of the batch size that single samples, row 0, are compared with; 0 where there is none."""
    inner = np.flatnonzero(noise.inner)
    row = int(inner[len(inner) // 2]) if len(inner) else 0
    return row if float(noise.distance[row]) > 0 else 0


def noise_words(noise: BatchNoise) -> str:
    """How the distance falls from single samples to a larger batch."""
    if not noise.inner.any():
        return "One training sample is the full batch: there is no noise."
    row = _compared(noise)
    first, later = float(noise.distance[0]), float(noise.distance[row])
    one = "The gradient of a single sample lies **{}** lengths of the full gradient away from it"
    if row == 0:
        return f"{one.format(short(first))} (root mean square)."
    nearer = short(first / later)
    # With so many digits the two distances give the quotient as it is printed.
    digits = enough_digits(lambda d: round(later, d) > 0 and short(round(first, d) / round(later, d)) == nearer, 2)
    one = one.format(short(first, digits))
    return (f"{one}; for a batch of {int(noise.sizes[row])} it is **{short(later, digits)}** (root mean squares), "
            f"**{nearer} times** nearer.")  # fmt: skip


def law_words(noise: BatchNoise) -> str:
    """What the two laws say of the same comparison; "" where nothing is compared."""
    row = _compared(noise)
    if row == 0:
        return ""
    size, n = int(noise.sizes[row]), noise.n_samples
    return (
        f"**The law.** 1/√B says √{size} = {short(size**0.5)} times. "
        f"Batches are drawn without putting back, which brings them nearer by √((N − B)/(N − 1)), so that "
        f"{short(noise.expected[0] / noise.expected[row])} times is expected for B = {size} of N = {n}. "
        f"Measured and expected distances differ by {percent(noise.misfit)} at most."
    )


def _table(noise: BatchNoise) -> str:
    rows = ["| batch size | distance, measured | expected, without putting back | 1/√B law | length | angle |",
            "|--:|--:|--:|--:|--:|--:|"]  # fmt: skip
    for row, size in enumerate(noise.sizes):
        distance = short(noise.distance[row]) if noise.inner[row] else "0"
        rows.append(f"| {size:,} | {distance} | {short(noise.expected[row])} | {short(noise.with_replacement[row])} | "
                    f"{short(noise.length[row])} | {noise.angles[row, 1]:.0f}° |")
    return "\n".join(rows)
