// @ts-check
// What a map and a curve have in common: axes, the colour of a sample, the probe, level lines.

import { linearTicks, tickText } from "../network/numbers.js";
import { css, mix } from "./palette.js";

/** @import { Pair, Plane, Rect, Scene, Theme } from "../types.js" */

/** The colour of a sample: its class's, or its target on the diverging scale.
 *  @param {Scene} scene
 *  @param {Theme} theme
 *  @param {number} truth */
export function sampleColour(scene, theme, truth) {
  if (scene.task === "classification") {
    if (scene.sizes[scene.sizes.length - 1] > 1) return theme.point(theme.classes[truth % theme.classes.length]);
    return theme.point(truth > 0.5 ? theme.positive : theme.negative);
  }
  const share = Math.max(-1, Math.min(1, (2 * (truth - scene.low)) / (scene.high - scene.low) - 1));
  return theme.point(mix(theme.zero, share < 0 ? theme.negative : theme.positive, Math.abs(share)));
}

/** Frame, ticks and names of the two axes.
 *  @param {CanvasRenderingContext2D} context
 *  @param {Rect} frame
 *  @param {Plane} plane
 *  @param {Theme} theme
 *  @param {number} unit */
export function drawAxes(context, frame, plane, theme, unit) {
  const { left, top, right, bottom } = frame;
  context.strokeStyle = css(theme.muted, 0.7);
  context.lineWidth = 1;
  context.strokeRect(left, top, right - left, bottom - top);
  context.fillStyle = css(theme.muted);
  context.font = `${0.88 * unit}px ${theme.font}`;
  context.textAlign = "center";
  for (const tick of linearTicks(...plane.x, 6)) {
    const x = left + ((tick - plane.x[0]) / (plane.x[1] - plane.x[0])) * (right - left);
    context.fillRect(x, bottom, 1, 4);
    context.fillText(tickText(tick), x, bottom + 1.25 * unit);
  }
  context.textAlign = "right";
  for (const tick of linearTicks(...plane.y, 6)) {
    const y = bottom - ((tick - plane.y[0]) / (plane.y[1] - plane.y[0])) * (bottom - top);
    context.fillRect(left - 4, y, 4, 1);
    context.fillText(tickText(tick), left - 6, y + 0.3 * unit);
  }
  drawAxisNames(context, frame, plane.labels, theme, unit);
}

/** @param {CanvasRenderingContext2D} context
 *  @param {Rect} frame
 *  @param {[string, string]} names
 *  @param {Theme} theme
 *  @param {number} unit */
export function drawAxisNames(context, { left, top, right, bottom }, [horizontal, vertical], theme, unit) {
  context.fillStyle = css(theme.text);
  context.font = `${0.95 * unit}px ${theme.font}`;
  context.textAlign = "center";
  context.fillText(horizontal, (left + right) / 2, bottom + 2.3 * unit, right - left);
  context.save();
  context.translate(0.95 * unit, (top + bottom) / 2);
  context.rotate(-Math.PI / 2);
  context.fillText(vertical, 0, 0, bottom - top);
  context.restore();
}

/** The place at which formulas are worked out: a small cross-hair.
 *  @param {CanvasRenderingContext2D} context
 *  @param {Rect} frame
 *  @param {Pair} place
 *  @param {Theme} theme */
export function drawProbe(context, { left, top, right, bottom }, [x, y], theme) {
  if (x < left || x > right || y < top || y > bottom) return;
  for (const { width, colour } of [{ width: 4, colour: css(theme.background, 0.9) }, { width: 1.6, colour: css(theme.text) }]) {
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.beginPath();
    context.arc(x, y, 7, 0, 2 * Math.PI);
    for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
      context.moveTo(x + 4 * dx, y + 4 * dy);
      context.lineTo(x + 10 * dx, y + 10 * dy);
    }
    context.stroke();
  }
}

/** The level line of a square grid of values as a path; `place` turns grid coordinates into pixels.
 *  @param {ArrayLike<number>} values
 *  @param {number} size
 *  @param {number} level
 *  @param {(x: number, y: number) => Pair} place */
export function contour(values, size, level, place) {
  const path = new Path2D();
  /** @param {number} a
   *  @param {number} b */
  const cross = (a, b) => (level - a) / (b - a);
  for (let row = 0; row + 1 < size; row++) {
    for (let column = 0; column + 1 < size; column++) {
      const p = row * size + column;
      const a = values[p], b = values[p + 1], c = values[p + size + 1], d = values[p + size];
      const above = Number(a > level) + Number(b > level) + Number(c > level) + Number(d > level);
      if (above === 0 || above === 4) continue;
      /** @type {Pair[]} */
      const ends = [];
      if (a > level !== b > level) ends.push([column + cross(a, b), row]);
      if (b > level !== c > level) ends.push([column + 1, row + cross(b, c)]);
      if (d > level !== c > level) ends.push([column + cross(d, c), row + 1]);
      if (a > level !== d > level) ends.push([column, row + cross(a, d)]);
      for (let k = 0; k + 1 < ends.length; k += 2) {
        path.moveTo(...place(...ends[k]));
        path.lineTo(...place(...ends[k + 1]));
      }
    }
  }
  return path;
}

/** For each class (but the first, whose lines the others share with it) its lead over the best other at every point.
 *  @param {ArrayLike<number>} values
 *  @param {number} count
 *  @param {number} classes */
export function* classMargins(values, count, classes) {
  const margin = new Float32Array(count);
  for (let k = 1; k < classes; k++) {
    for (let p = 0; p < count; p++) {
      let rival = -Infinity;
      for (let i = 0; i < classes; i++) if (i !== k && values[i * count + p] > rival) rival = values[i * count + p];
      margin[p] = values[k * count + p] - rival;
    }
    yield margin;
  }
}
