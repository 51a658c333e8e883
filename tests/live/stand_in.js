// @ts-check
// What stands in for a browser: a window, a page that is seen, a clock that is moved by hand, and paper to draw on.

/** @typedef {{at: number, act: () => void}} Timer */

globalThis.window = /** @type {any} */ (globalThis);
const page = { hidden: false };
globalThis.document = /** @type {any} */ (page);

/** Whether another tab is in front.
 *  @param {boolean} hidden */
export function hidePage(hidden) {
  page.hidden = hidden;
}

/** Put a clock in place of the machine's, at 0 milliseconds, for timers and `performance.now`. */
export function stopTheClock() {
  let now = 0, count = 0;
  /** @type {Map<number, Timer>} */
  const timers = new Map();
  Object.defineProperty(performance, "now", { value: () => now, configurable: true });
  globalThis.setTimeout = /** @type {any} */ ((/** @type {() => void} */ act, wait = 0) => {
    count += 1;
    timers.set(count, { at: now + wait, act });
    return count;
  });
  globalThis.clearTimeout = /** @type {any} */ ((/** @type {number} */ id) => timers.delete(id));
  return {
    /** Let time pass; what falls due happens in its order.
     *  @param {number} milliseconds */
    pass(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        const [next] = [...timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at);
        if (!next) break;
        timers.delete(next[0]);
        now = Math.max(now, next[1].at);
        next[1].act();
      }
      now = end;
    },
  };
}

/** A path that notes where it leads. */
class Path {
  /** @type {number[][]} */
  steps = [];

  /** @param {number[]} place */
  moveTo(...place) {
    this.steps.push(place);
  }

  /** @param {number[]} places */
  bezierCurveTo(...places) {
    this.steps.push(places);
  }
}
globalThis.Path2D = /** @type {any} */ (Path);

/** Paper in place of a canvas, on which every letter is 7 pixels wide, and what was written and drawn on it. */
export function takePaper() {
  /** @type {{text: string, x: number, y: number, align: string}[]} */
  const written = [];
  /** @type {{width: number, dashed: boolean, steps: number[][]}[]} */
  const strokes = [];
  /** @type {number[][]} */
  let steps = [];
  let dashed = false;
  const context = {
    lineWidth: 1,
    textAlign: "left",
    /** @param {number[]} dashes */
    setLineDash: (dashes) => { dashed = dashes.length > 0; },
    /** @param {string} text */
    measureText: (text) => ({ width: 7 * text.length }),
    /** @param {string} text @param {number} x @param {number} y */
    fillText: (text, x, y) => { written.push({ text, x, y, align: context.textAlign }); },
    beginPath: () => { steps = []; },
    /** @param {number[]} place */
    moveTo: (...place) => { steps.push(place); },
    /** @param {number[]} place */
    lineTo: (...place) => { steps.push(place); },
    /** @param {{steps: number[][]}} [path] */
    stroke: (path) => { strokes.push({ width: context.lineWidth, dashed, steps: path?.steps ?? steps }); },
    fill: () => {},
  };
  return { context: /** @type {CanvasRenderingContext2D} */ (/** @type {unknown} */ (context)), written, strokes };
}

/** The colours and letters of a page. */
export const theme = /** @type {import("../../pages/parts/live/types.js").Theme} */ ({
  text: [0, 0, 0], background: [255, 255, 255], muted: [128, 128, 128], line: { negative: [255, 0, 0], positive: [0, 0, 255] },
  font: "sans-serif",
});
