// @ts-check
// The mounting of views, and the way from the small components of the page to this engine.

import { Live } from "./engine.js";

const mounted = new WeakMap();

/** Show a component's message in its root: the first call mounts, later ones update. */
function view(component) {
  const root = component.parentElement;
  if (!mounted.has(root)) mounted.set(root, new Live(root));
  mounted.get(root).update(component);
  // The page calls this also for a superseded message, whose root is still in use: close only what has left the page.
  return () => setTimeout(() => {
    if (root.isConnected || !mounted.has(root)) return;
    mounted.get(root).close();
    mounted.delete(root);
  }, 0);
}

/** The engine's own component shows nothing: it offers `view` to the views of the page and takes no room. */
export default function (component) {
  const host = component.parentElement.host ?? component.parentElement;
  host.closest('[data-testid="stElementContainer"]')?.style.setProperty("display", "none");
  if (window.glassboxEngine) return;
  window.glassboxEngine = { view };
  window.dispatchEvent(new Event("glassbox-engine"));
}
