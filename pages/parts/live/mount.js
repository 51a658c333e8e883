// @ts-check
// The mounting of views, and the way from the small components of the page to this engine.

import { Live } from "./engine.js";
import { Learning } from "./learning.js";

/** @import { AnimatedView } from "./animated.js" */
/** @import { Component } from "./types.js" */

/** @type {WeakMap<object, AnimatedView<any, any>>} */
const mounted = new WeakMap();

/** Show a component's message in its root: the first call mounts, later ones update. Bytes are of a network that is played,
 *  anything else is of a training that is watched.
 *  @param {Component<any>} component */
function view(component) {
  const root = component.parentElement;
  const shown = mounted.get(root) ?? (component.data instanceof Uint8Array ? new Live(root) : new Learning(root));
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
