// @ts-check
// What must survive a remount of a view.

/** What must survive a remount of the view: positions, the tokens already acted upon. */
export function memory() {
  window.glassboxMemory ??= { positions: {}, seek: null, view: null, left: null };
  return window.glassboxMemory;
}
