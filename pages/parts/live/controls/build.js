// @ts-check
// Building the network in its picture: features as little maps to switch on and off, + and − for layers and for neurons.

import { BUTTONS_ROOM, isTight } from "../drawing/geometry.js";
import { gridPoints, TERMS } from "../network/forward.js";
import { paint, pixelCanvas } from "../drawing/palette.js";

/** @import { LiveView } from "../views/live.js" */
/** @import { FeaturePlane } from "../types.js" */

const MAP = 14; // points across a feature's little map

/** A press of one of the buttons becomes a command: what to change and by how much, as the server knows what is there.
 *  @param {LiveView} live */
export function connectBuild(live) {
  live.element.addEventListener("click", (event) => {
    const button = event.composedPath().find((node) => node instanceof HTMLButtonElement && node.dataset.build);
    if (button instanceof HTMLButtonElement && button.dataset.build) {
      live.player.command("build", { what: button.dataset.build, by: Number(button.dataset.by) });
    }
  }, { signal: live.signal });
}

/** Draw the buttons for the scene. Those that are there stay: a press that is under way is not lost, nor is the focus.
 *  @param {LiveView} live */
export function showBuild(live) {
  const { parts, diagram, player: { run: { scene } } } = live, layers = scene.sizes.length - 2;
  fill(parts.features, scene.features.map(([name]) => name), featureButton).forEach((made, k) => {
    showFeature(live, made, scene.features[k]);
  });
  parts.features.hidden = !scene.features.length;
  if (!parts.layers.children.length) {
    parts.layers.append("Layers", stepButton("layers", -1, "One hidden layer less"), stepButton("layers", 1, "One hidden layer more"));
  }
  enable(parts.layers, layers > 0, layers < scene.most[0]);
  const columns = diagram.columns.slice(1, -1).filter(({ gap }) => gap >= BUTTONS_ROOM);
  fill(parts.heads, columns.map(({ layer }) => String(layer)), headOf).forEach((head, k) => {
    const { gap, x, size, layer } = columns[k];
    const width = isTight(columns[k]) ? 50 : Math.min(gap - 8, 52 + 4.6 * diagram.unit);
    Object.assign(head.style, { left: `${x + size / 2 - width / 2}px`, width: `${width}px` });
    enable(head, scene.sizes[layer] > 1, scene.sizes[layer] < scene.most[1]);
  });
  const focused = live.element.querySelector("[data-build]:focus:disabled");
  const open = focused?.parentElement?.querySelector("button:not(:disabled)");
  if (open instanceof HTMLElement) open.focus({ preventScroll: true }); // nothing more can be taken away or added there
}

/** One element for each key, in their order; those that a place has already stay.
 *  @param {HTMLElement} place
 *  @param {string[]} keys
 *  @param {(key: string) => HTMLElement} make
 *  @returns {HTMLElement[]} */
function fill(place, keys, make) {
  const there = new Map([...place.children].map((child) => [/** @type {HTMLElement} */ (child).dataset.key, child]));
  const wanted = keys.map((key) => {
    const element = /** @type {HTMLElement} */ (there.get(key) ?? make(key));
    element.dataset.key = key;
    return element;
  });
  for (const child of [...place.children]) if (!wanted.includes(/** @type {HTMLElement} */ (child))) child.remove();
  wanted.forEach((element, k) => {
    if (place.children[k] !== element) place.insertBefore(element, place.children[k] ?? null);
  });
  return wanted;
}

/** @param {HTMLElement} place with two buttons
 *  @param {boolean} less
 *  @param {boolean} more whether they can be pressed */
function enable(place, less, more) {
  [less, more].forEach((can, k) => {
    place.querySelectorAll("button")[k].disabled = !can;
  });
}

/** The two buttons of a hidden layer's neurons.
 *  @param {string} layer */
function headOf(layer) {
  const head = document.createElement("div");
  head.append(stepButton(`neurons,${layer}`, -1, `One neuron less in layer ${layer}`),
    stepButton(`neurons,${layer}`, 1, `One neuron more in layer ${layer}`));
  return head;
}

/** @param {string} what
 *  @param {number} by
 *  @param {string} label */
function stepButton(what, by, label) {
  const made = Object.assign(document.createElement("button"), { type: "button", title: label, textContent: by > 0 ? "+" : "−" });
  made.setAttribute("aria-label", label);
  Object.assign(made.dataset, { build: what, by });
  return made;
}

/** @param {string} name */
const featureButton = (name) => stepButton(`feature,${name}`, 1, name);

/** A feature as its little map, pressed where the network is given it.
 *  @param {LiveView} live
 *  @param {HTMLElement} made
 *  @param {[string, string]} feature */
function showFeature({ theme, player: { run: { scene } } }, made, [name, label]) {
  const plane = /** @type {FeaturePlane} */ (scene.plane);
  const on = plane.terms.includes(name), grid = gridPoints(plane, MAP, MAP), image = pixelCanvas(MAP, MAP);
  const values = Float32Array.from(grid.u, (u, p) => TERMS[name](u, grid.v[p]));
  const reach = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9);
  paint(values, 0, values.length, -reach, reach, theme.diverging, image.pixels);
  image.show();
  made.title = on ? `${label}: the network sees it; press to take it away` : `${label}: press to give it to the network`;
  made.dataset.by = on ? "-1" : "1";
  made.setAttribute("aria-label", label);
  made.setAttribute("aria-pressed", String(on));
  /** @type {HTMLButtonElement} */ (made).disabled = on && plane.terms.length < 2;
  made.replaceChildren(image.canvas, label);
}
