// @ts-check
// Places on the map, worked by hand: a plane of 4 by 2 in a frame of 200 by 100 pixels, 50 to a unit.

import assert from "node:assert/strict";
import { test } from "node:test";
import { firstTraining, isSeen, Places } from "../../../pages/parts/live/drawing/places.js";

const frame = { left: 30, top: 10, right: 230, bottom: 110 };
/** @type {Pick<import("../../../pages/parts/live/types.js").Plane, "x" | "y">} */
const plane = { x: [-2, 2], y: [0, 2] };
// Map x, map y, truth, set: a test sample first, then validation and training, 5 pixels from each other.
const points = { shape: [3, 4], values: Float32Array.from([0, 1, 1, 2, 0.125, 1, 0, 1, 0.25, 1, 1, 0]) };
const places = new Places(plane, frame, points);

test("a point of the plane is at its pixels, upwards where they count down, and back", () => {
  assert.deepEqual(places.of([-2, 0]), [30, 110]);
  assert.deepEqual(places.of([1, 1.5]), [180, 35]);
  assert.deepEqual(places.pick(180, 35), [1, 1.5]);
  assert.deepEqual([places.pick(29, 50), places.pick(231, 50), places.pick(50, 9), places.pick(50, 111)],
    [null, null, null, null]);
});

test("a step is a share of the width, to the right and down, and stays inside the frame", () => {
  assert.deepEqual(places.stepFrom([0, 1], [1, 0], 0.1), [150, 60]);
  assert.deepEqual(places.stepFrom([0, 1], [0, 1], 0.1), [130, 80]);
  assert.deepEqual(places.stepFrom([-2, 2], [-1, 0], 0.1), [30, 10]);
  assert.deepEqual(places.stepFrom([2, 0], [0, 1], 0.1), [230, 110]);
});

test("the nearest of the samples that are drawn is found, within 8 pixels", () => {
  /** @param {number} x @param {boolean} validation @param {boolean} test */
  const at = (x, validation, test) => places.sampleAt(x, 60, { validation, test })?.number;
  assert.equal(at(131, true, true), 0);
  assert.equal(at(134, true, true), 1);
  assert.equal(at(131, true, false), 1);
  assert.equal(at(136, false, false), 2);
  assert.equal(at(134, false, false), undefined); // 8.5 pixels from the training sample
  assert.deepEqual(places.sampleAt(142, 60, { validation: false, test: false }), { truth: 1, set: 0, place: [0.25, 1], number: 2 });
  assert.equal(new Places(plane, frame, null).sampleAt(142, 60, { validation: true, test: true }), null);
});

test("training samples are always drawn, the others where they are asked for", () => {
  const asked = [[false, false], [true, false], [false, true]].map(([validation, test]) => ({ validation, test }));
  assert.deepEqual(asked.map((view) => [0, 1, 2].filter((set) => isSeen(set, view))), [[0], [0, 1], [0, 2]]);
});

test("formulas are first worked out at the first training sample, or else at the first one", () => {
  assert.deepEqual(firstTraining(points), [0.25, 1]);
  assert.deepEqual(firstTraining({ shape: [1, 4], values: points.values.subarray(0, 4) }), [0, 1]);
});
