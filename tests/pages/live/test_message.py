"""The message to the browser: what goes in comes out, and the bytes lie where the browser reads them."""

import json
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.parts.live.message import decode, encode


def test_header_and_arrays_come_back():
    frames = np.arange(6.0).reshape(2, 3)
    header, arrays = decode(encode({"run": "a", "last": None}, frames=frames, scores=np.ones((1, 5))))
    assert header == {"run": "a", "last": None, "arrays": [["frames", [2, 3]], ["scores", [1, 5]]]}
    np.testing.assert_array_equal(arrays["frames"], frames)
    assert arrays["scores"].shape == (1, 5)
    assert arrays["frames"].dtype == np.float32


@given(st.text(max_size=30))
def test_payload_is_aligned_whatever_the_header(text):
    message = encode({"text": text}, values=np.array([1.5, -2.0]))
    (length,) = struct.unpack_from("<I", message)
    assert length % 4 == 0
    assert json.loads(message[4 : 4 + length])["text"] == text
    assert struct.unpack_from("<2f", message, 4 + length) == (1.5, -2.0)


def test_text_beyond_ascii_survives():
    header, _ = decode(encode({"inputs": ["x₁²", "sin x₂"], "score": "R²"}))
    assert header["inputs"] == ["x₁²", "sin x₂"]


def test_missing_losses_travel_as_nan_in_an_array():
    _, arrays = decode(encode({}, scores=np.array([[0.0, 0.7, np.nan, 0.5, np.nan]])))
    assert np.isnan(arrays["scores"][0, [2, 4]]).all()


def test_arrays_need_not_be_contiguous_and_may_be_empty():
    columns = np.arange(12.0).reshape(3, 4)[:, ::2]
    _, arrays = decode(encode({}, columns=columns, none=np.zeros((0, 7))))
    np.testing.assert_array_equal(arrays["columns"], columns)
    assert arrays["none"].shape == (0, 7)


@pytest.mark.parametrize("header", [{"loss": float("nan")}, {"loss": float("inf")}, {"arrays": []}])
def test_a_header_that_the_browser_could_not_read_is_refused(header):
    with pytest.raises(ValueError):
        encode(header)
