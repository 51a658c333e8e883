"""What the Initializers page finds: loss curves, spread from layer to layer, formulas, and every pair with an activation."""

import numpy as np
import streamlit as st

from nncore import ACTIVATIONS, INITIALIZERS
from nncore.experiment import build_split
from nncore.initial_spread import judge, measured_deviation, signal_ratios
from nncore.initializer_race import MAX_SAMPLES, InitializerOutcome, InitializerRace
from nncore.neurons import join_words
from pages.parts.choices import bind_choice, choice
from pages.parts.figures.comparison import Curve, curves_figure
from pages.parts.figures.initializers import boxes_figure, ratios_figure
from pages.parts.labels import name_of
from pages.parts.numbers import plain, short
from pages.parts.server import drawing
from pages.parts.session import Session
from pages.parts.style import is_dark

NAMES = list(INITIALIZERS)
CHART = {"theme": None, "config": {"displayModeBar": False}}


def losses_finding(outcome: InitializerOutcome) -> None:
    """Loss curves side by side, and what became of each network in a table."""
    final = np.where(outcome.diverged | ~np.isfinite(outcome.losses[-1]), np.inf, outcome.losses[-1])
    st.markdown(_best_words(outcome, final))
    curves = [Curve(name_of(name), outcome.epochs, outcome.losses[:, run]) for run, name in enumerate(NAMES)]
    with drawing:
        st.plotly_chart(curves_figure(curves, ("epochs", "training loss"), (False, True), is_dark()), **CHART,
                        key="initializer_losses", alt="Training loss over the epochs, one line for each initializer.")
    st.markdown(_table(outcome, final))
    st.caption("Signal: how far a layer's answers differ from sample to sample, as a standard deviation, at the start, on "
               f"at most {MAX_SAMPLES} training samples; gradient: root mean square over a layer's weights. There is no "
               "signal where the first layer's is below 10⁻⁶. It fades when the last hidden layer has less than a tenth of "
               "the first one's and explodes above ten times. A network saturates when over 30 % of its answers lie where "
               "the slope is below 4 % of the largest. Distinct: the most neurons of a hidden layer that differ at the end.")


def _best_words(outcome: InitializerOutcome, final: np.ndarray) -> str:
    """Which networks have the lowest of the losses (I,), inf where one diverged."""
    if not np.isfinite(final).any():
        return "Every network diverged. A smaller learning rate, set on the Train page, may help."
    level = [name_of(name) for name, loss in zip(NAMES, final, strict=True) if loss <= 1.05 * final.min()]
    have = "has the lowest training loss" if len(level) == 1 else "have the lowest training loss, to within 5 %"
    return (f"After {int(outcome.epochs[-1]):,} epochs **{join_words(level)}** {have}: {plain(float(final.min()), 3)}. Same "
            "data, same batches, same random numbers; only the first weights differ.")


def _table(outcome: InitializerOutcome, final: np.ndarray) -> str:
    spread, width = outcome.before, outcome.race.width
    rows = ["| initializer | signal, first layer | last hidden | gradient, first layer | last | distinct | at the "
            "start | loss |",
            "|---|--:|--:|--:|--:|--:|---|--:|"]  # fmt: skip
    for run, name in enumerate(NAMES):
        distinct = int(outcome.distinct[run])
        verdict = judge(spread.signal[run], float(spread.saturated[run]), distinct, width)
        loss = plain(final[run], 3) if np.isfinite(final[run]) else "diverged"
        numbers = (spread.signal[run, 0], spread.signal[run, -1], spread.gradient[run, 0], spread.gradient[run, -1])
        rows.append(f"| {name_of(name)} | {' | '.join(short(float(value)) for value in numbers)} | {distinct} of {width} | "
                    f"{verdict} | {loss} |")
    return "\n".join(rows)


def picked_initializer(session: Session) -> int:
    """The initializer to look at, by its place in the table."""
    name = choice(session, "look_at", "str", "xavier_normal", lambda value: value in INITIALIZERS)
    st.selectbox("Initializer", NAMES, format_func=name_of, **bind_choice(session, "look_at", name, "xavier_normal"))
    return NAMES.index(name)


def layers_finding(session: Session, outcome: InitializerOutcome) -> None:
    """Boxes of answers and of gradients, layer by layer, at the start and after training."""
    run = picked_initializer(session)
    before, after = outcome.before, outcome.after
    signal = _row_words("The signal, how far answers differ from sample to sample,", before.signal[run], after.signal[run])
    gradient = _row_words("The gradient (root mean square)", before.gradient[run], after.gradient[run])
    st.markdown(f"{signal} {gradient} A level row of boxes passes on what it gets; where a box is a line, all are alike.")
    left, right = st.columns(2)
    with drawing:
        answers = boxes_figure(before.activations[run], after.activations[run], "answers", False, is_dark())
        left.plotly_chart(answers, **CHART, key="answer_boxes",
                        alt="Answers of each hidden layer, at the start and after training.")
        gradients = boxes_figure(before.gradients[run], after.gradients[run], "size of the gradient", True, is_dark())
        right.plotly_chart(gradients, **CHART, key="gradient_boxes",
                           alt="Gradient sizes of each layer, at the start and after training.")
    st.caption(f"Box: the middle half, with the median; whiskers: 5 to 95 %. On the first {MAX_SAMPLES} training samples. "
               "Gradients of exactly 0 have no place on a log scale. The highest layer number on the right is the output.")


def _row_words(what: str, before: np.ndarray, after: np.ndarray) -> str:
    """How `what` (L,) changes from the first hidden layer to the last, before and after training."""
    parts = [f"from **{short(float(row[0]))}** in the first layer to **{short(float(row[-1]))}** in the last"
             for row in (before, after)]  # fmt: skip
    return f"{what} goes {parts[0]} at the start, and {parts[1]} after training."


def formulas_finding(session: Session, race: InitializerRace) -> None:
    """The formula of one initializer with each layer's numbers in it, against what was drawn."""
    run = picked_initializer(session)
    initializer, network = INITIALIZERS[NAMES[run]], race.network()
    sizes, seen = race.sizes, {}
    for layer, weights in enumerate(network.weights):
        seen.setdefault((sizes[layer], sizes[layer + 1]), (layer, weights[run]))
    st.latex(initializer.formula)
    st.markdown("The formula's promise is kept on the average over many draws; a single small matrix scatters around it.")
    for (n_in, n_out), (layer, weights) in seen.items():
        numbers = initializer.formula.replace("n_{in}", str(n_in)).replace("n_{out}", str(n_out))
        st.markdown(f"**Layer {layer + 1}**, fan-in {n_in}, fan-out {n_out}: ${numbers}$ promises a deviation of "
                    f"**{initializer.deviation(n_in, n_out):.4f}**; measured on this layer's {weights.size:,} weights "
                    f"**{weights.std():.4f}**, on 200 such matrices **{measured_deviation(NAMES[run], n_in, n_out):.4f}**.")
    st.caption("Layers with the same fan-in and fan-out have the same formula: the first of them is shown.")


def pairs_finding(race: InitializerRace) -> None:
    """Every initializer with every activation: the last hidden layer's signal over the first one's, at the start."""
    e = race.experiment
    X = build_split(e).X_train[:MAX_SAMPLES]
    ratios = signal_ratios(race.sizes, X, e.weight_seed, e.start)
    columns = list(ACTIVATIONS)

    def value(name: str, activation: str) -> str:
        ratio = float(ratios[NAMES.index(name), columns.index(activation)])
        return f"{short(ratio)} times" if np.isfinite(ratio) else "nothing"

    st.markdown(
        f"Here the last hidden layer has, of the first one's signal, with ReLU **{value('he_normal', 'relu')}** under He "
        f"and **{value('xavier_normal', 'relu')}** under Xavier; with tanh **{value('xavier_normal', 'tanh')}** under "
        f"Xavier and **{value('he_normal', 'tanh')}** under He; with the sigmoid, whose slope is at most a quarter, "
        f"**{value('xavier_normal', 'sigmoid')}** under Xavier."
    )
    with drawing:
        figure = ratios_figure(ratios, [name_of(name) for name in NAMES], [name_of(name) for name in columns], is_dark())
        st.plotly_chart(figure, **CHART, key="initializer_pairs", alt="Signal of the last hidden layer over the first "
                        "one's, at the start, for every initializer and activation.")
    st.caption(f"The signal of hidden layer {race.depth} over that of layer 1, at the start, with the normal forms of He "
               "and Xavier in the sentence: below 1 (orange) it fades, above 1 (blue) it grows; – is where layer 1 has no "
               "signal.")
