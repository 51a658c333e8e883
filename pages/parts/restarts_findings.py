"""What the starts came to: losses, maps, the best of k, and which of them are the same solution."""

import math

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from nncore.chances import best_so_far, expected_best, stayed_ahead
from nncore.experiment import build_network, build_split
from nncore.levels import count_levels
from nncore.matching import align, barrier, canonical, line_between
from nncore.metrics import decision_threshold
from nncore.plane import make_plane
from nncore.restarts import Outcome
from nncore.stacks import runs_that_fit, stack
from nncore.surface import STACK, losses_at
from pages.parts.choices import bind_choice, choice
from pages.parts.figures.mosaic import curves_figure, mosaic_figure
from pages.parts.figures.restarts import barrier_figure, best_figure, fan_figure, histogram_figure, sizes_figure
from pages.parts.memo import memo
from pages.parts.numbers import percent
from pages.parts.server import drawing
from pages.parts.session import Session, parse_axes
from pages.parts.style import is_dark

TILES, SIDE = 64, 24
TOLERANCES = (0.02, 0.05, 0.1, 0.2, 0.3, 0.5)
DEFAULT_TOLERANCE = 0.2
LEVEL_WORDS = (
    ("0", "all four corners are told apart"),
    ("ln(2) / 2 = 0.347", "two corners are right, the other two look the same to the network and stay at 50 %"),
    ("0.477", "three corners look the same and get the same answer, 2/3 for what two of them are; the third is wrong"),
    ("ln 2 = 0.693", "all four look the same: the output is 50 % everywhere"),
)
DEAD = ("Corners on which the sums of all ReLUs are below zero get the same answer, the output's bias alone, and send no "
        "gradient back to the hidden weights. So no training tells them apart.")


def chart(figure: go.Figure, key: str, alt: str) -> None:
    """Draws a figure as it is, without Streamlit's own theme."""
    st.plotly_chart(figure, theme=None, key=key, alt=alt, config={"displayModeBar": False})


def losses_finding(outcome: Outcome, threshold: float) -> None:
    """The fan of all loss curves and the histogram of where they end."""
    left, right = st.columns([3, 2], gap="medium")
    name = f"{outcome.judged_on} loss"
    with drawing:
        fan = fan_figure(outcome.epochs, outcome.losses, threshold, name, is_dark())
        histogram = histogram_figure(outcome.final_losses, threshold, name, is_dark())
    with left:
        chart(fan, "fan", f"Loss curves of {outcome.plan.starts} starts over {int(outcome.epochs[-1])} epochs.")
    with right:
        chart(histogram, "ends", "Histogram of the final losses.")
    st.caption(f"{_parting(outcome)} Where many lines end at the same height, look for a minimum or a plateau that they "
               "share.")
    e = outcome.plan.experiment
    if e.dataset == "corners" and e.loss == "cross_entropy":
        with st.expander("Why do the failures end on exact levels?"):
            _levels(outcome)


def _parting(outcome: Outcome) -> str:
    """How much of the final order can be seen after a tenth of the epochs."""
    final = outcome.final_losses
    if len(final) < 4 or len(outcome.epochs) < 3:
        return ""
    if np.allclose(outcome.losses, outcome.losses[:, :1]):
        return "All of them run on one line."
    row = int(np.searchsorted(outcome.epochs, outcome.epochs[-1] / 10))
    half, stayed = stayed_ahead(outcome.losses[row], final)
    return (f"Of the {half} starts that were ahead after {int(outcome.epochs[row])} epochs, {stayed} are in the better half "
            f"at the end; {half * half / len(final):.0f} would be without any connection.")


def _levels(outcome: Outcome) -> None:
    """How many starts ended on each of the exact losses of exclusive-or, and what each of them means."""
    counts = count_levels(outcome.final_losses)
    rows = [f"| **{level}** | {words} | {count} |" for (level, words), count in zip(LEVEL_WORDS, counts, strict=False)]
    st.markdown("\n".join([
        "A network that cannot tell some corners apart gives them one answer, and the best one for them has an exact loss:",
        "", "| Loss | What happened | Starts |", "|---|---|--:|", *rows,
        f"| elsewhere | on the way, or held by something else | {counts[-1]} |",
    ]))  # fmt: skip
    if set(outcome.plan.experiment.activation) == {"relu"}:
        st.markdown(DEAD)


def maps_finding(outcome: Outcome, axes: str) -> None:
    """What each start has become, best first: small decision maps, or curves for one input."""
    e = outcome.plan.experiment
    split = build_split(e)
    plane = make_plane(split, parse_axes(axes))
    shown = outcome.ranking[np.linspace(0, len(outcome.ranking) - 1, min(TILES, outcome.plan.starts)).round().astype(int)]
    few = len(shown) < outcome.plan.starts
    which = f"{len(shown)} of the {outcome.plan.starts}, evenly over the ranking. " if few else ""
    st.caption(f"Best first, row by row; the number is the start's. {which}{plane.note}")
    if plane.kind == "curve":
        x = np.linspace(*plane.x_range, 121)
        curves = outcome.outputs(shown, plane.to_inputs(x[:, None]))[:, :, 0]
        points = split.dataset.X[split.train, 0], split.y_train
        with drawing:
            figure = curves_figure(x, curves, points, plane.labels, is_dark())
        chart(figure, "maps", "The functions that all starts have learned, over the one input.")
        return
    u, v = (np.linspace(*bounds, SIDE) for bounds in (plane.x_range, plane.y_range))
    uv = np.stack(np.meshgrid(u, v), axis=-1).reshape(-1, 2)
    maps = map_values(outcome.outputs(shown, plane.to_inputs(uv)), e.output).reshape(-1, SIDE, SIDE)
    hovers = [f"rank {np.flatnonzero(outcome.ranking == start)[0] + 1}: start {start}<br>{outcome.judged_on} loss "
              f"{outcome.final_losses[start]:.4f}" for start in shown]
    with drawing:
        figure = mosaic_figure(maps, [str(start) for start in shown], hovers, e.n_outputs, is_dark())
    chart(figure, "maps", f"Decision maps of {len(shown)} starts, ranked by {outcome.judged_on} loss.")


def map_values(outputs: np.ndarray, output: str) -> np.ndarray:
    """What a map shows of outputs (S, N, K): a single one from -1 to 1, or the number of the largest, (S, N)."""
    if outputs.shape[-1] > 1:
        return outputs.argmax(axis=-1).astype(float)
    middle = decision_threshold(output) if output in ("sigmoid", "tanh") else 0.0
    return np.clip((outputs[..., 0] - middle) * (2.0 if output == "sigmoid" else 1.0), -1.0, 1.0)


def best_finding(outcome: Outcome) -> None:
    """What one more restart is worth."""
    finite = outcome.final_losses[np.isfinite(outcome.final_losses)]
    if not len(finite):
        st.warning("All starts diverged: there is no best one. Turn the learning rate down.")
        return
    expected = expected_best(finite)
    with drawing:
        figure = best_figure(best_so_far(finite), expected, f"{outcome.judged_on} loss", is_dark())
    chart(figure, "best", "Best loss so far against the number of restarts, measured and expected.")
    five = expected[min(5, len(finite)) - 1]
    st.caption(f"One start ends at {expected[0]:.4f} on average, the best of five at {five:.4f}, the best of all "
               f"{len(finite)} at {expected[-1]:.4f}. The dashed line is exact: with the losses sorted, the i-th is the "
               "smallest of k drawn with probability C(R−i, k−1) / C(R, k).")


def twins_finding(session: Session, outcome: Outcome) -> None:
    """How many different solutions there are once neurons are matched, and what lies between two of them."""
    tolerance = choice(session, "restart_tolerance", "float", DEFAULT_TOLERANCE, lambda value: 0 < value <= 1)
    st.select_slider(
        "Same solution when the weights differ by less than", sorted({*TOLERANCES, tolerance}),
        format_func=percent, help="The length of the difference, as a share of the weights' length.",
        **bind_choice(session, "restart_tolerance", tolerance, DEFAULT_TOLERANCE),
    )  # fmt: skip
    starts, labels = _solutions(outcome, tolerance, True)
    if len(starts) < 2:
        st.warning("It takes two starts that did not diverge to compare solutions.")
        return
    _, unmatched = _solutions(outcome, tolerance, False)
    n_starts, n_found = len(starts), labels.max() + 1
    different = "solution" if n_found == 1 else "different solutions"
    st.markdown(f"**{n_starts} starts, {n_found} {different}** after matching the neurons; "
                f"{unmatched.max() + 1} by the weights as they stand.")
    firsts = np.array([np.flatnonzero(labels == label)[0] for label in range(n_found)])
    left, right = st.columns(2, gap="medium")
    with drawing:
        sizes = sizes_figure(np.bincount(labels), outcome.final_losses[starts[firsts]], is_dark())
    with left:
        chart(sizes, "sizes", f"How many starts found each of the {n_found} solutions.")
    with right:
        _line(session, outcome, starts)
    st.caption("Neurons can change places, and a tanh neuron can turn all its signs, without any change of the function. "
               "Where nothing holds a weight in place (a dead ReLU, a loss that falls for ever as weights grow) solutions "
               "also differ for no reason that matters; a wider tolerance joins them.")


def _solutions(outcome: Outcome, tolerance: float, matched: bool) -> tuple[np.ndarray, np.ndarray]:
    key = f"solutions {outcome.plan!r} {int(outcome.epochs[-1])} {tolerance} {matched}"
    return memo().fetch(key, lambda: outcome.solutions(tolerance, matched), 16 * outcome.plan.starts)


def _line(session: Session, outcome: Outcome, starts: np.ndarray) -> None:
    """The loss on the straight line between two starts, before and after matching."""
    best, second = (int(start) for start in starts[:2])
    pickers = st.columns(2)
    ends = [
        pickers[k].selectbox(f"{'From' if k == 0 else 'To'} start", sorted(map(int, starts)),
                             **bind_choice(session, name, value, default))
        for k, (name, default) in enumerate((("restart_from", best), ("restart_to", second)))
        for value in [choice(session, name, "int", default, lambda number: number in starts)]
    ]  # fmt: skip
    e, split = outcome.plan.experiment, build_split(outcome.plan.experiment)
    network = build_network(e)
    model = stack(e, np.zeros((runs_that_fit(e, len(split.X_train), STACK), e.n_parameters)))
    first, last = outcome.parameters[ends]
    a, b = canonical(network, outcome.parameters[ends])
    lines = []
    for start, end in ((first, last), (a, align(network, a, b, split.X_train))):
        shares, vectors = line_between(start, end)
        lines.append(losses_at(model, vectors, split.X_train, split.y_train))
    with drawing:
        figure = barrier_figure(shares, *lines, "training loss", is_dark())
    chart(figure, "line", "Loss on the straight line between two starts, before and after matching.")
    heights = [barrier(shares, losses) for losses in lines]
    if all(map(math.isfinite, heights)):
        st.caption(f"The barrier between them is {heights[0]:.3f} high as they are, {heights[1]:.3f} after matching.")
