"""What the Initializers page finds: loss curves, spread from layer to layer, formulas, and every pair with an activation."""

import numpy as np
import streamlit as st

from nncore import INITIALIZERS
from nncore.inspection.unit_health import join_words
from nncore.many_starts.initializers.comparison import MAX_SAMPLES, InitializerOutcome, InitializerRace
from nncore.many_starts.initializers.signal_propagation import judge, measured_deviation
from pages.parts.fields.labels import name_of
from pages.parts.fields.numbers import alike
from pages.parts.fields.source import show_source
from pages.parts.figures.comparison import Curve, curves_figure, leaving
from pages.parts.figures.initializers import boxes_figure
from pages.parts.page.choices import bind_choice, choice
from pages.parts.page.figure import show_figure
from pages.parts.page.session import Session
from pages.parts.page.snapshot.counts import note_penalty

EVERY = "Every network diverged. A smaller learning rate, set on the Train page, may help."


def losses_finding(outcome: InitializerOutcome) -> None:
    """Loss curves side by side, and what became of each network in a table."""
    final = _final(outcome)
    if not outcome.diverged.all():  # then that is said already
        st.markdown(best_words(outcome, final))
    curves = [Curve(name_of(name), outcome.epochs, outcome.losses[:, run], bool(outcome.diverged[run]))
              for run, name in enumerate(INITIALIZERS)]  # fmt: skip
    show_figure("initializer_losses", "Training loss over the epochs, one line for each initializer.",
                curves_figure, curves, ("epochs", "training loss"), (False, True))
    note_penalty(outcome.race.experiment)
    st.caption(_edge_words(curves))
    st.markdown(fading_words(outcome))
    st.caption("**Spread**: the standard deviation of a layer's activations (the outputs of its neurons) from sample to "
               f"sample, over at most {MAX_SAMPLES} training samples. **Gradient**: root mean square over a layer's "
               "weights. Both at the start.")
    st.markdown(_table(outcome, final))
    st.caption("There is nothing to pass on where the first hidden layer's spread is below 10⁻⁶. A spread fades when the "
               "last hidden layer has less than a tenth of the first one's, and explodes above ten times. A network "
               "saturates when over 30 % of its activations lie where the derivative is below 4 % of its largest. "
               "Distinct: the most neurons of a hidden layer that differ at the end.")


def _final(outcome: InitializerOutcome) -> np.ndarray:
    """The last losses (I,), inf where a network diverged."""
    return np.where(outcome.diverged | ~np.isfinite(outcome.losses[-1]), np.inf, outcome.losses[-1])


def lowest(outcome: InitializerOutcome) -> list[str]:
    """The initializers whose networks end with the lowest training loss, to within 5 %; none where all diverged."""
    final = _final(outcome)
    ends = zip(INITIALIZERS, final, strict=True)
    return [name for name, loss in ends if np.isfinite(loss) and loss <= 1.05 * final.min()]


def diverged_words(diverged: np.ndarray) -> str:
    """Which networks diverged, bool (I,), in a sentence or two; "" for none."""
    names = [name_of(name) for name, gone in zip(INITIALIZERS, diverged, strict=True) if gone]
    if len(names) == len(diverged):
        return EVERY
    return (f"**{join_words(names)}** diverged: the numbers grew beyond all bounds. The other "
            f"{len(diverged) - len(names)} of {len(diverged)} networks did not.") if names else ""  # fmt: skip


def _edge_words(curves: list[Curve]) -> str:
    """Which curves leave the picture, and which of them end."""
    above, ended = leaving(curves), [curve.name for curve in curves if curve.diverged]
    words = f"The picture ends at ten times the median loss at the start; above it: {join_words(above)}. " if above else ""
    return words + (f"✕ where a network diverged: {join_words(ended)}." if ended else "")


def fading_words(outcome: InitializerOutcome) -> str:
    """Whether networks whose spread fades are trained all the same, and how much later than those that pass it on."""
    groups = []
    for wanted in ("fades", "passes"):
        runs = [run for run in range(len(INITIALIZERS)) if verdict_of(outcome, run) == wanted]
        epochs = [epoch for epoch in (_halved(outcome, run) for run in runs) if epoch is not None]
        groups.append((len(runs), epochs))
    (fading, late), (passing, early) = groups
    if not fading:
        return "In no network does the spread fade from the first hidden layer to the last."
    networks = "network" if fading == 1 else "networks"
    words = f"**Fading spread**: of the {fading} {networks} whose spread fades, {halving_words(fading, late)}"
    if passing:
        words += f"; of the {passing} whose spread is passed on, {halving_words(passing, early)}"
    later = late and early and np.median(late) > np.median(early)
    if len(late) < fading:
        return f"{words}. " + ("Fading delays training here, for some beyond these epochs." if later else "")
    return f"{words}. Fading {'delays training here; it ' if later else ''}does not prevent it."


def _halved(outcome: InitializerOutcome, run: int) -> int | None:
    """The first recorded epoch at which this network's loss is at most half of its first one, or None."""
    losses = outcome.losses[:, run]
    below = np.flatnonzero(losses <= losses[0] / 2) if not outcome.diverged[run] else []
    return int(outcome.epochs[below[0]]) if len(below) else None


def halving_words(n_networks: int, epochs: list[int]) -> str:
    """How many of the networks halve their loss, and the epoch by which at least half of these have done so."""
    if not epochs:
        return "none halves its loss"
    who = "all" if len(epochs) == n_networks > 1 else str(len(epochs))
    half = sorted(epochs)[(len(epochs) - 1) // 2]
    return (f"1 halves its loss, by epoch {half}" if len(epochs) == 1
            else f"{who} halve their loss, at least half of them by epoch {half}")  # fmt: skip


def verdict_of(outcome: InitializerOutcome, run: int) -> str:
    """What becomes of the spread through the layers of network number `run` at the start, in a word or two."""
    spread = outcome.before
    return judge(spread.signal[run], float(spread.saturated[run]), int(outcome.distinct[run]), outcome.race.width)


def best_words(outcome: InitializerOutcome, final: np.ndarray) -> str:
    """Which networks have the lowest of the losses (I,), inf where one diverged."""
    if not np.isfinite(final).any():
        return EVERY
    level = [name_of(name) for name in lowest(outcome)]
    have = "has the lowest training loss" if len(level) == 1 else "have the lowest training loss, to within 5 %"
    return (f"After {int(outcome.epochs[-1]):,} epochs **{join_words(level)}** {have}: "
            f"{alike(final.min(keepdims=True), 3)[0]}. "
            "Same data, same batches, same random numbers; only the first weights differ.")


def _table(outcome: InitializerOutcome, final: np.ndarray) -> str:
    spread, width, depth = outcome.before, outcome.race.width, outcome.race.depth
    rows = [f"| initializer | loss | at the start | spread, hidden 1 | spread, hidden {depth} | gradient, hidden 1 | "
            "gradient, output | distinct |",
            "|---|--:|---|--:|--:|--:|--:|--:|"]  # fmt: skip
    columns = [alike(column) for column in (spread.signal[:, 0], spread.signal[:, -1], spread.gradient[:, 0],
                                            spread.gradient[:, -1])]  # fmt: skip
    losses = ["diverged" if np.isinf(loss) else text for loss, text in zip(final, alike(final, 3), strict=True)]
    for run, name in enumerate(INITIALIZERS):
        numbers = " | ".join(column[run] for column in columns)
        rows.append(f"| {name_of(name)} | {losses[run]} | {verdict_of(outcome, run)} | {numbers} | "
                    f"{int(outcome.distinct[run])} of {width} |")
    return "\n".join(rows)


def looked_at_initializer(session: Session) -> str:
    """The name of the initializer to look at; read for every finding, so that a wrong link is told."""
    return choice(session, "look_at", "str", "xavier_normal", INITIALIZERS)


def pick_initializer(session: Session, name: str) -> None:
    """Lets one pick the initializer to look at, now `name`."""
    st.selectbox("Initializer", list(INITIALIZERS), format_func=name_of,
                 **bind_choice(session, "look_at", name, "xavier_normal"))  # fmt: skip


def layers_finding(outcome: InitializerOutcome, name: str) -> None:
    """Boxes of activations and of gradients, layer by layer, at the start and after training."""
    run = list(INITIALIZERS).index(name)
    before, after = outcome.before, outcome.after
    depth = outcome.race.depth
    spread = _row_words("The spread, the standard deviation of the activations (outputs of the neurons) from sample to "
                        "sample,", f"hidden layer {depth}", before.signal[run], after.signal[run])  # fmt: skip
    gradient = _row_words("The gradient (root mean square)", f"the output layer ({depth + 1})", before.gradient[run],
                          after.gradient[run])  # fmt: skip
    st.markdown(f"{spread} {gradient} A level row of boxes passes on what it gets; where a box is a line, all are alike.")
    left, right = st.columns(2)
    with left:
        _boxes((before.activations[run], after.activations[run]), "activations", False)
    with right:
        _boxes((before.gradients[run], after.gradients[run]), "gradients", True)
    st.caption(f"Box: the middle half, with the median; whiskers: 5 to 95 %. On the first {MAX_SAMPLES} training samples. "
               "Gradients of exactly 0 have no place on a log scale. "
               f"Layers 1 to {depth} are hidden; layer {depth + 1}, on the right alone, is the output.")


def _boxes(quantiles: tuple[np.ndarray, np.ndarray], what: str, log: bool) -> None:
    """Boxes of quantiles (L, 5) before and after training, or a sentence where there is nothing but zeros to draw."""
    if not any(values.any() for values in quantiles):
        st.info(f"All {what} are 0, at the start and after training.", icon=":material/info:")
        return
    show_figure(f"{what}_boxes", f"The {what} of each layer, at the start and after training.",
                boxes_figure, *quantiles, "size of the gradient" if log else what, log)


def _row_words(what: str, last: str, before: np.ndarray, after: np.ndarray) -> str:
    """How `what` (L,) changes from the first hidden layer to the `last`, before and after training."""
    ends = alike(np.array([before[0], before[-1], after[0], after[-1]]))
    parts = [f"from **{first}** in hidden layer 1 to **{end}** in {last}" for first, end in (ends[:2], ends[2:])]
    return f"{what} goes {parts[0]} at the start, and {parts[1]} after training."


def formulas_finding(race: InitializerRace, name: str) -> None:
    """The formula of one initializer with each layer's numbers in it, against what was drawn."""
    run = list(INITIALIZERS).index(name)
    initializer, network = INITIALIZERS[name], race.network()
    sizes, seen = race.sizes, {}
    for layer, weights in enumerate(network.weights):
        seen.setdefault((sizes[layer], sizes[layer + 1]), (layer, weights[run]))
    st.latex(initializer.formula)
    if initializer.made_for:
        st.markdown(f"Made for {initializer.made_for}.")
    if initializer.note:
        st.markdown(initializer.note)
    st.markdown("The formula's promise is kept on the average over many draws; a single small matrix scatters around it.")
    for (n_in, n_out), (layer, weights) in seen.items():
        numbers = initializer.formula.replace("n_{in}", str(n_in)).replace("n_{out}", str(n_out))
        st.markdown(f"**Layer {layer + 1}**, fan-in {n_in}, fan-out {n_out}: ${numbers}$ promises a deviation of "
                    f"**{initializer.deviation(n_in, n_out):.4f}**; measured on this layer's {weights.size:,} weights "
                    f"**{weights.std():.4f}**, on 200 such matrices **{measured_deviation(name, n_in, n_out):.4f}**.")
        show_source(initializer.deviation, key=f"deviation_{layer}", n_in=n_in, n_out=n_out)
    st.caption("Layers with the same fan-in and fan-out have the same formula: the first of them is shown.")
