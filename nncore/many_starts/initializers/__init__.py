"""Initializers compared: one network from the first weights that each initializer draws.

`comparison` trains them together, and `signal_propagation` follows signals and gradients through the layers before training.
"""

from nncore.doors import open_doors

__all__, __getattr__ = open_doors(__name__, {
    "comparison": "DEPTHS MAX_SAMPLES WIDTHS InitializerOutcome InitializerRace losses_over_starts races_over_starts",
    "signal_propagation": "PairSurvey judge measured_deviation survey_pairs",
})  # fmt: skip
