// @ts-check
// Canvases that pages draw on by themselves: drawing in CSS pixels on any screen, and colours between two.

/** A canvas that can be drawn anew; a picture of it for print is drawn on its `paper`, as fine as that says.
 *  @typedef {HTMLCanvasElement & {paper?: HTMLCanvasElement | null, redraw?: () => void}} Drawn */

/** Clears a canvas of this size in CSS pixels, and gives what draws on it.
 *  @param {Drawn} canvas
 *  @param {number} width
 *  @param {number} height */
export function penOn(canvas, width, height) {
  const paper = canvas.paper ?? canvas;
  const ratio = Number(paper.dataset.ratio) || window.devicePixelRatio || 1;
  paper.width = width * ratio;
  paper.height = height * ratio;
  const pen = /** @type {CanvasRenderingContext2D} */ (paper.getContext("2d"));
  pen.scale(ratio, ratio);
  return pen;
}

/** Red, green and blue of a colour such as "#0877bd"; on paper of the one that a light page has for it.
 *  @param {string} colour */
export const channels = (colour) => {
  const shown = globalThis.window?.glassboxPrint?.boardColour(colour) ?? colour;
  return [1, 3, 5].map((i) => Number.parseInt(shown.slice(i, i + 2), 16));
};

/** The colour at a `share` of the way from one, as its three channels, to another.
 *  @param {number[]} from
 *  @param {number[]} to
 *  @param {number} share */
export const between = (from, to, share) => `rgb(${from.map((v, i) => Math.round(v + (to[i] - v) * share)).join(" ")})`;
