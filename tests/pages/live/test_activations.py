"""The browser's activations, run by Node where it is installed, against the core's."""

import json
import shutil
import subprocess

import numpy as np
import pytest

from nncore import ACTIVATIONS
from pages.parts.live.activations import activations_script
from pages.parts.live.view import engine_script

Z = np.linspace(-9, 9, 37)


@pytest.mark.skipif(shutil.which("node") is None, reason="needs Node")
def test_every_activation_is_the_core_s_to_single_precision():
    script = engine_script()
    quick_tanh = script[script.index("function quickTanh") :].split("\n}\n")[0] + "\n}\n"
    program = (
        f"{quick_tanh}const ACTIVATIONS = {{}};\n{activations_script()}\nconst z = {json.dumps(Z.tolist())}, out = {{}};\n"
        "for (const name in ACTIVATIONS) { const v = Float32Array.from(z); ACTIVATIONS[name](v); out[name] = [...v]; }\n"
        "console.log(JSON.stringify(out));"
    )
    done = subprocess.run(["node", "--input-type=module", "-e", program], capture_output=True, text=True, check=True)
    values = json.loads(done.stdout)
    assert list(values) == list(ACTIVATIONS)
    for name, activation in ACTIVATIONS.items():
        assert values[name] == pytest.approx(activation(Z), abs=2e-6), name


def test_the_engine_is_given_the_table():
    assert activations_script() in engine_script()
