"""The confusion matrix: which classes are taken for which, as a table of HTML, which a browser draws at once."""

from collections.abc import Sequence
from html import escape

import numpy as np

from pages.parts.fields.numbers import percent, percent_in_words
from pages.parts.figures.palette import POSITIVE, TEXT_DARK, ZERO_DARK, ZERO_LIGHT, mix

BLACK, WHITE = "#000000", "#ffffff"
WHITE_FROM = 0.97  # share: from here on a cell is blue enough for white text; below, only black has a contrast of 4.5 on it
SHARES_UP_TO = 5  # classes: with more of them, a cell has room for its count alone

_STYLE = """<style>
.glassbox-confusion { width: 100%; height: 360px; table-layout: fixed; border-spacing: 2px; border-collapse: separate; }
.glassbox-confusion caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.glassbox-confusion :is(th, td) { font-size: 0.875rem; line-height: 1.25; padding: 0 2px; text-align: center; border: 0; }
.glassbox-confusion th { font-weight: 400; overflow: hidden; text-overflow: ellipsis; }
.glassbox-confusion th[scope=row] { text-align: right; padding-right: 6px; }
.glassbox-confusion tr.names > * { height: 1.5rem; }
.glassbox-confusion col:first-child { width: 1.8rem; }
.glassbox-confusion col:nth-child(2) { width: NAMES; }
.glassbox-confusion th.true { writing-mode: vertical-rl; transform: rotate(180deg); }
</style>"""


def confusion_table(counts: np.ndarray, class_names: Sequence[str], spoken: str = "") -> str:
    """HTML of a table of `counts` (C, C), row = true class, coloured by the share within its row; `spoken` is its caption.

    Each cell shows its count, and its share where there is room; a class without samples has shares of 0. The names are
    shown letter for letter. Raises ValueError where counts and names do not fit together.
    """
    counts, n_classes = np.asarray(counts), len(class_names)
    if counts.shape != (n_classes, n_classes):
        raise ValueError(f"counts must have the shape ({n_classes}, {n_classes}), got {counts.shape}")
    totals = counts.sum(axis=1, keepdims=True)
    shares = np.divide(counts, totals, out=np.zeros(counts.shape), where=totals > 0)
    side = f'<th class="true" rowspan="{n_classes}" scope="rowgroup">true</th>'
    body = "".join(
        f"<tr>{'' if i else side}{_head(name, 'row')}{_row(counts[i], shares[i], class_names, i)}</tr>"
        for i, name in enumerate(class_names)
    )
    columns = "".join(_head(name, "col") for name in class_names)
    longest = max((len(_short(name)) for name in class_names), default=0)
    return (
        f'{_STYLE.replace("NAMES", f"{longest / 2 + 1:g}rem")}<table class="glassbox-confusion"><caption>{escape(spoken)}'
        f"</caption><colgroup>{'<col>' * (n_classes + 2)}</colgroup><tbody>{body}"
        f'<tr class="names"><td colspan="2"></td>{columns}</tr>'
        f'<tr class="names"><td colspan="2"></td><th colspan="{n_classes}" scope="colgroup">predicted</th></tr>'
        "</tbody></table>"
    )


def _head(name: str, scope: str) -> str:
    return f'<th scope="{scope}" title="{escape(name)}">{escape(_short(name))}</th>'


def _row(counts: np.ndarray, shares: np.ndarray, names: Sequence[str], true: int) -> str:
    """The cells of one true class: white text on blue cells, where dark text is hard to read."""
    cells = []
    for predicted, (count, share) in enumerate(zip(counts, shares, strict=True)):
        ground = f"{mix(ZERO_LIGHT, POSITIVE, share)}, {mix(ZERO_DARK, POSITIVE, share)}"
        ink = WHITE if share > WHITE_FROM else f"light-dark({BLACK}, {TEXT_DARK})"
        hover = (f"true: {names[true]}\npredicted: {names[predicted]}\n{count} of {counts.sum()} samples "
                 f"({percent_in_words(share, 1)})")  # fmt: skip
        shown = f"<br>{percent(share)}" if len(counts) <= SHARES_UP_TO else ""
        cells.append(f'<td title="{escape(hover)}" style="background: light-dark({ground}); color: {ink}">'
                     f"<b>{count}</b>{shown}</td>")  # fmt: skip
    return "".join(cells)


def _short(name: str) -> str:
    return name if len(name) <= 12 else f"{name[:11]}…"
