// @ts-check
// A field to sketch a curve in: drag across it to draw, or step from point to point with Tab and move it with the arrow keys.

const RIGHT = 16, TOP = 14, STEP = 0.05; // pixels, and a share of the height
const HELD = 9; // pixels beside a point at which it is still held: as far as its dot reaches
const LETTER = 14; // pixels of the letters: what is drawn is as wide as its place, so that they never shrink on a phone
const NAMESPACE = "http://www.w3.org/2000/svg";

/** @param {string} name @param {Record<string, string | number>} attributes @param {string} [text] */
function element(name, attributes, text = "") {
  const made = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.textContent = text;
  return made;
}

/** The sides of the drawing and what its letters take of them, in CSS pixels.
 *  @param {HTMLElement} host */
function measures(host) {
  const letter = LETTER * (Number(getComputedStyle(host).getPropertyValue("--glassbox-scale")) || 1);
  const width = Math.max(240, host.clientWidth), height = Math.max(220, Math.min(width / 2, 400));
  return { letter, width, height, left: 3.2 * letter + 5, bottom: 3.1 * letter };
}

/** The axes, their numbers and names; every second number, or fewer, where they would touch.
 *  @param {any} data @param {ReturnType<typeof measures>} sides
 *  @param {(k: number) => number} x @param {(v: number) => number} y */
function ground({ places, low, high, across, upwards, drawn }, { letter, width, height, left, bottom }, x, y) {
  const parts = [], middle = (left + width - RIGHT) / 2;
  for (const share of [0, 0.25, 0.5, 0.75, 1]) {
    const value = low + share * (high - low);
    parts.push(element("line", { x1: left, x2: width - RIGHT, y1: y(value), y2: y(value), class: "grid" }),
      element("text", { x: left - 14, y: y(value) + 0.35 * letter, "text-anchor": "end" }, String(Number(value.toPrecision(3)))));
  }
  const longest = 0.6 * letter * Math.max(...places.map((/** @type {number} */ place) => String(place).length)) + 6;
  const every = Math.ceil((longest * places.length) / (width - left - RIGHT));
  places.forEach((/** @type {number} */ place, /** @type {number} */ k) => {
    if (k % every === 0)
      parts.push(element("text", { x: x(k), y: height - bottom + 1.4 * letter, "text-anchor": "middle" }, String(place)));
  });
  parts.push(element("text", { x: middle, y: height - 0.3 * letter, "text-anchor": "middle" }, across));
  const whole = `Draw here how the ${upwards} goes`, fits = 0.55 * letter * whole.length < width - left - RIGHT;
  if (!drawn)
    parts.push(element("text", { x: middle, y: TOP + 1.6 * letter, "text-anchor": "middle" }, fits ? whole : "Draw here"));
  return parts;
}

/** @param {any} component */
export default function ({ data, parentElement, setStateValue }) {
  const host = /** @type {any} */ (parentElement.querySelector(".sketch"));
  const { places } = data;
  if (host.busy && host.count === places.length) return; // the finger is down: what it draws is newer
  host.count = places.length;
  const heights = [...data.heights];
  host.draw = () => show(host, data, heights, () => setStateValue("heights", [...heights]));
  host.draw();
  if (host.observed) return;
  host.observed = new ResizeObserver(() => host.clientWidth !== host.drawnAt && !host.busy && host.draw());
  host.observed.observe(host);
}

/** Draws the field anew, as wide as its place is now.
 *  @param {any} host @param {any} data @param {number[]} heights @param {() => void} tell */
function show(host, data, heights, tell) {
  const { places, low, high } = data, sides = measures(host), { width, height, left, bottom } = sides;
  host.drawnAt = host.clientWidth;
  const focused = Number(host.querySelector("circle:focus")?.getAttribute("data-number") ?? -1);
  const span = places[places.length - 1] - places[0];
  const x = (/** @type {number} */ k) => left + ((places[k] - places[0]) * (width - left - RIGHT)) / span;
  const y = (/** @type {number} */ v) => TOP + ((high - v) * (height - TOP - bottom)) / (high - low);
  const svg = element("svg", { viewBox: `0 0 ${width} ${height}`, role: "group",
    "aria-label": `Sketch: ${data.upwards} against ${data.across}. Draw, or move each point with the arrow keys.` });
  svg.append(...ground(data, sides, x, y));
  const line = element("polyline", {});
  const dots = heights.map((_, k) => element("circle", { r: 9, tabindex: 0, role: "slider", "data-number": k,
    "aria-label": `${data.upwards} at ${places[k]}`, "aria-valuemin": low, "aria-valuemax": high }));
  svg.append(line, ...dots);

  const draw = () => {
    line.setAttribute("points", heights.map((v, k) => `${x(k)},${y(v)}`).join(" "));
    dots.forEach((dot, k) => {
      dot.setAttribute("cx", String(x(k)));
      dot.setAttribute("cy", String(y(heights[k])));
      dot.setAttribute("aria-valuenow", heights[k].toFixed(3));
    });
  };
  const put = (/** @type {number} */ k, /** @type {number} */ value) => {
    heights[k] = Math.min(high, Math.max(low, value));
    draw();
  };
  /** Where the pointer was. @type {{ at: number, value: number } | null} */
  let before = null;
  const follow = (/** @type {any} */ event) => {
    const box = svg.getBoundingClientRect();
    const at = ((event.clientX - box.left) / box.width) * width, up = ((event.clientY - box.top) / box.height) * height;
    const value = high - ((up - TOP) * (high - low)) / (height - TOP - bottom);
    const k = heights.reduce((near, _, j) => (Math.abs(x(j) - at) < Math.abs(x(near) - at) ? j : near), 0);
    const from = before?.at ?? at, begin = before?.value ?? value;
    // A point that was passed lies on the stroke where it was passed, however quick the finger.
    for (let j = 0; j < heights.length; j++)
      if (at !== from && (x(j) - from) * (x(j) - at) <= 0) put(j, begin + ((value - begin) * (x(j) - from)) / (at - from));
    // The next one is at the finger's height until then, and so is one that is held.
    if (!before || (x(k) - at) * (at - from) > 0 || Math.abs(x(k) - at) <= HELD) put(k, value);
    before = { at, value };
  };
  svg.addEventListener("pointerdown", (event) => {
    host.busy = true;
    svg.setPointerCapture(/** @type {PointerEvent} */ (event).pointerId);
    follow(event);
  });
  svg.addEventListener("pointermove", (event) => host.busy && follow(event));
  const end = () => {
    if (!host.busy) return;
    host.busy = false;
    before = null;
    tell();
  };
  svg.addEventListener("pointerup", end);
  svg.addEventListener("pointercancel", end);
  svg.addEventListener("keydown", (event) => {
    const { key, target } = /** @type {KeyboardEvent} */ (event);
    const k = dots.indexOf(/** @type {any} */ (target));
    const steps = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 };
    if (k < 0 || !(key in steps)) return;
    event.preventDefault();
    put(k, heights[k] + /** @type {any} */ (steps)[key] * STEP * (high - low));
    tell();
  });
  draw();
  host.replaceChildren(svg);
  if (focused >= 0) dots[focused]?.focus();
}
