// @ts-check
// Numbers as text, and the ticks of an axis.

export const MINUS = "−";
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";

/** A number to about three significant digits, with a real minus sign.
 *  @param {number} value */
export function brief(value) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "not a number" : value > 0 ? "∞" : `${MINUS}∞`;
  const size = Math.abs(value);
  const text = size === 0 ? "0" : size >= 1e5 || size < 0.001 ? size.toExponential(1)
    : size >= 100 ? size.toFixed(0) : size >= 10 ? size.toFixed(1) : size >= 0.1 ? size.toFixed(2) : size.toPrecision(2);
  return value < 0 ? MINUS + text : text;
}

/** `brief` first, and then with ever more significant digits.
 *  @type {((value: number) => string)[]} */
const WRITERS = [brief, ...[3, 4, 5, 6, 7, 8, 9].map((digits) => (/** @type {number} */ value) =>
  Number.isFinite(value) ? String(Number(value.toPrecision(digits))).replace("-", MINUS) : brief(value))];

/** How to write the values, as briefly as can be, so that `compute` gives `result` from what is written: `show` writes both.
 *  @param {number[]} values
 *  @param {(values: number[]) => number} compute
 *  @param {number} result
 *  @param {(value: number) => string} [show] */
export function writerOf(values, compute, result, show = brief) {
  const wanted = show(result);
  if (show(compute(values)) !== wanted) return brief;
  return WRITERS.find((write) => show(compute(values.map((value) => Number(write(value).replace(MINUS, "-"))))) === wanted)
    ?? brief;
}

/** A loss at a steady width, so that the readout does not jump: 0.1234, 12.345, 1.2e+6.
 *  @param {number | undefined} value */
export function steady(value) {
  if (value === undefined || Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return "∞";
  if (value >= 1e5 || (value > 0 && value < 0.001)) return value.toExponential(1).replace("-", MINUS);
  return value.toFixed(Math.max(0, 4 - Math.max(0, Math.floor(Math.log10(value)))));
}

/** @param {number} value */
export const whole = (value) => Math.round(value).toLocaleString("en");
/** An epoch; a single update of one, recorded where training diverged, is a part of it: 0.05.
 *  @param {number} value */
export const epochText = (value) => (Number.isInteger(value) ? whole(value) : value.toFixed(2));
/** @param {number} number */
export const superscript = (number) => String(number).replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)]);
/** @param {number} number */
export const subscript = (number) => String(number).replace(/\d/g, (digit) => SUBSCRIPTS[Number(digit)]);

/** A share as the page's sentences write it: 0 % and 100 % are only of none and all, and others have digits that show it.
 *  @param {number} share
 *  @param {number} digits after the point, of which up to three more are taken */
export function percent(share, digits) {
  if (!(share > 0 && share < 1)) return `${(100 * share).toFixed(digits)} %`;
  for (let some = digits; some <= digits + 3; some++) {
    const text = (100 * share).toFixed(some);
    if (Number(text) > 0 && Number(text) < 100) return `${text} %`;
  }
  const least = 10 ** -(digits + 3);
  return share < 0.5 ? `under ${least.toFixed(digits + 3)} %` : `over ${(100 - least).toFixed(digits + 3)} %`;
}

/** A score: accuracy as a percentage, anything else as a number.
 *  @param {number | undefined} value
 *  @param {string} name */
export function scoreText(value, name) {
  if (value === undefined) return "–";
  // R² is not defined for one sample, nor for targets that are all the same; an accuracy is only ever missing.
  if (Number.isNaN(value)) return name === "accuracy" ? "–" : "not defined";
  if (name === "accuracy") return percent(value, 1);
  return value < -99 ? "< −99" : value.toFixed(3).replace("-", MINUS);
}

/** Round positions within [low, high], about `count` of them.
 *  @param {number} low
 *  @param {number} high
 *  @param {number} count */
export function linearTicks(low, high, count) {
  const rough = (high - low) / Math.max(count, 1);
  if (!(rough > 0)) return [low];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough * 0.999) ?? 10);
  const ticks = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++) ticks.push(k * step);
  return ticks;
}

/** Powers of ten within [low, high], thinned to about `count`.
 *  @param {number} low
 *  @param {number} high
 *  @param {number} count */
export function logTicks(low, high, count) {
  const first = Math.ceil(Math.log10(low) - 1e-9), last = Math.floor(Math.log10(high) + 1e-9);
  const every = Math.max(1, Math.ceil((last - first + 1) / count));
  const ticks = [];
  for (let k = first; k <= last; k += every) ticks.push(10 ** k);
  return ticks;
}

/** A tick's label, as short as it can be: 0.5, 20, 1k, 1e−5.
 *  @param {number} value */
export function tickText(value) {
  const size = Math.abs(value);
  if (size >= 1000) return `${+(value / 1000).toPrecision(4)}k`.replace("-", MINUS);
  if (size > 0 && size < 0.001) return value.toExponential(0).replaceAll("-", MINUS);
  return String(+value.toPrecision(4)).replace("-", MINUS);
}

/** The smallest agreeable number that is not below `value`: an axis that grows by small steps.
 *  @param {number} value */
export function roundUp(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ([1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8].find((factor) => factor * power >= value * 0.9999) ?? 10);
}
