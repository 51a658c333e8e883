"""Landscapes: loss functions of one or two numbers whose minima are known, and balls that roll on them.

The table holds those on offer; `rolling` moves the balls by the optimizers that train networks.
"""

from nncore.doors import open_doors

__all__, __getattr__ = open_doors(__name__, {
    "rolling": "HELD_STEPS NOWHERE Landscape basins count_held finds_best last_places passes_best roll",
    "table": "LANDSCAPES",
})  # fmt: skip
