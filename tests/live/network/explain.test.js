// @ts-check
// What a tip says of a neuron: the sum is computed again from what is printed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { explain } from "../../../pages/parts/live/network/explain.js";
import { ACTIVATIONS } from "../../../pages/parts/live/network/forward.js";

ACTIVATIONS.identity = () => {};

/** @param {number} n inputs */
function scene(n) {
  const names = Array.from({ length: n }, (_, i) => `x${i + 1}`);
  const along = Array.from({ length: n }, (_, i) => Math.sin(3 * i + 1));
  return /** @type {any} */ ({
    sizes: [n, 1], inputs: names, activations: [], output: "identity", applied: [{ name: "identity", is_plain: true }], classes: null,
    plane: { kind: "affine", labels: ["u", "v"], origin: along.map((value) => 2 * value), along_x: along,
      along_y: along.map((value) => -value), terms: [], mean: Array(n).fill(0), scale: Array(n).fill(1) },
  });
}

/** @param {string} text */
const number = (text) => Number(text.replaceAll("−", "-").replaceAll(" ", ""));

for (const n of [3, 9, 30]) {
  test(`the printed terms of ${n} inputs, with what the others come to, give the printed sum`, () => {
    const parameters = Float32Array.from({ length: n + 1 }, (_, i) => 3 * Math.cos(5 * i) + 0.01 * i);
    const [, formula, result, , given] = explain(scene(n), parameters, { kind: "neuron", layer: 1, index: 0 }, [0.3, -0.7]);
    const values = Object.fromEntries(given.replace(/^.*get[s]* as /, "").split(", ").map((pair) => pair.split(" = ")).map(
      ([name, value]) => [name, number(value)]));
    const parts = [...formula.split(" = ")[1].matchAll(/(^|[+−] |^−)?([\d.e+-]+)(?:·(x\d+)| \((\d+) more\))?/g)];
    const sum = parts.reduce((total, [, sign, factor, name]) =>
      total + (sign?.startsWith("−") ? -1 : 1) * Number(factor) * (name ? values[name] : 1), 0);
    const shown = number(result.replace("= ", ""));
    assert.equal(Number(sum.toFixed(2)), shown, `${formula} | ${given} | ${result}`);
    assert.equal(parts.filter(([, , , , others]) => others).map(([, , , , others]) => Number(others))[0], n > 8 ? n - 8 : undefined);
  });
}
