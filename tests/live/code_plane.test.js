// @ts-check
// The code plane of the page Autoencoder: its decoder, worked by hand; and the colours of pages that draw by themselves.

import assert from "node:assert/strict";
import { test } from "node:test";

/** @type {any} */ (globalThis).ACTIVATIONS = {
  identity: () => {},
  double: (/** @type {Float64Array} */ values) => {
    for (let p = 0; p < values.length; p++) values[p] *= 2;
  },
};
const { codeAt, decode, letterColour } = await import(new URL("../../pages/parts/autoencoder/plane.js", import.meta.url).href);
const { contrast } = await import(new URL("../../pages/parts/live/drawing/palette.js", import.meta.url).href);
const { between, channels } = await import(new URL("../../pages/parts/page/pen.js", import.meta.url).href);

test("a code goes through the layers, each with its bias and its activation", () => {
  const layers = [
    { matrix: [[1, 2, 0.5], [0, -1, 1]], activation: "double" },
    { matrix: [[3, 1, -1]], activation: "identity" },
  ];
  // (1 + 4 + 0.5) * 2 = 11 and (-2 + 1) * 2 = -2; 3 * 11 - 2 - 1
  assert.deepEqual(decode(layers, [1, 2]), [30]);
});

test("a point sets the first two numbers of a code, and the others stay at their mean", () => {
  assert.deepEqual(codeAt([7, 8, 9], [1, 2]), [1, 2, 9]);
  assert.deepEqual(codeAt([7], [1, 2]), [1]);
});

test("a colour between two lies at its share of the way", () => {
  assert.deepEqual(channels("#0a10ff"), [10, 16, 255]);
  assert.equal(between([0, 100, 255], [100, 0, 255], 0.25), "rgb(25 75 255)");
});

test("letters in a class's colour can be read on a light and on a dark page", () => {
  for (const colour of ["#f59322", "#0877bd", "#009e73", "#56b4e9", "#e0cc1f", "#6a4fa3", "#7a4b2a"])
    for (const [page, ink] of [[[255, 255, 255], [49, 51, 63]], [[14, 17, 23], [250, 250, 250]]]) {
      const letters = letterColour(colour, ink).match(/\d+/g).map(Number);
      assert.ok(contrast(letters, page) >= 2.95, `${colour} on ${page}`);
    }
});
