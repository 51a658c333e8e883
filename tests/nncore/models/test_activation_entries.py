"""What an activation's entry claims, held against the function itself."""

import numpy as np
import pytest

from nncore import ACTIVATIONS
from nncore.models.activations import Activation
from nncore.models.targets import class_targets
from nncore.single_neuron.activation_facts import shown_activations

Z = np.linspace(-30, 30, 60_001)  # in steps of 0.001, with 0 among them
ENTRIES = shown_activations().values()
every_entry = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)


@every_entry
def test_the_bounds_are_the_least_and_the_largest_value(entry: Activation):
    low, high = entry.bounds
    values = entry(Z)
    assert values.min() == pytest.approx(low, abs=1e-6) if np.isfinite(low) else values.min() < -0.2
    assert values.max() == pytest.approx(high, abs=1e-6) if np.isfinite(high) else values.max() > 20


@every_entry
def test_the_bends_are_where_the_two_one_sided_derivatives_differ(entry: Activation):
    if entry.name == "step":  # its jump is taken as 0 on both sides
        return
    derivative = entry.derivative(Z, entry(Z), None).astype(float)
    jumps = Z[1:][np.abs(np.diff(derivative)) > 0.5]
    assert len(jumps) == len(entry.not_differentiable_at)
    assert jumps == pytest.approx(entry.not_differentiable_at, abs=0.002)


@every_entry
def test_below_its_dead_end_the_derivative_is_exactly_zero_and_nowhere_else(entry: Activation):
    z = Z[np.abs(Z) < 5]  # farther out rounding makes zeros of any tail
    is_zero = entry.derivative(z, entry(z), None) == 0
    assert np.array_equal(is_zero, np.zeros_like(is_zero) if entry.dead_below is None else z <= entry.dead_below)


@every_entry
def test_the_symmetries_hold_exactly_for_those_that_claim_them(entry: Activation):
    assert entry.is_odd == np.allclose(entry(-Z), -entry(Z), atol=1e-12)
    assert entry.is_homogeneous == np.allclose(entry(3.0 * Z), 3.0 * entry(Z), atol=1e-12)


@every_entry
def test_the_numpy_text_is_the_function(entry: Activation):
    z = np.linspace(-6, 6, 101)
    a = entry(z)
    assert eval(entry.numpy_code, {"np": np, "z": z}) == pytest.approx(a, abs=1e-14)
    derivative = eval(entry.numpy_derivative_code, {"np": np, "z": z, "a": a})
    assert derivative == pytest.approx(entry.derivative(z, a, None).astype(float), abs=1e-14)


def test_only_activations_with_two_ends_come_near_one():
    a = np.array([-0.99, -0.97, 0.0, 0.97, 0.99])
    assert ACTIVATIONS["tanh"].near_an_end(a, 0.02).tolist() == [True, False, False, False, True]
    assert ACTIVATIONS["sigmoid"].near_an_end(a, 0.02).tolist() == [True, True, True, False, True]
    assert not ACTIVATIONS["relu"].near_an_end(a, 0.02).any()


def test_the_targets_of_classes_are_the_ends_of_the_output():
    assert class_targets("tanh") == (-1.0, 1.0)
    assert class_targets("sigmoid") == class_targets("identity") == class_targets("softmax") == (0.0, 1.0)
