// @ts-check
// The losses and scores of a network changed by hand are the core's, for every loss and kind of target.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { quickTanh, ACTIVATIONS } from "../../../pages/parts/live/network/forward.js";
import { LOSSES, scoresOf } from "../../../pages/parts/live/network/score.js";

/** @typedef {{name: string, scene: any, points: number[][], parameters: number[], scores: (number | null)[]}} Case */

/** @param {string} name */
const read = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8"));
/** @type {{losses: string, cases: Case[]}} */
const { losses, cases } = read("score.json");
new Function("LOSSES", losses)(LOSSES);
new Function("ACTIVATIONS", "quickTanh", read("forward.json").activations)(ACTIVATIONS, quickTanh);

for (const { name, scene, points, parameters, scores } of cases) {
  test(`${name}: losses and scores of both sets`, () => {
    const table = { shape: [points.length, 4], values: Float32Array.from(points.flat()) };
    const found = scoresOf(scene, table, Float32Array.from(parameters));
    scores.forEach((expected, k) => {
      if (expected === null) assert.ok(Number.isNaN(found[k]));
      else assert.ok(Math.abs(found[k] - expected) <= 1e-5 * Math.max(1, Math.abs(expected)), `${found[k]}, not ${expected}`);
    });
  });
}

test("on a slice through many inputs the samples cannot be told from their places", () => {
  const found = scoresOf({ ...cases[0].scene, plane: { kind: "affine" } }, { shape: [0, 4], values: new Float32Array() },
    new Float32Array());
  assert.ok(found.every(Number.isNaN) && found.length === 4);
});
