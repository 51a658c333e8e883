// @ts-check
// What was pressed, and said until the server has followed it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { stopTheClock } from "../stand_in.js";
import { Commands } from "../../../pages/parts/live/player/commands.js";

/** Commands, and the names in all that was sent, the oldest first. */
function setUp() {
  /** @type {string[]} */
  const sent = [];
  const clock = stopTheClock();
  const commands = new Commands(({ name, before }) => sent.push([...before.map((one) => one.name), name].join(" ")));
  /** @param {string} name */
  const say = (name) => commands.say({ run: "a", frame: 0, name });
  return { clock, commands, say, sent };
}

test("commands are counted upwards; what is not heard is said with the next one, and again as long as it is not", () => {
  const { clock, commands, say, sent } = setUp();
  say("reset");
  say("end");
  const [first, second] = commands.unheard;
  assert.equal(second.n, first.n + 1);
  assert.deepEqual(sent, ["reset", "reset end"]);
  clock.pass(1001);
  commands.heard(first.n);
  clock.pass(2001);
  assert.deepEqual(sent.slice(2), ["reset end", "end"]);
  commands.heard(second.n);
  clock.pass(60_000);
  assert.equal(sent.length, 4);
});

test("a new command is said at once, and its waits begin anew", () => {
  const { clock, say, sent } = setUp();
  say("redraw");
  clock.pass(2500); // said at 0 and 1000, due at 3000
  say("end");
  clock.pass(999);
  assert.equal(sent.length, 3);
  clock.pass(2);
  assert.equal(sent.length, 4);
});

test("once its view is gone nothing is said any more", () => {
  const { clock, commands, say, sent } = setUp();
  say("redraw");
  commands.close();
  clock.pass(60_000);
  say("end");
  assert.deepEqual(sent, ["redraw"]);
});
