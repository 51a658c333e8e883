// @ts-check
// A sample whose inputs are pixels, as the picture that it is.

import { css } from "./palette.js";

/** @import { Pictures, Rgb } from "../types.js" */

/** A sample as the picture that its inputs are: where there is ink, the letters' colour.
 *  @param {Pictures} pictures
 *  @param {number} number
 *  @param {Rgb} ink */
export function samplePicture({ rows, columns, ink: levels }, number, ink) {
  const canvas = Object.assign(document.createElement("canvas"), { width: columns, height: rows });
  const context = canvas.getContext("2d"), count = rows * columns;
  for (let i = 0; context && i < count; i++) {
    context.fillStyle = css(ink, Number.parseInt(levels[number * count + i], 16) / 15);
    context.fillRect(i % columns, Math.floor(i / columns), 1, 1);
  }
  return canvas;
}
