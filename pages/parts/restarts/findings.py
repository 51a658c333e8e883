"""What the starts came to: losses, maps, the best of k, and which of them are the same solution."""


import numpy as np
import streamlit as st

from nncore import ACTIVATIONS, LOSSES
from nncore.data.own import dataset_kind
from nncore.many_starts.restarts.levels import count_levels, one_answer_loss
from nncore.many_starts.restarts.restarts import Outcome
from nncore.statistics import best_so_far, expected_best, stayed_ahead
from pages.parts.fields.numbers import counted, power_of_ten
from pages.parts.fields.source import show_source
from pages.parts.figures.restarts.starts import best_figure, fan_figure, histogram_figure
from pages.parts.page.figure import show_figure

LEVEL_WORDS = (
    ("0", "all four corners are told apart"),
    ("ln(2) / 2 = 0.347", "two corners are right, the other two look the same to the network and stay at 50 %"),
    ("(2 ln(3/2) + ln 3) / 4 = 0.477",
     "three corners look the same and get the same answer, 2/3 for what two of them are; the third is wrong"),
    ("ln 2 = 0.693", "all four look the same: the output is 50 % everywhere"),
)
DEAD = ("Corners on which the sums of all {label}s are below {below} get the same answer, the output's bias alone, and send "
        "no gradient back to the hidden weights. So no training tells them apart.")


def loss_text(loss: float) -> str:
    """A final loss in few letters: "0.347", "<0.001", "diverged"."""
    if not np.isfinite(loss):
        return "diverged"
    if loss >= 1e4:
        return power_of_ten(loss)
    return "<0.001" if 0 < loss < 0.0005 else f"{loss:.3f}" if loss < 10 else f"{loss:.3g}"


def fine_loss_text(loss: float) -> str:
    """A final loss with four digits after the point: "0.0274", "3.1·10⁷", "diverged"."""
    return f"{loss:.4f}" if 5e-5 <= loss < 1e4 or loss == 0 else power_of_ten(loss) if np.isfinite(loss) else "diverged"


def end_words(loss: float) -> str:
    """How a start ended: "loss 0.0274", or "diverged"."""
    return f"loss {fine_loss_text(loss)}" if np.isfinite(loss) else "diverged"


def losses_finding(outcome: Outcome, threshold: float) -> None:
    """The fan of all loss curves and the histogram of where they end."""
    left, right = st.columns([3, 2], gap="medium")
    name = f"{outcome.judged_on} loss"
    with left:
        show_figure("fan", f"Loss curves of {outcome.plan.starts} starts over {counted(int(outcome.epochs[-1]), 'epoch')}.",
                    fan_figure, outcome.epochs, outcome.losses, threshold, name)
    with right:
        show_figure("ends", "Histogram of the final losses.", histogram_figure, outcome.final_losses, threshold, name)
    st.caption(f"{_parting(outcome)} Where many lines end at the same height, look for a minimum or a plateau that they "
               "share.")
    e = outcome.plan.experiment
    if dataset_kind(e.dataset).has_exact_levels and LOSSES[e.loss].needs_probabilities:
        st.markdown("##### Why do the failures end on exact levels?")
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
    early = counted(int(outcome.epochs[row]), "epoch")
    return (f"Of the {half} starts that were ahead after {early}, {stayed} are in the better half at the end; "
            f"{half * half / len(final):.0f} would be without any connection.")


def _levels(outcome: Outcome) -> None:
    """How many starts ended on each of the exact losses of exclusive-or, and what each of them means."""
    counts = count_levels(outcome.final_losses)
    rows = [f"| **{level}** | {words} | {count} |" for (level, words), count in zip(LEVEL_WORDS, counts, strict=False)]
    st.markdown("A network that cannot tell some corners apart gives all of them one answer. The best one is the share "
                "$p$ of ones among them, and each of them then costs on average")
    st.latex(r"-p \ln p - (1 - p) \ln(1 - p).")
    show_source(one_answer_loss, share=2 / 3)
    st.markdown("\n".join([
        "The mean over the four corners is an exact loss, another one for each way of failing:",
        "", "| Loss | What happened | Starts |", "|---|---|--:|", *rows,
        f"| elsewhere | on the way, or held by something else | {counts[-1]} |",
    ]))  # fmt: skip
    show_source(count_levels, losses=outcome.final_losses)
    kinds = {ACTIVATIONS[name] for name in outcome.plan.experiment.activation}
    if len(kinds) == 1 and (kind := kinds.pop()).dead_below is not None:
        st.markdown(DEAD.format(label=kind.label, below="zero" if kind.dead_below == 0 else f"{kind.dead_below:g}"))


def best_finding(outcome: Outcome) -> None:
    """What one more restart is worth."""
    finite = outcome.final_losses[~outcome.lost]
    expected = expected_best(finite)
    show_figure("best", "Best loss so far against the number of restarts, measured and expected.",
                best_figure, best_so_far(finite), expected, f"{outcome.judged_on} loss")
    st.caption(best_words(expected, outcome.plan.starts))
    show_source(expected_best, came=expected, losses=finite)


def best_words(expected: np.ndarray, n_starts: int) -> str:
    """What the expected best (R,) of 1, 2, ..., R starts is, in a sentence; R of `n_starts` did not diverge."""
    if len(expected) == 1:
        return f"The one start that did not diverge ends at {fine_loss_text(float(expected[0]))}."
    one, five, best = (fine_loss_text(float(expected[min(k, len(expected)) - 1])) for k in (1, 5, len(expected)))
    middle = f"the best of five at {five}, " if len(expected) > 5 else ""
    left = f"Of the {len(expected)} starts that did not diverge one" if len(expected) < n_starts else "One start"
    return (f"{left} ends at {one} on average, {middle}the best of all {len(expected)} at {best}. The dashed line is "
            "exact: with the losses sorted, the i-th is the smallest of k drawn with probability C(R−i, k−1) / C(R, k).")
