"""Small values that the core hands out, made by hand: an invalid one is refused by name."""

import inspect
from collections.abc import Callable, Mapping
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

import numpy as np
import pytest

from nncore import Experiment
from nncore.experiments.link_text import Each, Span
from nncore.experiments.recording.frames import EndingSchedule
from nncore.experiments.run import Segment
from nncore.training.stability import RateLimit
from nncore.training.stopping import Stop
from nncore.words.byte_pairs import BytePairs, Merge
from tests.nncore.test_public_names import HANDED_OUT, public_names


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


CHECKED_BY_THEMSELVES = {"Span", "BytePairs", "Stop", "Table"}
RESULTS = {
    name: thing for name, thing in public_names().items()
    if inspect.isclass(thing) and name in HANDED_OUT - CHECKED_BY_THEMSELVES
}  # fmt: skip
PLAIN = {float: np.float64(0.5), int: np.int64(1), bool: np.True_, str: "a", np.ndarray: np.zeros(2), NoneType: None}


def right_value(hint):
    """Something that a field with this annotation takes."""
    kind = get_origin(hint) or hint
    if hint in PLAIN or hint is Any:
        return PLAIN.get(hint)
    if kind is Callable:
        return len
    if kind in (tuple, list) or (inspect.isclass(kind) and issubclass(kind, Mapping)):
        return {} if issubclass(kind, Mapping) else kind()
    return object.__new__(kind) if inspect.isclass(kind) and not get_args(hint) else right_value(get_args(hint)[0])


@pytest.mark.parametrize("name", RESULTS)
def test_a_result_made_by_hand_names_the_field_that_cannot_be(name):
    kind = RESULTS[name]
    hints = get_type_hints(kind)
    fields = getattr(kind, "_fields", None) or list(kind.__dataclass_fields__)
    right = {field: right_value(hints[field]) for field in fields}
    for field in fields:
        if hints[field] is not Any:
            with pytest.raises(ValueError, match=f"^{field} must be .*, got <object object"):
                kind(**right | {field: object()})


def test_what_fits_is_kept_as_it_is():
    stop = RESULTS["Interval"](1, np.float32(0.5), high=2.5)
    assert (stop.mean, stop.low, stop.high) == (1, 0.5, 2.5) and stop._replace(low=0.25).low == 0.25
    with pytest.raises(ValueError, match=r"^low must be a number, got True$"):
        RESULTS["Interval"](1.0, True, 2.0)
