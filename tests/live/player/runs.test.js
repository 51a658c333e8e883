// @ts-check
// What the server sent: bytes read as they were packed, and frames by their absolute numbers.

import assert from "node:assert/strict";
import { test } from "node:test";
import "../stand_in.js";
import { decodeMessage, knownRun, LearningRun, NetworkRun, place, Run } from "../../../pages/parts/live/player/runs.js";

/** A message as `message.py` packs it, behind `before` other bytes.
 *  @param {object} header
 *  @param {number[]} values
 *  @param {number} before */
function packed(header, values, before) {
  const text = JSON.stringify(header);
  const start = text + " ".repeat((4 - (new TextEncoder().encode(text).length % 4)) % 4);
  const json = new TextEncoder().encode(start);
  const bytes = new Uint8Array(before + 4 + json.length + 4 * values.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(before, json.length, true);
  bytes.set(json, before + 4);
  values.forEach((value, i) => {
    view.setFloat32(before + 4 + json.length + 4 * i, value, true);
  });
  return bytes.subarray(before);
}

test("a message is read wherever it lies", () => {
  const header = { run: "né", arrays: [["frames", [2, 2]], ["empty", [0, 5]], ["scores", [1, 1]]] };
  for (const before of [0, 1, 2, 3]) {
    const read = decodeMessage(packed(header, [1, 2, 3, 4, 0.5], before));
    assert.deepEqual(read.header, header);
    assert.deepEqual([...read.arrays.frames.values], [1, 2, 3, 4]);
    assert.deepEqual(read.arrays.frames.shape, [2, 2]);
    assert.equal(read.arrays.empty.values.length, 0);
    assert.deepEqual([...read.arrays.scores.values], [0.5]);
  }
});

/** @param {number} first
 *  @param {number[]} epochs
 *  @param {object} [more] */
function message(first, epochs, more = {}) {
  const header = { run: "a", arrays: [], first, scores_first: first, shared: 0, ...more };
  const table = { shape: [epochs.length, 2], values: Float32Array.from(epochs.flatMap((epoch) => [epoch, 10 * epoch])) };
  return /** @type {[any, any]} */ ([header, { frames: table, scores: table }]);
}

test("frames are kept by number, whatever the order and however often they come", () => {
  const run = new NetworkRun("a");
  run.absorb(...message(2, [2, 3]), new Map());
  assert.deepEqual([run.has(0), run.has(3), run.readyUntil(0), run.readyUntil(2), run.nearest(1)], [false, true, -1, 3, 2]);
  run.absorb(...message(0, [0, 1]), new Map());
  run.absorb(...message(2, [2, 3]), new Map());
  assert.deepEqual([run.readyUntil(0), run.nearest(99), run.frames.length], [3, 3, 4]);
  assert.deepEqual(Array.from(run.scores[3]), [3, 30]);
});

test("what a message does not say stays as it was", () => {
  const run = new NetworkRun("a");
  run.absorb(...message(0, [0], { last: 5, limit: 9, branches: [{ frame: 0, text: "x" }] }), new Map());
  run.absorb(...message(1, [1]), new Map());
  assert.deepEqual([run.last, run.limit, run.branches.length], [5, 9, 1]);
});

test("a training that is watched takes in the same messages, with words for every frame", () => {
  const run = new LearningRun("a");
  const words = [{ rows: ["x"], says: "first", alt: ["", ""] }, { rows: ["x"], says: "second", alt: ["", ""] }];
  run.absorb(...message(1, [10, 20], { words, last: 2, scene: { total: 20 } }), new Map());
  assert.deepEqual([run.has(0), run.has(1), run.words[2].says, run.last, run.scene.total], [false, true, "second", 2, 20]);
  run.absorb(...message(0, [0]), new Map());
  assert.deepEqual([run.readyUntil(0), run.words[1].says, run.last], [2, "first", 2]);
});

test("a branch takes over its past, and the run before it stands beside it", () => {
  const old = new NetworkRun("old"), run = new NetworkRun("a"), runs = new Map([["old", old], ["a", run]]);
  old.absorb(...message(0, [0, 1, 2]), runs);
  run.absorb(...message(2, [7], { of: "old", shared: 1, before: "old" }), runs);
  assert.deepEqual(run.scores.map((row) => row[0]), [0, 1, 7]);
  assert.equal(run.before, old);
  run.absorb(...message(3, [8], { before: null }), runs);
  assert.equal(run.before, null);
});

test("six runs are kept, the least recently used goes first, and never the one a branch came from", () => {
  /** @type {Map<string, Run<number, object>>} */
  const runs = new Map();
  /** @param {string} id
   *  @param {string} [previous] */
  const open = (id, previous) => knownRun(runs, id, () => new Run(id), previous);
  for (const id of "abcdef") open(id);
  const first = open("a");
  assert.equal(open("a"), first);
  open("g");
  assert.deepEqual([...runs.keys()], [..."cdefag"]);
  open("h", "c");
  assert.deepEqual([...runs.keys()], [..."cefagh"]);
});

test("rows are placed from a number on", () => {
  /** @type {string[]} */
  const list = [];
  place(list, 1, ["b", "c"]);
  assert.deepEqual([list[0], list[1], list.length], [undefined, "b", 3]);
});

test("what was not played is not told: neither losses beyond it nor where training ends", () => {
  const run = new NetworkRun("a");
  run.absorb(...message(0, [0, 1, 2, 3], { limit: 599, last: 3 }), new Map());
  assert.deepEqual([run.seen, run.shownLast], [0, 599]);
  run.saw(2);
  run.saw(1); // rewound: it was seen all the same
  assert.deepEqual([run.seen, run.shownLast], [2, 599]);
  run.saw(3);
  assert.equal(run.shownLast, 3);
  const branch = new NetworkRun("b");
  branch.absorb(...message(2, [2, 9], { of: "a", shared: 2 }), new Map([["a", run]]));
  assert.equal(branch.seen, 2);
});
