"""Every public function of the core stands in the table of calls, from which the tests of bad arguments start."""

import inspect
from importlib import import_module
from pkgutil import iter_modules

import pytest

import nncore
from tests.nncore.calls import CALLS

ROOMS = ["nncore", "nncore.metrics", "nncore.statistics"] + [
    room.name for room in iter_modules(nncore.__path__, "nncore.") if room.ispkg
]
TABLE = {name.partition(",")[0] for name in CALLS}

# What the core hands out and nobody makes: results, and entries of its tables. Their fields come from checked functions.
HANDED_OUT = {
    "Alternative", "AnswerSum", "BatchNoise", "BlockTrace", "BytePairs", "Chain", "Chunk", "Column", "CurveOutcome",
    "DatasetKind",
    "DiagonalRun", "DiagonalTraining", "Embedding", "Equivariance", "Export", "Field", "FoldScores", "GradientCheck",
    "GradientFlow", "HeadRoles", "History", "InitializerOutcome", "Interval", "Landscape", "Lane", "LayerSummary",
    "LeakOutcome", "LengthScore", "Loss", "MemoryTask", "NeuronKind", "NonDifferentiable", "OpenedTest", "Outcome",
    "PairSurvey",
    "Path", "PathCost", "PathShape", "Plane", "Recorded", "Recording", "Repeated", "ScoreSpread", "SearchOutcome",
    "Sequences",
    "ShortTraining", "Solution", "Span", "Speedup", "Split", "Stages", "Stop", "StopTrial", "Stopped", "SweepResult",
    "Table", "Terms", "TextStages", "Trace", "TrainerState", "Tuning", "Update", "Verdict", "WeightChain",
    "WeightStep", "Window",
}  # fmt: skip
# What only says which members something has, or is raised.
FORMS = {"FlatModel", "Model", "NoUnitError", "NotReady", "Optimizer", "RecordedTraining", "StopRule", "UnknownTable"}
# The inner loop of training, and what the store's own thread asks: their arguments were checked where they came in.
INNER = {
    "Balls.loss_and_gradient", "MultiHeadAttention.backward", "MultiHeadAttention.run",
    "SkipGram.matrices", "Trainer.look_at_update",
    "make_updates", "softmax_backward",
    "Network.is_finite_in_pieces", "Trainer.updates_in_pieces", "RunTraining", "RunTraining.go_on", "cached", "key_of",
} | {f"{name}.{member}" for name in ("MultiHeadAttention", "Transformer", "Translator")
     for member in ("rebase", "split")} | {
    f"Autoencoder.{member}" for member in ("of_runs", "is_finite_in_pieces", "is_finite")
}  # fmt: skip


def public_names():
    """The functions and classes that the rooms' doors offer, by name."""
    found = {}
    for room in map(import_module, ROOMS):
        offered = getattr(room, "__all__", None) or [
            name for name, thing in vars(room).items()
            if getattr(thing, "__module__", "") == room.__name__ and name[0] != "_"
        ]
        found |= {name: getattr(room, name) for name in offered}
    return {name: thing for name, thing in found.items() if inspect.isclass(thing) or inspect.isfunction(thing)}


def takes_arguments(function, n_own):
    return len(inspect.signature(function).parameters) > n_own


def callables():
    """Names of all that can be called with arguments: functions, classes and their methods."""
    for name, thing in public_names().items():
        if inspect.isfunction(thing):
            if takes_arguments(thing, 0):
                yield name
            continue
        if name in FORMS:
            continue
        yield name
        for member, value in inspect.getmembers(thing):
            function = inspect.unwrap(getattr(value, "__func__", value))
            is_ours = inspect.isfunction(function) and function.__module__.startswith("nncore.")
            if is_ours and member[0] != "_" and takes_arguments(function, 1):
                yield f"{name}.{member}"


# Methods of what is handed out are called by the name of the call that makes it.
NOT_IN_TABLE = HANDED_OUT | INNER


@pytest.mark.parametrize("name", sorted(set(callables())))
def test_what_is_public_is_in_the_table_of_calls(name):
    assert name in TABLE or name in NOT_IN_TABLE, f"{name} has no row in tests/nncore/calls.py"


def test_the_exceptions_exist():
    assert not NOT_IN_TABLE - set(callables()) - {"Balls.loss_and_gradient", "SkipGram.matrices"}
    assert set(public_names()) >= FORMS
