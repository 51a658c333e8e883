"""A sweep trains what is missing, once, and gives the same numbers wherever it is trained."""

import json
import sys
from types import ModuleType

import joblib
import numpy as np
import pytest
from dask.distributed import Client, LocalCluster

from nncore import Experiment
from nncore.evaluation import Search, run_search, sweeps
from nncore.evaluation.sweeps import sweep
from nncore.experiments.recording.recording import record_all
from nncore.experiments.short_training import train_for
from nncore.many_starts.restarts.many_processes import train_in_processes
from nncore.many_starts.restarts.restarts import Restarts


class KilledError(Exception):
    """What ends a sweep in the middle."""


BLOWS_UP = Experiment("moons", samples=80, hidden=(3,), activation=("relu",), output="identity", loss="mse")
RATES = [Experiment("moons", samples=60, hidden=(3,), learning_rate=rate) for rate in (0.01, 0.1, 1.0)]


def test_it_gives_the_numbers_of_each_training_in_their_order():
    found = sweep([*RATES, RATES[0]], 3)
    assert found[0] == found[3] and len({result.key for result in found}) == 3
    for experiment, result in zip(RATES, found, strict=False):
        alone = train_for(experiment, 3)
        assert (result.training_loss, result.validation_score) == (alone.training_loss, alone.validation_score)
        assert result.epochs == 3 and not result.diverged


def test_one_that_was_killed_trains_only_what_is_missing(tmp_path, monkeypatch):
    file, trained, expected = tmp_path / "sweep.jsonl", [], sweep(RATES, 3)

    def train(experiment, epochs):
        if len(trained) == 2:
            raise KilledError
        trained.append(experiment.learning_rate)
        return train_for(experiment, epochs)

    monkeypatch.setattr(sweeps, "train_for", train)
    with pytest.raises(KilledError):
        sweep(RATES, 3, results=file)
    assert trained == [0.01, 0.1] and len(file.read_text().splitlines()) == 2
    with file.open("a") as lines:
        lines.write('{"key": "cut o')  # killed while it wrote
    trained[:] = ["again"]
    found = sweep(RATES, 3, results=str(file))
    assert trained == ["again", 1.0] and found == expected
    # What is done is done, and another number of epochs is another training.
    assert sweep(RATES, 3, results=file) == found and trained == ["again", 1.0]
    assert [json.loads(line)["key"] for line in file.read_text().splitlines() if line.endswith("}")] == [
        result.key for result in found
    ]
    monkeypatch.undo()
    assert sweep(RATES[:1], 2)[0].key != found[0].key


def test_a_training_that_diverges_is_done_too(tmp_path):
    blown_up = Experiment("sine", samples=40, hidden=(3,), activation=("relu",), learning_rate=10.0)
    first = sweep([blown_up], 5, results=tmp_path / "results")[0]
    again = sweep([blown_up], 5, results=tmp_path / "results")[0]
    assert first.diverged and again.diverged and np.isnan([first.training_loss, again.training_loss]).all()


# The cluster opens sockets of its own, and leaves some to the garbage collector.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_cluster_of_two_processes_gives_the_numbers_of_one(tmp_path, monkeypatch):
    # A new process begins with what is the main module here: a page that was run in this process before must not be that.
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))
    plan, file = Restarts(RATES[0], 4, 3), tmp_path / "sweep"
    # Three stacks of different shapes, and a rate so high that three cells have no score.
    search = Search(BLOWS_UP, "learning_rate", "hidden", (0.01, 10.0), (1, 3, 6), 20)
    cluster = LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None)
    with cluster, Client(cluster), joblib.parallel_config(backend="dask"):
        outcome = train_in_processes(plan, 2)
        found = sweep(RATES, 3, workers=2, results=file)
        searched = run_search(search, n_jobs=2)
    alone = run_search(search)
    assert len(search.stacks) == 3 and searched.done == 6 and np.isnan(searched.scores[:, 1]).all()
    np.testing.assert_array_equal(searched.scores, alone.scores)
    assert np.array_equal(outcome.losses, record_all(plan).losses)
    assert np.array_equal(outcome.parameters, record_all(plan).parameters)
    assert found == sweep(RATES, 3) == sweep(RATES, 3, results=file)
