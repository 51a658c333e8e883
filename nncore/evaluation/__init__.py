"""Evaluation: what a score is worth.

How test rows leak into what they judge, folds and cross-validation, searches over settings, learning curves, what peeking
at a test set does to it, and the test set that is opened once. All of it is seeded, and long work goes in slices that can be
stopped.
"""

from nncore.doors import open_doors

__all__, __getattr__ = open_doors(__name__, {
    "cross_validation": "CrossValidation FoldScores cross_validate",
    "folds": "k_folds stratified_folds",
    "intervals": "Interval interval_of",
    "leak_study": "LeakOutcome LeakStudy",
    "leaks": "LEAKS",
    "learning_curves": "AXES CurveOutcome LearningCurve",
    "peeking": "Tuning expected_luck ladder luck_bound simulated_luck tune",
    "sealed": "OpenedTest open_test sealed_rows",
    "search": "SEARCHED Search SearchOutcome run_search with_setting",
    "sweeps": "MAX_SWEEP SweepResult sweep",
})  # fmt: skip
