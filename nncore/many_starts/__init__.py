"""Many starts: what depends on where training begins, and what the loss looks like around it.

A leading axis of runs trains many parameter vectors at once: restarts, the initializers compared, the batch sizes compared,
and the points of a slice through the loss.
"""

from nncore.doors import open_doors

__all__, __getattr__ = open_doors(__name__, {
    "batch_comparison": "COSTS FEWEST_SIZES LOSS_SAMPLES MOST_SIZES SIZES BatchRace Lane batch_sizes",
    "batch_verdict": "PathShape Verdict path_shape verdict",
    "gradient_noise": "DRAWS BatchNoise NoUnitError batch_noise",
    "hidden_widths": "success_by_width width_by_rule",
    "initializer_comparison": "DEPTHS MAX_SAMPLES WIDTHS InitializerOutcome InitializerRace losses_over_starts",
    "landscape_table": "LANDSCAPES",
    "landscapes": "HELD_STEPS NOWHERE Landscape basins count_held finds_best last_places passes_best roll",
    "loss_levels": "NEAR count_levels",
    "matching": "align barrier canonical line_between",
    "many_processes": "train_in_processes",
    "product_speed": "measure_product",
    "restarts": "MAX_STARTS Outcome Restarts",
    "signal_propagation": "PairSurvey judge measured_deviation survey_pairs",
    "speedup": "ROUNDS Speedup measure_speedup",
    "surface":
        "STACK Slice loss_surface losses_at plane_through principal_slice random_slice shown_ranges weight_slice",
})  # fmt: skip
