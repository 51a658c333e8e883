// @ts-check
// The matrix of a head's attention: what is masked, NaN, is crossed by a line; a weight of 0 is not.

import assert from "node:assert/strict";
import { test } from "node:test";
import { theme } from "../stand_in.js";
import { drawAttention } from "../../../pages/parts/live/drawing/attention.js";

test("a masked cell is crossed by a line in its own place, and a weight of 0 is a cell like others", () => {
  /** @type {{filled: number[][], colours: string[], lines: number[][]}} */
  const drawn = { filled: [], colours: [], lines: [] };
  const context = {
    fillStyle: "", setTransform() {}, fillText() {}, beginPath() {}, stroke() {},
    fillRect(/** @type {number[]} */ ...place) {
      drawn.filled.push(place);
      drawn.colours.push(this.fillStyle);
    },
    moveTo: (/** @type {number[]} */ ...place) => drawn.lines.push(place),
    lineTo: (/** @type {number[]} */ ...place) => drawn.lines.push(place),
  };
  const canvas = /** @type {any} */ ({ dataset: {}, style: {}, getContext: () => context });
  const head = { title: "head 1", weights: [[1, NaN], [0, 1]], rows: ["a", "b"], columns: ["a", "b"], longest: 1 };
  drawAttention(canvas, head, { none: [0, 0, 0], all: [0, 0, 200], below: [0, 0, 0] }, { ...theme, scale: 1 }, 400);
  const [, [x, y, width, height]] = drawn.filled;
  assert.deepEqual(drawn.lines, [[x, y + height], [x + width, y]]);
  assert.deepEqual(drawn.colours, ["rgba(0,0,200,1)", "rgba(0,0,0,1)", "rgba(0,0,0,1)", "rgba(0,0,200,1)"]);
});
