"""Thumbnails: a little picture of each dataset, small enough to sit in the label of a button.

Drawn as SVG, sharp at every size, in colours that read on light and on dark pages. Synthetic sets show their
own points. Measured sets have a hand-drawn sign, because loading them takes seconds and no first page should
wait for that.
"""

from base64 import b64encode
from collections.abc import Sequence
from functools import cache

import numpy as np

from nncore.data.datasets import DATASETS, DatasetKind, load_dataset
from pages.parts.figures.palette import CLASSES, NEGATIVE, POSITIVE, mix

SIZE = 48  # units of the drawing, and pixels at its natural size
GREY = "#9aa2a9"  # stands for zero: the pale or dark grey of the pages would vanish on one of them
POINTS, TILES, LEVELS = 90, 16, 9


@cache
def thumbnail(dataset_name: str) -> str:
    """The picture of a dataset as a data URI of at most 2.5 kB. Raises ValueError for an unknown name."""
    if dataset_name not in DATASETS:
        raise ValueError(f"dataset_name must be one of {', '.join(DATASETS)}, got {dataset_name!r}")
    kind = DATASETS[dataset_name]
    drawing = _SIGNS[dataset_name] if dataset_name in _SIGNS else _points(kind)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIZE}" height="{SIZE}" viewBox="0 0 {SIZE} {SIZE}" '
        f'fill="none" stroke-linecap="round" stroke-linejoin="round">{drawing}</svg>'
    )
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()


def _points(kind: DatasetKind) -> str:
    """The dataset's own points in the colours of their classes, or its targets over one input or two."""
    if kind.n_inputs == 2 and not kind.n_classes:
        return _tiles(kind)
    few = kind.max_samples < POINTS
    data = load_dataset(kind.name, None if few else POINTS, seed=1)
    if kind.n_inputs == 1:
        places = _places(np.column_stack([data.X[:, 0] / kind.extent[1], 0.7 * data.y]))
        return _dots(places, np.where(data.y < 0, 0, LEVELS - 1), _scale(), 4)
    return _dots(_places(data.X / kind.extent[1]), data.y, CLASSES, 10 if few else 3.6)


def _tiles(kind: DatasetKind) -> str:
    """The target over the square, as tiles of its mean; where it is near 0 the page shows through."""
    data = load_dataset(kind.name, kind.max_samples, seed=1)
    low, high = kind.extent
    cells = ((data.X - low) / (high - low) * TILES).astype(int).clip(0, TILES - 1)
    sums, counts = np.zeros((2, TILES, TILES))
    np.add.at(sums, tuple(cells.T), data.y)
    np.add.at(counts, tuple(cells.T), 1)
    heights = sums / np.maximum(counts, 1)
    levels = np.rint((heights / np.abs(heights).max() + 1) / 2 * (LEVELS - 1)).astype(int)
    return "".join(
        f'<path d="{_strips(levels == level)}" fill="{_scale()[level]}"/>'
        for level in np.setdiff1d(levels, LEVELS // 2)
    )


def _strips(inside: np.ndarray) -> str:
    """A path around the tiles where `inside` (x, y) is true, neighbours in a column joined to one strip."""
    side, strips = SIZE // TILES, []
    for x, column in enumerate(inside):
        edges = np.flatnonzero(np.diff(column.astype(int), prepend=0, append=0))
        for begin, end in edges.reshape(-1, 2):
            height = side * (end - begin)
            strips.append(f"M{side * x} {SIZE - side * end}h{side}v{height}h-{side}z")
    return "".join(strips)


def _places(points: np.ndarray) -> np.ndarray:
    """Whole drawing units (N, 2), y downwards, of points within -1 to 1."""
    return np.rint((points * (1, -1) + 1) / 2 * SIZE).astype(int)


def _scale() -> list[str]:
    middle = LEVELS // 2
    low = [mix(NEGATIVE, GREY, level / middle) for level in range(middle)]
    high = [mix(GREY, POSITIVE, level / middle) for level in range(1, middle + 1)]
    return [*low, GREY, *high]


def _dots(places: np.ndarray, colour_of: np.ndarray, colours: Sequence[str], width: float) -> str:
    """One path per colour: a dot is a line of no length with a round end, which takes a few letters only."""
    paths = []
    for colour in np.unique(colour_of):
        dots = "".join(f"M{x} {y}h0" for x, y in places[colour_of == colour])
        paths.append(f'<path d="{dots}" stroke="{colours[colour]}" stroke-width="{width:g}"/>')
    return "".join(paths)


def _flower() -> str:
    petals = "".join(
        f'<ellipse cx="24" cy="13" rx="6.5" ry="10" fill="{CLASSES[8]}" fill-opacity=".85" '
        f'transform="rotate({turn} 24 24)"/>'
        for turn in range(0, 360, 72)
    )
    return f'{petals}<circle cx="24" cy="24" r="5" fill="{CLASSES[5]}"/>'


def _wine() -> str:
    return (
        f'<path d="M14 17h20c0 8-4 13-10 13s-10-5-10-13z" fill="#b0305c"/>'
        f'<path d="M15 5h18l1 12c0 8-4 13-10 13s-10-5-10-13zM24 30v12M16 43h16" '
        f'stroke="{GREY}" stroke-width="2.5"/>'
    )


def _cells() -> str:
    cells = ((13, 14, 9), (35, 12, 7), (12, 36, 7))
    benign = "".join(
        f'<circle cx="{x}" cy="{y}" r="{r}" fill="{POSITIVE}" fill-opacity=".45"/>'
        f'<circle cx="{x}" cy="{y}" r="{r / 3:.1f}" fill="{POSITIVE}"/>'
        for x, y, r in cells
    )
    edge = "M33 22c5-2 6 3 9 6s1 7-1 10-6 6-11 5-9-1-10-7 0-6 3-9 5-3 10-5z"
    malignant = f'<path d="{edge}" fill="{NEGATIVE}" fill-opacity=".5"/>'
    return f'{benign}{malignant}<circle cx="32" cy="33" r="6" fill="{NEGATIVE}"/>'


def _drop() -> str:
    return (
        f'<path d="M22 5c7 10 12 16 12 23a12 12 0 0 1-24 0c0-7 5-13 12-23z" fill="#c8374a"/>'
        f'<path d="M30 44l6-9 4 4 6-11" stroke="{GREY}" stroke-width="3"/>'
    )


_DIGIT = ("..####..", ".#....#.", "......#.", "...###..", "......#.", "......#.", ".#....#.", "..####..")


def _pixels() -> str:
    """An 8 x 8 three."""
    runs = "".join(
        f"M{6 * x} {6 * y}h5v5h-5z"
        for y, row in enumerate(_DIGIT)
        for x, pixel in enumerate(row)
        if pixel == "#"
    )
    return f'<path d="{runs}" fill="{POSITIVE}"/>'


def _large_picture() -> str:
    """A smooth three on a frame with the marks of many pixels."""
    marks = "".join(f"M{x} 1v3M1 {x}h3" for x in range(3, 47, 3))
    return (
        f'<path d="{marks}M1 1h46v46H1z" stroke="{GREY}" stroke-width="1"/>'
        f'<path d="M14 15c3-8 20-8 20 1 0 6-7 7-11 7 5 0 12 2 12 8 0 10-20 10-22 1" stroke="{POSITIVE}" '
        f'stroke-width="6"/>'
    )


_SIGNS = {
    "iris": _flower(),
    "wine": _wine(),
    "breast_cancer": _cells(),
    "diabetes": _drop(),
    "digits": _pixels(),
    "digits28": _large_picture(),
}
