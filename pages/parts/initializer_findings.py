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
    level = [name_of(name) for name, loss in zip(NAMES, final, strict=True) if loss <= 1.05 * final.min()]
    have = "has the lowest training loss" if len(level) == 1 else "have the lowest training loss, to within 5 %"
    st.markdown(f"After {int(outcome.epochs[-1]):,} epochs **{join_words(level)}** {have}: "
                f"{plain(float(final.min()), 3)}. Same data, same batches, same random numbers; only the first "
                "weights differ.")
    curves = [Curve(name_of(name), outcome.epochs, outcome.losses[:, run]) for run, name in enumerate(NAMES)]
    with drawing:
        st.plotly_chart(curves_figure(curves, ("epochs", "training loss"), (False, True), is_dark()), **CHART,
                        key="initializer_losses", alt="Training loss over the epochs, one line for each initializer.")
    st.markdown(_table(outcome, final))
    st.caption("Signal: how far a layer's answers differ from sample to sample, as a standard deviation, at the "
               "start. It fades "
               "when the last hidden layer has less than a tenth of the first one's, explodes above ten times; a network "
               "saturates when over 30 % of its answers lie where the slope is below 4 % of the largest. Distinct: the most "
               "neurons of a hidden layer that differ after training.")


def _table(outcome: InitializerOutcome, final: np.ndarray) -> str:
    spread, width = outcome.before, outcome.race.width
    rows = ["| initializer | signal, first layer | last hidden | gradient, first layer | last | distinct | at the "
            "start | loss |",
            "|---|--:|--:|--:|--:|--:|---|--:|"]  # fmt: skip
    for run, name in enumerate(NAMES):
        distinct = int(outcome.distinct[run])
        verdict = judge(spread.signal[run], float(spread.saturated[run]), distinct, width)
        loss = short(final[run], 3) if np.isfinite(final[run]) else "diverged"
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
    first, last = before.signal[run, 0], before.signal[run, -1]
    st.markdown(f"At the start the answers of the first layer differ by **{short(float(first))}** from sample to "
                "sample, those "
                f"of the last hidden layer by **{short(float(last))}**; after training by "
                f"{short(float(after.signal[run, 0]))} "
                f"and {short(float(after.signal[run, -1]))}. A level row of boxes passes the signal on; boxes that "
                "shrink to a "
                "line say the same to every sample.")
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
        return short(float(ratios[NAMES.index(name), columns.index(activation)]))

    st.markdown(
        f"With ReLU, He leaves {value('he_normal', 'relu')} of the signal and Xavier {value('xavier_normal', 'relu')}; with "
        f"tanh, Xavier leaves {value('xavier_normal', 'tanh')} and He {value('he_normal', 'tanh')}. The sigmoid's slope is "
        f"at most a quarter, and Xavier leaves {value('xavier_normal', 'sigmoid')}."
    )
    with drawing:
        figure = ratios_figure(ratios, [name_of(name) for name in NAMES], [name_of(name) for name in columns], is_dark())
        st.plotly_chart(figure, **CHART, key="initializer_pairs", alt="Signal of the last hidden layer over the first "
                        "one's, at the start, for every initializer and activation.")
    st.caption(f"The signal of hidden layer {race.depth} over that of layer 1: 1 is level, orange fades, blue grows; – is "
               "nothing over nothing.")
