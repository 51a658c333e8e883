// @ts-check
// Letters on a coloured button have to be read: the contrast of WCAG 2, worked by hand.

import assert from "node:assert/strict";
import { test } from "node:test";
import { contrast, lettersOn } from "../../../pages/parts/live/drawing/palette.js";

const WHITE = [255, 255, 255], BLACK = [0, 0, 0];

test("white on black has a contrast of 21, a colour on itself of 1, whichever comes first", () => {
  assert.ok(Math.abs(contrast(WHITE, BLACK) - 21) < 1e-9);
  assert.equal(contrast(BLACK, WHITE), contrast(WHITE, BLACK));
  assert.equal(contrast([12, 34, 56], [12, 34, 56]), 1);
  // #767676 is known as the lightest grey that white may stand on: 4.54 to 1.
  assert.ok(Math.abs(contrast(WHITE, [118, 118, 118]) - 4.54) < 0.005);
});

test("the letters of Play reach 4.5 to 1 on both themes' primary colours", () => {
  for (const primary of [[6, 104, 165], [61, 159, 224]]) {
    assert.ok(contrast(lettersOn(primary), primary) >= 4.5, String(primary));
  }
});
