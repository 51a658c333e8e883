"""Many starts: what depends on where training begins, and what the loss looks like around it.

A leading axis of runs trains many parameter vectors at once: restarts, the initializers compared, the batch sizes compared,
and the points of a slice through the loss.
"""

from nncore.many_starts.batch_comparison import (
    COSTS,
    FEWEST_SIZES,
    LOSS_SAMPLES,
    MOST_SIZES,
    SIZES,
    BatchRace,
    Lane,
    batch_sizes,
)
from nncore.many_starts.batch_verdict import PathShape, Verdict, path_shape, verdict
from nncore.many_starts.gradient_noise import DRAWS, BatchNoise, NoUnitError, batch_noise
from nncore.many_starts.initializer_comparison import DEPTHS, MAX_SAMPLES, WIDTHS, InitializerOutcome, InitializerRace
from nncore.many_starts.landscape_table import LANDSCAPES
from nncore.many_starts.landscapes import HELD_STEPS, NOWHERE, Landscape, basins, finds_best, last_places, passes_best, roll
from nncore.many_starts.loss_levels import NEAR, count_levels
from nncore.many_starts.matching import align, barrier, canonical, line_between
from nncore.many_starts.restarts import MAX_STARTS, Outcome, Restarts
from nncore.many_starts.signal_propagation import PairSurvey, judge, measured_deviation, survey_pairs
from nncore.many_starts.speedup import ROUNDS, Speedup, measure_speedup
from nncore.many_starts.surface import (
    STACK,
    Slice,
    loss_surface,
    losses_at,
    plane_through,
    principal_slice,
    random_slice,
    shown_ranges,
    weight_slice,
)

__all__ = [
    "COSTS",
    "DEPTHS",
    "DRAWS",
    "FEWEST_SIZES",
    "HELD_STEPS",
    "LANDSCAPES",
    "LOSS_SAMPLES",
    "MAX_SAMPLES",
    "MAX_STARTS",
    "MOST_SIZES",
    "NEAR",
    "NOWHERE",
    "ROUNDS",
    "SIZES",
    "STACK",
    "WIDTHS",
    "BatchNoise",
    "BatchRace",
    "InitializerOutcome",
    "InitializerRace",
    "Landscape",
    "Lane",
    "NoUnitError",
    "Outcome",
    "PairSurvey",
    "PathShape",
    "Restarts",
    "Slice",
    "Speedup",
    "Verdict",
    "align",
    "barrier",
    "basins",
    "batch_noise",
    "batch_sizes",
    "canonical",
    "count_levels",
    "finds_best",
    "judge",
    "last_places",
    "line_between",
    "loss_surface",
    "losses_at",
    "measure_speedup",
    "measured_deviation",
    "passes_best",
    "path_shape",
    "plane_through",
    "principal_slice",
    "random_slice",
    "roll",
    "shown_ranges",
    "survey_pairs",
    "verdict",
    "weight_slice",
]
