"""Batch sizes compared: the same first weights, trained with batches of several sizes at equal cost.

`verdicts` reads off which is best, `gradient_noise` says how far a batch's gradient lies from that of all samples, and
`product_speed` why a machine likes many samples at once.
"""

from nncore.doors import open_doors

__all__, __getattr__ = open_doors(__name__, {
    "comparison": "COSTS FEWEST_SIZES LOSS_SAMPLES MOST_SIZES SIZES BatchRace Lane batch_sizes",
    "gradient_noise": "DRAWS BatchNoise NoUnitError batch_noise",
    "product_speed": "measure_product",
    "verdicts": "PathShape Verdict path_shape verdict",
})  # fmt: skip
