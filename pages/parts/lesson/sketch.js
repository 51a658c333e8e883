// @ts-check
// A field to sketch a curve in: drag across it to draw, or step from point to point with Tab and move it with the arrow keys.

const WIDTH = 600, HEIGHT = 300, LEFT = 50, RIGHT = 16, TOP = 14, BOTTOM = 44, STEP = 0.05;
const NAMESPACE = "http://www.w3.org/2000/svg";

/** @param {string} name @param {Record<string, string | number>} attributes @param {string} [text] */
function element(name, attributes, text = "") {
  const made = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.textContent = text;
  return made;
}

/** @param {any} component */
export default function ({ data, parentElement, setStateValue }) {
  const host = /** @type {any} */ (parentElement.querySelector(".sketch"));
  const { places, low, high } = data;
  if (host.busy && host.count === places.length) return; // the finger is down: what it draws is newer
  host.count = places.length;
  const heights = [...data.heights];
  const focused = Number(host.querySelector("circle:focus")?.getAttribute("data-number") ?? -1);
  const span = places[places.length - 1] - places[0];
  const x = (/** @type {number} */ k) => LEFT + ((places[k] - places[0]) * (WIDTH - LEFT - RIGHT)) / span;
  const y = (/** @type {number} */ v) => TOP + ((high - v) * (HEIGHT - TOP - BOTTOM)) / (high - low);
  const svg = element("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "group",
    "aria-label": `Sketch: ${data.upwards} against ${data.across}. Draw, or move each point with the arrow keys.` });
  for (const share of [0, 0.25, 0.5, 0.75, 1]) {
    const value = low + share * (high - low);
    svg.append(element("line", { x1: LEFT, x2: WIDTH - RIGHT, y1: y(value), y2: y(value), class: "grid" }),
      element("text", { x: LEFT - 8, y: y(value) + 5, "text-anchor": "end" }, String(Number(value.toPrecision(3)))));
  }
  places.forEach((/** @type {number} */ place, /** @type {number} */ k) =>
    svg.append(element("text", { x: x(k), y: HEIGHT - BOTTOM + 20, "text-anchor": "middle" }, String(place))));
  svg.append(element("text", { x: (LEFT + WIDTH - RIGHT) / 2, y: HEIGHT - 4, "text-anchor": "middle" }, data.across));
  if (!data.drawn)
    svg.append(element("text", { x: (LEFT + WIDTH - RIGHT) / 2, y: TOP + 22, "text-anchor": "middle" },
      `Draw here how the ${data.upwards} goes`));
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
  const tell = () => setStateValue("heights", [...heights]);

  let before = -1;
  const follow = (/** @type {any} */ event) => {
    const box = svg.getBoundingClientRect();
    const at = ((event.clientX - box.left) / box.width) * WIDTH, up = ((event.clientY - box.top) / box.height) * HEIGHT;
    const k = heights.reduce((near, _, j) => (Math.abs(x(j) - at) < Math.abs(x(near) - at) ? j : near), 0);
    const value = high - ((up - TOP) * (high - low)) / (HEIGHT - TOP - BOTTOM);
    const from = before < 0 ? k : before, begin = before < 0 ? value : heights[before];
    const way = Math.abs(k - from);
    // A quick finger skips points: those between lie on the straight line.
    for (let step = 1; step <= way; step++)
      put(from + Math.sign(k - from) * step, begin + ((value - begin) * step) / way);
    put(k, value);
    before = k;
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
    before = -1;
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
