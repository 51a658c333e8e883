// @ts-check
// An attention matrix: a row for each query word, a column for each key word, the darker the more it looks there.

import { css, fitCanvas, mix } from "./palette.js";

/** @import { Rgb, Theme } from "../types.js" */

const ROW = 26, LARGE_ROW = 42, FEW_ROWS = 4, STRIP = 11; // rows are larger where they are few, narrow without names
const LETTER = 8, HEAD = 26, FOOT = 22; // pixels: of a letter's width, above and below the matrix

/** Draw the attention of one head, shares from 0 to 1, or the weights of a filter, from -1 to 1, no wider than `most` pixels.
 *  What is masked, NaN, gets a slanted line.
 *  @param {HTMLCanvasElement} canvas
 *  @param {{title: string, weights: number[][], rows: string[], columns: string[], longest: number}} head `longest` is the
 *    number of letters for which there is room beside the rows, so that it stands still while its words change
 *  @param {{none: Rgb, all: Rgb, below: Rgb}} colours of 0, of 1 and of -1
 *  @param {Theme} theme
 *  @param {number} most */
export function drawAttention(canvas, { title, weights, rows, columns, longest }, colours, theme, most) {
  const { scale } = theme, letter = scale * LETTER, head = scale * HEAD, size = scale * 13;
  const height = scale * (rows.length <= FEW_ROWS ? LARGE_ROW : rows[0] ? ROW : STRIP), foot = head + height * rows.length;
  const margin = scale * 12 + letter * longest;
  const wanted = Math.max(height, scale * 8 + letter * Math.max(...columns.map((word) => word.length)));
  const width = Math.min(wanted, Math.floor((most - margin - 4) / columns.length));
  const context = fitCanvas(canvas, margin + width * columns.length + 4, foot + scale * FOOT);
  weights.forEach((shares, i) => {
    shares.forEach((share, j) => {
      const x = margin + width * j, y = head + height * i;
      context.fillStyle = css(mix(colours.none, share < 0 ? colours.below : colours.all, Math.abs(share) || 0));
      context.fillRect(x, y, width - 1, height - 1);
      if (!Number.isNaN(share)) return;
      context.strokeStyle = css(theme.text, 0.35);
      context.beginPath();
      context.moveTo(x, y + height - 1);
      context.lineTo(x + width - 1, y);
      context.stroke();
    });
  });
  context.fillStyle = css(theme.text);
  context.font = `600 ${size}px ${theme.font}`;
  context.fillText(title, margin, scale * 16);
  context.font = `${size}px ${theme.font}`;
  context.textAlign = "right";
  rows.forEach((word, i) => {
    context.fillText(word, margin - scale * 6, head + height * (i + 0.5) + scale * 4);
  });
  context.textAlign = "center";
  columns.forEach((word, j) => {
    context.fillText(word, margin + width * (j + 0.5), foot + scale * 14, width);
  });
}
