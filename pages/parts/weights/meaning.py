"""Which weight matrix is meant where, and what the strong stripes at the edges of digits' pictures are."""

import itertools

import numpy as np
import streamlit as st

from nncore.experiments.experiment import build_split
from pages.parts.weights.study import Study


def meaning_folds(study: Study) -> None:
    """The two folds; the one about stripes where the inputs are a picture."""
    with st.expander("Which weight matrix is meant where?"):
        st.markdown(which_words(study.recorded.sizes))
    if study.side:
        with st.expander("What are the strong stripes at the edges of the digits?"):
            st.markdown(stripes_words(study))


def which_words(sizes: tuple[int, ...]) -> str:
    """Each layer's matrix with its shape, and the other way in which books write it."""
    shapes = [f"W{layer} is {n_out} × {n_in}" for layer, (n_in, n_out) in enumerate(itertools.pairwise(sizes), 1)]
    return (f"Here a row belongs to a neuron and a column to an input, z = W x + b: {', '.join(shapes)}. Texts that put "
            "samples in rows write z = x W + b, and then mean the transpose, with rows and columns exchanged. “The” weight "
            "matrix of a text is mostly W1, as only its rows lie in the space of the inputs and can be drawn as pictures; "
            "a later matrix weighs neurons, not pixels.")


def stripes_words(study: Study) -> str:
    """How strong the first layer's weights are on pixels that hardly ever vary, and why."""
    X = build_split(study.settings).X_train
    spread, strength = X.std(axis=0), np.abs(study.recorded.weights[0]).mean(axis=0)
    still = spread <= 0
    first = (f"{int(still.sum())} of the {len(spread)} pixels are the same in every training picture: their weights get "
             "the same gradient as the bias or none, and mostly stay what they were drawn as. ") if still.any() else ""
    rare = ~still & (np.median(X, axis=0) != X).any(axis=0)
    rare &= (np.median(X, axis=0) != X).mean(axis=0) < 0.05
    if not rare.any() or not (~rare & ~still).any():
        return first + "Every other pixel varies in many pictures."
    ratio = float(strength[rare].mean() / strength[~rare & ~still].mean())
    far = float(X[:, rare].max())
    counts = (f"; standardized, what ink there is lies up to {far:.0f} standard deviations from the mean, so that each such "
              "picture pulls hard") if study.settings.scaling == "standard" else ""  # fmt: skip
    seen = "strong stripes there are learned from a few odd pictures" if ratio > 1 else "here the edges are no stronger"
    return (f"{first}{int(rare.sum())} more, mostly at the edges, have ink in fewer than 5 % of the pictures{counts}. Their "
            f"weights are {ratio:.2f} times as large as those of the other pixels, on average: {seen}. Strong or faint, an "
            "edge says nothing of the shape of a digit.")  # fmt: skip
