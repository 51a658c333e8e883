"""Methods near the inner loop that people can call too, with arguments that they take, and some they refuse."""

import numpy as np

from nncore import Autoencoder, Branch, ChunkStore, Experiment, Network, Recurrent, Run, Trainer
from nncore.data import read_table
from nncore.experiments import Recorded
from nncore.experiments.recording.run_training import RunTraining
from nncore.models.recurrence.truncated import TruncatedRecurrent
from nncore.training.stopping import EpochEnd, Patience, SmallGradient, WeightChange
from nncore.training.update_rules import SGD

NET, STACK, CODER, CELL = Network((2, 3, 1)), Network((2, 3, 1), runs=3), Autoencoder((4, 2, 4)), Recurrent(2, 3, 2)
END = EpochEnd(NET, np.ones((2, 2)), np.array([0, 1]), np.zeros(13), 1)
TABLE = read_table(b"a,b,kind\n1,2,x\n2,3,y\n3,1,x\n4,5,y\n", "small.csv")
SMALL = Experiment(hidden=(2,), samples=20, epoch_limit=3)
STORE, TRAINING = ChunkStore(), RunTraining(Run(SMALL))
INNER_CALLS = {
    "TruncatedRecurrent": (
        lambda **given: TruncatedRecurrent(**given) and None,
        {"n_inputs": 2, "n_hidden": 3, "n_outputs": 2, "cell": "gru", "seed": 0, "stretch": 2}),
    "Patience.check": (lambda end: Patience(np.ones((2, 2)), [0, 1]).check(end), {"end": END}),
    "SmallGradient.check": (lambda end: SmallGradient().check(end) and None, {"end": END}),
    "Autoencoder.targets": (CODER.targets, {"y": np.ones((2, 4))}),
    "Autoencoder.forward": (lambda X: CODER.forward(X) and None, {"X": np.ones((2, 4))}),
    "Recorded.holds": (Recorded(None, 1, 1.0, True).holds, {"frame": 1}),
    "ChunkStore.prepare": (STORE.prepare, {"run": Run(SMALL), "frame": 1}),
    "ChunkStore.branch_under_way": (
        STORE.branch_under_way, {"run": Run(SMALL, (Branch(1, (("learning_rate", 0.2),)),))}),
    "ChunkStore.ask": (STORE.ask, {"training": TRAINING, "frame": 1}),
    "ChunkStore.recorded": (
        lambda **given: STORE.recorded(**given) and None, {"training": TRAINING, "frame": 1, "wait": 0.0, "goes_on": False}),
    "ChunkStore.so_far": (lambda training: STORE.so_far(training) and None, {"training": TRAINING}),
    "ChunkStore.place_in_line": (STORE.place_in_line, {"training": TRAINING}),
    "ChunkStore.leave_line": (STORE.leave_line, {"training": TRAINING}),
    "Network.matrices": (lambda flat: NET.matrices(flat) and None, {"flat": np.zeros(13)}),
    "Network.of_runs": (lambda runs: STACK.of_runs(runs) and None, {"runs": [0, 2]}),
    "Autoencoder.matrices": (lambda flat: CODER.matrices(flat) and None, {"flat": np.zeros(22)}),
    "Recurrent.split": (lambda vector: CELL.split(vector) and None, {"vector": np.zeros(CELL.parameters.size)}),
    "Recurrent.rebase": (Recurrent(2, 3, 2).rebase, {"vector": np.zeros(CELL.parameters.size)}),
    "SGD.start": (SGD().start, {"parameters": np.zeros(3)}),
    "SGD.step": (
        lambda parameters, gradient, learning_rate: SGD().step(parameters, gradient, learning_rate),
        {"parameters": np.zeros(3), "gradient": np.ones(3), "learning_rate": 0.1}),
    "WeightChange.check": (lambda end: WeightChange(0.1).check(end) and None, {"end": END}),
    "WeightChange.judge": (
        lambda change, epoch: WeightChange(0.1).judge(change, epoch) and None, {"change": 1.0, "epoch": 1}),
    "Trainer.stop_diverged": (
        lambda epoch: Trainer(Network((2, 1)), np.ones((2, 2)), [0, 1]).stop_diverged(epoch), {"epoch": 1}),
    "Table.entry": (TABLE.entry, {"name": "kept", "make": dict}),
    "Table.whole_dataset": (
        lambda **given: TABLE.whole_dataset(**given) and None,
        {"target": "kind", "inputs": ("a",), "task": None, "missing": "drop"}),
}  # fmt: skip

INNER_ROWS = [
    ("TruncatedRecurrent", "stretch", 0, "stretch must be at least 1, got 0"),
    ("TruncatedRecurrent", "cell", "elman", "cell must be one of rnn, gru, lstm, got 'elman'"),
    ("Patience.check", "end", 3, "end must be an EpochEnd, got 3"),
    ("SmallGradient.check", "end", "x", "end must be an EpochEnd, got 'x'"),
    ("Autoencoder.targets", "y", [], "y must have the shape (N, 4), N at least 1, got (0,)"),
    ("Autoencoder.targets", "y", [0, 1], "y must have the shape (N, 4), N at least 1, got (2,)"),
    ("Autoencoder.forward", "X", np.ones((2, 3)), "X must have shape (N, 4), got (2, 3)"),
    ("Recorded.holds", "frame", -1, "frame must be at least 0, got -1"),
    ("ChunkStore.prepare", "run", None, "run must be a Run, got None"),
    ("ChunkStore.branch_under_way", "run", Run(SMALL), "run must have a branch, got none"),
    ("ChunkStore.ask", "training", Run(SMALL), "training must be"),
    ("ChunkStore.recorded", "wait", -1, "wait must be a number from 0 to inf, got -1"),
    ("ChunkStore.so_far", "training", None, "training must be"),
    ("ChunkStore.place_in_line", "training", "x", "training must be"),
    ("ChunkStore.leave_line", "training", 3, "training must be"),
    ("Network.matrices", "flat", [0.0] * 13, "flat must be an array of numbers, got"),
    ("Network.matrices", "flat", np.zeros(12), "flat must have the shape (..., 13), got (12,)"),
    ("Network.of_runs", "runs", [3], "runs must hold whole numbers from 0 to 2, got 3 to 3"),
    ("Network.of_runs", "runs", slice(3, 3), "runs must hold at least one of the 3 runs, got"),
    ("Network.of_runs", "runs", [True, False], "runs must say True of at least one of the 3 runs, got"),
    ("Autoencoder.matrices", "flat", "x", "flat must be an array of numbers, got 'x'"),
    ("Recurrent.split", "vector", np.zeros(2), "vector must have the shape"),
    ("Recurrent.rebase", "vector", np.zeros(CELL.parameters.size, np.float32), "vector must be an array of float64"),
    ("SGD.start", "parameters", None, "parameters must hold numbers, got"),
    ("SGD.step", "gradient", np.ones(1), "gradient must have the shape (3,) to go with parameters, got array([1.])"),
    ("SGD.step", "learning_rate", float("nan"), "learning_rate must be a finite number of at least 0, got nan"),
    ("WeightChange.check", "end", None, "end must be an EpochEnd, got None"),
    ("WeightChange.judge", "change", float("nan"), "change must be a number from 0 to inf, got nan"),
    ("Trainer.stop_diverged", "epoch", "x", "epoch must be a finite number of at least 0, got 'x'"),
    ("Table.entry", "make", 3, "make must be a function, got 3"),
    ("Table.whole_dataset", "missing", "x", "missing must be one of drop, mean, got 'x'"),
]
