// @ts-check
// The frame in a sentence, as it is read out.

import assert from "node:assert/strict";
import { test } from "node:test";
import "../stand_in.js";
import { NetworkRun } from "../../../pages/parts/live/player/runs.js";
import { spokenSummary } from "../../../pages/parts/live/views/describe.js";

const run = new NetworkRun("a");
run.scene = /** @type {any} */ ({ score: "accuracy" });
run.scores = [[0, 0.75, Number.NaN, 0.5, Number.NaN], [1, 0.5, 0.25, 1, 0.875]];
run.stop = { frame: 1, text: "The loss stopped falling" };

test("losses and score are those of the frame: the validation set's where there is one", () => {
  assert.equal(spokenSummary({ player: { run } }, 0), "Epoch 0, training loss 0.75, training accuracy 50.0 %.");
  assert.match(spokenSummary({ player: { run } }, 1), /^Epoch 1, training loss 0.50, validation loss 0.25, validation accuracy 87.5 %,/);
});

test("why training stopped is said at its last frame, and nothing of a frame that is not known", () => {
  assert.ok(spokenSummary({ player: { run } }, 1).endsWith(", The loss stopped falling."));
  assert.ok(!spokenSummary({ player: { run } }, 0).includes("stopped"));
  assert.equal(spokenSummary({ player: { run } }, 2), "");
});
