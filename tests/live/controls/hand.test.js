// @ts-check
// Numbers set by hand: where they stand in the flat vector, what is drawn meanwhile, and when they are given up.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Hand } from "../../../pages/parts/live/controls/hand.js";

const scene = /** @type {any} */ ({ sizes: [2, 3, 1] }); // 3 rows of two weights and a bias, then one of three and a bias

/** @param {number} layer
 *  @param {number} to
 *  @param {number} from */
const weight = (layer, to, from) => /** @type {const} */ ({ kind: "weight", layer, to, from });

test("a weight and a bias stand in the flat vector where the core has them", () => {
  assert.deepEqual(Hand.place(scene, weight(1, 2, 1)), { at: 7, layer: 0, row: 2, column: 1 });
  assert.deepEqual(Hand.place(scene, { kind: "bias", layer: 1, index: 0 }), { at: 2, layer: 0, row: 0, column: 2 });
  assert.deepEqual(Hand.place(scene, weight(2, 0, 2)), { at: 11, layer: 1, row: 0, column: 2 });
});

test("what is set shows in a copy of the frame, and the frame stays as it was recorded", () => {
  const hand = new Hand(), frame = Float32Array.from({ length: 13 }, (_, i) => i);
  assert.equal(hand.set(scene, 1), null); // nothing is chosen
  hand.target = weight(2, 0, 1);
  assert.deepEqual(hand.set(scene, -0.5), [1, 0, 1, -0.5]);
  assert.equal(hand.set(scene, Number.NaN), null);
  assert.equal(hand.applied(frame)[10], -0.5);
  assert.equal(frame[10], 10);
  assert.deepEqual(hand.set(scene, 1e9), [1, 0, 1, 1e6]); // the core takes no more
});

test("once the server has followed, what it did not take over is gone, but for the slider that is held", () => {
  const hand = new Hand();
  hand.target = weight(1, 0, 0);
  hand.set(scene, 1);
  hand.target = weight(1, 0, 1);
  hand.set(scene, 2);
  hand.held = true;
  hand.settle(scene);
  assert.deepEqual([...hand.edits.values()], [[0, 0, 1, 2]]);
  hand.held = false;
  hand.settle(scene);
  assert.equal(hand.edits.size, 0);
  const frame = new Float32Array(13);
  assert.equal(hand.applied(frame), frame); // nothing is copied for nothing
});
