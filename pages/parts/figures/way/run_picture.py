"""A run in a few square centimetres: its network as dots and lines, and its answers as a small map, both as HTML images."""

import struct
import zlib
from base64 import b64encode
from collections.abc import Sequence

import numpy as np

from pages.parts.figures.palette import CLASSES, NEGATIVE, POSITIVE, mix, text, zero

Array = np.ndarray
WIDTH, HEIGHT, EDGE = 120, 72, 8
MOST = 8  # neurons of a layer that are drawn; of more, these stand for all
LEVELS = 32  # steps of the colour scale on either side of zero


def network_picture(weights: Sequence[Array], alt: str, dark: bool) -> str:
    """An <img> of the network with these matrices (n_out, n_in): wide lines are large weights, dashed ones negative."""
    sizes = [weights[0].shape[1], *(matrix.shape[0] for matrix in weights)]
    kept = [np.unique(np.linspace(0, size - 1, min(size, MOST)).round().astype(int)) for size in sizes]
    across = np.linspace(EDGE, WIDTH - EDGE, len(sizes))
    up = [HEIGHT / 2 + (np.arange(len(rows)) - (len(rows) - 1) / 2) * (HEIGHT - 2 * EDGE) / MOST for rows in kept]
    lines = "".join(
        _line((across[k], up[k][j]), (across[k + 1], up[k + 1][i]), matrix[to, begin] / (np.abs(matrix).max() or 1.0))
        for k, matrix in enumerate(weights)
        for i, to in enumerate(kept[k + 1])
        for j, begin in enumerate(kept[k])
    )
    dots = "".join(f'<circle cx="{x:.0f}" cy="{y:.1f}" r="2.6"/>' for x, ys in zip(across, up, strict=True) for y in ys)
    return _image(WIDTH, HEIGHT, f'{lines}<g fill="{text(dark)}">{dots}</g>', alt)


def _line(begin: tuple[float, float], end: tuple[float, float], share: float) -> str:
    """A weight of `share` (-1 to 1) of its layer's largest."""
    colour, dash = (POSITIVE, "") if share >= 0 else (NEGATIVE, ' stroke-dasharray="3 2"')
    return (
        f'<path d="M{begin[0]:.0f} {begin[1]:.1f}L{end[0]:.0f} {end[1]:.1f}" stroke="{colour}"{dash} '
        f'stroke-width="{0.2 + 1.6 * abs(share):.1f}" stroke-opacity=".8"/>'
    )


def map_picture(values: Array, points: Array, alt: str, dark: bool, size: int = HEIGHT) -> str:
    """An <img> of a network's answers (H, W), -1 to 1 or class numbers above 1 as integers, with points (N, 3) on them.

    A point is its place, 0 to 1 across and upwards, and its value, -1 to 1, or its class as an integer in integer `values`.
    """
    scale = _colours(values, dark)
    ground = f'<image href="{_png(scale[::-1])}" width="{size}" height="{size}" preserveAspectRatio="none"/>'
    classes = np.issubdtype(values.dtype, np.integer)
    radius = max(1.1, size / 55)
    dots = "".join(
        f'<circle cx="{x * size:.1f}" cy="{(1 - y) * size:.1f}" r="{radius:.1f}" '
        f'fill="{CLASSES[int(v) % len(CLASSES)] if classes else POSITIVE if v > 0 else NEGATIVE}"/>'
        for x, y, v in points
    )
    return _image(size, size, f'{ground}<g stroke="#fff" stroke-width=".3">{dots}</g>', alt)


def curve_picture(x: Array, y: Array, points: Array, alt: str, dark: bool, size: int = HEIGHT) -> str:
    """An <img> of a function of one input, `x` and `y` 0 to 1, and of points (N, 3) as in `map_picture`."""
    dots = "".join(f'<circle cx="{a * size:.1f}" cy="{(1 - b) * size:.1f}" r="1.2"/>' for a, b, _ in points)
    way = " ".join(f"{a * size:.1f},{(1 - b) * size:.1f}" for a, b in zip(x, y, strict=True))
    line = f'<polyline points="{way}" fill="none" stroke="{POSITIVE}" stroke-width="2"/>'
    ground = f'<rect width="{size}" height="{size}" fill="{zero(dark)}"/>'
    return _image(size, size, f'{ground}<g fill="{NEGATIVE}">{dots}</g>{line}', alt)


def _colours(values: Array, dark: bool) -> Array:
    """The colours (H, W, 3) of answers."""
    if np.issubdtype(values.dtype, np.integer):
        table = [mix(zero(dark), colour, 0.55) for colour in CLASSES]
        places = values % len(CLASSES)
    else:
        table = [mix(zero(dark), NEGATIVE if k < LEVELS else POSITIVE, abs(k - LEVELS) / LEVELS * 0.75)
                 for k in range(2 * LEVELS + 1)]  # fmt: skip
        places = np.rint((np.clip(values, -1, 1) + 1) * LEVELS).astype(int)
    channels = np.array([[int(colour[i : i + 2], 16) for i in (1, 3, 5)] for colour in table], dtype=np.uint8)
    return channels[places]


def _png(colours: Array) -> str:
    """Colours (H, W, 3) as the address of a PNG picture (W3C, Portable Network Graphics): RGB, every row unfiltered."""
    height, width, _ = colours.shape
    rows = np.concatenate([np.zeros((height, 1), np.uint8), colours.reshape(height, -1)], axis=1)

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    picture = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows.tobytes())) + chunk(b"IEND", b"")
    return "data:image/png;base64," + b64encode(b"\x89PNG\r\n\x1a\n" + picture).decode()


def _image(width: int, height: int, drawing: str, alt: str) -> str:
    sides = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {sides}>{drawing}</svg>'
    source = b64encode(svg.encode()).decode()
    return f'<img alt="{alt}" width="{width}" height="{height}" src="data:image/svg+xml;base64,{source}">'
