// @ts-check
// What must survive a remount of a view: the runs with their frames, positions, the tokens already acted upon.

/** @import { Settings } from "../types.js" */

/** @typedef {{run: string, playing: boolean, time: number}} Left  What a view that went had not said yet. */
/** @typedef {{positions: Record<string, number>, runs: Map<string, any>, seek: unknown, left: Left | null, view: unknown,
 *    settings: Partial<Settings>, told?: boolean}} Memory  `told` once the notes in the picture were read. */

/** The memory of this browser tab for one kind of view.
 *  @param {string} kind
 *  @returns {Memory} */
export function memory(kind) {
  window.glassboxMemory ??= {};
  window.glassboxMemory[kind] ??= { positions: {}, runs: new Map(), seek: null, left: null, view: null, settings: {} };
  return window.glassboxMemory[kind];
}
