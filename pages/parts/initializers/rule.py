"""The rule for first weights, its algebra in three lines, what biases start at, and whether other seeds say the same."""

import numpy as np
import streamlit as st

from nncore import ACTIVATIONS, INITIALIZERS
from nncore.many_starts.initializers.comparison import InitializerRace, races_over_starts
from pages.parts.fields.labels import name_of
from pages.parts.fields.numbers import plain
from pages.parts.fields.source import show_source
from pages.parts.page.playing.training import watch_each
from pages.parts.page.snapshot.counts import note_penalty

SEEDS = 5
MOST_SECONDS = 10.0


def rule(race: InitializerRace) -> None:
    """The rule in a sentence, with this network's numbers, and its derivation below."""
    st.markdown(rule_words(race))
    with st.expander("Why? Xavier and He in three lines"):
        st.markdown("Weights and inputs are independent, weights have mean 0, and z adds up n of their products:")
        st.latex(r"\operatorname{Var}(z) = n_{in} \cdot s^2 \cdot \overline{x^2}")
        # On a phone a line is broken where braces end, and not within a statement.
        st.latex(r"\text{Xavier: } {a \approx z} \;\Rightarrow\; {n_{in}\,s^2 = 1;} \allowbreak\quad "
                 r"{\text{backwards } n_{out}\,s^2 = 1;} \allowbreak\quad "
                 r"{\text{between the two } s^2 = \frac{2}{n_{in} + n_{out}}}")
        st.latex(r"\text{He: } {a = \max(0, z)} \;\Rightarrow\; {\overline{a^2} = \tfrac12 \operatorname{Var}(z)} "
                 r"\;\Rightarrow\; {\tfrac12\, n_{in}\,s^2 = 1} \;\Rightarrow\; {s^2 = \frac{2}{n_{in}}}")
        for name in ("xavier_normal", "he_normal"):
            show_source(INITIALIZERS[name].deviation, key=f"rule_{name}", n_in=race.width, n_out=race.width)
        st.markdown("**Biases start at 0.** Weights have to differ, or all neurons of a layer would stay copies of each "
                    "other; with different weights that is done already, and a bias would only push z towards one side. "
                    "With all weights at 1 and biases at 0, every neuron of a layer has the same sum and the same "
                    "gradient, for ever.")


def rule_words(race: InitializerRace) -> str:
    """The rule, and the two factors of this network's hidden layers by it."""
    n, name = race.width, race.activation
    he, xavier = (INITIALIZERS[one].deviation(n, n) for one in ("he_normal", "xavier_normal"))
    entry = ACTIVATIONS[name]
    usual = "Xavier" if entry.is_odd or entry.has_two_ends else "He"
    return (f"**The rule: draw weights at random, with a deviation that keeps signals as large as they are.** Between two "
            f"layers of {n} neurons that is {plain(xavier, 3)} for tanh (Xavier) and {plain(he, 3)} for ReLU (He), as half "
            f"of a ReLU's sums are cut off. Biases start at 0. For {name_of(name)} the usual choice is {usual}.")


def seeds_fold(race: InitializerRace) -> None:
    """The same race from several first weights, on a click: a single draw proves nothing."""
    with st.expander("Do other seeds say the same?"):
        if race.seconds * SEEDS > MOST_SECONDS:
            st.markdown(f"This race is too long to be repeated {SEEDS} times here; take fewer epochs or layers.")
            return
        if st.button(f"Train from {SEEDS} seeds", key="train_seeds"):
            st.session_state["seeds_asked"] = race
        if st.session_state.get("seeds_asked") == race:
            outcomes = watch_each(races_over_starts(race, SEEDS), "seeds_asked")
            st.markdown(seeds_table(np.array([outcome.last_losses for outcome in outcomes])))
            note_penalty(race.experiment)


def seeds_table(losses: np.ndarray) -> str:
    """The lowest, the middle and the highest last loss of each initializer over the seeds, losses (S, I), and its wins."""
    best = losses.min(axis=1, keepdims=True)
    wins = ((losses <= 1.05 * best) & np.isfinite(losses)).sum(axis=0)
    rows = ["| initializer | lowest | median | highest | within 5 % of the best |", "|---|--:|--:|--:|--:|"]
    for name, column, won in zip(INITIALIZERS, losses.T, wins, strict=True):
        low, middle, high = (plain(value, 3) if np.isfinite(value) else "diverged"
                             for value in np.quantile(column, (0, 0.5, 1), method="nearest"))
        rows.append(f"| {name_of(name)} | {low} | {middle} | {high} | {won} of {len(losses)} |")
    return "\n".join(rows)
