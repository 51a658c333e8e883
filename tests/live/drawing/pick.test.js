// @ts-check
// What lies under the pointer in the diagram: the boxes stand where they are drawn, and so do the links between them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { arrange, linkRise } from "../../../pages/parts/live/drawing/geometry.js";
import { inputReach, nextNeuron, nextWeight, pickFromDiagram, placeOf } from "../../../pages/parts/live/drawing/pick.js";

const UNIT = 13;

/** @param {number[]} sizes */
function diagram(sizes, width = 600, height = 400) {
  const columns = arrange({ sizes }, width, height, UNIT, { left: 20, right: 10 });
  return { columns, boxes: columns.flatMap((column) => column.boxes), unit: UNIT };
}

test("a link rises from level to level, by half at its middle", () => {
  assert.ok(Math.abs(linkRise(0.5) - 0.5) < 1e-5);
  // At t = 1/4 the cubic is at 9/32 + 1/64 = 19/64 of the width and at 3/16 - 1/32 = 5/32 of the height.
  assert.ok(Math.abs(linkRise(19 / 64) - 5 / 32) < 1e-5);
  assert.ok(linkRise(0.001) < 1e-3 && linkRise(0.999) > 0.999);
});

test("boxes stand inside the picture, column by column, and do not overlap", () => {
  for (const sizes of [[2, 8, 8, 1], [1, 1], [2, 16, 3], [13, 64, 10]]) {
    const { columns, boxes } = diagram(sizes);
    assert.ok(boxes.every(({ x, y, size }) => x >= 20 && x + size <= 600 && y >= 0 && y + size <= 400), String(sizes));
    for (const column of columns) {
      column.boxes.slice(1).forEach((box, i) => {
        assert.ok(box.y > column.boxes[i].y + box.size);
      });
      assert.equal(column.boxes.length + column.hidden, sizes[column.layer]);
    }
    columns.slice(1).forEach((column, i) => {
      assert.ok(column.x > columns[i].x + columns[i].size);
    });
  }
});

test("every neuron is found at its middle, every bias at its corner", () => {
  const drawn = diagram([2, 4, 3, 1]);
  for (const { layer, index, x, y, size } of drawn.boxes) {
    assert.deepEqual(pickFromDiagram(drawn, x + size / 2, y + size / 2), { kind: "neuron", layer, index });
    const corner = pickFromDiagram(drawn, x, y + size);
    assert.deepEqual(corner, { kind: layer ? "bias" : "neuron", layer, index });
  }
});

test("every link is found beside its middle, where no other is as near", () => {
  const drawn = diagram([1, 2, 1]), { columns } = drawn;
  for (let layer = 1; layer < 3; layer++) {
    for (const source of columns[layer - 1].boxes) {
      for (const target of columns[layer].boxes) {
        const x = (source.x + source.size + target.x) / 2;
        const y = (source.y + source.size / 2 + target.y + target.size / 2) / 2;
        assert.deepEqual(pickFromDiagram(drawn, x, y + 2), { kind: "weight", layer, to: target.index, from: source.index });
        assert.equal(pickFromDiagram(drawn, x, y > 200 ? y + 60 : y - 60), null);
      }
    }
  }
});

test("neurons that are not drawn are found below those that are", () => {
  const drawn = diagram([2, 40, 1]);
  const { x, size, foot, hidden } = drawn.columns[1];
  assert.equal(hidden, 24);
  assert.deepEqual(pickFromDiagram(drawn, x + size / 2, foot + 5), { kind: "more", layer: 1, index: -1 });
});

test("arrow keys lead from the first neuron through the layers, and stay at the edges", () => {
  const drawn = diagram([2, 3, 1]);
  /** @param {import("../../../pages/parts/live/types.js").Box | null} box
   *  @param {string} key */
  const go = (box, key) => nextNeuron(drawn, box && { kind: "neuron", layer: box.layer, index: box.index }, key);
  const first = go(null, "ArrowRight");
  assert.deepEqual([first?.layer, first?.index], [1, 0]);
  const down = go(go(first, "ArrowDown"), "ArrowDown");
  assert.deepEqual([down?.layer, down?.index], [1, 2]);
  assert.equal(go(down, "ArrowDown"), down);
  assert.equal(go(down, "ArrowRight")?.layer, 2);
  assert.deepEqual([go(down, "ArrowLeft")?.layer, go(down, "ArrowLeft")?.index], [0, 1]);
  assert.equal(go(first, "x"), null);
  assert.deepEqual(nextNeuron(drawn, { kind: "weight", layer: 1, to: 0, from: 0 }, "ArrowUp"), drawn.columns[1].boxes[0]);
});

test("an input's colours reach as far as its values", () => {
  assert.deepEqual(inputReach({ inputs: Float32Array.from([1, -4, 2, 0, 0, 0]), count: 3 }), [4, 1e-9]);
});

test("the weights of a neuron follow each other from above, then its bias, round and round", () => {
  const drawn = diagram([2, 3, 1]);
  /** @param {import("../../../pages/parts/live/types.js").Picked | null} picked
   *  @param {number} step */
  const go = (picked, step) => nextWeight(drawn, picked, step);
  /** @type {import("../../../pages/parts/live/types.js").Picked} */
  const neuron = { kind: "neuron", layer: 1, index: 2 };
  const first = go(neuron, 1), second = go(first, 1), bias = go(second, 1);
  assert.deepEqual(first, { kind: "weight", layer: 1, to: 2, from: 0 });
  assert.deepEqual(second, { kind: "weight", layer: 1, to: 2, from: 1 });
  assert.deepEqual(bias, { kind: "bias", layer: 1, index: 2 });
  assert.deepEqual(go(bias, 1), first);
  assert.deepEqual(go(neuron, -1), bias);
  assert.deepEqual(go(bias, -1), second);
  assert.deepEqual(go(second, -1), first);
  assert.equal(go({ kind: "neuron", layer: 0, index: 0 }, 1), null);
  assert.equal(go(null, 1), null);
  assert.equal(nextNeuron(drawn, second, "ArrowUp"), drawn.columns[1].boxes[2]);
});

test("a line's place is its middle, where it is also found by pointer; what is not drawn has none", () => {
  const drawn = diagram([1, 2, 1]);
  const place = placeOf(drawn, { kind: "weight", layer: 1, to: 1, from: 0 });
  assert.ok(place);
  assert.deepEqual(pickFromDiagram(drawn, place.x, place.y), { kind: "weight", layer: 1, to: 1, from: 0 });
  assert.equal(placeOf(drawn, { kind: "weight", layer: 1, to: 5, from: 0 }), null);
  assert.equal(placeOf(drawn, { kind: "bias", layer: 7, index: 0 }), null);
});
