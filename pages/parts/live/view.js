// @ts-check
// The small component inside the fragment: hands each message to the engine, waiting for it if it is not there yet.

/** @import { Component } from "./types.js" */

/** @param {Component<any>} component
 *  @returns {() => void} what ends the view */
export default function (component) {
  if (window.glassboxEngine) return window.glassboxEngine.view(component);
  /** @type {(() => void) | null} */
  let close = null;
  // Kept with the element: this script may be read anew for each message.
  const waiting = /** @type {{glassboxLatest?: unknown}} */ (component.parentElement);
  waiting.glassboxLatest = component;
  window.addEventListener("glassbox-engine", () => {
    if (waiting.glassboxLatest === component) close = window.glassboxEngine.view(component);
  }, { once: true });
  return () => close?.();
}
