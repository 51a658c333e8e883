// @ts-check
// The forward pass in the browser gives the core's numbers, for every activation, output and kind of plane.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ACTIVATIONS, Forward, gridPoints, planeInputs, quickTanh, trace } from "../../../pages/parts/live/network/forward.js";

/** @import { Network } from "../../../pages/parts/live/types.js" */

/** @typedef {{name: string, network: Network, parameters: number[], u: number[], v: number[], layers: number[][][]}} Case */

/** @type {{activations: string, cases: Case[]}} */
const { activations, cases } = JSON.parse(readFileSync(new URL("forward.json", import.meta.url), "utf8"));
// As at the end of the joined engine: the core's table gives each activation its form here.
new Function("ACTIVATIONS", "quickTanh", activations)(ACTIVATIONS, quickTanh);

/** @param {number} value
 *  @param {number} expected
 *  @param {number} tolerance relative to the larger of 1 and the number itself */
function close(value, expected, tolerance) {
  const away = Math.abs(value - expected);
  assert.ok(away <= tolerance * Math.max(1, Math.abs(expected)), `${value} instead of ${expected}`);
}

for (const { name, network, parameters, u, v, layers } of cases) {
  const vector = Float32Array.from(parameters);

  test(`${name}: at many points at once, to the accuracy of a colour and far beyond`, () => {
    const found = new Forward(network, Float32Array.from(u), Float32Array.from(v)).run(vector);
    assert.equal(found.length, layers.length);
    layers.forEach((layer, k) => {
      layer.flat().forEach((expected, i) => {
        close(found[k][i], expected, 2e-5);
      });
    });
  });

  test(`${name}: traced at one point, as the formulas show it`, () => {
    u.forEach((_, p) => {
      const { a } = trace(network, vector, planeInputs(network.plane, [u[p]], [v[p]]));
      layers.forEach((layer, k) => {
        assert.equal(a[k + 1].length, layer.length);
        layer.forEach((values, neuron) => {
          close(a[k + 1][neuron], values[p], 1e-5);
        });
      });
    });
  });
}

test("a grid's points are the middles of its cells, row 0 at the top", () => {
  const plane = /** @type {any} */ ({ x: [0, 4], y: [-1, 1] });
  const { u, v, x, y } = gridPoints(plane, 2, 2);
  assert.deepEqual([x, y], [[1, 3], [0.5, -0.5]]);
  assert.deepEqual([[...u], [...v]], [[1, 3, 1, 3], [0.5, 0.5, -0.5, -0.5]]);
});
