// @ts-check
// More pictures of a training: points that move as it goes on, and small pictures below those that they are to be like.

import { roundUp } from "../network/numbers.js";
import { css, fitCanvas, mix, rgb } from "./palette.js";

/** @import { Panel, Rgb, Theme } from "../types.js" */

// Pixels: of a square of points, of a title, around the points, of a picture's side, of a strip's height, between two.
const PANEL = { side: 300, head: 24, edge: 10, picture: 52, strip: 10, gap: 5 };

/** Draw the `values` of one panel of a frame, no wider than `most` pixels.
 *  @param {HTMLCanvasElement} canvas
 *  @param {Panel} panel
 *  @param {Float32Array} values
 *  @param {{none: Rgb, all: Rgb, below: Rgb}} colours of 0, of 1 and of -1
 *  @param {Theme} theme
 *  @param {number} most */
export function drawPanel(canvas, panel, values, colours, theme, most) {
  if (panel.kind === "points") drawMarks(canvas, panel, values, theme, most);
  else drawTiles(canvas, panel, values, colours, theme, most);
}

/** The largest number on either axis, at least a little above 0.
 *  @param {ArrayLike<number>} values */
export function reachOf(values) {
  let reach = 1e-6;
  for (let i = 0; i < values.length; i++) if (Math.abs(values[i]) > reach) reach = Math.abs(values[i]);
  return roundUp(reach);
}

/** @param {CanvasRenderingContext2D} context
 *  @param {string} title
 *  @param {Theme} theme */
function drawTitle(context, title, theme) {
  context.fillStyle = css(theme.text);
  context.font = `600 ${theme.scale * 13}px ${theme.font}`;
  context.fillText(title, 0, theme.scale * 16);
}

/** @param {HTMLCanvasElement} canvas
 *  @param {Extract<Panel, {kind: "points"}>} panel
 *  @param {Float32Array} values
 *  @param {Theme} theme
 *  @param {number} most */
function drawMarks(canvas, { title, marks, colours }, values, theme, most) {
  const { scale } = theme, side = Math.min(scale * PANEL.side, most), head = scale * PANEL.head, reach = reachOf(values);
  const context = fitCanvas(canvas, side, side + head);
  drawTitle(context, title, theme);
  /** @param {number} value */
  const at = (value) => scale * PANEL.edge + ((value / reach + 1) / 2) * (side - 2 * scale * PANEL.edge);
  context.strokeStyle = css(theme.grid);
  context.strokeRect(0.5, head + 0.5, side - 1, side - 1);
  context.strokeRect(at(0), head, 0, side);
  context.strokeRect(0, head + at(0), side, 0);
  context.font = `600 ${scale > 1 ? scale * 13 : 11}px ${theme.font}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  marks.forEach((mark, i) => {
    context.fillStyle = css(theme.point(rgb(colours[i])));
    context.fillText(mark, at(values[2 * i]), head + side - at(values[2 * i + 1]));
  });
}

/** @param {HTMLCanvasElement} canvas
 *  @param {Extract<Panel, {kind: "tiles"}>} panel
 *  @param {Float32Array} values
 *  @param {{none: Rgb, all: Rgb, below: Rgb}} colours
 *  @param {Theme} theme
 *  @param {number} most */
function drawTiles(canvas, { title, shape: [count, rows, columns], inputs, across }, values, colours, theme, most) {
  const { scale } = theme, head = scale * PANEL.head, gap = scale * PANEL.gap;
  const width = Math.min(scale * PANEL.picture * (rows === 1 ? 6 : 1), (most - 4) / across - gap);
  const height = rows === 1 ? scale * PANEL.strip : width;
  const both = inputs ? [inputs, values] : [values];
  const lines = Math.ceil(count / across), line = both.length * (height + gap) + gap;
  const context = fitCanvas(canvas, across * (width + gap), head + lines * line);
  drawTitle(context, title, theme);
  for (let k = 0; k < count; k++) {
    const left = (k % across) * (width + gap), top = head + Math.floor(k / across) * line;
    both.forEach((numbers, half) => {
      for (let p = 0; p < rows * columns; p++) {
        const value = Math.max(-1, Math.min(1, numbers[k * rows * columns + p]));
        context.fillStyle = css(mix(colours.none, value < 0 ? colours.below : colours.all, Math.abs(value)));
        const x = left + ((p % columns) * width) / columns, y = Math.floor(p / columns) * (height / rows);
        context.fillRect(x, top + half * (height + gap / 2) + y, width / columns, height / rows);
      }
    });
  }
}
