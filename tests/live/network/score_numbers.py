"""What the core says of networks changed by hand, as `score.json`, with which the browser's losses and scores are compared.

`python -m tests.live.network.score_numbers` writes the file anew. The test in `tests/pages/live` fails where
it is out of date.
"""

import json
from pathlib import Path

import numpy as np

from nncore import Experiment
from nncore.experiments.experiment import build_network, build_split
from nncore.inspection.map_plane import make_plane
from nncore.metrics import accuracy, r_squared
from pages.parts.live.losses import losses_script
from pages.parts.page.playing.scene import scene

FILE = Path(__file__).with_name("score.json")

CASES = {
    "cross-entropy of one output": Experiment(samples=50, hidden=(3,)),
    "squared error on tanh": Experiment(samples=50, output="tanh", loss="mse", scaling="standard", hidden=()),
    "Huber's loss of one probability": Experiment(samples=50, loss="huber", hidden=(2,)),
    "cross-entropy of three classes": Experiment("spiral3", samples=60, hidden=(3,)),
    "absolute error of three classes": Experiment("spiral3", samples=60, output="identity", loss="mae", hidden=(3,)),
    "a regression": Experiment("cones", samples=50, hidden=(3,), validation=40),
    "a curve, without validation": Experiment("sine", samples=30, hidden=(3,), validation=0),
}


def numbers() -> dict:
    """The losses as the browser gets them, and the cases.

    Each is a network and its points as the browser is told of them, its parameters, and the loss and score of both sets.
    """
    return {"losses": losses_script(), "cases": [{"name": name, **_case(e)} for name, e in CASES.items()]}


def _case(experiment: Experiment) -> dict:
    split, network = build_split(experiment), build_network(experiment)
    told, points = scene(experiment, make_plane(split))
    network.parameters = np.random.default_rng(5).normal(0, 1.0, network.n_parameters).astype(np.float32)
    return {
        "scene": {name: told[name] for name in ("sizes", "activations", "output", "plane", "loss", "task", "low", "high")},
        "points": np.round(points, 7).tolist(),
        "parameters": network.parameters.tolist(),
        "scores": [
            *[_loss(network, getattr(split, f"X_{part}"), getattr(split, f"y_{part}")) for part in ("train", "validation")],
            *[_score(experiment, network, getattr(split, f"X_{part}"), getattr(split, f"y_{part}"))
              for part in ("train", "validation")],
        ],
    }  # fmt: skip


def _loss(network, X, y) -> float | None:
    return float(network.data_loss(X, y)) if len(y) else None


def _score(experiment, network, X, y) -> float | None:
    if not len(y):
        return None
    outputs = network.predict(X)
    return float(r_squared(outputs, y) if experiment.is_regression else accuracy(outputs, y, experiment.output))


if __name__ == "__main__":
    FILE.write_text(json.dumps(numbers()).replace('{"name"', '\n{"name"') + "\n", encoding="utf-8")
