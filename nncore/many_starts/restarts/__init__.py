"""Restarts: one experiment from many first weights, and how its outcomes are distributed.

All starts are trained as one stack of networks, on one processor or on several. `matching` tells whether two solutions
differ in more than the order of their neurons.
"""

from nncore.doors import open_doors

__all__, __getattr__ = open_doors(__name__, {
    "hidden_widths": "plans_by_width success_by_width width_by_rule",
    "levels": "NEAR count_levels loss_levels one_answer_loss",
    "many_processes": "train_in_processes",
    "matching": "align barrier canonical line_between relative_distance same_solutions",
    "restarts": "MAX_BYTES MAX_EPOCHS MAX_STARTS Outcome Restarts build_trainer trainer_of",
    "speedup": "ROUNDS Speedup epoch_seconds measure_speedup",
})  # fmt: skip
