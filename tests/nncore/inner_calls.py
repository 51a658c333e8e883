"""Methods near the inner loop that people can call too, with arguments that they take, and some they refuse."""

import numpy as np

from nncore import Autoencoder, Network, Recurrent, Trainer
from nncore.data import read_table
from nncore.training.stopping import EpochEnd, WeightChange
from nncore.training.update_rules import SGD

NET, STACK, CODER, CELL = Network((2, 3, 1)), Network((2, 3, 1), runs=3), Autoencoder((4, 2, 4)), Recurrent(2, 3, 2)
END = EpochEnd(NET, np.ones((2, 2)), np.array([0, 1]), np.zeros(13), 1)
TABLE = read_table(b"a,b,kind\n1,2,x\n2,3,y\n3,1,x\n4,5,y\n", "small.csv")
INNER_CALLS = {
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
