"""Many starts: what depends on where training begins, and what the loss looks like around it.

A leading axis of runs trains many parameter vectors at once: restarts, the initializers compared, the batch sizes compared,
and the points of a slice through the loss.
"""

from nncore.doors import open_doors

__all__, __getattr__ = open_doors(__name__, {
    "batches":
        "COSTS DRAWS FEWEST_SIZES LOSS_SAMPLES MOST_SIZES SIZES BatchNoise BatchRace Lane NoUnitError PathShape Verdict "
        "batch_noise batch_sizes measure_product path_shape verdict",
    "initializers":
        "DEPTHS MAX_SAMPLES WIDTHS InitializerOutcome InitializerRace PairSurvey judge losses_over_starts "
        "measured_deviation survey_pairs",
    "landscapes":
        "HELD_STEPS LANDSCAPES NOWHERE Landscape basins count_held finds_best last_places passes_best roll",
    "restarts":
        "MAX_STARTS NEAR ROUNDS Outcome Restarts Speedup align barrier canonical count_levels line_between "
        "measure_speedup success_by_width train_in_processes width_by_rule",
    "surface":
        "STACK Slice loss_surface losses_at plane_through principal_slice random_slice shown_ranges weight_slice",
})  # fmt: skip
