// @ts-check
// The drawing board of the page Convolution: the pixels of a stroke, and its network, worked by hand.

import assert from "node:assert/strict";
import { test } from "node:test";

const from = (/** @type {string} */ name) => import(new URL(`../../pages/parts/convolution/${name}.js`, import.meta.url).href);
const { answer, percent, runBlock } = await from("forward");
const { way } = await from("board");

test("a stroke between two pixels leaves no gap", () => {
  assert.deepEqual(way(0, 0, 8), [0]);
  assert.deepEqual(way(1, 33, 8), [1, 9, 17, 25, 33]); // down a column
  assert.deepEqual(way(27, 0, 8), [27, 18, 9, 0]); // up a diagonal
});

test("a block adds the products on all maps, with zeros around, and keeps the largest of a tile", () => {
  const ones = Array(9).fill(1), middle = [0, 0, 0, 0, -1, 0, 0, 0, 0];
  const maps = [[6, 8, 14, 16], [1, 2, 3, 50]];
  const { answers, pooled } = runBlock(maps, { side: 2, kernel: 3, pool: 2, matrix: [[...ones, ...middle, 0.5]] });
  assert.deepEqual(Array.from(answers[0]), [43.5, 42.5, 41.5, 0]); // 44 - 50 + 0.5 is below 0
  assert.deepEqual(Array.from(pooled[0]), [43.5]);
});

test("places that fill no tile are left out of pooling", () => {
  const { pooled } = runBlock([[1, 2, 9, 3, 4, 9, 9, 9, 9]], { side: 3, kernel: 1, pool: 2, matrix: [[1, 0]] });
  assert.deepEqual(Array.from(pooled[0]), [4]);
});

test("the shares are those of softmax over the dense layer's sums", () => {
  const blocks = [{ side: 2, kernel: 1, pool: 1, matrix: [[1, 0]] }];
  const { made, shares } = answer({ blocks, dense: [[1, 0, 0, 0, 0], [0, 0, 0, 0, Math.log(3)]] }, [0, 1, 1, 1]);
  assert.deepEqual(Array.from(made[0][0]), [0, 1, 1, 1]);
  assert.ok(Math.abs(shares[0] - 0.25) < 1e-12 && Math.abs(shares[1] - 0.75) < 1e-12);
});

test("a share is written as in a sentence: 0 % and 100 % are only of none and all", () => {
  assert.deepEqual([0, 1e-6, 0.0006, 0.004, 0.0149, 0.876, 0.994, 0.9994, 0.9995, 0.99999, 1].map(percent),
    ["0 %", "<0.1 %", "0.1 %", "0.4 %", "1 %", "88 %", "99.4 %", "99.9 %", ">99.9 %", ">99.9 %", "100 %"]);
});
