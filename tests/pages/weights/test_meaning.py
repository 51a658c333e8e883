"""What the fold about stripes says of pixels with little ink holds for the weights and the scaling on screen."""

from types import SimpleNamespace

import numpy as np
import pytest

from nncore import Experiment
from nncore.experiments.experiment import build_split
from pages.parts.weights.meaning import stripes_words


@pytest.mark.parametrize("scaling", ["standard", "none"])
@pytest.mark.parametrize(("factor", "says"), [(3.0, "strong stripes there are learned"), (0.5, "the edges are no stronger")])
def test_edges_are_called_strong_where_they_are_and_standardized_where_the_inputs_are(scaling, factor, says):
    e = Experiment("digits", hidden=(16,), scaling=scaling)
    X = build_split(e).X_train
    rare = (np.median(X, axis=0) != X).mean(axis=0) < 0.05
    weights = np.where(rare, factor, 1.0) * np.ones((16, X.shape[1]))
    words = stripes_words(SimpleNamespace(settings=e, recorded=SimpleNamespace(weights=[weights])))
    assert says in words and f"{factor:.2f} times" in words
    assert ("standardized" in words) == (scaling == "standard")
