"""When the start does not matter, convex losses, and what the rule of thumb for the hidden layer's size is worth, tested."""

from collections.abc import Sequence

import streamlit as st

from nncore import Experiment
from nncore.many_starts.restarts.hidden_widths import plans_by_width, width_by_rule
from nncore.many_starts.restarts.restarts import Restarts
from nncore.statistics import wilson_interval
from pages.parts.fields.numbers import percent
from pages.parts.page.playing.training import watch_each

WIDTHS, TRIALS, MOST_SECONDS = (1, 2, 3, 4, 6, 8), 32, 10.0
CONVEX = ("When no line between two points of a function's graph runs below it, the function is *convex*, and then every "
          "minimum is the lowest. A network without a hidden layer has such a loss: z is linear in the weights, and the "
          "squared error and the cross-entropy are convex in z. From any start descent leads to the same loss. A hidden "
          "layer ends that: exchange two of its neurons and you have another minimum as good, with higher ground between "
          "the two. Try “No hidden layer” below.")  # fmt: skip


def theory(plan: Restarts, threshold: float) -> None:
    """Two folds: convexity, and the size of the hidden layer."""
    with st.expander("When does the start not matter?"):
        st.markdown(CONVEX)
    e = plan.experiment
    with st.expander("How many hidden neurons should there be?"):
        rule = width_by_rule(e.sizes[0], e.sizes[-1])
        st.markdown(f"A rule of thumb says: two thirds of the inputs plus the outputs, here {rule}. What is it worth? Train "
                    f"{TRIALS} starts with one hidden layer of each width, {plan.epochs:,} epochs each, and count those "
                    f"that end at or below {threshold:g}.")
        asked = (e, plan.epochs, threshold)
        widths = tuple(sorted({*WIDTHS, min(rule, 64)}))
        plans = plans_by_width(_plain(e), widths, TRIALS, plan.epochs)
        if sum(one.seconds for one in plans) > MOST_SECONDS:
            st.markdown("That would take too long here; take fewer epochs.")
            return
        if st.button("Test the rule", key="test_widths"):
            st.session_state["widths_asked"] = asked
        if st.session_state.get("widths_asked") == asked:
            outcomes = watch_each(plans, "widths_asked")
            found = [int((outcome.final_losses <= threshold).sum()) for outcome in outcomes]
            st.markdown(widths_table(widths, found, rule))


def _plain(e: Experiment) -> Experiment:
    return e.with_changes(start=0)


def widths_table(widths: Sequence[int], found: Sequence[int], rule: int) -> str:
    """How many of the starts succeed with each width, with 95 % intervals, and how the rule does."""
    rows = ["| hidden neurons | succeed | 95 % interval |", "|--:|--:|--:|"]
    for width, count in zip(widths, found, strict=True):
        low, high = wilson_interval(int(count), TRIALS)
        rows.append(f"| {f'**{width}** (rule)' if width == rule else width} | {count} of {TRIALS} | {percent(low)} to "
                    f"{percent(high)} |")  # fmt: skip
    return "\n".join([*rows, "", _verdict(widths, found, rule)])


def _verdict(widths: Sequence[int], found: Sequence[int], rule: int) -> str:
    counts = dict(zip(widths, found, strict=True))
    best = max(counts.values())
    if rule not in counts:
        return "The rule's width is beyond what is tried here."
    fewest = next(width for width, count in counts.items() if count == best)
    if counts[rule] == best:
        return "No other width tried here succeeds more often than the rule's."
    low = wilson_interval(int(best), TRIALS)[0]
    clearly = low > wilson_interval(int(counts[rule]), TRIALS)[1]
    return (f"{fewest} neurons succeed {'clearly more often' if clearly else 'more often, though the intervals overlap'}: "
            "the rule knows how many inputs there are, not how hard the task is.")
