// @ts-check
// Colours and small drawing tools. One diverging scale (negative, zero, positive) serves data, neurons and weights, and a
// qualitative one the classes; both are kept as tables of packed pixels, because a map has 10,000 of them.

/** @import { Palette, Rgb, Theme } from "../types.js" */

export const SCALE_STEPS = 256;
/** What reads colours, made when the first is read.
 *  @type {CanvasRenderingContext2D | null} */
let reader = null;

/** A canvas's two-dimensional context.
 *  @param {HTMLCanvasElement} canvas
 *  @param {CanvasRenderingContext2DSettings} [settings] */
function contextOf(canvas, settings) {
  return /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", settings));
}

/** [red, green, blue] of any CSS colour; the canvas is the parser, since themes use every notation.
 *  @param {string} colour
 *  @returns {Rgb} */
export function rgb(colour) {
  reader ??= contextOf(document.createElement("canvas"), { willReadFrequently: true });
  reader.clearRect(0, 0, 1, 1);
  reader.fillStyle = colour;
  reader.fillRect(0, 0, 1, 1);
  return Array.from(reader.getImageData(0, 0, 1, 1).data.slice(0, 3));
}

/** @param {Rgb} a
 *  @param {Rgb} b
 *  @param {number} share */
export const mix = (a, b, share) => a.map((value, i) => Math.round(value + (b[i] - value) * share));
/** @param {Rgb} colour
 *  @param {number} [alpha] */
export const css = ([r, g, b], alpha = 1) => `rgba(${r},${g},${b},${alpha})`;
/** @param {Rgb} colour */
const brightness = ([r, g, b]) => 0.3 * r + 0.59 * g + 0.11 * b;
/** The relative luminance of WCAG, from 0 to 1.
 *  @param {Rgb} colour */
const luminance = (colour) => {
  const [r, g, b] = colour.map((value) => value / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

/** The contrast of two colours, from 1 to 21.
 *  @param {Rgb} a
 *  @param {Rgb} b */
export function contrast(a, b) {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const LIGHT_LETTERS = [255, 255, 255], DARK_LETTERS = [14, 17, 23];
/** The letters that read better on a colour: white, or nearly black.
 *  @param {Rgb} colour */
export const lettersOn = (colour) => contrast(colour, LIGHT_LETTERS) >= contrast(colour, DARK_LETTERS) ? LIGHT_LETTERS : DARK_LETTERS;

/** @param {Rgb} colour */
const pack = ([r, g, b]) => ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;

/** A table of packed pixels from `stops` (evenly spaced colours).
 *  @param {Rgb[]} stops */
function ramp(stops) {
  return Uint32Array.from({ length: SCALE_STEPS }, (_, i) => {
    const at = (i / (SCALE_STEPS - 1)) * (stops.length - 1);
    const k = Math.min(Math.floor(at), stops.length - 2);
    return pack(mix(stops[k], stops[k + 1], at - k));
  });
}

/** @type {Palette} */
const FALLBACK = { negative: "#f59322", zero_light: "#e8eaeb", zero_dark: "#3a3f45", positive: "#0877bd", classes: [] };

/** The colours and the font in force: read anew from the page whenever the theme changes.
 *  @param {Element} element
 *  @param {Palette} [palette]
 *  @returns {Theme} */
export function readTheme(element, palette = FALLBACK) {
  const style = getComputedStyle(element);
  const read = (/** @type {string} */ name, /** @type {string} */ otherwise) => style.getPropertyValue(name).trim() || otherwise;
  const text = rgb(read("--st-text-color", "#31333f"));
  const background = rgb(read("--st-background-color", "#ffffff"));
  const dark = brightness(background) < 128;
  const zero = rgb(dark ? palette.zero_dark : palette.zero_light);
  const negative = rgb(palette.negative), positive = rgb(palette.positive);
  const classes = palette.classes.map(rgb);
  // Points stand on areas of their own colour: a shade away from it keeps them visible.
  const point = (/** @type {Rgb} */ colour) => mix(colour, dark ? [255, 255, 255] : [0, 0, 0], dark ? 0.32 : 0.18);
  return {
    text, background, dark, zero, negative, positive, classes, point,
    muted: mix(text, background, 0.35),
    grid: mix(text, background, 0.86),
    // Weights are thin lines on the page itself, so the dark page needs a lighter blue.
    line: { negative: dark ? mix(negative, [255, 255, 255], 0.1) : negative,
      positive: dark ? mix(positive, [255, 255, 255], 0.25) : positive },
    validation: dark ? [236, 150, 222] : [163, 52, 143],
    onPrimary: css(lettersOn(rgb(read("--st-primary-color", "#ff4b4b")))),
    primary: rgb(read("--st-primary-color", "#ff4b4b")),
    font: read("--st-font", "sans-serif"),
    // Presenter view sets both in its style sheet: how much larger all is, and the height of a letter.
    scale: Number(read("--glassbox-scale", "1")),
    unit: Number.parseFloat(read("--glassbox-unit", "0")),
    diverging: ramp([negative, zero, positive]),
    shades: classes.map((colour) => ramp([mix(zero, colour, 0.12), colour])),
  };
}

/** Paint `count` values, `low` to `high`, as pixels of a table; `discrete` knows only the two ends.
 *  @param {ArrayLike<number>} values
 *  @param {number} offset
 *  @param {number} count
 *  @param {number} low
 *  @param {number} high
 *  @param {Uint32Array} table
 *  @param {Uint32Array} pixels
 *  @param {boolean} [discrete] */
export function paint(values, offset, count, low, high, table, pixels, discrete = false) {
  const factor = (SCALE_STEPS - 1) / (high - low);
  const middle = (low + high) / 2;
  for (let p = 0; p < count; p++) {
    const value = values[offset + p];
    let step = discrete ? (value > middle ? SCALE_STEPS - 1 : 0) : (value - low) * factor;
    step = step > 0 ? (step < SCALE_STEPS ? step | 0 : SCALE_STEPS - 1) : 0;
    pixels[p] = table[step];
  }
}

/** Paint the winning class of each point, fading to grey where it barely wins.
 *  @param {ArrayLike<number>} values
 *  @param {number} count
 *  @param {Uint32Array[]} shades
 *  @param {Uint32Array} pixels
 *  @param {boolean} discrete */
export function paintClasses(values, count, shades, pixels, discrete) {
  const classes = values.length / count;
  for (let p = 0; p < count; p++) {
    let best = 0;
    for (let k = 1; k < classes; k++) if (values[k * count + p] > values[best * count + p]) best = k;
    const confidence = (values[best * count + p] - 1 / classes) / (1 - 1 / classes);
    const step = discrete ? SCALE_STEPS - 1 : Math.max(0, Math.min(1, confidence)) * (SCALE_STEPS - 1);
    pixels[p] = shades[best % shades.length][step | 0];
  }
}

/** An offscreen canvas with its pixels as 32-bit words: {canvas, pixels, show()}.
 *  @param {number} width
 *  @param {number} height */
export function pixelCanvas(width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = contextOf(canvas);
  const image = context.createImageData(width, height);
  return { canvas, pixels: new Uint32Array(image.data.buffer), show: () => context.putImageData(image, 0, 0) };
}

/** Size a canvas in CSS pixels for this screen, or as fine as its `data-ratio` says; its context then draws in CSS pixels.
 *  @param {HTMLCanvasElement} canvas
 *  @param {number} width
 *  @param {number} height */
export function fitCanvas(canvas, width, height) {
  const ratio = Number(canvas.dataset.ratio) || window.devicePixelRatio || 1; // a picture for print has its own
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = contextOf(canvas);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.imageSmoothingQuality = "high";
  return context;
}

/** Corners of each marker, in units of its radius.
 *  @param {number} corners
 *  @param {number} turn
 *  @param {number} [inner] */
const polygon = (corners, turn, inner = 1) => Array.from({ length: corners }, (_, i) => {
  const angle = turn + (i * 2 * Math.PI) / corners, radius = i % 2 ? inner : 1;
  return [Math.sin(angle) * radius, -Math.cos(angle) * radius];
});
const plus = [[-1, -3], [1, -3], [1, -1], [3, -1], [3, 1], [1, 1], [1, 3], [-1, 3], [-1, 1], [-3, 1], [-3, -1], [-1, -1]]
  .map(([x, y]) => [x / 2.7, y / 2.7]);
/** @type {Record<string, number[][]>} */
const MARKERS = {
  square: polygon(4, Math.PI / 4).map(([x, y]) => [x * 1.2, y * 1.2]),
  triangle: polygon(3, 0).map(([x, y]) => [x * 1.25, y * 1.25]),
  triangle_down: polygon(3, Math.PI).map(([x, y]) => [x * 1.25, y * 1.25]),
  diamond: polygon(4, 0).map(([x, y]) => [x * 1.25, y * 1.25]),
  star: polygon(10, 0, 0.45).map(([x, y]) => [x * 1.4, y * 1.4]),
  plus,
  cross: plus.map(([x, y]) => [(x - y) * 0.75, (x + y) * 0.75]),
  pentagon: polygon(5, 0).map(([x, y]) => [x * 1.1, y * 1.1]),
  hexagon: polygon(6, 0).map(([x, y]) => [x * 1.1, y * 1.1]),
};
/** @type {Record<string, string>} */
export const GLYPHS = { circle: "●", square: "■", triangle: "▲", triangle_down: "▼", diamond: "◆", star: "★", plus: "✚",
  cross: "✖", pentagon: "⬟", hexagon: "⬢" };

/** Add a marker's outline to the current path.
 *  @param {CanvasRenderingContext2D} context
 *  @param {string} name
 *  @param {number} x
 *  @param {number} y
 *  @param {number} radius */
export function markerPath(context, name, x, y, radius) {
  const corners = MARKERS[name];
  if (!corners) {
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  for (const [dx, dy] of corners) context.lineTo(x + dx * radius, y + dy * radius);
  context.closePath();
}
