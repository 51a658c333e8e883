// @ts-check
// Named curves over the progress of a training: what lies before the cursor strong, what is known beyond it faint.

import { linearTicks, logTicks, tickText } from "../network/numbers.js";
import { css, fitCanvas } from "./palette.js";
import { drawAxisNames } from "./plane.js";

/** @import { Rect, Rgb, Theme } from "../types.js" */

/** @typedef {{name: string, column: number, dash: number[], colour: Rgb}} NamedCurve  A column of the rows. */
/** What is drawn: rows in order, their column 0 on the horizontal axis, with curves over them.
 *  @typedef {{rows: ArrayLike<number>[], curves: NamedCurve[], row: ArrayLike<number> | undefined, end: number,
 *    range: [number, number], names: [string, string], log?: boolean, tick?: (value: number) => string,
 *    before?: Before | null, flags?: number[]}} Picture  `row` is the one at the cursor, `end` that of the horizontal axis.
 *  @typedef {{column: number, rows: ArrayLike<number>[], end: number}} Before  A dotted curve, named "last run", that ends there. */

export class CurveChart {
  /** @type {CanvasRenderingContext2D} */
  context;
  /** @type {Theme} */
  theme;
  unit = 0;
  width = 0;
  height = 0;
  /** @type {Rect} */
  frame;
  /** @type {Picture} */
  picture;

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
  }

  /** Lay out for a size in CSS pixels and a theme; `names` is the room for the curves' names, in units.
   *  @param {number} width
   *  @param {number} height
   *  @param {Theme} theme
   *  @param {number} unit
   *  @param {number} [names] */
  layout(width, height, theme, unit, names = 6.2) {
    this.width = width;
    this.height = height;
    this.theme = theme;
    this.unit = unit;
    this.context = fitCanvas(this.canvas, width, height);
    this.frame = { left: 4 * unit, top: 0.8 * unit, right: width - names * unit, bottom: height - 3 * unit };
  }

  clear() {
    this.context.clearRect(0, 0, this.width, this.height);
  }

  /** @param {Picture} picture */
  draw(picture) {
    this.picture = picture;
    const { context } = this, { left, top, right, bottom } = this.frame;
    const at = picture.row?.[0] ?? 0;
    this.clear();
    this.drawGrid();
    context.save();
    context.beginPath();
    context.rect(left, top - 2, right - left + 1, bottom - top + 3);
    context.clip();
    this.drawBefore();
    this.drawFlags();
    for (const curve of picture.curves) this.drawCurve(curve, at);
    this.drawCursor(at);
    context.restore();
    this.drawNames();
  }

  /** @param {number} value */
  x(value) {
    const { left, right } = this.frame;
    return left + (value / this.picture.end) * (right - left);
  }

  /** @param {number} value */
  y(value) {
    const { top, bottom } = this.frame, [low, high] = this.picture.range;
    const share = this.picture.log ? Math.log(Math.max(value, low) / low) / Math.log(high / low) : (value - low) / (high - low);
    return bottom - Math.min(share, 1.5) * (bottom - top);
  }

  drawGrid() {
    const { context, theme, unit, picture } = this, { left, top, right, bottom } = this.frame;
    context.font = `${0.88 * unit}px ${theme.font}`;
    context.fillStyle = css(theme.muted);
    context.lineWidth = 1;
    context.textAlign = "right";
    const rows = Math.max(2, Math.floor((bottom - top) / (1.6 * unit)));
    for (const tick of picture.log ? logTicks(...picture.range, rows) : linearTicks(...picture.range, rows)) {
      const y = Math.round(this.y(tick)) + 0.5;
      context.strokeStyle = css(theme.grid);
      context.strokeRect(left, y, right - left, 0);
      context.fillText((picture.tick ?? tickText)(tick), left - 6, y + 0.3 * unit);
    }
    context.textAlign = "center";
    for (const tick of linearTicks(0, picture.end, 6)) {
      context.fillRect(this.x(tick), bottom, 1, 4);
      context.fillText(tickText(tick), this.x(tick), bottom + 1.25 * unit);
    }
    context.strokeStyle = css(theme.muted);
    context.strokeRect(left, bottom, right - left, 0);
    drawAxisNames(context, this.frame, picture.names, theme, unit);
  }

  /** @param {NamedCurve} curve
   *  @param {number} at where the cursor stands */
  drawCurve({ column, dash, colour }, at) {
    const { context } = this;
    const past = new Path2D(), future = new Path2D();
    let started = false;
    for (const row of this.picture.rows) {
      const value = row[column];
      if (!Number.isFinite(value)) continue;
      const x = this.x(row[0]), y = this.y(value);
      if (row[0] <= at) past.lineTo(x, y);
      if (row[0] >= at) future.lineTo(x, y);
      started = true;
    }
    if (!started) return;
    context.lineJoin = "round";
    context.setLineDash(dash);
    context.lineWidth = 1.5;
    context.strokeStyle = css(colour, 0.3);
    context.stroke(future);
    context.lineWidth = 2.2;
    context.strokeStyle = css(colour);
    context.stroke(past);
    context.setLineDash([]);
  }

  drawBefore() {
    const { context, theme, picture: { before } } = this;
    if (!before) return;
    const path = new Path2D();
    for (const row of before.rows) path.lineTo(this.x(row[0]), this.y(row[before.column]));
    context.setLineDash([1.5, 3.5]);
    context.lineWidth = 2;
    context.strokeStyle = css(theme.muted);
    context.stroke(path);
    context.setLineDash([]);
  }

  /** @param {number} at */
  drawCursor(at) {
    const { context, theme } = this, { top, bottom } = this.frame;
    context.strokeStyle = css(theme.text, 0.55);
    context.lineWidth = 1;
    context.strokeRect(Math.round(this.x(at)) + 0.5, top, 0, bottom - top);
  }

  /** Where something was changed: a dotted line with a small flag. */
  drawFlags() {
    const { context, theme } = this, { top, bottom } = this.frame;
    for (const at of this.picture.flags ?? []) {
      const x = Math.round(this.x(at)) + 0.5;
      context.strokeStyle = context.fillStyle = css(theme.primary);
      context.setLineDash([2, 3]);
      context.strokeRect(x, top, 0, bottom - top);
      context.setLineDash([]);
      context.beginPath();
      context.moveTo(x, top - 2);
      context.lineTo(x + 8, top + 2);
      context.lineTo(x, top + 6);
      context.fill();
    }
  }

  /** Each line is named at its end, where the eye is; the names never overlap. */
  drawNames() {
    const { context, theme, unit, picture: { row, curves, before } } = this, { right } = this.frame;
    if (!row) return;
    const names = curves.map(({ name, column, colour }) => ({ name, value: row[column], colour }));
    if (before) names.push({ name: "last run", value: before.end, colour: theme.muted });
    context.font = `600 ${0.92 * unit}px ${theme.font}`;
    context.textAlign = "left";
    for (const { name, y, colour } of this.setApart(names.filter(({ value }) => Number.isFinite(value)))) {
      context.fillStyle = css(colour);
      context.fillText(name, right + 0.5 * unit, y + 0.3 * unit);
    }
  }

  /** The names from top to bottom, each with a height y beside its value, a line of text from the next and inside the frame.
   *  @template {{value: number}} N
   *  @param {N[]} names */
  setApart(names) {
    const { top, bottom } = this.frame, line = 1.15 * this.unit;
    const placed = names.map((one) => ({ ...one, y: this.y(one.value) })).sort((a, b) => b.value - a.value);
    placed.forEach((one, k) => {
      const y = Math.max(top, Math.min(bottom, one.y));
      one.y = k ? Math.max(y, placed[k - 1].y + line) : y;
    });
    placed.forEach((one, k) => {
      one.y = Math.min(one.y, bottom - (placed.length - 1 - k) * line);
    });
    return placed;
  }

  /** The value of the horizontal axis at a place of the chart, or null outside of it.
   *  @param {number} px
   *  @param {number} py */
  valueAt(px, py) {
    const { left, top, right, bottom } = this.frame;
    if (px < left - 4 || px > right + 4 || py < top || py > bottom + 4) return null;
    return ((px - left) / (right - left)) * this.picture.end;
  }
}
