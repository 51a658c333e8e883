// @ts-check
// The mounting of views, and the way from the small components of the page to this engine.

import { Live } from "./views/engine.js";
import { Learning } from "./views/learning.js";
import { decodeMessage } from "./player/runs.js";

/** @import { AnimatedView } from "./player/animated.js" */
/** @import { Component } from "./types.js" */

/** @type {WeakMap<object, AnimatedView<any>>} */
const mounted = new WeakMap();
/** Views by the kind of what is recorded: a network that is played, or a model that is watched while it learns. */
const KINDS = { network: Live, learning: Learning };

/** Show a component's message in its root: the first call mounts, later ones update.
 *  @param {Component<Uint8Array>} component */
function view(component) {
  const root = component.parentElement;
  const { kind, side } = decodeMessage(component.data).header;
  const shown = mounted.get(root) ?? new KINDS[kind](root, side);
  mounted.set(root, shown);
  shown.update(component);
  // The page calls this also for a superseded message, whose root is still in use: close only what has left the page.
  return () => {
    setTimeout(() => {
      if (root.isConnected) return;
      mounted.get(root)?.close();
      mounted.delete(root);
    }, 0);
  };
}

/** The engine's own component shows nothing: it offers `view` to the views of the page and takes no room.
 *  @param {Component<any>} component */
export default function (component) {
  const { parentElement } = component;
  const host = parentElement instanceof ShadowRoot ? parentElement.host : parentElement;
  /** @type {HTMLElement | null} */ (host.closest('[data-testid="stElementContainer"]'))?.style.setProperty("display", "none");
  if (window.glassboxEngine) return;
  window.glassboxEngine = { view };
  window.dispatchEvent(new Event("glassbox-engine"));
}
