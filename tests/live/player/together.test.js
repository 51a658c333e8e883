// @ts-check
// Two players that go together: the same epoch in both, whatever is pressed in which.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { hidePage, stopTheClock } from "../stand_in.js";
import { memory } from "../../../pages/parts/live/player/memory.js";
import { Player } from "../../../pages/parts/live/player/player.js";
import { place, Run } from "../../../pages/parts/live/player/runs.js";
import { goTogether } from "../../../pages/parts/live/player/together.js";

let clock = stopTheClock();
beforeEach(() => {
  clock = stopTheClock();
  hidePage(false);
  window.glassboxMemory = {};
});

/** A player on one side, of a run whose frames lie so many epochs apart.
 *  @param {number} side
 *  @param {{apart?: number, known?: number, last?: number | null}} of */
function setUp(side, { apart = 1, known = 200, last = null }) {
  /** @type {number[]} */
  const needs = [];
  /** @type {number[]} */
  const reports = [];
  const player = new Player({ need: ({ from }) => needs.push(from), at: ({ frame }) => reports.push(frame), command: () => {} },
    () => {}, memory(`live${side}`));
  /** @type {Run<number, object>} */
  const run = new Run(`run ${side}`);
  run.scene = {};
  run.limit = 599;
  run.last = last;
  run.epochs = Array.from({ length: 600 }, (_, frame) => frame * apart);
  place(run.frames, 0, Array.from({ length: last === null ? known : last + 1 }, (_, frame) => frame));
  player.open(run);
  goTogether(player, side);
  return { player, run, needs, reports };
}

/** @param {Player<any>[]} players
 *  @param {number} seconds */
function playFor(players, seconds) {
  for (let i = 0; i < 60 * seconds; i++) {
    clock.pass(1000 / 60);
    for (const player of players) if (player.playing) player.advance(1 / 60);
  }
}

/** @param {{player: Player<any>}[]} both */
const frames = (both) => both.map(({ player }) => Math.floor(player.position));

test("play, pause and step in either move both to the same frame, and both tell it", () => {
  const both = [setUp(0, {}), setUp(1, {})], players = both.map(({ player }) => player);
  players[1].play();
  assert.deepEqual(players.map(({ playing }) => playing), [true, true]);
  playFor(players, 2);
  assert.equal(frames(both)[0], frames(both)[1]);
  assert.ok(Math.abs(frames(both)[0] - 64) <= 1, "one clock drives both, at normal speed");
  players[1].pause();
  assert.deepEqual(players.map(({ playing }) => playing), [false, false]);
  players[1].step(-1);
  players[0].step(3);
  const at = frames(both)[0];
  assert.equal(at, frames(both)[1]);
  assert.ok(at === 66 || at === 65 || at === 67);
  clock.pass(200);
  assert.deepEqual(both.map(({ reports }) => reports.at(-1)), [at, at]);
});

test("where snapshots lie farther apart in one, it shows the last that is not after the other's epoch", () => {
  const both = [setUp(0, {}), setUp(1, { apart: 4 })];
  both[0].player.seek(43);
  assert.deepEqual(frames(both), [43, 10]);
  both[1].player.seek(12);
  assert.deepEqual(frames(both), [48, 12]);
});

test("neither goes on without the other: the one that waits has the other ask for what it lacks", () => {
  const both = [setUp(0, { apart: 64 }), setUp(1, { known: 60 })], players = both.map(({ player }) => player);
  players[0].play();
  playFor(players, 3);
  assert.deepEqual(frames(both), [0, 0]);
  assert.ok(players[0].waiting);
  assert.ok(both[1].needs.includes(60));
  place(both[1].run.frames, 60, Array.from({ length: 40 }, () => 0));
  playFor(players, 1);
  assert.deepEqual(frames(both), [1, 64]);
});

test("where training ends for one, the other leads on; at the end of both they pause", () => {
  const both = [setUp(0, { last: 20 }), setUp(1, { last: 50 })], players = both.map(({ player }) => player);
  players[0].play();
  playFor(players, 1);
  assert.equal(frames(both)[0], 20);
  assert.ok(frames(both)[1] > 25 && players[0].playing);
  players[0].pause();
  assert.ok(frames(both)[1] > 25 && !players[1].playing);
  players[0].step(1);
  players[0].play();
  playFor(players, 1);
  assert.deepEqual([...frames(both), ...players.map(({ playing }) => playing)], [20, 50, false, false]);
  players[1].play();
  assert.deepEqual(frames(both), [0, 0]);
});

test("a player whose mate has left the page plays alone", () => {
  const left = setUp(0, {});
  const right = setUp(1, {});
  left.player.close();
  const again = setUp(1, {});
  assert.equal(again.player.mate, null);
  right.player.close();
  again.player.play();
  playFor([again.player], 1);
  assert.ok(again.player.position > 25);
});
