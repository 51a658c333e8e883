// @ts-check
// What is written beside the diagram's neurons, and the room that it takes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { takePaper, theme } from "../stand_in.js";
import { arrange } from "../../../pages/parts/live/drawing/geometry.js";
import { Labels } from "../../../pages/parts/live/drawing/labels.js";

const UNIT = 10;

/** What is written beside a network, and the room of its names.
 *  @param {object} network
 *  @param {number} [width] */
function write(network, width = 600) {
  const paper = takePaper();
  const scene = /** @type {any} */ ({ inputs: ["x", "y"], applied: [{ name: "tanh" }, { name: "sigmoid" }], classes: [], ...network });
  const labels = new Labels(paper.context, scene, width, theme, UNIT), widths = labels.widths();
  const columns = arrange(scene, width, 300, UNIT, widths);
  labels.draw(columns, 0);
  return { columns, widths, written: paper.written, texts: paper.written.map(({ text }) => text) };
}

test("each layer has its name and its activation above it, at its middle", () => {
  const { columns, written, texts } = write({ sizes: [2, 3, 1], applied: [{ name: "leaky ReLU" }, { name: "sigmoid" }] });
  assert.deepEqual(texts, ["Inputs", "", "Layer 1", "leaky ReLU", "Output", "sigmoid", "x", "y"]);
  assert.equal(written[2].x, columns[1].x + columns[1].size / 2);
  assert.ok(written[2].y < written[3].y && written[3].y < columns[1].boxes[0].y);
});

test("where buttons need the room a hidden layer has its short name alone", () => {
  const { columns, texts } = write({ sizes: [2, 3, 3, 3, 1], applied: ["tanh", "tanh", "tanh", "sigmoid"].map((name) => ({ name })) }, 240);
  assert.ok(columns[1].gap < 52); // 5.2 units
  assert.deepEqual(texts.slice(0, 7), ["Inputs", "", "L1", "L2", "L3", "Output", "sigmoid"]);
});

test("names have the room that they need, up to 16 % of the width, and are cut where they need more", () => {
  // Letters are 7 pixels wide: six letters need 42, and 7 more for the gap; three need 21, and 9 for theirs.
  const classes = ["one", "two"];
  assert.deepEqual(write({ sizes: [2, 2], inputs: ["x", "height"], classes }).widths, { left: 49, right: 30 });
  const narrow = write({ sizes: [2, 2], inputs: ["x", "height"], classes }, 200);
  assert.deepEqual(narrow.widths, { left: 39, right: 30 }); // 32 pixels are left to the name: four letters
  assert.deepEqual(narrow.texts.slice(-4), ["x", "hei…", "one", "two"]);
});

test("inputs stand left of their neurons, classes right of theirs; a single output has no name", () => {
  const { columns: [inputs, outputs], written } = write({ sizes: [2, 2], classes: ["no", "yes"] });
  const [x, , no] = written.slice(-4);
  assert.ok(x.align === "right" && x.x < inputs.x && no.align === "left" && no.x > outputs.x + outputs.size);
  assert.ok(!write({ sizes: [2, 1], classes: ["no", "yes"] }).texts.includes("no"));
});

test("neurons that have no room are counted below the others", () => {
  const { columns, texts } = write({ sizes: [2, 40, 1] });
  assert.ok(columns[1].hidden > 0 && texts.includes(`+${columns[1].hidden} more`));
});
