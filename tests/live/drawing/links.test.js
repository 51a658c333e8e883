// @ts-check
// The lines between neurons: as wide as their weights are large, dashed where they are negative.

import assert from "node:assert/strict";
import { test } from "node:test";
import { takePaper, theme } from "../stand_in.js";
import { arrange } from "../../../pages/parts/live/drawing/geometry.js";
import { Links } from "../../../pages/parts/live/drawing/links.js";

const UNIT = 13;

/** @param {number[]} sizes */
function lay(sizes) {
  const paper = takePaper(), columns = arrange({ sizes }, 600, 400, UNIT, { left: 20, right: 10 });
  return { ...paper, columns, links: new Links(paper.context, columns, theme, UNIT) };
}

test("a line is half a pixel wide at 0, and 8 more at 5, in proportion to the weight's size; beyond it grows no more", () => {
  for (const [weight, width] of [[0, 0.5], [1.25, 2.5], [-1.25, 2.5], [5, 8.5], [-5, 8.5], [70, 8.5]]) {
    const { links, strokes } = lay([1, 1]);
    links.draw(() => weight);
    assert.deepEqual(strokes.map((line) => [line.width, line.dashed]), [[width, weight < 0]]);
  }
});

test("weights of one size and sign are drawn by one stroke, the widest last", () => {
  const { links, strokes } = lay([2, 3, 1]), weights = [[1.25, -5], [0, 1.25], [5, -5]];
  links.draw((layer, to, from) => layer === 1 ? weights[to][from] : 5);
  // Each line is a start and a curve: one at 0, two at 1.25, two at -5, and at 5 one beside the three to the output.
  assert.deepEqual(strokes.map(({ width, dashed, steps }) => [width, dashed, steps.length / 2]).slice(0, 2),
    [[0.5, false, 1], [2.5, false, 2]]);
  assert.deepEqual(strokes.slice(2).map(({ width, dashed, steps }) => [width, dashed, steps.length / 2]).sort(),
    [[8.5, false, 4], [8.5, true, 2]]);
});

test("a line leads from the right of one neuron to the left of the next, at their middles, level at both ends", () => {
  const { links, strokes, columns: [inputs, outputs] } = lay([2, 2]);
  links.mark({ kind: "weight", layer: 1, to: 1, from: 0 });
  const source = inputs.boxes[0], target = outputs.boxes[1], x0 = source.x + source.size;
  const y0 = source.y + source.size / 2, y1 = target.y + target.size / 2, middle = (x0 + target.x) / 2;
  assert.deepEqual(strokes[0].steps, [[x0, y0], [middle, y0, middle, y1, target.x, y1]]);
});

test("a single output leads on to the edge; of several none does", () => {
  const single = lay([2, 1]), { x, y, size } = single.columns[1].boxes[0];
  single.links.drawOutlet(598);
  assert.deepEqual(single.strokes[0].steps, [[x + size + 4, y + size / 2], [598 - 0.5 * UNIT, y + size / 2]]);
  const several = lay([2, 3]);
  several.links.drawOutlet(598);
  assert.deepEqual(several.strokes, []);
});
