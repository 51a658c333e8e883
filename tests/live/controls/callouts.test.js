// @ts-check
// The notes in the picture: which there are, and that they do not lie on each other.

import assert from "node:assert/strict";
import { test } from "node:test";
import "../stand_in.js";
import { hidesOne, notesFor, placeNote } from "../../../pages/parts/live/controls/callouts.js";
import { arrange } from "../../../pages/parts/live/drawing/geometry.js";

/** @param {number[]} sizes
 *  @param {number} width */
const diagram = (sizes, width) => ({ columns: arrange({ sizes }, width, 320, 13, { left: 20, right: 10 }), width });

test("a wide diagram has room for all notes, a phone's for fewer", () => {
  assert.deepEqual(notesFor(diagram([2, 4, 2, 1], 650)).map(({ corner }) => corner),
    ["bottom left", "top left", "bottom right", "map"]);
  assert.deepEqual(notesFor(diagram([2, 4, 2, 1], 366)).map(({ corner }) => corner), ["bottom left", "bottom right", "map"]);
  assert.equal(notesFor(diagram([2, 1], 366)).length, 3); // no hidden layer: the output's own map is meant
});

test("each note stands in its corner of the frame, apart from the others", () => {
  const frame = { left: 0, top: 35, right: 366, bottom: 320 };
  assert.deepEqual(placeNote("top left", frame, 150, 60), [0, 35]);
  assert.deepEqual(placeNote("bottom left", frame, 150, 60), [0, 260]);
  assert.deepEqual(placeNote("bottom right", frame, 150, 60), [216, 260]);
});

test("a note hides a neuron by more than a tenth of it, and where notes stand below the diagram they point at its foot", () => {
  const { columns, width } = diagram([2, 8, 8, 1], 650), [top, foot] = [columns[1].boxes[0], columns[1].boxes[7]];
  const { x, y, size } = foot, boxes = columns.flatMap((column) => column.boxes);
  assert.ok(hidesOne({ left: x, top: y + 0.8 * size, right: x + size, bottom: y + 2 * size }, boxes));
  assert.ok(!hidesOne({ left: x, top: y + 0.95 * size, right: x + size, bottom: y + 2 * size }, boxes));
  assert.deepEqual(notesFor({ columns, width })[1].at, [top.x, top.y + top.size]);
  assert.deepEqual(notesFor({ columns, width }, true)[1].at, [x, y + size]);
});
