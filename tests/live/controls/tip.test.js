// @ts-check
// What lies under the pointer, canvas by canvas.

import assert from "node:assert/strict";
import { test } from "node:test";
import "../stand_in.js";
import { pickAt } from "../../../pages/parts/live/controls/tip.js";
import { arrange } from "../../../pages/parts/live/drawing/geometry.js";
import { Places } from "../../../pages/parts/live/drawing/places.js";

const columns = arrange({ sizes: [1, 2, 1] }, 600, 400, 13, { left: 20, right: 10 });
const points = { shape: [1, 4], values: Float32Array.from([0.5, 0.5, 1, 0]) };
const live = /** @type {any} */ ({
  laidOut: "once",
  diagram: { columns, boxes: columns.flatMap((column) => column.boxes), unit: 13 },
  chart: { pick: (/** @type {number} */ x) => x < 100 ? 7 : null },
  map: { places: new Places({ x: [0, 1], y: [0, 1] }, { left: 0, top: 0, right: 100, bottom: 100 }, points) },
  settings: { validation: false, test: false },
});
/** @param {object} place */
const at = (place) => pickAt(live, /** @type {any} */ (place));

test("on the diagram a neuron, on the chart a frame, on the map a place with the sample that is there", () => {
  const { x, y, size } = columns[1].boxes[1];
  assert.deepEqual(at({ name: "diagram", x: x + size / 2, y: y + size / 2 }), { kind: "neuron", layer: 1, index: 1 });
  assert.deepEqual(at({ name: "chart", x: 50, y: 0 }), { kind: "frame", frame: 7 });
  assert.equal(at({ name: "chart", x: 150, y: 0 }), null);
  assert.deepEqual(at({ name: "map", x: 25, y: 75 }), { kind: "place", place: [0.25, 0.25], sample: null });
  assert.deepEqual(at({ name: "map", x: 50, y: 50 }),
    { kind: "place", place: [0.5, 0.5], sample: { truth: 1, set: 0, place: [0.5, 0.5], number: 0 } });
  assert.equal(at({ name: "map", x: 101, y: 50 }), null);
});

test("a finger is twice as wide as a pointer", () => {
  const { x, y, size } = columns[1].boxes[0]; // its bias is the dot at the lower left corner, 0.45 units around
  assert.equal(at({ name: "diagram", x: x - 9, y: y + size + 3 })?.kind, undefined);
  assert.equal(at({ name: "diagram", x: x - 9, y: y + size + 3, touch: true })?.kind, "bias");
});

test("where keys led to one of several lines that cross it is that one, as long as it is drawn; before all is laid out nothing", () => {
  const target = { kind: "weight", layer: 2, to: 0, from: 1 };
  assert.equal(at({ name: "diagram", x: 0, y: 0, target }), target);
  assert.equal(at({ name: "diagram", x: 0, y: 0, target: { ...target, from: 5 } }), null);
  assert.equal(pickAt({ ...live, laidOut: "" }, /** @type {any} */ ({ name: "map", x: 50, y: 50 })), null);
});
