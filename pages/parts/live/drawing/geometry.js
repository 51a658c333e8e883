// @ts-check
// Where the diagram's boxes stand, and how the links between them rise: numbers alone, without a canvas.

import { INPUTS_DRAWN } from "../network/forward.js";

/** @import { Column } from "../types.js" */

export const MOST_ROWS = INPUTS_DRAWN;
export const BUTTONS_ROOM = 54; // CSS pixels that a column needs for its two buttons

/** Whether the buttons at a column stand where its title would.
 *  @param {{gap: number}} column */
export const isTight = ({ gap }) => gap < BUTTONS_ROOM + 24;

/** Share of the height a link has gone through at a share of its width (a cubic with level ends).
 *  @param {number} share */
export function linkRise(share) {
  let low = 0, high = 1;
  for (let i = 0; i < 20; i++) {
    const t = (low + high) / 2;
    if (1.5 * t * (1 - t) + t ** 3 < share) low = t; else high = t;
  }
  return low * low * (3 - 2 * low);
}

/** Where everything stands: columns of boxes {x, y, size, layer, index}, layer 0 being the inputs.
 *  @param {{sizes: number[]}} network
 *  @param {number} width
 *  @param {number} height
 *  @param {number} unit
 *  @param {{left: number, right: number}} labelWidth
 *  @returns {Column[]} */
export function arrange({ sizes }, width, height, unit, labelWidth) {
  const top = 2.9 * unit, bottom = height - 0.5 * unit;
  const left = labelWidth.left, right = width - labelWidth.right;
  const gap = (right - left) / (sizes.length - 0.35);
  /** @param {number} rows */
  const pitchOf = (rows) => (bottom - top) / Math.max(rows, 1);
  return sizes.map((neurons, layer) => {
    const rows = Math.min(neurons, MOST_ROWS, Math.floor((bottom - top) / 14));
    const hidden = neurons - rows;
    const space = hidden ? pitchOf(rows) - 1.5 * unit / rows : pitchOf(rows);
    const pitch = Math.min(space, 4.6 * unit);
    const size = Math.max(10, Math.min(pitch - Math.max(3, 0.16 * pitch), gap * 0.5, 3.4 * unit));
    const x = left + layer * gap + Math.min(gap * 0.35, 1.7 * unit) * 0.2;
    const start = (top + bottom - (hidden ? 1.5 * unit : 0)) / 2 - (pitch * rows) / 2;
    const boxes = Array.from({ length: rows }, (_, index) => (
      { layer, index, x, y: start + pitch * index + (pitch - size) / 2, size }));
    return { layer, x, size, boxes, hidden, gap, foot: start + pitch * rows };
  });
}
