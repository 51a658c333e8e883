"""Evaluation: what a score is worth.

A number says something only beside others: of other settings, other splits, other starts. Here many trainings are run and
compared.
"""

from nncore.doors import open_doors

__all__, __getattr__ = open_doors(__name__, {
    "sweeps": "MAX_SWEEP SweepResult sweep",
})  # fmt: skip
