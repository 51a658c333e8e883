// @ts-check
// What Plotly is asked to draw of a chart for the printer, and after it.

import assert from "node:assert/strict";
import { test } from "node:test";
import "../stand_in.js";
import "../../../pages/parts/page/light_figure.js";

const z = new Float64Array([1, 2]);
const chart = (/** @type {number} */ width) => /** @type {any} */ ({
  clientWidth: width, _fullLayout: {}, data: [{ z, line: { color: "white", width: 2 }, textfont: { size: [6, 12] } }],
  layout: { width, font: { size: 14, color: "white" }, xaxis: { tickfont: { size: 8 } },
    meta: { light: [[["layout", "font", "color"], "black"], [["data", 0, "line", "color"], "black"], [["data", 3, "x", "color"], "black"]] } },
});
/** @param {boolean} dark @param {number} width */
const printed = (dark, width) => {
  /** @type {any[]} */
  const drawn = [];
  window.Plotly = { react: (/** @type {any[]} */ ...told) => drawn.push(told.slice(1)) };
  window.glassboxPrint = /** @type {any} */ ({ isDark: () => dark });
  globalThis.getComputedStyle = /** @type {any} */ (() => ({ getPropertyValue: () => "" }));
  const one = chart(width), before = structuredClone(one), back = window.glassboxFigure?.toPaper(one);
  assert.deepEqual(one, before, "what the screen shows is not touched");
  back?.();
  assert.ok(drawn[1][0] === one.data && drawn[1][1] === one.layout, "after it, it is drawn as it was");
  return { data: drawn[0][0], layout: drawn[0][1] };
};

test("a dark page's figure is drawn in the light colours that it carries, its numbers not copied", () => {
  const { data, layout } = printed(true, 400);
  assert.deepEqual([layout.font.color, data[0].line], ["black", { color: "black", width: 2 }]);
  assert.ok(data[0].z === z);
  assert.equal(printed(false, 400).layout.font.color, "white");
});

test("it is no wider than the sheet, and no letter of it is smaller than 7 points", () => {
  const { data, layout } = printed(false, 1200);
  assert.deepEqual([layout.width, printed(false, 400).layout.width], [700, 400]);
  const sizes = [layout.font.size, layout.xaxis.tickfont.size, ...data[0].textfont.size];
  assert.ok(sizes.every((size) => size * 0.75 >= 7) && sizes[0] === 14 && sizes[3] === 12);
});

test("without Plotly, or a dark page's colours, a chart stays as it is", () => {
  window.glassboxPrint = /** @type {any} */ ({ isDark: () => true });
  const one = chart(400);
  assert.ok(window.glassboxFigure?.canDraw(one));
  one.layout.meta = undefined;
  assert.ok(!window.glassboxFigure?.canDraw(one));
  window.Plotly = undefined;
  assert.ok(!window.glassboxFigure?.canDraw(chart(400)));
});
