"""Small values that the core hands out, made by hand: an invalid one is refused by name."""

import numpy as np
import pytest

from nncore import Experiment
from nncore.experiments.link_text import Each, Span
from nncore.experiments.recording.frames import EndingSchedule
from nncore.experiments.run import Segment
from nncore.training.stability import RateLimit
from nncore.training.stopping import Stop
from nncore.words.byte_pairs import BytePairs, Merge


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Span("a", 1), "low must be a finite number"),
        (lambda: Span(0, np.nan), "high must be a finite number"),
        (lambda: Span(2, 1), r"high must be at least low \(2\), got 1"),
        (lambda: Each(()), "spans must hold at least 1 entries, got 0"),
        (lambda: Each((1,)), r"spans\[0\] must be a Span, got 1"),
        (lambda: Segment(None, 0, 0, 1), "experiment must be an Experiment, got None"),
        (lambda: Segment(Experiment(), 0, -0.5, 1), "epochs_before must be a finite number of at least 0, got -0.5"),
        (lambda: Segment(Experiment(), 0.5, 0, 1), "start must be a whole number"),
        (lambda: EndingSchedule(0, 0, 5), "last must be at least 1, got 0"),
        (lambda: Stop("patience", None), "text must be a text, got None"),
        (lambda: RateLimit("l1", 1.0, 2.0), "cause must be one of l2, curvature, got 'l1'"),
        (lambda: RateLimit("l2", np.nan, 2.0), "size must be a number from 0 to inf, got nan"),
        (lambda: BytePairs((("a", "b", 1),)), r"merges\[0\] must be a Merge, got \('a', 'b', 1\)"),
        (lambda: BytePairs((Merge(b"", b"b", 1),)), r"merges\[0\].left must be bytes, at least 1, got b''"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_name(make, message):
    with pytest.raises(ValueError, match=message):
        make()
