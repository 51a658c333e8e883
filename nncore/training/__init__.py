"""Training: how a gradient becomes a step, how steps become epochs, and when to stop.

A Trainer takes any model. It is deterministic: where its work is cut makes no difference to the result.
"""

from nncore.doors import open_doors

__all__, __getattr__ = open_doors(__name__, {
    "optimizer_kind": "Optimizer OptimizerKind",
    "optimizers": "OPTIMIZERS",
    "schedules": "SCHEDULES",
    "stability":
        "divergence_bound divergence_words exceeded_limit is_convex is_quadratic limit_words sharpness "
        "stable_product",
    "stopping": "STOP_RULES Patience Stop StopRule WeightChange",
    "trainer": "COSINE_EPOCHS Trainer TrainerState",
    "update_rules": "SGD make_updates scheduled_rate",
    "updates": "Update",
})  # fmt: skip
