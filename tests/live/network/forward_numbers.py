"""What the core computes for networks of every kind, as `forward.json`, with which the browser's forward pass is compared.

`python -m tests.live.network.forward_numbers` writes the file anew. The test in `tests/pages/live` fails where
it is out of date.
"""

import json
from pathlib import Path

import numpy as np

from nncore import ACTIVATIONS, Experiment
from nncore.experiments.experiment import build_network, build_split
from nncore.inspection.map_plane import make_plane
from pages.parts.live.activations import activations_script
from pages.parts.page.playing.scene import scene

FILE = Path(__file__).with_name("forward.json")

CASES = {name: Experiment(hidden=(5, 4), activation=(name,)) for name in ACTIVATIONS} | {
    "three classes": Experiment("spiral3", hidden=(6,)),
    "scaled, output tanh": Experiment(output="tanh", loss="mse", scaling="standard", hidden=(3,)),
    "all features, no hidden layer": Experiment(
        "xor", features=("x1", "x2", "x1_squared", "x2_squared", "x1_x2", "sin_x1", "sin_x2"), hidden=()
    ),
    "a curve": Experiment("sine", hidden=(4,)),
    "a plane of thirteen inputs": Experiment("wine", scaling="standard", hidden=(5,)),
}


def numbers() -> dict:
    """The activations as the browser gets them, and the cases.

    Each of these is a network as the browser is told of it, its parameters, places of the map, and all layers' values there.
    """
    return {
        "activations": activations_script(),
        "cases": [{"name": name, **_case(experiment)} for name, experiment in CASES.items()],
    }


def _case(experiment: Experiment) -> dict:
    plane = make_plane(build_split(experiment))
    told, _ = scene(experiment, plane)
    network = build_network(experiment)
    rng = np.random.default_rng(3)
    # Parameters are sent as float32; 1.5 as their deviation takes some neurons to where they saturate.
    network.parameters = rng.normal(0, 1.5, network.n_parameters).astype(np.float32)
    uv = rng.uniform([plane.x_range[0], plane.y_range[0]], [plane.x_range[1], plane.y_range[1]], (8, 2)).astype(np.float32)
    layers = network.forward(plane.to_inputs(uv)).a[-len(network.shapes) :]
    return {
        "network": {name: told[name] for name in ("sizes", "activations", "output", "plane")},
        "parameters": network.parameters.tolist(),
        "u": uv[:, 0].tolist(),
        "v": uv[:, 1].tolist(),
        "layers": [[[float(f"{value:.10g}") for value in neuron] for neuron in layer.T] for layer in layers],
    }


if __name__ == "__main__":
    FILE.write_text(json.dumps(numbers()).replace('{"name"', '\n{"name"') + "\n", encoding="utf-8")
