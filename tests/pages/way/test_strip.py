"""The strip: the run's network and its map as small pictures, and their colours."""

import struct
import zlib
from base64 import b64decode

import numpy as np
import pytest

from nncore import DATASETS, Experiment, Run
from pages.parts.figures.palette import CLASSES, NEGATIVE, POSITIVE
from pages.parts.figures.way.run_picture import map_picture, network_picture
from pages.parts.way.strip import run_pictures


def svg(image: str) -> str:
    """The drawing in an <img>."""
    return b64decode(image.split("base64,")[1].split('"')[0]).decode()


def pixels(drawing: str) -> np.ndarray:
    """The colours (H, W, 3) of the PNG picture in a drawing whose rows are unfiltered."""
    png = b64decode(drawing.split("data:image/png;base64,")[1].split('"')[0])
    width, height = struct.unpack(">II", png[16:24])
    length = struct.unpack(">I", png[33:37])[0]
    rows = np.frombuffer(zlib.decompress(png[41 : 41 + length]), np.uint8).reshape(height, 1 + 3 * width)
    assert not rows[:, 0].any()
    return rows[:, 1:].reshape(height, width, 3)


def test_a_line_is_a_weight_and_a_negative_one_is_orange_and_dashed():
    drawing = svg(network_picture([np.array([[1.0, -0.5]])], "two inputs", False))
    assert drawing.count("<path") == 2 and drawing.count("<circle") == 3
    positive, negative = (part.split("/>")[0] for part in drawing.split("<path")[1:])
    assert POSITIVE in positive and "dash" not in positive and 'stroke-width="1.8"' in positive
    assert NEGATIVE in negative and "dasharray" in negative and 'stroke-width="1.0"' in negative


def test_of_a_wide_layer_eight_neurons_are_drawn():
    drawing = svg(network_picture([np.ones((16, 784)), np.ones((10, 16))], "digits", True))
    assert drawing.count("<circle") == 24 and drawing.count("<path") == 128


def test_a_map_is_orange_below_zero_blue_above_and_its_first_row_is_the_lowest():
    colours = pixels(svg(map_picture(np.array([[-1.0, 1.0], [0.0, 0.0]]), np.zeros((0, 3)), "map", False))).astype(int)
    below, above = colours[1]
    assert below[0] > below[2] + 80 and above[2] > above[0] + 80
    assert np.ptp(colours[0], axis=-1).max() < 8  # zero is grey


def test_points_of_classes_wear_their_colours():
    drawing = svg(map_picture(np.array([[0, 2]]), np.array([[0.5, 0.25, 2.0]]), "map", False))
    assert f'cx="36.0" cy="54.0" r="1.3" fill="{CLASSES[2]}"' in drawing


@pytest.mark.parametrize("dataset", [name for name, kind in DATASETS.items() if kind.extent is not None])
@pytest.mark.parametrize("hidden", [(), (3,)])
def test_every_synthetic_dataset_has_its_two_pictures(dataset, hidden):
    try:
        run = Run(Experiment(dataset, hidden=hidden))
    except ValueError:
        run = Run(Experiment.repair({"dataset": dataset, "hidden": ",".join(map(str, hidden))})[0])
    assert "".join(run_pictures(run, 0, "pca")).count("<img") == 2
