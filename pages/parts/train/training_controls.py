"""The controls of the training: optimizer, learning rate, batches, penalties; under More, schedule and when to stop."""

import streamlit as st

from nncore import OPTIMIZERS, SCHEDULES, STOP_RULES
from nncore.experiments.experiment import MAX_SEED, Experiment, build_split
from pages.parts.fields.labels import name_of
from pages.parts.fields.ladders import LEARNING_RATES, TOLERANCES
from pages.parts.fields.number_field import number_field
from pages.parts.page.choices import ladder
from pages.parts.page.session import Session, bind

PENALTIES = (0.0, 1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1.0)
NO_LIMIT = 0  # a drop-down cannot offer None
EPOCH_LIMITS = (NO_LIMIT, 100, 300, 1000, 3000)
BATCHES = {"full": "Full batch", "mini": "Mini-batch", "stochastic": "Stochastic"}
DEFAULT_BATCH = 10


def training_controls(session: Session, e: Experiment) -> None:
    """Optimizer, learning rate, batch strategy, L1 and L2."""
    left, right = st.columns(2, vertical_alignment="bottom")
    left.selectbox("Which optimizer?", list(OPTIMIZERS), format_func=name_of,
                   help="How a gradient becomes a step. SGD follows it; Adam sizes the step for each weight.",
                   **bind(session, "optimizer", e.optimizer))
    right.selectbox("Which learning rate?", ladder(LEARNING_RATES, e.learning_rate), format_func=lambda rate: f"{rate:g}",
                    help="How long a step is. Too small and nothing happens, too large and it overshoots.",
                    **bind(session, "learning_rate", e.learning_rate))
    _batch_controls(session, e)
    left, right = st.columns(2, vertical_alignment="bottom")
    for column, name, about in (
        (left, "l1", "Adds L1 times the sum of |w| to the loss: pulls weights to exactly 0."),
        (right, "l2", "Adds L2/2 times the sum of w² to the loss: keeps weights small."),
    ):
        column.selectbox(f"How much {name.upper()}?", ladder(PENALTIES, getattr(e, name)),
                         format_func=lambda rate: f"{rate:g}", help=about, **bind(session, name, getattr(e, name)))
    st.caption("Learning rate, optimizer, schedule, batch, L1, L2 and stop rule can change in the middle of a run: it "
               "goes on from the snapshot on screen. Everything else starts a new run.")


def more_training(session: Session, e: Experiment) -> None:
    """Schedule, stop rule and the seed of the batches."""
    st.selectbox("Which schedule?", list(SCHEDULES), format_func=name_of,
                 help="How the learning rate changes with the epoch e, counted from the last change of settings.",
                 **bind(session, "schedule", e.schedule))
    _stop_controls(session, e)
    number_field(session, "Which batch seed?", 0, MAX_SEED, bind(session, "batch_seed", e.batch_seed),
                 help="Another number shuffles the samples in another order.")


def _batch_controls(session: Session, e: Experiment) -> None:
    n_train = len(build_split(e).train)
    strategy = "full" if e.batch_size is None else "stochastic" if e.batch_size == 1 else "mini"
    sizes = {"full": None, "mini": DEFAULT_BATCH, "stochastic": 1}
    left, right = st.columns(2, vertical_alignment="bottom")
    left.selectbox("Which batch strategy?", list(BATCHES), format_func=BATCHES.get,
                   help="How many samples make one update: all of them, a few, or a single one.",
                   **bind(session, "batch", strategy, lambda picked: {"batch_size": sizes[picked]}))
    if strategy == "mini":
        number_field(session, "Which batch size?", 2, max(n_train, e.batch_size, 3),
                     bind(session, "batch_size", e.batch_size), right,
                     help="Samples in a mini-batch. Small batches give noisy steps, but more of them.")
    updates = e.updates_per_epoch
    st.caption(f"{n_train:,} training samples: {updates:,} update{'s' if updates > 1 else ''} per epoch")


def _stop_controls(session: Session, e: Experiment) -> None:
    st.selectbox("Which stop rule?", list(STOP_RULES), format_func=name_of,
                 help="When training ends by itself. Each rule is a guess, and can be wrong on a plateau.",
                 **bind(session, "stop_rule", e.stop_rule))
    rule = STOP_RULES[e.stop_rule]
    left, right = (st, None) if rule is None else st.columns(2, vertical_alignment="bottom")
    left.selectbox("How many epochs at most?", ladder(EPOCH_LIMITS, e.epoch_limit or NO_LIMIT),
                   format_func=lambda limit: f"{limit:,}" if limit else "none",
                   help="Training ends here at the latest. Without a limit it ends when 600 snapshots are recorded.",
                   **bind(session, "epoch_limit", e.epoch_limit or NO_LIMIT,
                          lambda limit: {"epoch_limit": limit or None}))
    if rule is not None and rule.watches_loss:
        number_field(session, "Patience of how many epochs?", 1, 100_000, bind(session, "patience", e.patience), right,
                     step=10, help="Stop when the best validation loss is this many epochs old.")
    elif rule is not None:
        right.selectbox("Which tolerance?", ladder(TOLERANCES, e.tolerance), format_func=lambda value: f"{value:g}",
                        help="Stop when the change, or the gradient, is smaller than this.",
                        **bind(session, "tolerance", e.tolerance))

