"""How many starts succeed and how many it takes; in a fold, what they cost and how much faster they train together."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nncore.many_starts.restarts.restarts import Outcome
from nncore.many_starts.restarts.speedup import ROUNDS
from nncore.statistics import restarts_needed, restarts_range, wilson_interval
from pages.parts.fields.numbers import percent
from pages.parts.page.snapshot.counts import note_penalty
from pages.parts.restarts.presets import measured_for
from pages.parts.restarts.training import is_complete, pace_of

CLEAR = 0.01, 0.3  # thresholds between success and failure where the losses end on the levels of exclusive-or


def starts_numbers(outcome: Outcome, threshold: float) -> None:
    """Success rate and starts needed, and what is to be said of them.

    Where all starts diverged there are no odds to give: that alone is said.
    """
    if outcome.lost.all():
        st.warning(f"{outcome.plan.starts} of {outcome.plan.starts} diverged: their numbers grew beyond all bounds. Lower "
                   "the learning rate on the Train page.", icon=":material/stethoscope:")
        return
    n_found, n_starts = int((outcome.final_losses <= threshold).sum()), outcome.plan.starts
    cells = st.columns(2)
    with cells[0].container(gap=None):
        _success(n_found, n_starts, outcome.judged_on)
    with cells[1].container(gap=None):
        _needed(n_found, n_starts)
    note_penalty(outcome.plan.experiment)
    if outcome.lost.any():
        lost = int(outcome.lost.sum())
        whose, who = ("its", "It counts as a failure") if lost == 1 else ("their", "They count as failures")
        st.warning(f"{lost} of the starts diverged: {whose} numbers grew beyond all bounds. {who}; a lower learning rate "
                   "helps.", icon=":material/stethoscope:")
    _measured_before(outcome, n_found, threshold)


def _success(n_found: int, n_starts: int, judged_on: str) -> None:
    low, high = wilson_interval(n_found, n_starts)
    st.metric("Succeed", f"{n_found} of {n_starts}",
              help="The share that would succeed of very many starts is not known exactly. A 95 % confidence interval "
                   "(Wilson's) is made so that it holds that share in 95 of 100 such experiments.")
    st.caption(f"{percent(n_found / n_starts)} by the loss on the {judged_on} set, "
               f"95\u00a0% confidence interval {percent(low)} to {percent(high)}")


def _needed(n_found: int, n_starts: int) -> None:
    needed, (fewest, most) = restarts_needed(n_found / n_starts), restarts_range(n_found, n_starts)
    st.metric("Starts needed", "not known" if needed is None else f"{needed}",
              help="All n fail with probability (1 − p)ⁿ, so n = ln 0.05 / ln(1 − p), rounded up, with p the share that "
                   "succeeds here. As p is known to an interval only, so is n.")
    st.caption(f"{'None succeeded here: ' if needed is None else ''}{range_words(fewest, most)} for one success with a "
               "probability of 95\u00a0%")


def range_words(fewest: int, most: int | None) -> str:
    """From how many to how many restarts are needed, in words, for the interval's two ends."""
    if most is None:
        return f"at least {fewest:,}, with 95\u00a0% confidence,"
    if fewest < most:
        return f"between {fewest:,} and {most:,}, with 95\u00a0% confidence,"
    return f"{fewest:,} at both ends of the 95\u00a0% interval,"


def costs_fold(outcome: Outcome) -> None:
    """Memory, time and speed-up, in a fold: what the machine has done for it."""
    if outcome.lost.all():
        return
    with st.expander("Memory, time and speed-up"):
        if not is_complete(outcome):
            st.metric("Trained so far", f"{outcome.seconds:.2f} s", help="On the clock, for all starts.")
            return
        cells = st.columns(2)
        _times(outcome, cells[0].container(gap=None), cells[1].container(gap=None))
        st.caption(f"While it ran, the training held about {max(1, round(outcome.plan.n_bytes / 1e6))} MB at most: weights, "
                   "optimizer, one batch's activations and gradients of all starts, and room to measure losses.")


def _times(outcome: Outcome, left: DeltaGenerator, right: DeltaGenerator) -> None:
    """What a start costs among the others and alone, both in processor time, and the factor between the two."""
    pace = pace_of(outcome.plan, st.session_state.pop("restarts_again", False))
    if not 0 < pace.factor < float("inf"):
        return
    epochs = outcome.plan.epochs
    with left:
        st.metric("Time per start", _time(pace.together * epochs / pace.starts),
                  help="Processor time of its share in training all of them together.")
        st.caption(f"trained alone, one takes {_time(pace.alone * epochs)}")
    with right:
        st.metric("Speed-up from training all starts at once",
                  f"{pace.factor:.1f}×" if pace.factor < 9.95 else f"{pace.factor:.0f}×",
                  help=f"Processor time of an epoch: {_time(pace.alone)} for one start alone, {_time(pace.together)} for "
                       f"all {pace.starts} together. Measured in turns, the shortest of {ROUNDS} rounds each.")
        st.caption(f"All {pace.starts}: {_time(pace.together * epochs)} of processor time; {outcome.seconds:.2f} s on the "
                   "clock, waiting and drawing included.")
        st.button("Measure again", key="restarts_measure", type="tertiary", icon=":material/timer:",
                  on_click=lambda: st.session_state.update(restarts_again=True))


def _time(seconds: float) -> str:
    return f"{1e3 * seconds:.3g} ms" if seconds < 0.999 else f"{seconds:.2f} s"


def _measured_before(outcome: Outcome, n_found: int, threshold: float) -> None:
    """Beside a preset's share of very many starts, whether this interval holds it."""
    measured = measured_for(outcome.plan)
    if measured is None or not CLEAR[0] <= threshold <= CLEAR[1]:
        return
    found, total = measured
    low, high = wilson_interval(n_found, outcome.plan.starts)
    holds = "holds" if low <= found / total <= high else "does not hold"
    st.markdown(f"Of {total:,} such starts with other random numbers {percent(found / total)} succeeded. The interval of "
                f"these {outcome.plan.starts}, {percent(low)} to {percent(high)}, {holds} that share.")
