// @ts-check
// The clock of a recorded training: what is shown when, and what is asked of the server until it answers.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { hidePage, stopTheClock } from "../stand_in.js";
import { memory } from "../../../pages/parts/live/player/memory.js";
import { Player } from "../../../pages/parts/live/player/player.js";
import { place, Run } from "../../../pages/parts/live/player/runs.js";

let clock = stopTheClock();
beforeEach(() => {
  clock = stopTheClock();
  hidePage(false);
  window.glassboxMemory = {};
});

/** A player of a run that knows `known` frames, and what it has sent. */
function setUp({ known = 0, last = /** @type {number | null} */ (null), id = "a" } = {}) {
  /** @type {number[]} */
  const needs = [];
  /** @type {{frame: number, playing: boolean}[]} */
  const reports = [];
  /** The names of all commands in each request, the oldest first, with the number of the last.
   *  @type {{names: string[], n: number}[]} */
  const commands = [];
  const player = new Player({
    need: ({ from }) => needs.push(from),
    at: ({ frame, playing }) => reports.push({ frame, playing }),
    command: ({ name, n, before }) => commands.push({ names: [...before.map((one) => one.name), name], n }),
  }, () => {}, memory("live"));
  /** @type {Run<number, object>} */
  const run = new Run(id);
  run.scene = {};
  run.limit = 1000;
  run.last = last;
  learn(run, known);
  player.open(run);
  return { player, run, needs, reports, commands };
}

/** The run gets frames until it knows `known` of them.
 *  @param {Run<number, object>} run
 *  @param {number} known */
function learn(run, known) {
  place(run.frames, 0, Array.from({ length: known }, (_, i) => i));
}

/** Play for a time, a sixtieth of a second after the other.
 *  @param {Player<any>} player
 *  @param {number} seconds */
function playFor(player, seconds) {
  for (let i = 0; i < 60 * seconds; i++) {
    clock.pass(1000 / 60);
    player.advance(1 / 60);
  }
}

test("plays 32 frames a second at normal speed, and as many more as the speed says", () => {
  const { player } = setUp({ known: 500 });
  player.play();
  playFor(player, 2);
  assert.equal(Math.round(player.position), 64);
  player.speed = 4;
  playFor(player, 1);
  assert.equal(Math.round(player.position), 192);
});

test("where epochs are left out between frames it plays twice as fast, if it is told to hurry and frames are there", () => {
  const { player, run, needs } = setUp({ known: 200 });
  run.scores = Array.from({ length: 1001 }, (_, frame) => [frame < 40 ? frame : 40 + 4 * (frame - 40)]);
  player.hurry = 2;
  player.play();
  playFor(player, 1.25);
  assert.equal(Math.round(player.position), 40);
  playFor(player, 1);
  assert.ok(Math.abs(player.position - 104) <= 1, `${player.position}`);
  assert.deepEqual(needs, []);
  // Fewer than a second of frames at the full rate are left: it asks, and slows down to the usual rate before it waits.
  playFor(player, 1);
  assert.deepEqual(needs, [200]);
  const before = player.position;
  playFor(player, 0.5);
  assert.ok(player.position - before < 24 && player.position < 199, `${before} to ${player.position}`);
  // With all frames there, to the end of the run, it has no reason to wait.
  learn(run, 261);
  run.last = 260;
  const from = player.position;
  playFor(player, 0.5);
  assert.ok(Math.abs(player.position - from - 32) <= 1);
});

test("asks for more when less than a second is left, once, and waits at the last frame known", () => {
  const { player, needs } = setUp({ known: 65 });
  player.play();
  playFor(player, 0.9);
  assert.deepEqual(needs, []);
  playFor(player, 2);
  assert.deepEqual(needs, [65]);
  assert.equal(player.frame(), 64);
  assert.equal(player.waiting, true);
});

test("a request that gets lost is repeated while it plays, after 4, 8 and 16 seconds, and answered it goes on", () => {
  const { player, run, needs } = setUp({ known: 1 });
  player.play();
  playFor(player, 3.9);
  assert.equal(needs.length, 1);
  playFor(player, 0.2);
  assert.equal(needs.length, 2);
  playFor(player, 7.7);
  assert.equal(needs.length, 2);
  playFor(player, 0.4);
  assert.equal(needs.length, 3);
  playFor(player, 15);
  assert.equal(needs.length, 3);
  learn(run, 100);
  playFor(player, 1);
  assert.equal(Math.round(player.position), 32);
});

test("a view mounted anew asks for its frame until it has it, though nothing plays", () => {
  const { player, run, needs } = setUp();
  assert.deepEqual(needs, [0]);
  clock.pass(3900);
  assert.equal(needs.length, 1);
  clock.pass(200);
  assert.equal(needs.length, 2);
  clock.pass(8100);
  assert.equal(needs.length, 3);
  learn(run, 1);
  player.open(run);
  clock.pass(60_000);
  assert.equal(needs.length, 3);
});

test("a server that has too much to do is asked again when it said, and not before", () => {
  const { player, needs } = setUp();
  player.later("a", 1);
  clock.pass(900);
  assert.equal(needs.length, 1);
  clock.pass(200);
  assert.equal(needs.length, 2);
  player.later("another", 0);
  clock.pass(100);
  assert.equal(needs.length, 2);
});

test("hidden, hushed or closed, it asks for nothing", () => {
  hidePage(true);
  const hidden = setUp();
  clock.pass(60_000);
  assert.deepEqual(hidden.needs, []);
  hidePage(false);
  hidden.player.require();
  assert.deepEqual(hidden.needs, [0]);
  hidden.player.hush(true);
  clock.pass(60_000);
  assert.deepEqual(hidden.needs, [0]);
  hidden.player.hush(false);
  assert.deepEqual(hidden.needs, [0, 0]);
  hidden.player.close();
  clock.pass(60_000);
  assert.deepEqual(hidden.needs, [0, 0]);
});

test("at the end it pauses and says where it stands; played once more it begins at the beginning", () => {
  const { player, reports } = setUp({ known: 11, last: 10 });
  player.play();
  playFor(player, 1);
  assert.deepEqual([player.playing, player.frame(), player.atEnd], [false, 10, true]);
  assert.deepEqual(reports, [{ frame: 10, playing: false }]);
  player.play();
  assert.equal(player.frame(), 0);
});

test("stopping before any frame has come does no harm, and the frame is still asked for", () => {
  const { player, needs } = setUp();
  player.play();
  player.pause();
  assert.equal(player.frame(), -1);
  clock.pass(4100);
  assert.deepEqual(needs, [0, 0]);
});

test("a sought frame stays within the run, and the server hears of it once the hand rests", () => {
  const { player, reports } = setUp({ known: 11, last: 10 });
  player.seek(99);
  player.seek(7);
  assert.equal(player.frame(), 7);
  player.step(-1);
  clock.pass(149);
  assert.deepEqual(reports, []);
  clock.pass(2);
  assert.deepEqual(reports, [{ frame: 6, playing: false }]);
  player.seek(-5);
  assert.equal(player.frame(), 0);
});

test("a missing frame is shown as the nearest earlier one, and asked for once the hand rests", () => {
  const { player, needs } = setUp({ known: 3 });
  player.seek(50);
  assert.equal(player.frame(), 2);
  clock.pass(200);
  assert.deepEqual(needs, [50]);
});

test("a remount within a second goes on playing where it was, a later one tells the server the frame", () => {
  const { player } = setUp({ known: 100 });
  player.play();
  playFor(player, 1.01);
  player.close();
  clock.pass(500);
  const back = setUp({ known: 100 });
  assert.deepEqual([back.player.playing, back.player.frame()], [true, 32]);
  back.player.close();
  clock.pass(5000);
  const late = setUp({ known: 100 });
  clock.pass(400);
  assert.equal(late.player.playing, false);
  assert.deepEqual(late.reports, [{ frame: 32, playing: false }]);
});

test("a seek is followed once for each token", () => {
  const { player, run } = setUp({ known: 50 });
  player.open(run, { frame: 20, token: 1 });
  assert.equal(player.frame(), 20);
  player.seek(3);
  player.open(run, { frame: 20, token: 1 });
  assert.equal(player.frame(), 3);
});

test("where the page says so, the player plays from where it was put, once for each token", () => {
  const { player, run } = setUp({ known: 50 });
  player.open(run, { frame: 0, token: 1, plays: true });
  assert.equal(player.playing, true);
  player.pause();
  player.open(run, { frame: 0, token: 1, plays: true });
  assert.equal(player.playing, false);
});

test("a command is said until it is heard, at once and after 1, 2 and 4 seconds", () => {
  const { player, commands } = setUp({ known: 5 });
  player.command("redraw");
  assert.equal(commands.length, 1);
  clock.pass(999);
  assert.equal(commands.length, 1);
  clock.pass(2);
  assert.equal(commands.length, 2);
  clock.pass(2000);
  assert.equal(commands.length, 3);
  assert.deepEqual(new Set(commands.map(({ n }) => n)), new Set([commands[0].n]));
  player.commands.heard(commands[0].n);
  clock.pass(60_000);
  assert.equal(commands.length, 3);
});

test("commands that were not heard are said together in their order, and those that were are left out", () => {
  const { player, commands } = setUp({ known: 5 });
  player.command("redraw");
  player.command("redraw");
  player.command("end");
  assert.deepEqual(commands.map(({ names }) => names.join(" ")), ["redraw", "redraw redraw", "redraw redraw end"]);
  player.commands.heard(commands[0].n);
  clock.pass(1001);
  assert.deepEqual(commands.at(-1)?.names, ["redraw", "end"]);
  player.commands.heard(0);
  clock.pass(2001);
  assert.equal(commands.length, 5);
  player.close();
  clock.pass(60_000);
  assert.equal(commands.length, 5);
});

test("where a run goes on at its end the next one plays at once; where that cannot be, nothing plays later on", () => {
  const { player, run, commands } = setUp({ known: 11, last: 10 });
  player.seek(10);
  player.command("on");
  assert.equal(player.playing, false);
  assert.deepEqual(commands.at(-1)?.names, ["on"]);
  player.commands.heard(commands.at(-1)?.n);
  /** @type {Run<number, object>} */
  const next = new Run("b");
  next.scene = {};
  learn(next, 12);
  player.open(next, { frame: 10, token: 1 });
  assert.deepEqual([player.playing, Math.floor(player.position)], [true, 10]);
  player.pause();
  player.command("on");
  player.commands.heard(commands.at(-1)?.n);
  player.open(next); // refused: the same run
  player.open(run);
  assert.equal(player.playing, false);
});

test("building goes on playing, an edit pauses and says what was set", () => {
  const { player, commands } = setUp({ known: 50 });
  player.play();
  player.command("build", { what: "layers", by: 1 });
  assert.equal(player.playing, true);
  player.command("edit", { edits: [[0, 0, 1, 0.5]] });
  assert.equal(player.playing, false);
  assert.deepEqual(player.commands.unheard.map(({ name }) => name), ["build", "edit"]);
  assert.deepEqual(/** @type {any} */ (player.commands.unheard[1]).edits, [[0, 0, 1, 0.5]]);
  assert.deepEqual(commands.at(-1)?.names, ["build", "edit"]);
});

test("what the server says of frames that are not there is kept until they come", () => {
  const { player, run } = setUp({ known: 1 });
  player.later("another", 1, "not this one");
  assert.equal(player.says, "");
  player.later("a", 1, "This one is next in line.");
  assert.equal(player.says, "This one is next in line.");
  player.open(run);
  assert.equal(player.says, "");
});
