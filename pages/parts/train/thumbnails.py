"""Thumbnails: a little picture of each dataset, small enough to sit in the label of a button.

Drawn as SVG, sharp at every size, in colours that read on light and on dark pages. Synthetic sets show their
own points. Measured sets have a hand-drawn sign in the table of datasets, because loading them takes seconds and no
first page should wait for that.
"""

from base64 import b64encode
from collections.abc import Sequence
from html import escape

import numpy as np

from nncore.cache import cached
from nncore.data.datasets import DATASETS, DatasetKind, load_dataset
from nncore.data.own import dataset_kind, is_own
from pages.parts.figures.palette import CLASSES, NEGATIVE, POSITIVE, mix

SIZE = 48  # units of the drawing, and pixels at its natural size
GREY = "#9aa2a9"  # stands for zero: the pale or dark grey of the pages would vanish on one of them
POINTS, TILES, LEVELS = 90, 16, 9


def thumbnail(dataset_name: str) -> str:
    """The picture of a dataset as a data URI of at most 2.5 kB. Raises ValueError for an unknown name."""
    if dataset_name not in DATASETS and not is_own(dataset_name):
        raise ValueError(f"dataset_name must be one of {', '.join(DATASETS)}, got {dataset_name!r}")
    dataset_kind(dataset_name)  # raises ValueError for a table that is no longer there
    return cached(_picture, dataset_name, n_bytes=len)


def _picture(dataset_name: str) -> str:
    kind = dataset_kind(dataset_name)
    drawing = _points(kind) if kind.extent is not None and not kind.sign else _sign(kind)
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
        places = _places(np.column_stack([data.X[:, 0] / kind.extent[1], 0.7 * data.y / max(1.0, np.abs(data.y).max())]))
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


def _sign(kind: DatasetKind) -> str:
    """The dataset's sign in the palette's colours; where it has none, the first letter of its title."""
    colours = {f"class_{number}": colour for number, colour in enumerate(CLASSES)}
    letter = (
        f'<text x="24" y="35" font-size="32" font-family="sans-serif" text-anchor="middle" fill="{GREY}">'
        f"{escape(kind.title[:1])}</text>"
    )
    if not kind.sign:
        return letter
    return kind.sign.format(positive=POSITIVE, negative=NEGATIVE, grey=GREY, **colours)
