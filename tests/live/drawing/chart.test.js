// @ts-check
// The chart: axes that fit what is known, names that do not overlap, and the place under the pointer.

import assert from "node:assert/strict";
import { test } from "node:test";
import "../stand_in.js";
import { CurveChart } from "../../../pages/parts/live/drawing/chart.js";
import { LossChart, lossRange } from "../../../pages/parts/live/drawing/losses.js";
import { NetworkRun } from "../../../pages/parts/live/player/runs.js";

/** A chart on a canvas that notes no stroke, for rows of (x, value).
 *  @param {number[][]} rows
 *  @param {Partial<import("../../../pages/parts/live/drawing/chart.js").Picture>} [more] */
function chart(rows, more = {}) {
  const made = new CurveChart(/** @type {any} */ (null));
  made.frame = { left: 100, top: 0, right: 300, bottom: 100 };
  made.unit = 10;
  made.picture = { rows, row: rows[0], curves: [], end: 20, range: [0, 4], names: ["", ""], ...more };
  return made;
}

test("values stand in proportion, or by their logarithms", () => {
  const linear = chart([[0, 1]]);
  assert.deepEqual([linear.x(0), linear.x(20), linear.x(5), linear.y(0), linear.y(4), linear.y(1)], [100, 300, 150, 100, 0, 75]);
  const log = chart([[0, 1]], { range: [0.01, 100], log: true });
  assert.deepEqual([log.y(0.01), log.y(100), Math.round(log.y(1))], [100, 0, 50]);
  assert.equal(log.y(0), 100); // a loss of 0 has no logarithm
});

test("a place of the chart is an epoch, a place beside it none", () => {
  const made = chart([[0, 1]]);
  assert.equal(made.valueAt(200, 50), 10);
  assert.deepEqual([made.valueAt(50, 50), made.valueAt(310, 50), made.valueAt(200, 120)], [null, null, null]);
});

test("names keep a line of text apart and stay inside, the larger value above", () => {
  const placed = chart([[0, 1]]).setApart([{ value: 0 }, { value: 0.1 }, { value: 0.05 }]);
  assert.deepEqual(placed.map(({ value }) => value), [0.1, 0.05, 0]);
  const heights = placed.map(({ y }) => y);
  assert.equal(heights[2], 100);
  assert.ok(heights[1] - heights[0] >= 11.5 - 1e-9 && heights[2] - heights[1] >= 11.5 - 1e-9);
});

test("a loss that shoots up is cut at four times where it began; a missing validation loss does no harm", () => {
  assert.deepEqual(lossRange([[0, 1, Number.NaN], [1, 0.5, Number.NaN]], false), [0, 1.2]);
  assert.deepEqual(lossRange([[0, 1, 1], [1, 1e6, 2]], false), [0, 5]);
  assert.deepEqual(lossRange([[0, 1, 1], [1, 0.02, 0.5]], true), [0.01, 10]);
});

test("the losses end at the last frame that was on screen, also under the pointer and before the last change", () => {
  const made = new LossChart(/** @type {any} */ (null));
  made.frame = { left: 0, top: 0, right: 100, bottom: 100 };
  made.theme = /** @type {any} */ ({});
  /** @type {any} */
  let drawn;
  made.draw = (picture) => {
    made.picture = drawn = picture;
  };
  const run = new NetworkRun("a"), before = new NetworkRun("b");
  run.scene = /** @type {any} */ ({ loss: "mse" });
  run.scores = [[0, 4, 4], [1, 3, 3], [2, 2, 2], [3, 1, 1]];
  before.scores = [[0, 5, 5], [1, 4, 4], [2, 0, 0]];
  run.before = before;
  before.saw(1);
  made.drawRun(run, 0, false);
  assert.deepEqual(drawn.rows, [[0, 4, 4]]);
  assert.equal(made.pick(100, 50), 0);
  run.saw(2);
  made.drawRun(run, 1, false); // rewound by one
  assert.deepEqual(drawn.rows.map((/** @type {number[]} */ row) => row[0]), [0, 1, 2]);
  assert.equal(made.pick(100, 50), 2);
  assert.deepEqual(drawn.before.rows, [[0, 5, 5], [1, 4, 4]]);
});

test("the dotted curve is named as another run, so that no name reads as one with those beside it", () => {
  const made = new LossChart(/** @type {any} */ (null));
  /** @type {string[]} */
  const written = [];
  made.context = /** @type {any} */ ({ fillText: (/** @type {string} */ name) => written.push(name) });
  made.frame = { left: 0, top: 0, right: 100, bottom: 100 };
  made.unit = 10;
  made.theme = /** @type {any} */ ({ muted: [0, 0, 0] });
  made.picture = /** @type {any} */ ({
    row: [0, 0.2, 0.4], range: [0, 1], before: { end: 0.3 },
    curves: [{ name: "training", column: 1, colour: [0, 0, 0] }, { name: "validation", column: 2, colour: [0, 0, 0] }],
  });
  made.drawNames();
  assert.deepEqual(written, ["validation", "last run", "training"]);
});
