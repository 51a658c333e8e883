"""Arrays as text in exported code: short ones as numbers that can be read, long ones packed."""

import base64
import zlib
from collections.abc import Iterable

import numpy as np

Array = np.ndarray

READABLE = 400  # numbers; more of them are packed
LINE = 100

UNPACK = '''\
def unpack(text, *shape, kind="<f8"):
    """The array of this shape whose bytes are packed in `text`."""
    return np.frombuffer(zlib.decompress(base64.b85decode("".join(text.split()))), kind).reshape(shape).copy()
'''


def numbers(values: Array) -> str:
    """An expression for a float32 vector (P,), as float64: to read where it is short."""
    values = np.asarray(values, dtype=np.float32)
    if len(values) > READABLE:
        return f"{packed(values, '<f4')}.astype(float)"
    return f"np.array([\n{in_lines(map(str, values))},\n], dtype=np.float32).astype(float)"


def exact(values: Array) -> str:
    """An expression for a vector of a few float64 numbers, every digit kept."""
    items = [repr(float(value)) for value in values]
    text = ", ".join(items)
    return f"np.array([{text}])" if len(text) < LINE else f"np.array([\n{in_lines(items)},\n])"


def packed(values: Array, kind: str = "<f8") -> str:
    """An expression for an array of any shape, its bytes compressed and written in base 85."""
    text = base64.b85encode(zlib.compress(np.ascontiguousarray(values).astype(kind).tobytes(), 9)).decode()
    shape = "".join(f", {n}" for n in np.shape(values))
    lines = "\n".join(text[begin : begin + LINE] for begin in range(0, len(text), LINE))
    return f'unpack("""\n{lines}\n"""{shape}, kind="{kind}")'


def in_lines(items: Iterable[str]) -> str:
    """Items of a list in indented lines of at most 100 letters, each whole on its line: a name may have blanks in it."""
    lines: list[str] = []
    for item in items:
        if lines and len(lines[-1]) + len(item) + 2 <= LINE:
            lines[-1] += f", {item}"
        else:
            lines.append(item)
    return ",\n".join(f"    {line}" for line in lines)
