"""The file with which the browser's forward pass is compared says what the core computes now, for every activation."""

import json

import numpy as np

from nncore import ACTIVATIONS
from tests.live.network.forward_numbers import FILE, numbers


def test_the_numbers_for_the_browser_s_forward_pass_are_the_core_s():
    written, computed = json.loads(FILE.read_text(encoding="utf-8")), json.loads(json.dumps(numbers()))
    assert written["activations"] == computed["activations"], "run python -m tests.live.network.forward_numbers"
    assert [case["name"] for case in written["cases"]] == [case["name"] for case in computed["cases"]]
    assert set(ACTIVATIONS) <= {case["name"] for case in written["cases"]}
    for was, now in zip(written["cases"], computed["cases"], strict=True):
        assert was["network"].keys() == now["network"].keys()
        for layer_was, layer_now in zip(was["layers"], now["layers"], strict=True):
            np.testing.assert_allclose(layer_was, layer_now, rtol=1e-7, atol=1e-9, err_msg=now["name"])
