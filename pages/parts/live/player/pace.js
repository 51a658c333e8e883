// @ts-check
// How many frames a second are played. The first frames lie an epoch apart; in them most happens, and they stay as slow as
// they are. Where epochs are left out between frames a view may hurry, for as long as the server keeps up.

/** @import { Player } from "./player.js" */

const FULL_AT = 1; // seconds of frames, at the usual rate, that must be there to play at the full one

/** Frames a second here at most: as many as the speed says, and more where epochs are left out between frames.
 *  @param {Player<any>} player */
export function fullRate({ run, position, rate, speed, hurry }) {
  const at = Math.floor(position);
  const apart = run.epochAt(at + 1) - run.epochAt(at);
  return rate * speed * (apart > 1 ? hurry : 1);
}

/** Frames a second here, with frames up to `free`: it slows down to the usual rate before it runs into a standstill.
 *  @param {Player<any>} player
 *  @param {number} free */
export function paceOf(player, free) {
  const { run, position, rate, speed } = player;
  const usual = rate * speed, full = fullRate(player);
  if (run.last !== null && free >= run.last) return full;
  return Math.min(full, Math.max(usual, full * (free - position) / (FULL_AT * usual)));
}
