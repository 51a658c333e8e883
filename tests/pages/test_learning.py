"""Learning in front of the viewer: trainings that go on in slices, and the pictures drawn meanwhile."""

import base64
import re
from collections.abc import Iterator

import numpy as np
import pytest

from nncore.recordings import Recording
from pages.parts.figures.live_learning import learning_picture, matrices_picture
from pages.parts.learning import Training

N_FRAMES = 5


class Run:
    """Five frames, two updates apart."""

    n_bytes, n_updates = 100, 2 * (N_FRAMES - 1)

    def record(self) -> Iterator[Recording]:
        for n in range(1, N_FRAMES + 1):
            yield Recording(2 * np.arange(n), np.zeros((n, 3)), np.full((n, 3), 0.5))


def drawings(picture: str) -> list[str]:
    return [base64.b64decode(found).decode() for found in re.findall(r'base64,([^"]+)"', picture)]


def test_a_training_goes_on_from_slice_to_slice():
    training = Training(Run())
    assert len(training.advance(0.0, 8).updates) == 1 and not training.reached(8)  # no time, and yet a first frame
    assert training.advance(9.0, 3).updates[-1] == 4 and training.reached(3) and not training.finished
    assert training.advance(9.0, 4).updates[-1] == 4
    assert training.advance(9.0, 8).updates[-1] == 8 and training.reached(8)


def test_a_training_that_ends_early_has_reached_its_end():
    training = Training(Run())
    assert training.advance(9.0, 100).updates[-1] == 8 and training.finished and training.reached(100)


@pytest.mark.parametrize("dark", [False, True])
def test_the_curves_so_far_are_drawn_on_an_axis_for_all_updates(dark):
    scores = np.array([[2.0, 0.0, 0.0], [1.0, 0.5, 1.0]])
    picture = learning_picture(np.array([0, 50]), scores, 100, dark)
    loss, right = drawings(picture)
    assert "100 updates" in loss and loss.count("<polyline") == 1 and right.count("<polyline") == 2
    (x, y), *_ = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', right)[1:]
    assert float(x) == 46 + (420 - 46 - 10) / 2 and float(y) == 26  # half way, and all right
    assert "Training loss, 1.000 after 50 updates" in picture


def test_matrices_are_drawn_cell_by_cell_with_their_words_escaped():
    picture = matrices_picture(np.array([[[0.0, 1.0]], [[1.0, 0.0]]]), ["<b>"], ["c", "d"], dark=False)
    first, second = drawings(picture)
    assert first.count("<rect") == 2 and "&lt;b&gt;" in first and "head 2" in second
    fills = [re.findall(r'fill="(#\w+)"/>', drawing) for drawing in (first, second)]
    assert fills[0] == fills[1][::-1] and fills[0][1] == "#0877bd"
