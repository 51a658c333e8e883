"""The file with which the browser's losses and scores are compared says what the core computes now, for every loss."""

import json

import numpy as np

from nncore import LOSSES
from pages.parts.live.view import engine_script
from tests.live.network.score_numbers import FILE, numbers


def test_the_numbers_for_the_browser_s_losses_are_the_core_s():
    written, computed = json.loads(FILE.read_text(encoding="utf-8")), json.loads(json.dumps(numbers()))
    assert written["losses"] == computed["losses"], "run python -m tests.live.network.score_numbers"
    assert written["losses"] in engine_script()
    assert set(LOSSES) == {case["scene"]["loss"] for case in written["cases"]}
    for was, now in zip(written["cases"], computed["cases"], strict=True):
        assert was["name"] == now["name"]
        np.testing.assert_allclose(np.array(was["scores"], float), np.array(now["scores"], float), rtol=1e-7)
