"""Inspection: looking inside a trained model.

Everything here is derived from a parameter vector and the data: every number of a forward and a backward pass, the state of
the neurons, spectra of weight matrices, what was changed by hand, and what is wrong with a run.
"""

from nncore.inspection.diagnosis import diagnose
from nncore.inspection.files import matrices_npz, matrix_csv, read_npz, to_csv, to_npz
from nncore.inspection.gradcheck import (
    GradientCheck,
    central_difference,
    check_gradient,
    errors_by_step,
    find_cause,
    relative_error,
)
from nncore.inspection.gradient_flow import GradientFlow
from nncore.inspection.map_plane import Plane, make_plane
from nncore.inspection.nondifferentiable import NonDifferentiable, nondifferentiable_between
from nncore.inspection.optimizer_steps import WeightStep, weight_step
from nncore.inspection.overlay import LARGEST, Edit, Hold, Replace, Step, masked, with_overlay, with_step
from nncore.inspection.pixel_masks import fewer_corners, polygon_mask, region_mask
from nncore.inspection.replay import checkpoint_before, network_before, segment_after, state_at, update_after
from nncore.inspection.terms import Terms, leading_terms
from nncore.inspection.trace import (
    Trace,
    WeightChain,
    parameter_index,
    parameter_place,
    softmax_shift,
    trace_passes,
    weight_chain,
)
from nncore.inspection.unit_health import SATURATED_SHARE, SATURATED_WITHIN, distinct_neurons, join_words
from nncore.inspection.weight_statistics import (
    LayerSummary,
    activations_while_silent,
    biggest_terms,
    firing_shares,
    linear_equivalent,
    linear_gap,
    most_moved,
    parameter_position,
    parameters_until,
    singular_values,
    sum_of_other_terms,
    summarise_layers,
    summarise_matrix,
    weight_histograms,
    weight_positions,
)

__all__ = [
    "LARGEST",
    "SATURATED_SHARE",
    "SATURATED_WITHIN",
    "Edit",
    "GradientCheck",
    "GradientFlow",
    "Hold",
    "LayerSummary",
    "NonDifferentiable",
    "Plane",
    "Replace",
    "Step",
    "Terms",
    "Trace",
    "WeightChain",
    "WeightStep",
    "activations_while_silent",
    "biggest_terms",
    "central_difference",
    "check_gradient",
    "checkpoint_before",
    "diagnose",
    "distinct_neurons",
    "errors_by_step",
    "fewer_corners",
    "find_cause",
    "firing_shares",
    "join_words",
    "leading_terms",
    "linear_equivalent",
    "linear_gap",
    "make_plane",
    "masked",
    "matrices_npz",
    "matrix_csv",
    "most_moved",
    "network_before",
    "nondifferentiable_between",
    "parameter_index",
    "parameter_place",
    "parameter_position",
    "parameters_until",
    "polygon_mask",
    "read_npz",
    "region_mask",
    "relative_error",
    "segment_after",
    "singular_values",
    "softmax_shift",
    "state_at",
    "sum_of_other_terms",
    "summarise_layers",
    "summarise_matrix",
    "to_csv",
    "to_npz",
    "trace_passes",
    "update_after",
    "weight_chain",
    "weight_histograms",
    "weight_positions",
    "weight_step",
    "with_overlay",
    "with_step",
]
