"""What the Batch sizes page finds: loss against cost with a verdict, paths, gradient noise, and which samples come next."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from nncore import build_network, build_split
from nncore.batch_noise import batch_noise
from nncore.batch_race import COSTS, LOSS_SAMPLES, BatchRace, Lane, Verdict, verdict
from nncore.batching import batch_slices, epoch_order
from nncore.neurons import join_words
from nncore.plane import make_plane
from nncore.stacks import stack
from nncore.surface import STACK, loss_surface, principal_slice, shown_ranges
from pages.parts.choices import bind_choice, choice
from pages.parts.figures.batches import angle_figure, batches_figure, noise_figure, paths_figure
from pages.parts.figures.comparison import Curve, curves_figure
from pages.parts.figures.fan_picture import fan_picture
from pages.parts.memo import memo
from pages.parts.numbers import plain, short
from pages.parts.server import drawing
from pages.parts.session import Session, parse_axes
from pages.parts.style import is_dark

SIDE = 41
CHART = {"theme": None, "config": {"displayModeBar": False}}
COST_TITLES = {"epochs": "epochs", "updates": "updates", "samples": "samples seen", "seconds": "seconds"}


def lane_name(size: int | None) -> str:
    """A batch size in words."""
    return "full batch" if size is None else "one by one" if size == 1 else f"batch of {size}"


def race_picture(race: BatchRace, lanes: Sequence[Lane]) -> str:
    """An <img> of the losses so far, over the epochs that all lanes have reached."""
    epochs = np.linspace(0, max(min(race.epochs, *(lane.epochs[-1] for lane in lanes)), 1e-3), 40)
    losses = np.stack([np.interp(epochs, lane.epochs, lane.losses) for lane in lanes], axis=1)
    return fan_picture(epochs, losses, race.epochs, is_dark()).replace(" starts", " batch sizes")


def cost_finding(session: Session, lanes: Sequence[Lane]) -> None:
    """The loss against what it has cost, and who is best at equal cost."""
    cost = choice(session, "cost", "str", "epochs", lambda value: value in COSTS)
    st.segmented_control("What is counted", list(COSTS), format_func=COST_TITLES.get, required=True,
                         **bind_choice(session, "cost", cost, "epochs"))
    sound = [lane for lane in lanes if not lane.diverged]
    for lane in lanes:
        if lane.diverged:
            st.warning(f"The {lane_name(lane.size)} diverged at learning rate {lane.learning_rate:.3g}; it is left "
                       "out of the "
                       "verdict.", icon=":material/stethoscope:")
    curves = [Curve(lane_name(lane.size), getattr(lane, cost), lane.losses) for lane in lanes]
    with drawing:
        st.plotly_chart(curves_figure(curves, (COST_TITLES[cost], "training loss"), (True, True), is_dark()),
                        **CHART, key="batch_costs", alt=f"Training loss against {COST_TITLES[cost]}, a line for each "
                                                        "batch size.")
    if len(sound) > 1:
        st.markdown(verdict_words(sound))
    st.markdown(_table(lanes))
    st.caption(f"Loss on the first {min(LOSS_SAMPLES, int(lanes[0].samples[-1] / lanes[0].epochs[-1])):,} training samples. "
               "Seconds were measured on this server while it trained, without the time for recording: they are another "
               "number on another machine, and vary with what else it does.")


def verdict_words(lanes: Sequence[Lane]) -> str:
    """Who is best for the same samples seen, updates and seconds, and whether it matters what is counted."""
    found = [verdict(lanes, cost) for cost in ("samples", "updates", "seconds")]
    words = [f"- After the same **{_budget(one)}**: {_ranking(one, lanes)}." for one in found]
    common = np.logical_and.reduce([one.level for one in found])
    if common.any():
        names = join_words([lane_name(lane.size) for lane, good in zip(lanes, common, strict=True) if good])
        end = f"**Whichever way one counts, {names} is among the best.**"
    else:
        end = "**Which batch size is best depends on what one pays for.**"
    return "\n".join([*words, "", end])


def _budget(one: Verdict) -> str:
    return f"{one.budget:.2g} seconds" if one.cost == "seconds" else f"{one.budget:,.0f} {COST_TITLES[one.cost]}"


def _ranking(one: Verdict, lanes: Sequence[Lane]) -> str:
    level = [lane_name(lane.size) for lane, good in zip(lanes, one.level, strict=True) if good]
    worst = int(np.argmax(one.losses))
    if len(level) == len(lanes):
        return f"all are as good, at a loss of about {plain(one.losses[one.best], 3)}"
    have = "has the lowest loss" if len(level) == 1 else "have the lowest losses, within 5 %"
    return (f"{join_words(level)} {have}, {plain(one.losses[one.best], 3)}; {lane_name(lanes[worst].size)} has the highest, "
            f"{plain(one.losses[worst], 3)}")


def _table(lanes: Sequence[Lane]) -> str:
    rows = ["| | learning rate | epochs | updates | seconds | µs an update | training loss | validation loss |",
            "|---|--:|--:|--:|--:|--:|--:|--:|"]  # fmt: skip
    for lane in lanes:
        seconds, updates = float(lane.seconds[-1]), int(lane.updates[-1])
        rows.append(f"| {lane_name(lane.size)} | {lane.learning_rate:.3g} | {lane.epochs[-1]:,.0f} | {updates:,} | "
                    f"{seconds:.2f} | {1e6 * seconds / max(updates, 1):.0f} | {short(float(lane.losses[-1]), 4)} | "
                    f"{short(lane.validation, 4) if np.isfinite(lane.validation) else '–'} |")
    return "\n".join(rows)


def paths_finding(race: BatchRace, lanes: Sequence[Lane]) -> None:
    """All paths on one slice of the loss surface: the plane in which they move most."""
    split = build_split(race.experiment)
    data = split.X_train[:LOSS_SAMPLES], split.y_train[:LOSS_SAMPLES]
    paths = [lane.parameters.astype(float) for lane in lanes if not lane.diverged]
    names = [lane_name(lane.size) for lane in lanes if not lane.diverged]
    if not paths:
        st.warning("All of them diverged: there is no path to show.", icon=":material/stethoscope:")
        return
    plane, shares = principal_slice(np.concatenate(paths), paths[0][0])
    flat = [plane.project(path) for path in paths]
    x, y = (np.linspace(*ends, SIDE) for ends in shown_ranges(np.concatenate(flat), 1e-3))

    def surface() -> np.ndarray:
        return loss_surface(stack(race.experiment, np.zeros((STACK, race.experiment.n_parameters))), plane, x, y, data)

    ends = repr([lane.updates[-1] for lane in lanes])
    losses = memo().fetch(f"paths {race!r} {ends}", surface, 8 * SIDE**2)
    heights = np.log10(np.maximum(np.where(np.isfinite(losses), losses, np.nan), 1e-8))
    st.markdown(f"All start from the same first weights (ring). Small batches stagger, the full batch walks straight; this "
                f"plane holds **{shares.sum():.0%}** of how far they move, and the rest is not seen.")
    with drawing:
        st.plotly_chart(paths_figure((x, y), heights, flat, names, is_dark()), **CHART, key="batch_paths",
                        alt="Paths of all batch sizes on a slice of the loss surface.")


def noise_finding(session: Session, race: BatchRace) -> None:
    """How far batch gradients lie from the full one, by size and angle."""
    places = {"first": "At the first weights", "trained": "After training by full batch"}
    place = choice(session, "noise_at", "str", "first", lambda value: value in places)
    network, split = build_network(race.experiment), build_split(race.experiment)
    st.segmented_control("Where", list(places), format_func=places.get, required=True,
                         **bind_choice(session, "noise_at", place, "first"))
    if place == "trained":
        lanes = _lanes_held(race)
        if lanes is None:
            st.info("Open “Loss against cost” first: it trains them.", icon=":material/info:")
            return
        network.parameters = lanes[-1].parameters[-1].astype(float)
    try:
        noise = batch_noise(network, split.X_train, split.y_train, race.experiment.batch_seed)
    except ValueError as error:
        st.warning(f"{error}.", icon=":material/info:")
        return
    middle = len(noise.sizes) // 2
    st.markdown(f"A single sample's gradient lies **{short(float(noise.measured[0]))}** lengths of the full gradient "
                "away from "
                f"it, at an angle of {np.median(noise.angles[0]):.0f}°; a batch of {noise.sizes[middle]} lies "
                f"**{short(float(noise.measured[middle]))}** away, at {np.median(noise.angles[middle]):.0f}°. Four "
                "times the "
                "samples halve the distance; a batch of nearly all does better, because it leaves so little out.")
    left, right = st.columns(2)
    with drawing:
        left.plotly_chart(noise_figure(noise, is_dark()), **CHART, key="noise",
                          alt="Distance of batch gradients from the full gradient against batch size, with the 1/√B line.")
        right.plotly_chart(angle_figure(noise, is_dark()), **CHART, key="angles",
                           alt="Angle between batch gradients and the full gradient against batch size.")
    lengths = ", ".join(f"{short(float(noise.lengths[row].mean()))} for {noise.sizes[row]}" for row in (0, middle, -1))
    st.caption(f"200 random batches of each size from {noise.n_samples} training samples. Mean length of a batch "
               "gradient, in "
               f"lengths of the full one: {lengths}: noise makes gradients longer.")


def _lanes_held(race: BatchRace) -> list[Lane] | None:
    """The lanes of a race that is finished, if they are kept."""
    shared = memo().get(repr(race))
    return shared.go_on(0.0) if shared is not None and shared.work.finished else None


def samples_finding(session: Session, race: BatchRace) -> None:
    """Which samples make an update of the first epoch, for every batch size."""
    e, split = race.experiment, build_split(race.experiment)
    number = choice(session, "update", "int", 1, lambda value: 1 <= value <= 20)
    st.slider("Update", 1, 20, help="Counted from the first of training.", **bind_choice(session, "update", number, 1))
    plane = make_plane(split, parse_axes(session.axes))
    places = plane.project(split.dataset.X[split.train])
    if plane.kind == "curve":
        places = np.column_stack([places[:, 0], split.y_train])
    batches = [update_rows(race.n_train, size, e.batch_seed, number) for size in race.sizes]
    names = [lane_name(size) for size in race.sizes]
    st.markdown(f"Update {number} follows the mean gradient of the lit samples alone. Each epoch draws a new order from the "
                f"batch seed {e.batch_seed} and cuts it into batches; the full batch is always all {race.n_train} samples.")
    with drawing:
        st.plotly_chart(batches_figure(places, split.y_train, batches, names, is_dark()), **CHART, key="batch_samples",
                        alt=f"The training samples, with those of update {number} lit, for each batch size.")


def update_rows(n_train: int, size: int | None, seed: int, number: int) -> np.ndarray:
    """The training samples (B,) of update `number`, counted from 1."""
    slices, generator = batch_slices(n_train, size), np.random.default_rng(seed)
    epoch, place = divmod(number - 1, len(slices))
    for _ in range(epoch + 1):
        order = epoch_order(generator, n_train, size)
    return (np.arange(n_train) if order is None else order)[slices[place]]
