// @ts-check
// The drawing code of the views, on paper that makes SVG of it: what is a line, a circle or a letter there stays one.

import assert from "node:assert/strict";
import { test } from "node:test";
import { theme } from "../stand_in.js";
import "../../../pages/parts/page/svg_paper.js";
import { LossChart } from "../../../pages/parts/live/drawing/losses.js";
import { Links } from "../../../pages/parts/live/drawing/links.js";
import { fitCanvas, markerPath } from "../../../pages/parts/live/drawing/palette.js";
import { drawAxes } from "../../../pages/parts/live/drawing/plane.js";

const tools = {
  /** @param {string} _font @param {string} text */
  measure: (_font, text) => 7 * text.length,
  /** @param {unknown} _source @param {number[]} area */
  picture: (_source, area) => `data:${area.join()}`,
};
/** @param {(context: CanvasRenderingContext2D, paper: any) => void} draw */
const svg = (draw) => window.glassboxSvg?.((paper) => draw(fitCanvas(paper, 300, 200), paper), tools) ?? "";
/** @param {string} text @param {string} name */
const count = (text, name) => text.split(`<${name} `).length - 1;

test("the loss chart is lines, curves and letters, the names those that stand on the screen", () => {
  const made = svg((_context, paper) => {
    const chart = new LossChart(paper);
    chart.layout(400, 200, /** @type {any} */ ({ ...theme, grid: [9, 9, 9], validation: [200, 0, 0] }), 13);
    const scores = [[0, 0.7, 0.8], [10, 0.5, 0.6], [20, 0.3, 0.5]];
    chart.drawRun(/** @type {any} */ ({ scores, seen: 2, branches: [], scene: { loss_name: "cross-entropy" } }), 1, false);
  });
  // Up to the cursor strong, what is known beyond it faint: two curves of each.
  assert.deepEqual([...made.matchAll(/<path d="(M[^"]*)" fill="none"/g)].map(([, d]) => d.split("L").length), [2, 2, 2, 2]);
  assert.ok(made.includes('stroke="rgb(200,0,0)" stroke-opacity="0.3" stroke-width="1.5" stroke-dasharray="5 3"'));
  assert.ok(count(made, "line") > 5 && !made.includes('height="0"'), "a line of no height is a line, not a box without an area");
  for (const name of ["training", "validation", "epoch", "cross-entropy loss", "20"]) assert.ok(made.includes(`>${name}</text>`), name);
  assert.match(made, /transform="translate\(12\.35 \d+(\.\d+)?\) rotate\(-90\)"[^>]*>cross-entropy loss/);
  assert.match(made, /<clipPath id="area\w+-1"><path d="M52 8\.4h/);
  assert.equal(count(made, "image"), 0);
});

test("weights are curves, a positive one whole and a negative one dashed", () => {
  const column = (/** @type {number} */ layer) => ({ layer, x: 100 * layer, size: 20, hidden: 0, gap: 100, foot: 0,
    boxes: [{ layer, index: 0, x: 100 * layer, y: 50, size: 20 }] });
  const made = svg((context) => new Links(context, [column(0), column(1), column(2)], theme, 13).draw((layer) => (layer === 1 ? 2 : -2)));
  assert.match(made, /<path d="M20 60C60 60 60 60 100 60" fill="none" stroke="rgb\(0,0,255\)"[^>]*stroke-width="\d[^"]*">/);
  assert.match(made, /<path d="M120 60C160 60 160 60 200 60" fill="none" stroke="rgb\(255,0,0\)"[^>]*stroke-dasharray="7.15 3.9">/);
});

test("samples are circles and polygons; axes have their numbers and names, tight where there is no room", () => {
  const made = svg((context) => {
    context.beginPath();
    markerPath(context, "circle", 10, 20, 4);
    context.fillStyle = "rgba(1,2,3,0.5)";
    context.fill();
    context.beginPath();
    markerPath(context, "square", 50, 50, 4);
    context.stroke();
    const plane = /** @type {any} */ ({ x: [-6, 6], y: [-6, 6], labels: ["a <b> & \"c\"", "x".repeat(60)] });
    drawAxes(context, { left: 40, top: 10, right: 140, bottom: 110 }, plane, theme, 13);
  });
  assert.ok(made.includes('<circle cx="10" cy="20" r="4" fill="rgb(1,2,3)" fill-opacity="0.5"></circle>'));
  assert.match(made, /<path d="M[^"]*Z" fill="none"/);
  assert.ok(made.includes('text-anchor="end"') && made.includes("−6</text>"));
  assert.ok(made.includes(">a &#60;b&#62; &#38; &#34;c&#34;</text>"), "what comes from outside stays text");
  assert.match(made, /textLength="100" lengthAdjust="spacingAndGlyphs" transform="[^"]*">x{60}</);
});

test("what is saved comes back, areas lie in areas, and an area of pixels is a picture", () => {
  const made = svg((context) => {
    context.save();
    context.fillStyle = "#123456";
    for (const size of [100, 50]) {
      context.beginPath();
      context.roundRect(0, 0, size, size, 10);
      context.clip();
    }
    context.imageSmoothingEnabled = false;
    context.drawImage(/** @type {any} */ ({}), 0, 24, 24, 24, 5, 6, 48, 48);
    context.restore();
    context.fillRect(1, 2, 3, 4);
  });
  const [, name] = /<clipPath id="(area\w+)-1">/.exec(made) ?? [];
  assert.ok(name && made.includes(`<clipPath id="${name}-2" clip-path="url(#${name}-1)">`));
  assert.match(made, /<image x="5" y="6" width="48" height="48" [^>]*image-rendering="pixelated" href="data:0,24,24,24" clip-path="url\(#area\w+-2\)">/);
  assert.ok(made.endsWith('<rect x="1" y="2" width="3" height="4" fill="#000"></rect>'));
});

test("the screen's own paths are back when drawing fails", () => {
  const before = window.Path2D;
  assert.throws(() => svg(() => { throw new Error("no"); }), /no/);
  assert.equal(window.Path2D, before);
});
