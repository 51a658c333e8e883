// @ts-check
// Two players that go together: one leads, and the other shows the same epoch. A scrubber makes its own player the leader,
// and where training has ended for one, the other leads on.

/** @import { Player } from "./player.js" */

/** The players that go together, left and right.
 *  @type {Player<any>[]} */
const pair = [];

/** Let the player on this side, 0 or 1, go with the one on the other, if that is there.
 *  @param {Player<any>} player
 *  @param {number} side */
export function goTogether(player, side) {
  const mate = pair[1 - side];
  pair[side] = player;
  if (!mate || mate.closed) return;
  player.mate = mate;
  mate.mate = player;
  takeLead(pair[0]);
}

/** @param {Player<any>} player */
export function takeLead(player) {
  player.follows = false;
  if (player.mate) player.mate.follows = true;
}

/** The one that leads: the mate where training has ended for this player alone.
 *  @param {Player<any>} player */
export function leaderOf(player) {
  const { mate } = player;
  if (!mate?.run) return player;
  if (player.follows ? mate.atEnd && !player.atEnd : player.atEnd && !mate.atEnd) takeLead(player.follows ? player : mate);
  return player.follows ? mate : player;
}

/** The mate of the one that leads goes to the same epoch, and plays as it does.
 *  @param {Player<any>} leader */
export function bringMate({ mate, run, position, playing }) {
  if (!mate?.run) return;
  const at = mate.run.frameAt(run.epochAt(Math.floor(position)));
  if (at === Math.floor(mate.position) && playing === mate.playing) return;
  mate.position = mate.memory.positions[mate.run.id] = at;
  mate.playing = playing;
  mate.waiting = false;
  if (!playing) mate.rest();
  mate.changed();
}

/** The frame up to which a player that leads can go, `ready` by itself, without leaving its mate behind; that one asks for
 *  what it lacks.
 *  @param {Player<any>} leader
 *  @param {number} ready */
export function freeUntil({ mate, run, position }, ready) {
  if (!mate?.run) return ready;
  const there = mate.run.readyUntil(Math.floor(mate.position));
  if (mate.run.last !== null && there >= mate.run.last) return ready;
  const free = Math.min(ready, run.frameAt(mate.run.epochAt(there)));
  if (free <= position) mate.ask(there + 1);
  return free;
}
