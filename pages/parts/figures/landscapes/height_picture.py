"""A landscape's heights as a PNG: Plotly drops height lines that are a trace when another trace moves."""

import struct
import zlib
from base64 import b64encode

import numpy as np

SIDE, BANDS = 320, 22


def height_picture(shown: np.ndarray, low: str, high: str, line: str) -> str:
    """The address of a picture of `shown` (side, side), y first: bands from the colour `low` to `high`, parted by lines."""
    ends = [np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], dtype=float) for colour in (low, high, line)]
    bands = np.minimum((shown - shown.min()) / max(np.ptp(shown), 1e-12) * BANDS, BANDS - 1).astype(int)
    pixels = ends[0] + (ends[1] - ends[0]) * (bands / (BANDS - 1))[..., None]
    edges = np.zeros(bands.shape, dtype=bool)
    edges[1:] |= bands[1:] != bands[:-1]
    edges[:, 1:] |= bands[:, 1:] != bands[:, :-1]
    pixels[edges] = (pixels[edges] + ends[2]) / 2
    return "data:image/png;base64," + b64encode(_png(pixels[::-1].round().astype(np.uint8))).decode()


def _png(pixels: np.ndarray) -> bytes:
    """A PNG of pixels (height, width, 3), the top row first."""
    height, width, _ = pixels.shape
    rows = np.concatenate([np.zeros((height, 1), np.uint8), pixels.reshape(height, -1)], axis=1)  # each has filter 0
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows.tobytes())), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )
