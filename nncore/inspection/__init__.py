"""Inspection: looking inside a trained model.

Everything here is derived from a parameter vector and the data: every number of a forward and a backward pass, the state of
the neurons, spectra of weight matrices, what was changed by hand, and what is wrong with a run.
"""

from nncore.doors import open_doors

__all__, __getattr__ = open_doors(__name__, {
    "diagnosis": "diagnose",
    "files": "matrices_npz matrix_csv read_npz to_csv to_npz",
    "gradcheck": "GradientCheck central_difference check_gradient errors_by_step find_cause relative_error",
    "gradient_flow": "GradientFlow",
    "map_plane": "Plane make_plane",
    "memory": "go_on gradient_by_step input_shares spectral_radius tempered",
    "nondifferentiable": "NonDifferentiable nondifferentiable_between",
    "optimizer_steps": "WeightStep weight_step",
    "overlay": "LARGEST Edit Hold Replace Step masked with_overlay with_step",
    "pixel_masks": "fewer_corners polygon_mask region_mask",
    "replay": "checkpoint_before network_before segment_after state_at update_after",
    "terms": "Terms leading_terms",
    "trace": "Trace WeightChain parameter_index parameter_place softmax_shift trace_passes weight_chain",
    "unit_health": "SATURATED_SHARE SATURATED_WITHIN distinct_neurons join_words",
    "weight_statistics":
        "LayerSummary activations_while_silent biggest_terms firing_shares linear_equivalent linear_gap "
        "most_moved parameter_position parameters_until singular_values sum_of_other_terms summarise_layers "
        "summarise_matrix weight_histograms weight_positions",
    "windows": "AnswerSum Equivariance Field Window answer_sum equivariance fields_of map_parts receptive_fields shifted "
        "window_at",
})  # fmt: skip
