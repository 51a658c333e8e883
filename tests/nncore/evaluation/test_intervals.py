"""Intervals of means, against SciPy and by hand."""

import math

import numpy as np
import pytest
from scipy import stats

from nncore.evaluation import interval_of
from nncore.evaluation.intervals import student


@pytest.mark.parametrize("freedom", [1, 2, 3, 4, 9, 19, 200])
def test_student_is_that_of_scipy(freedom):
    assert student(freedom) == pytest.approx(stats.t.ppf(0.975, freedom), rel=0.005)


def test_an_interval_by_hand():
    # mean 2, deviation 1, three values: 4.303 / sqrt(3) to each side
    found = interval_of([1.0, 2.0, 3.0])
    assert found.mean == 2.0 and [found.low, found.high] == pytest.approx([2 - 2.484, 2 + 2.484], abs=1e-3)


def test_one_value_has_no_interval_and_none_no_mean():
    assert math.isnan(interval_of([1.0]).low)
    with pytest.raises(ValueError, match="values"):
        interval_of(np.array([]))
