"""Training: how a gradient becomes a step, how steps become epochs, and when to stop.

A Trainer takes any model. It is deterministic: where its work is cut makes no difference to the result.
"""

from nncore.training.optimizer_kind import Optimizer, OptimizerKind
from nncore.training.optimizers import OPTIMIZERS
from nncore.training.schedules import SCHEDULES, scheduled_rate
from nncore.training.stability import (
    divergence_bound,
    divergence_words,
    exceeded_limit,
    is_convex,
    is_quadratic,
    limit_words,
    sharpness,
    stable_product,
)
from nncore.training.stopping import STOP_RULES, Patience, Stop, StopRule, WeightChange
from nncore.training.trainer import COSINE_EPOCHS, Trainer, TrainerState
from nncore.training.update_rules import SGD
from nncore.training.updates import Update, make_updates

__all__ = [
    "COSINE_EPOCHS",
    "OPTIMIZERS",
    "SCHEDULES",
    "SGD",
    "STOP_RULES",
    "Optimizer",
    "OptimizerKind",
    "Patience",
    "Stop",
    "StopRule",
    "Trainer",
    "TrainerState",
    "Update",
    "WeightChange",
    "divergence_bound",
    "divergence_words",
    "exceeded_limit",
    "is_convex",
    "is_quadratic",
    "limit_words",
    "make_updates",
    "scheduled_rate",
    "sharpness",
    "stable_product",
]
