"""Residuals: how far each prediction lies from its target, and to which side, as HTML, which a browser draws at once."""

from html import escape

import numpy as np

from pages.parts.figures.palette import NEGATIVE, POSITIVE, TEXT_DARK, TEXT_LIGHT, ZERO_DARK, ZERO_LIGHT, mix

BINS = 24
MOST_DOTS = 1000  # more of them hide each other, and take the browser long

_STYLE = f"""<style>
.glassbox-residuals {{ --ink: light-dark({TEXT_LIGHT}, {TEXT_DARK}); --line: light-dark(#d5d8da, #4b5157);
  display: grid; grid-template-columns: auto auto 1fr; column-gap: 4px; font-size: 0.875rem; line-height: 1.3;
  padding-right: 8px; }}
.glassbox-residuals .name {{ writing-mode: vertical-rl; transform: rotate(180deg); text-align: center; }}
.glassbox-residuals .below {{ grid-column: 3; text-align: center; margin-bottom: 8px; }}
.glassbox-residuals .ends {{ display: flex; justify-content: space-between; }}
.glassbox-residuals .ends.up {{ flex-direction: column-reverse; text-align: right; }}
.glassbox-residuals .ends.across {{ grid-column: 3; }}
.glassbox-residuals .field {{ position: relative; border: solid var(--line); border-width: 0 0 1px 1px; }}
.glassbox-residuals .dots {{ height: 210px; background: linear-gradient(to top left, transparent calc(50% - 0.8px),
  var(--ink) calc(50% - 0.8px) calc(50% + 0.8px), transparent calc(50% + 0.8px)); }}
.glassbox-residuals .dots i {{ position: absolute; width: 7px; height: 7px; margin: 0 0 -3.5px -3.5px; border-radius: 50%;
  border: 0.5px solid var(--ink); }}
.glassbox-residuals .bars {{ height: 80px; }}
.glassbox-residuals .bars i {{ position: absolute; bottom: 0; width: {94 / BINS:.3f}%; }}
</style>"""


def residuals_picture(predicted: np.ndarray, target: np.ndarray, target_name: str, spoken: str = "") -> str:
    """HTML of predicted against true values (N,) with the line on which they agree, and a histogram of the residuals.

    Blue samples are predicted too high, orange ones too low. Of more than MOST_DOTS samples, so many are drawn, evenly
    spread over their order; the histogram counts all of them. `spoken` is for a screen reader. Raises ValueError for
    lengths that differ.
    """
    predicted, target = np.ravel(predicted), np.ravel(target)
    if predicted.shape != target.shape:
        raise ValueError(f"predicted must have as many values as target, {len(target)}, got {len(predicted)}")
    residuals = predicted - target
    limit = float(np.abs(residuals).max(initial=0.0)) or 1.0
    values = np.concatenate([predicted, target])
    low, high = (float(values.min()), float(values.max())) if len(values) else (0.0, 1.0)
    counts, edges = np.histogram(residuals, bins=BINS, range=(-limit, limit))
    return (
        f'{_STYLE}<div class="glassbox-residuals" role="img" aria-label="{escape(spoken)}">'
        f'<span class="name">predicted</span>{_ends(low, high, "up")}<div class="field dots">'
        f"{_dots(target, predicted, (low, high), limit)}</div>{_ends(low, high, 'across')}"
        f'<span class="below">true {escape(target_name)}</span>'
        f'<span class="name">samples</span>{_ends(0, int(counts.max()), "up")}<div class="field bars">'
        f"{_bars(counts, edges)}</div>{_ends(-limit, limit, 'across')}"
        f'<span class="below">residual (predicted − true)</span></div>'
    )


def _dots(target: np.ndarray, predicted: np.ndarray, ends: tuple[float, float], limit: float) -> str:
    """A dot for each sample; both axes go from `ends[0]` to `ends[1]`, and a residual of `limit` has the full colour."""
    low, width = ends[0], (ends[1] - ends[0]) or 1.0
    places = (target - low) / width, (predicted - low) / width
    shown = np.unique(np.linspace(0, len(target) - 1, min(len(target), MOST_DOTS)).astype(int)) if len(target) else []
    return "".join(_dot(target[n], predicted[n], places[0][n], places[1][n], limit) for n in shown)


def _dot(target: float, predicted: float, across: float, up: float, limit: float) -> str:
    residual = predicted - target
    end, share = (NEGATIVE if residual < 0 else POSITIVE), min(abs(residual) / limit, 1.0)
    ground = f"{mix(ZERO_LIGHT, end, share)}, {mix(ZERO_DARK, end, share)}"
    hover = f"true {target:.4g}\npredicted {predicted:.4g}\nresidual {residual:.4g}"
    return f'<i style="left:{100 * across:.2f}%;bottom:{100 * up:.2f}%;background:light-dark({ground})" title="{hover}"></i>'


def _bars(counts: np.ndarray, edges: np.ndarray) -> str:
    """Counts in bins that meet at zero, so that too low and too high never share a bar."""
    middles = (edges[:-1] + edges[1:]) / 2
    return "".join(
        f'<i style="left:{100 * number / BINS:.2f}%;height:{100 * count / max(counts.max(), 1):.1f}%;background:'
        f'{NEGATIVE if middle < 0 else POSITIVE}" title="residual about {middle:.3g}\n{count} samples"></i>'
        for number, (count, middle) in enumerate(zip(counts, middles, strict=True))
    )


def _ends(low: float, high: float, way: str) -> str:
    """The numbers at an axis: its two ends and its middle, which is 0 where it is next to nothing."""
    middle = (low + high) / 2
    if abs(middle) < (high - low) / 1000:
        middle = 0.0
    texts = (f"{value:.4g}".replace("-", "−") for value in (low, middle, high))
    return f'<span class="ends {way}">{"".join(f"<span>{text}</span>" for text in texts)}</span>'
