// @ts-check
// How far apart the snapshots are: said where it shows.

import assert from "node:assert/strict";
import { test } from "node:test";
import "../stand_in.js";
import { NetworkRun } from "../../../pages/parts/live/player/runs.js";
import { spacing, statusText } from "../../../pages/parts/live/controls/transport.js";

test("a snapshot is as far from the one before as their epochs are; the first, from the one after it", () => {
  const run = new NetworkRun("a");
  run.scores = [[0], [1], [2], [4], [8]];
  assert.deepEqual([0, 1, 2, 3, 4].map((frame) => spacing(run, frame)), [1, 1, 1, 2, 4]);
  run.scores = [[0]];
  assert.equal(spacing(run, 0), 1); // nothing is known yet
});

test("what a change of a branch does to the optimizer is said in plain words, for a second", () => {
  const run = new NetworkRun("a");
  run.branches = /** @type {any} */ ([{ frame: 5, text: "learning rate 0.1" }]);
  run.scene = /** @type {any} */ ({ summary: "2 inputs", plane: {} });
  const live = /** @type {any} */ ({ player: { run } });
  assert.equal(statusText(live, 5), "learning rate 0.1 · the optimizer starts anew");
  assert.equal(statusText(live, 4), "2 inputs");
});
