// The small component inside the fragment: hands each message to the engine, waiting for it if it is not there yet.
export default function (component) {
  if (window.glassboxEngine) return window.glassboxEngine.view(component);
  let close = null;
  const waiting = component.parentElement;
  waiting.glassboxLatest = component;
  window.addEventListener("glassbox-engine", () => {
    if (waiting.glassboxLatest === component) close = window.glassboxEngine.view(component);
  }, { once: true });
  return () => close?.();
}
