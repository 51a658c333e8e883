// @ts-check
// What lies under the pointer in the diagram, and how a neuron's values are coloured.

import { linkRise } from "./geometry.js";

/** @import { Box, Column, Picked, PickedNeuron, PickedWeight, Scene, Theme } from "../types.js" */

/** The largest |value| of each input over its map: inputs are coloured to their own range.
 *  @param {{inputs: Float32Array, count: number}} forward */
export function inputReach(forward) {
  const { inputs, count } = forward;
  return Array.from({ length: inputs.length / count }, (_, i) => {
    let most = 1e-9;
    for (let p = 0; p < count; p++) most = Math.max(most, Math.abs(inputs[i * count + p]));
    return most;
  });
}

/** {low, high, table} for the map of one neuron (layer 0: an input). Hidden neurons share one scale, clamped at ±1.
 *  @param {Scene} scene
 *  @param {Theme} theme
 *  @param {number} layer
 *  @param {number} index
 *  @param {number[]} reach */
export function neuronScale(scene, theme, layer, index, reach) {
  if (layer === 0) return { low: -reach[index], high: reach[index], table: theme.diverging };
  if (layer < scene.sizes.length - 1) return { low: -1, high: 1, table: theme.diverging };
  if (scene.sizes.at(-1) === 1) return { low: scene.low, high: scene.high, table: theme.diverging };
  return { low: 0, high: 1, table: theme.shades[index % theme.shades.length] };
}

/** @param {Box} box
 *  @param {number} x
 *  @param {number} y
 *  @param {number} [slack] */
const inside = (box, x, y, slack = 0) => x >= box.x - slack && x <= box.x + box.size + slack
  && y >= box.y - slack && y <= box.y + box.size + slack;

/** The neuron, bias, link or "+n more" at a place of the diagram, or null.
 *  @param {{columns: Column[], boxes: Box[], unit: number}} diagram
 *  @param {number} x
 *  @param {number} y
 *  @param {number} [blunt] how many times as wide as a pointer a finger is
 *  @returns {Picked | null} */
export function pickFromDiagram(diagram, x, y, blunt = 1) {
  const { columns, unit } = diagram;
  for (const box of diagram.boxes ?? []) {
    if (box.layer > 0 && Math.hypot(x - box.x, y - box.y - box.size) < 0.45 * unit * blunt) {
      return { kind: "bias", layer: box.layer, index: box.index };
    }
    if (inside(box, x, y, 1)) return { kind: "neuron", layer: box.layer, index: box.index };
  }
  for (const { layer, hidden, foot, x: left, size } of columns) {
    if (hidden && y > foot && Math.abs(x - left - size / 2) < 2.5 * unit) return { kind: "more", layer, index: -1 };
  }
  return pickLink(columns, x, y, 7 * blunt);
}

/** What an arrow key adds to layer and index.
 *  @type {Record<string, [number, number]>} */
const STEPS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

/** The drawn neuron that an arrow key leads to from the picked one; from a weight, the neuron that it leads to; to begin with,
 *  the first of the first layer.
 *  @param {{columns: Column[]}} diagram
 *  @param {Picked | null} picked
 *  @param {string} key
 *  @returns {Box | null} */
export function nextNeuron({ columns }, picked, key) {
  const step = STEPS[key];
  if (!step) return null;
  if (picked?.kind === "weight") return columns[picked.layer].boxes[picked.to] ?? null;
  const box = picked && "index" in picked ? columns[picked.layer].boxes[picked.index] : null;
  if (!box) return columns[1].boxes[0];
  const across = columns[box.layer + step[0]];
  if (!across) return box;
  if (step[0]) return across.boxes.reduce((best, one) => Math.abs(one.y - box.y) < Math.abs(best.y - box.y) ? one : best);
  return across.boxes[box.index + step[1]] ?? box;
}

/** The next of the lines that lead to the picked neuron, from above, and after the last one its bias; round and round.
 *  @param {{columns: Column[]}} diagram
 *  @param {Picked | null} picked a neuron, or one of its weights, or its bias
 *  @param {number} step 1 to go on, -1 to go back
 *  @returns {PickedWeight | PickedNeuron | null} null for an input, which has none */
export function nextWeight({ columns }, picked, step) {
  if (!picked || !("layer" in picked) || picked.kind === "more" || picked.layer === 0) return null;
  const { layer, kind } = picked, count = columns[layer - 1].boxes.length + 1;
  const [to, before] = kind === "weight" ? [picked.to, picked.from] : [picked.index, kind === "bias" ? count - 1 : step > 0 ? -1 : 0];
  const from = (before + step + count) % count;
  return from === count - 1 ? { kind: "bias", layer, index: to } : { kind: "weight", layer, to, from };
}

/** Where the middle of a line, or a bias, is drawn.
 *  @param {{columns: Column[]}} diagram
 *  @param {PickedWeight | PickedNeuron} picked
 *  @returns {{x: number, y: number} | null} null where it is not drawn */
export function placeOf({ columns }, picked) {
  const target = columns[picked.layer]?.boxes[picked.kind === "weight" ? picked.to : picked.index];
  if (!target) return null;
  if (picked.kind !== "weight") return { x: target.x, y: target.y + target.size };
  const source = columns[picked.layer - 1].boxes[picked.from];
  return source ? { x: (source.x + source.size + target.x) / 2, y: (source.y + source.size / 2 + target.y + target.size / 2) / 2 } : null;
}

/** @param {Column[]} columns
 *  @param {number} x
 *  @param {number} y
 *  @param {number} within
 *  @returns {PickedWeight | null} */
function pickLink(columns, x, y, within) {
  for (let layer = 1; layer < columns.length; layer++) {
    const from = columns[layer - 1], to = columns[layer];
    const start = from.x + from.size, share = (x - start) / (to.x - start);
    if (share <= 0 || share >= 1) continue;
    const rise = linkRise(share);
    /** @type {PickedWeight | null} */
    let best = null;
    let distance = within;
    for (const source of from.boxes) {
      const y0 = source.y + source.size / 2;
      for (const target of to.boxes) {
        const away = Math.abs(y0 + (target.y + target.size / 2 - y0) * rise - y);
        if (away < distance) [best, distance] = [{ kind: "weight", layer, to: target.index, from: source.index }, away];
      }
    }
    return best;
  }
  return null;
}
