"""Same minimum or not: which starts are the same solution once neurons are matched, and what lies between two of them."""

import math

import numpy as np
import streamlit as st

from nncore.cache import cached
from nncore.experiments.experiment import build_network, build_split
from nncore.experiments.stacks import runs_that_fit, stack
from nncore.many_starts.restarts.levels import NEAR, loss_levels
from nncore.many_starts.restarts.matching import align, barrier, canonical, line_between
from nncore.many_starts.restarts.restarts import Outcome
from nncore.many_starts.surface import STACK, losses_at
from pages.parts.fields.numbers import percent
from pages.parts.figures.restarts.starts import barrier_figure, sizes_figure
from pages.parts.page.choices import Span, bind_choice, choice
from pages.parts.page.figure import show_figure
from pages.parts.page.playing.driver import let_clicks_through
from pages.parts.page.session import Session
from pages.parts.page.snapshot.counts import note_penalty
from pages.parts.restarts.findings import loss_text

TOLERANCES = (0.02, 0.05, 0.1, 0.2, 0.3, 0.5)
DEFAULT_TOLERANCE = 0.2
MOST_LEVELS = 6  # more than these are counted, not listed


def read_tolerance(session: Session) -> float:
    """Up to which relative distance two solutions are the same."""
    return choice(session, "restart_tolerance", "float", DEFAULT_TOLERANCE, Span(1e-9, 1))


def read_ends(session: Session, outcome: Outcome) -> tuple[int, int]:
    """The two starts that the line joins; at first the best two."""
    starts = outcome.bounded
    best, second = (int(start) for start in (*starts[:2], 0, 0)[:2])
    return tuple(choice(session, name, "int", default, starts)
                 for name, default in (("restart_from", best), ("restart_to", second)))  # fmt: skip


def twins_finding(session: Session, outcome: Outcome) -> None:
    """How many different solutions there are once neurons are matched, and what lies between two of them."""
    tolerance = read_tolerance(session)
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
    losses, levels = _levels(outcome, starts, labels)
    different = "solution" if n_found == 1 else "different solutions"
    st.markdown(f"**{n_starts} starts, {n_found} {different}** after matching the neurons; "
                f"{unmatched.max() + 1} by the weights as they stand. "
                f"{level_words(losses, levels, outcome.final_losses[starts])}")
    left, right = st.columns(2, gap="medium")
    with left:
        show_figure("sizes", f"How many starts found each of the {n_found} solutions.",
                    sizes_figure, np.bincount(labels), losses, levels)
    with right:
        _line(session, outcome, starts)
    st.caption("Neurons can change places, and a tanh neuron can turn all its signs, without any change of the function. "
               "Where nothing holds a weight in place (a dead ReLU, a loss that falls for ever as weights grow) solutions "
               "also differ for no reason that matters; a wider tolerance joins them.")


def _levels(outcome: Outcome, starts: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The loss (S,) of each solution's first start, and the number (S,) of the level on which it lies."""
    firsts = np.array([np.flatnonzero(labels == label)[0] for label in range(labels.max() + 1)])
    losses = outcome.final_losses[starts[firsts]]
    return losses, loss_levels(losses)


def level_words(losses: np.ndarray, levels: np.ndarray, all_losses: np.ndarray) -> str:
    """How the solutions, with the losses and levels (S,), are spread, in a sentence; `all_losses` (R,) are the starts'."""
    n_levels = int(levels.max()) + 1
    if n_levels == 1:
        return f"These starts end {range_text(all_losses)}."
    if n_levels > MOST_LEVELS:
        return (f"The solutions end {range_text(losses)}, on {n_levels} levels of the loss (a gap above {NEAR:g} begins "
                "another level).")  # fmt: skip
    parts = [f"{int((levels == level).sum())} {range_text(losses[levels == level])}" for level in range(n_levels)]
    return (f"They end on **{n_levels} levels of the loss** (a gap above {NEAR:g} begins another): {', '.join(parts)}. "
            "Solutions of one level differ in their weights by more than the tolerance.")


def range_text(losses: np.ndarray) -> str:
    """Where losses (R,) lie: "at 0.347", or "at losses from 0.012 to 0.048" where these read differently."""
    low, high = loss_text(float(losses.min())), loss_text(float(losses.max()))
    return f"at {low}" if low == high else f"at losses from {low} to {high}"


def _solutions(outcome: Outcome, tolerance: float, matched: bool) -> tuple[np.ndarray, np.ndarray]:
    return cached(_matched, outcome, tolerance, matched, n_bytes=16 * outcome.plan.starts)


def _matched(outcome: Outcome, tolerance: float, matched: bool) -> tuple[np.ndarray, np.ndarray]:
    """`Outcome.solutions`, a match at a time: a click is heard after each, and calls it off."""
    bar, last = st.empty(), -1
    for found in outcome.solutions_in_pieces(tolerance, matched):
        let_clicks_through()
        if isinstance(found, int) and found > last:
            bar.progress(found / len(outcome.bounded), f"Matching the neurons: start {found + 1} of {len(outcome.bounded)}")
            last = found
    bar.empty()
    return found


def _line(session: Session, outcome: Outcome, starts: np.ndarray) -> None:
    """The loss on the straight line between two starts, before and after matching."""
    pickers, ends = st.columns(2), read_ends(session, outcome)
    names, defaults = ("restart_from", "restart_to"), [int(start) for start in starts[:2]]
    for k, cell in enumerate(pickers):
        cell.selectbox(f"{'To' if k else 'From'} start", sorted(map(int, starts)),
                       **bind_choice(session, names[k], ends[k], defaults[k]))
    e, split = outcome.plan.experiment, build_split(outcome.plan.experiment)
    network = build_network(e)
    model = stack(e, np.zeros((runs_that_fit(e, len(split.X_train), STACK), e.n_parameters)))
    first, last = outcome.parameters[list(ends)]
    a, b = canonical(network, outcome.parameters[list(ends)])
    lines = []
    for start, end in ((first, last), (a, align(network, a, b, split.X_train))):
        shares, vectors = line_between(start, end)
        lines.append(losses_at(model, vectors, split.X_train, split.y_train))
    show_figure("line", "Loss on the straight line between two starts, before and after matching.",
                barrier_figure, shares, *lines, "training loss")
    note_penalty(e, is_in=True)
    heights = [barrier(shares, losses) for losses in lines]
    if all(map(math.isfinite, heights)):
        st.caption(f"The barrier between them is {heights[0]:.3f} high as they are, {heights[1]:.3f} after matching.")
