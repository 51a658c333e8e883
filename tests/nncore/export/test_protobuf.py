"""The bytes of protocol buffers, by the examples of their description."""

import pytest

from nncore.export.onnx_graph import Graph
from nncore.export.protobuf import field, varint


def test_numbers_are_groups_of_seven_bits():
    assert varint(0) == b"\x00" and varint(1) == b"\x01" and varint(127) == b"\x7f"
    assert varint(150) == b"\x96\x01" and varint(2**32) == b"\x80\x80\x80\x80\x10"


def test_fields_are_keys_and_values():
    assert field(1, 150) == b"\x08\x96\x01"
    assert field(2, "testing") == b"\x12\x07testing" and field(3, field(1, 150)) == b"\x1a\x03\x08\x96\x01"
    assert field(2, "") == b"\x12\x00"


@pytest.mark.parametrize("code", ["np.arctan(z)", "z @ z", "z if z else 1", "other + 1", "z < z < z", "open(z)"])
def test_code_that_has_no_counterpart_is_refused(code):
    with pytest.raises(ValueError, match="code must be an expression that ONNX can compute, got"):
        Graph().expression(code, {"z": "z"})
