// @ts-check
// The points on the live map and the server: what it says counts once it has heard all strokes.

import assert from "node:assert/strict";
import { test } from "node:test";
import "../stand_in.js";
import { brushWords, showBrush, takePoints } from "../../../pages/parts/live/controls/brush.js";
import { DrawnPoints } from "../../../pages/parts/live/controls/drawn.js";

/** @returns {any} */
const view = () => ({ sketched: new DrawnPoints(), player: { commands: { unheard: [] } } });
const said = { letters: "FgJhAAAA", most: 80, says: "" };

test("what the server says is taken over, but not while it has not heard all that was drawn", () => {
  const live = view();
  takePoints(live, said);
  assert.equal(live.sketched.points.length, 2);
  assert.equal(live.sketched.told, said.letters);
  live.player.commands.unheard.push({});
  takePoints(live, { ...said, letters: "" });
  assert.equal(live.sketched.points.length, 2);
  live.player.commands.unheard.pop();
  takePoints(live, undefined); // a message that says nothing of them
  assert.equal(live.sketched.points.length, 2);
  takePoints(live, { letters: "", most: 80, says: "Draw more." });
  assert.deepEqual([live.sketched.points, live.sketched.says], [[], "Draw more."]);
});

test("another dataset ends a stroke and takes all points away", () => {
  const live = view();
  takePoints(live, said);
  live.sketched.tool = 0;
  live.sketched.begin([1, 1]);
  takePoints(live, null);
  assert.deepEqual([live.sketched.points, live.sketched.last, live.sketched.isOn], [[], null, false]);
});

test("with a tool in the hand the map shows every point as it was drawn, and says what Enter does", () => {
  const live = view();
  takePoints(live, said);
  Object.assign(live, { map: {}, parts: { overlay: { style: {} }, tools: { querySelectorAll: () => [], lastElementChild: null } } });
  globalThis.HTMLElement = /** @type {any} */ (class {});
  showBrush(live);
  assert.deepEqual([live.map.sketch, brushWords(live.sketched)], [null, ""]);
  live.sketched.tool = 2;
  showBrush(live);
  assert.deepEqual(live.map.sketch, [[-6, -6, 1, 0], [-6, -6, 0, 0]]);
  assert.equal(live.parts.overlay.style.touchAction, "none");
  assert.match(brushWords(live.sketched), /adds a point of class 3/);
});
