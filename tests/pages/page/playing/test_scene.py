"""What the live view is told of a network and its data."""

import numpy as np
import pytest

from nncore import Experiment
from nncore.experiments.experiment import build_split
from nncore.inspection.map_plane import make_plane
from pages.parts.page.playing.scene import scene


@pytest.mark.parametrize(("dataset", "side"), [("digits", 8), ("digits28", 14)])
def test_samples_of_pixels_come_as_the_pictures_that_they_are(dataset, side):
    split = build_split(Experiment(dataset, samples=300))
    header, points = scene(Experiment(dataset, samples=300), make_plane(split, "pca"))
    pictures = header["pictures"]
    assert (pictures["rows"], pictures["columns"]) == (side, side)
    ink = np.array([int(letter, 16) for letter in pictures["ink"]]).reshape(len(points), side, side)
    first_test = split.dataset.X[split.test[0]]
    whole = first_test.reshape(2 * [round(len(first_test) ** 0.5)])
    step = len(whole) // side
    row = int(np.argmax(points[:, 3] == 2))
    assert np.allclose(ink[row], 15 * whole[::step, ::step] / split.dataset.X.max(), atol=0.51)


def test_samples_that_are_no_pictures_have_none():
    header, _ = scene(Experiment(), make_plane(build_split(Experiment()), "pca"))
    assert header["pictures"] is None


@pytest.mark.parametrize(("dataset", "labels"), [
    ("circle", ["x₁", "x₂", "x₁²", "x₂²", "x₁x₂", "sin x₁", "sin x₂"]), ("sine", ["x", "x²", "sin x"]), ("iris", []),
])  # fmt: skip
def test_the_features_to_switch_on_are_called_as_the_inputs_that_they_become(dataset, labels):
    e = Experiment(dataset, output="identity" if dataset == "sine" else None, loss="mse" if dataset == "sine" else None)
    header, _ = scene(e, make_plane(build_split(e), "pca"))
    assert [label for _, label in header["features"]] == labels
    every = e.with_changes(features=tuple(name for name, _ in header["features"]))
    if labels:
        assert list(scene(every, make_plane(build_split(every), "pca"))[0]["inputs"]) == labels
