"""Every initializer with every activation, over many starts: what the numbers say of the usual rule."""

from functools import partial

import numpy as np
import streamlit as st

from nncore import ACTIVATIONS, INITIALIZERS
from nncore.cache import cached
from nncore.experiments.experiment import build_split
from nncore.many_starts.initializers.comparison import MAX_SAMPLES, InitializerRace
from nncore.many_starts.initializers.signal_propagation import PairSurvey, survey_pairs
from pages.parts.figures.initializers import ratio_text, ratios_figure
from pages.parts.page.figure import show_figure

PAIR_STARTS = 10  # a single draw proves nothing
IDENTICAL, SATURATED = "=", "▬"  # marks of cells that count as failures whatever their number


def pairs_finding(race: InitializerRace) -> None:
    """Every initializer with every activation: the last hidden layer's spread over the first one's, at the start."""
    e = race.experiment
    X = build_split(e).X_train[:MAX_SAMPLES]
    survey = cached(survey_pairs, race.sizes, X, e.weight_seed, e.start, PAIR_STARTS, n_bytes=PAIR_STARTS * 3000)
    st.markdown(pairs_words(survey, race.depth))
    marks = np.where(survey.identical, IDENTICAL, np.where(survey.saturated, SATURATED, ""))
    show_figure("initializer_pairs", "Spread of the last hidden layer over the first one's, at the start, for every "
                "initializer and activation.", partial(ratios_figure, marks=marks), survey.median,
                [entry.label for entry in INITIALIZERS.values()],
                [entry.label for entry in ACTIVATIONS.values()])  # fmt: skip
    st.caption(
        f"The spread of hidden layer {race.depth} over that of hidden layer 1, at the start, the median of {PAIR_STARTS} "
        "starts: below 1 (orange) it fades, above 1 (blue) it grows; – is where layer 1 has none. Cells without colour may "
        f"say 1 and are no good: {IDENTICAL} all neurons of a layer are identical, {SATURATED} over 30 % of the activations "
        "are at the flat ends. Spread: the standard deviation of a layer's activations from sample to sample."
    )


def pairs_words(survey: PairSurvey, depth: int) -> str:
    """What the numbers of all starts say of the usual rule, He for ReLU and Xavier for tanh."""
    columns = list(ACTIVATIONS)

    def ratios(name: str, activation: str) -> np.ndarray:
        return survey.ratios[:, list(INITIALIZERS).index(name), columns.index(activation)]

    def told(name: str, activation: str) -> str:
        values = ratios(name, activation)
        low, middle, high = (ratio_text(float(value)) for value in (values.min(), np.median(values), values.max()))
        return f"**{middle}** times ({low} to {high})" if np.isfinite(values).all() else "nothing in some starts"

    def off(name: str, activation: str) -> float:
        with np.errstate(divide="ignore", invalid="ignore"):
            return float(np.median(np.abs(np.log(ratios(name, activation)))))

    words = (
        f"Of the spread in hidden layer 1, hidden layer {depth} has, as the median of {PAIR_STARTS} starts (and from the "
        f"least to the most), with ReLU {told('he_normal', 'relu')} under He and {told('xavier_normal', 'relu')} under "
        f"Xavier; with tanh {told('xavier_normal', 'tanh')} under Xavier and {told('he_normal', 'tanh')} under He; with the "
        f"sigmoid, whose derivative is at most a quarter, {told('xavier_normal', 'sigmoid')} under Xavier. "
    )
    relu = off("he_normal", "relu") < off("xavier_normal", "relu")
    tanh = off("xavier_normal", "tanh") < off("he_normal", "tanh")
    if relu and tanh:
        return words + "The usual rule, He for ReLU and Xavier for tanh, is nearer to 1 on both counts here."
    which = "for ReLU alone" if relu else "for tanh alone" if tanh else "for neither"
    return words + (
        f"The usual rule, He for ReLU and Xavier for tanh, is nearer to 1 {which} here. The rule is made for averages over "
        "wide layers and small inputs: few neurons scatter from draw to draw, and a tanh flattens what is large, so that "
        "its factor lies below the one that the rule counts on, which He's larger weights make up for."
    )
