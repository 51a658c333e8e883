// @ts-check
// Points drawn by hand: their letters are those of the core, and each tool does its work with strokes and with keys.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { decodePoints, DrawnPoints, encodePoints, onSquare } from "../../../pages/parts/live/controls/drawn.js";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** @param {import("../../../pages/parts/live/controls/drawn.js").DrawingTool} tool
 *  @param {number[][]} points */
function drawing(tool, points = []) {
  const made = new DrawnPoints();
  made.most = 80;
  made.tool = tool;
  made.points = points.map(([x, y, label]) => ({ x, y, label }));
  return made;
}
/** @param {DrawnPoints} made */
const rows = ({ points }) => points.map(({ x, y, label }) => [x, y, label]);

test("the letters of points are those that the core reads and writes, at the corners and for every class", () => {
  const points = Array.from({ length: 80 }, (_, k) => ({
    x: [-6, 6, onSquare(Math.sin(k) * 6)][k % 3], y: [6, -6, onSquare(Math.cos(3 * k) * 6)][k % 3], label: k % 8 }));
  const print = "import sys, json; from nncore.data.own import read_drawn, drawn_name; points, labels = read_drawn(sys.argv[1]);"
    + "print(json.dumps([points.tolist(), labels.tolist(), drawn_name(points, labels)]))";
  const letters = encodePoints(points);
  const [places, labels, name] = JSON.parse(execFileSync("python3", ["-c", print, `drawn.${letters}`], { cwd: ROOT, encoding: "utf8" }));
  assert.deepEqual(places, points.map(({ x, y }) => [x, y]));
  assert.deepEqual(labels, points.map(({ label }) => label));
  assert.equal(name, `drawn.${letters}`);
  assert.deepEqual(decodePoints(letters), points);
});

test("the letters of one point, worked by hand", () => {
  // Class 1 at the lower left corner: 1 * 1201 * 1201 = 1442401 = 5 * 64^3 + 32 * 64^2 + 9 * 64 + 33.
  assert.equal(encodePoints([{ x: -6, y: -6, label: 1 }]), "FgJh");
  assert.deepEqual(decodePoints("FgJh"), [{ x: -6, y: -6, label: 1 }]);
  assert.deepEqual(decodePoints(""), []);
});

test("a click adds one point, a stroke one every 0.45, and there are no more than the most", () => {
  const made = drawing(1);
  assert.equal(made.begin([1, 1]), true);
  assert.equal(made.drag([1.4, 1]), false);
  assert.equal(made.drag([1.5, 1]), true);
  assert.equal(made.drag([1.9, 1]), false); // 0.4 from the second
  assert.equal(made.end(), true);
  assert.equal(made.end(), false);
  assert.equal(made.drag([5, 5]), false);
  assert.deepEqual(rows(made), [[1, 1, 1], [1.5, 1, 1]]);
  made.most = 2;
  assert.equal(made.begin([7, -9]), false);
  made.most = 3;
  made.begin([7, -9]);
  assert.deepEqual(rows(made)[2], [6, -6, 1]);
});

test("erasing takes the nearest point within reach, and a stroke all that it passes", () => {
  const made = drawing("erase", [[0, 0, 0], [0.3, 0, 1], [2, 2, 0]]);
  assert.equal(made.begin([0.2, 0]), true);
  assert.deepEqual(rows(made), [[0, 0, 0], [2, 2, 0]]);
  assert.equal(made.drag([1, 1]), false);
  assert.equal(made.drag([2, 1.7]), true);
  assert.deepEqual(rows(made), [[0, 0, 0]]);
});

test("a point is moved from where the stroke began, and nothing is picked up on the way", () => {
  const made = drawing("move", [[0, 0, 0], [2, 2, 1]]);
  made.begin([0.1, 0]);
  made.drag([2, 1.9]);
  made.drag([3.004, 1]);
  made.end();
  assert.deepEqual(rows(made), [[3, 1, 0], [2, 2, 1]]);
  made.begin([-3, -3]);
  assert.equal(made.drag([2, 2]), false);
});

test("with keys the first Enter takes a point, the second puts it down; meanwhile the server's word changes nothing", () => {
  const made = drawing("move", [[0, 0, 0]]);
  assert.equal(made.press([0.2, 0]), false);
  made.use([1, 1]);
  made.settle("");
  assert.equal(made.press([1, 1]), true);
  assert.deepEqual(rows(made), [[1, 1, 0]]);
  made.settle(encodePoints([{ x: 2, y: 2, label: 3 }]));
  assert.deepEqual(rows(made), [[2, 2, 3]]);
});

test("looking changes nothing, and nothing is on where nothing can be drawn", () => {
  const made = drawing("look", [[0, 0, 0]]);
  assert.equal(made.begin([0, 0]), false);
  assert.equal(made.isOn, false);
  made.tool = 0;
  assert.equal(made.isOn, true);
  made.most = 0;
  assert.equal(made.isOn, false);
});
