"""The message that carries recorded frames to the browser: a JSON header and float32 arrays in one.

Layout: the header's length in bytes (uint32, little-endian), the header as UTF-8 JSON padded with spaces so that
what follows starts at a multiple of 4, then the arrays as little-endian float32 in the order in which the header's
`arrays` names them, each with its shape. The browser reads the arrays in place, which is why they are aligned.
"""

import json
import struct
import time
from dataclasses import dataclass
from typing import Any

import numpy as np

Array = np.ndarray


@dataclass(frozen=True, eq=False)
class Frames:
    """Recorded frames of the training called `run`: `values` (F, W) of the frames from number `first` on, and `scores`
    (G, S) of those from `scores_first` on.

    `last` is the last frame that there is, once training has ended, and `limit` the last one that there can be.
    """

    run: str
    first: int
    values: Array
    scores: Array
    scores_first: int
    last: int | None
    limit: int


def encode_frames(kind: str, frames: Frames, header: dict[str, Any], **arrays: Array) -> bytes:
    """The message with recorded frames for the view of this `kind` ("network", "learning"; see `mount.js`).

    The player needs no more than the frames; the view may be told more in `header` and `arrays`. Frames without a scene
    never make the same message twice: of a large one that was sent before, Streamlit (1.67) sends its hash alone. Where
    many are asked for the browser may have dropped it since, which ends the connection (streamlit/streamlit#15816).
    """
    number = {} if "scene" in header else {"number": time.monotonic_ns()}
    told = number | {
        "kind": kind, "run": frames.run, "first": frames.first, "scores_first": frames.scores_first, "last": frames.last,
        "limit": frames.limit,
    }  # fmt: skip
    return encode(told | header, frames=frames.values, scores=frames.scores, **arrays)


def encode_later(kind: str, run: str, seconds: float, number: int, says: str = "") -> bytes:
    """The message that frames of `run` are not there yet and may be asked for again after `seconds`.

    `says` is what the view says until then, if not that they are computed. `number` tells it from the one before: the
    browser takes a message equal to the last one for the same.
    """
    return encode({"kind": kind, "run": run, "later": seconds, "number": number, "says": says})


def encode(header: dict, **arrays: np.ndarray) -> bytes:
    """Return one message as bytes: `header` (JSON values only, no NaN) and `arrays` in the order given.

    Arrays keep their shape and become float32. Raises ValueError where the header holds NaN or an infinity (JSON
    has neither) or already has the key "arrays".
    """
    if "arrays" in header:
        raise ValueError(f"header must not have the key 'arrays', got {header['arrays']!r}")
    packed = {name: np.ascontiguousarray(array, dtype="<f4") for name, array in arrays.items()}
    shapes = [[name, list(array.shape)] for name, array in packed.items()]
    whole = {**header, "arrays": shapes}
    start = json.dumps(whole, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    start += b" " * (-len(start) % 4)
    return struct.pack("<I", len(start)) + start + b"".join(array.tobytes() for array in packed.values())


def decode(message: bytes) -> tuple[dict, dict[str, np.ndarray]]:
    """Return the header and, by name, the float32 arrays of what `encode` made (read-only views)."""
    (length,) = struct.unpack_from("<I", message)
    header = json.loads(message[4 : 4 + length])
    offset = 4 + length
    arrays = {}
    for name, shape in header["arrays"]:
        count = int(np.prod(shape, dtype=int))
        arrays[name] = np.frombuffer(message, dtype="<f4", count=count, offset=offset).reshape(shape)
        offset += 4 * count
    return header, arrays
