// @ts-check
// What stands in for a browser: a window, a page that is seen, and a clock that is moved by hand.

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
