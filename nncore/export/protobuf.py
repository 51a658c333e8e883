"""Protocol buffers, the few lines of them that an ONNX model takes.

A message is a row of fields, each a key (number and kind) and a value: whole numbers in groups of seven bits, the lowest
first, and everything else as a length and so many bytes (https://protobuf.dev/programming-guides/encoding).
"""

VARINT, BYTES = 0, 2


def varint(number: int) -> bytes:
    """A whole number in groups of seven bits; the high bit says that another follows. One below 0 counts from 2^64."""
    groups, number = [], number % 2**64
    while number > 127:
        groups.append(number & 127 | 128)
        number >>= 7
    return bytes([*groups, number])


def field(number: int, value: int | str | bytes) -> bytes:
    """Field `number` of a message: a whole number, a text, or bytes (which may be another message)."""
    if isinstance(value, int):
        return varint(number << 3 | VARINT) + varint(value)
    data = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | BYTES) + varint(len(data)) + data
