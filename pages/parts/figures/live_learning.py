"""Learning while it happens, as small SVG pictures: a Plotly chart would blink with every new one.

A picture is an <img> with a fixed shape, so that nothing moves on the page when the next one takes its place.
"""

import html
from base64 import b64encode
from collections.abc import Sequence

import numpy as np

from pages.parts.numbers import exact_percent as percent
from pages.parts.palette import POSITIVE, TRAINING, VALIDATION, LineStyle, mix, text, zero

WIDTH, HEIGHT = 420, 190  # of a panel, in pixels
LEFT, RIGHT, TOP, BOTTOM = 46, 10, 26, 34  # its margins
CELL, GAP, LETTER = 26, 1, 8  # of a matrix
DASHES = {"solid": "", "dash": ' stroke-dasharray="7 5"', "dot": ' stroke-dasharray="2 4"'}

Curve = tuple[np.ndarray, LineStyle]


def learning_picture(updates: np.ndarray, scores: np.ndarray, n_updates: int, dark: bool) -> str:
    """Two panels: the training loss and the shares right (training, held out) so far, on an axis up to `n_updates`.

    `updates` are (F,), `scores` (F, 3), as a Recording holds them.
    """
    top = float(scores[:, 0].max()) * 1.05 or 1.0
    last = f"{int(updates[-1]):,} updates"
    loss = _panel(updates / n_updates, [(scores[:, 0] / top, TRAINING)], dark)
    right = _panel(updates / n_updates, [(scores[:, 1], TRAINING), (scores[:, 2], VALIDATION)], dark)
    end = f"{n_updates:,} updates"
    return _row([
        _image(loss + _labels(("loss on the training set", f"{top:.2g}", "0", end), dark), (WIDTH, HEIGHT),
               f"Training loss, {scores[-1, 0]:.3f} after {last}"),
        _image(right + _labels(("right: — training, - - held out", "100%", "0", end), dark), (WIDTH, HEIGHT),
               f"Right after {last}: {percent(scores[-1, 1])} of the training set, {percent(scores[-1, 2])} held out"),
    ])  # fmt: skip


def matrices_picture(weights: np.ndarray, rows: Sequence[str], columns: Sequence[str], dark: bool) -> str:
    """Attention weights (heads, T_q, T_k) from 0 to 1, a small heatmap for each head, with the tokens at both sides."""
    titles = [f"head {head + 1}" if len(weights) > 1 else "attention" for head in range(len(weights))]
    margin, width = 12 + LETTER * max(map(len, rows)), max(CELL, 8 + LETTER * max(map(len, columns)))
    size = margin + width * len(columns) + 4, TOP + CELL * len(rows) + 22
    return _row([_image(_matrix(matrix, (rows, columns), title, (margin, width), dark), size, f"Attention, {title}")
                 for matrix, title in zip(weights, titles, strict=True)])  # fmt: skip


def _panel(x: np.ndarray, curves: Sequence[Curve], dark: bool) -> str:
    """Axes and curves; x and y are shares of the axes' lengths."""
    base, width, height = HEIGHT - BOTTOM, WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
    line = mix(zero(dark), text(dark), 0.2)
    drawn = "".join(_curve(LEFT + width * x, base - height * np.clip(y, 0, 1), style, dark) for y, style in curves)
    return f'<path d="M{LEFT} {TOP}V{base}H{WIDTH - RIGHT}" fill="none" stroke="{line}"/>{drawn}'


def _curve(x: np.ndarray, y: np.ndarray, style: LineStyle, dark: bool) -> str:
    points = " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(x, y, strict=True))
    ink = f'stroke="{style.colour(dark)}" stroke-width="2"{DASHES[style.dash]}'
    return (f'<polyline points="{points}" fill="none" {ink}/>'
            f'<circle cx="{x[-1]:.1f}" cy="{y[-1]:.1f}" r="3.5" fill="{style.colour(dark)}"/>')  # fmt: skip


def _labels(texts: tuple[str, str, str, str], dark: bool) -> str:
    """A panel's title, the two ends of its upright axis and the end of the other."""
    title, top, bottom, end = texts
    base = HEIGHT - BOTTOM
    return (
        f'<g fill="{text(dark)}"><text x="{LEFT}" y="15">{title}</text>'
        f'<text x="{LEFT - 6}" y="{TOP + 9}" text-anchor="end">{top}</text>'
        f'<text x="{LEFT - 6}" y="{base + 4}" text-anchor="end">{bottom}</text>'
        f'<text x="{LEFT}" y="{base + 20}">0</text>'
        f'<text x="{WIDTH - RIGHT}" y="{base + 20}" text-anchor="end">{end}</text></g>'
    )


def _matrix(
    weights: np.ndarray, labels: tuple[Sequence[str], Sequence[str]], title: str, widths: tuple[int, int], dark: bool
) -> str:
    """Cells, a title and the labels of rows and columns; `widths` are those of the row labels and of a column."""
    margin, width = widths
    cells = "".join(
        f'<rect x="{margin + width * column}" y="{TOP + CELL * row}" width="{width - GAP}" height="{CELL - GAP}" '
        f'fill="{mix(zero(dark), POSITIVE, float(share))}"/>' for (row, column), share in np.ndenumerate(weights)
    )  # fmt: skip
    rows = "".join(_text(margin - 6, TOP + CELL * (row + 0.65), word, "end") for row, word in enumerate(labels[0]))
    foot = TOP + CELL * len(labels[0]) + 14
    columns = "".join(
        _text(margin + width * (column + 0.5), foot, word, "middle") for column, word in enumerate(labels[1])
    )
    return f'{cells}<g fill="{text(dark)}">{_text(margin, 16, title, "start")}{rows}{columns}</g>'


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}">{html.escape(words)}</text>'


def _image(drawing: str, size: tuple[int, int], words: str) -> str:
    width, height = size
    svg = (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
           f'font-family="sans-serif" font-size="13">{drawing}</svg>')  # fmt: skip
    source = "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()
    style = f"width: {width}px; max-width: 100%; aspect-ratio: {width} / {height}"
    return f'<img src="{source}" alt="{html.escape(words)}" decoding="sync" style="{style}">'


def _row(images: Sequence[str]) -> str:
    return f'<div style="display: flex; flex-wrap: wrap; gap: 4px 24px">{"".join(images)}</div>'
