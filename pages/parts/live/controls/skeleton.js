// @ts-check
// The elements of the view, all native: buttons, a range, a select, check boxes and canvases.

export const ICONS = {
  play: "M6 4l14 8-14 8z",
  pause: "M6 4h4v16H6zM14 4h4v16h-4z",
  reset: "M12 5V1L6.5 6 12 11V7a5.5 5.5 0 1 1-5.5 5.5h-2A7.5 7.5 0 1 0 12 5z",
  redraw: "M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2zm0 2v14h14V5zM8 6.6A1.6 1.6 0 1 1 8 9.8 1.6 "
    + "1.6 0 0 1 8 6.600zM16 14.400a1.6 1.6 0 1 1 0 3.200 1.6 1.6 0 0 1 0-3.200zM12 10.400a1.6 1.6 0 1 1 0 3.200 1.6 1.6 0 0 1 0-3.200z",
  back: "M6 5h2.500v14H6zM19 5v14L9.500 12z",
  forward: "M15.500 5H18v14h-2.500zM5 5l9.500 7L5 19z",
  end: "M3 5l8 7-8 7zM11 5l8 7-8 7zM19 5h2.500v14H19z",
};
/** @param {keyof typeof ICONS} name */
const icon = (name) => `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${ICONS[name]}"/></svg>`;
/** @param {keyof typeof ICONS} name
 *  @param {string} label */
const button = (name, label) =>
  `<button type="button" data-part="${name}" title="${label}" aria-label="${label}">${icon(name)}</button>`;
/** @param {string} name
 *  @param {string} label */
const readout = (name, label) =>
  `<div class="readout"><span data-part="${name}-label">${label}</span><output data-part="${name}" aria-live="off">–</output></div>`;
/** @param {string} name
 *  @param {string} label */
const check = (name, label) =>
  `<label data-part="${name}-label"><input type="checkbox" data-part="${name}">${label}</label>`;

export const SKELETON = `
<div class="bar">
  <div class="buttons">
    <button type="button" class="play" data-part="play" title="Play or pause (space)">${icon("play")}<span>Play</span></button>
    ${button("reset", "Reset: back to the same first weights, under the settings shown")}
    ${button("redraw", "New weights: draw new first weights")}
    ${button("back", "One snapshot back (left arrow)")}
    ${button("forward", "One snapshot forward (right arrow)")}
    ${button("end", "Train to the end")}
    <button type="button" class="on" data-part="on" title="Go on: train further from here" hidden>Go on</button>
    <select data-part="speed" title="Speed: 1× is 32 snapshots per second, and up to 64 where they are more than one epoch apart" aria-label="Speed">
      <option value="0.25">¼×</option><option value="0.5">½×</option><option value="1" selected>1×</option>
      <option value="2">2×</option><option value="4">4×</option>
    </select>
  </div>
  <div class="readouts">
    ${readout("epoch", "Epoch")}${readout("training", "Training loss")}${readout("validation-loss", "Validation loss")}
    ${readout("score", "Accuracy")}
  </div>
</div>
<div class="scrub">
  <div class="track"><input type="range" data-part="scrubber" min="0" max="1" step="1" value="0"
    title="Rewind to any snapshot" aria-label="Snapshot"><div class="marks" data-part="marks"></div></div>
  <span class="count" data-part="count"></span>
</div>
<div class="status" data-part="status"></div>
<div class="body">
  <div class="network">
    <div class="build" data-part="build">
      <div role="group" aria-label="What the network sees of a point" data-part="features"></div>
      <div role="group" aria-label="Hidden layers" data-part="layers"></div>
      <button type="button" data-part="help" title="What do I see? (?)" aria-label="What do I see?">?</button>
    </div>
    <div class="drawing"><div class="heads" data-part="heads"></div>
      <canvas data-part="diagram" role="application" tabindex="0"></canvas></div>
    <div class="chart"><canvas data-part="chart" role="img"></canvas>${check("log", "log scale")}</div>
  </div>
  <div class="plane" data-part="plane">
    <div class="heading"><strong data-part="title"></strong>
      <button type="button" class="link" data-part="unfocus" hidden>← back to the output</button></div>
    <div class="map" data-part="map"><canvas data-part="base" aria-hidden="true"></canvas>
      <canvas data-part="overlay" role="application" tabindex="0"></canvas></div>
    <div class="tools" data-part="tools" role="group" aria-label="Draw points on the map" hidden></div>
    <div class="legend" data-part="legend"></div>
    <div class="checks">${check("validation", "validation set ○")}${check("test", "test set ∘")}${check("discrete", "classes only")}</div>
  </div>
</div>
<div class="notes" data-part="notes" hidden></div>
<div class="hand" data-part="hand" role="group" aria-label="Change it by hand" hidden>
  <div><strong data-part="hand-title"></strong>
    <button type="button" data-part="hand-close" title="Close (Escape)" aria-label="Close">×</button></div>
  <div><button type="button" data-part="hand-before" title="The weight before" aria-label="The weight before">‹</button>
    <input type="range" data-part="hand-range" min="-5" max="5" step="0.01" aria-label="Its value, on a slider">
    <input type="number" data-part="hand-value" step="0.1" aria-label="Its value; Enter goes on to the next">
    <button type="button" data-part="hand-after" title="The next weight" aria-label="The next weight">›</button></div>
  <div data-part="hand-says"></div>
</div>
<div class="tip" data-part="tip" role="tooltip" hidden></div>
<div class="unseen" data-part="summary" aria-live="polite"></div>`;

/** Put a view's elements into its root: the outermost, and by their names all that have a `data-part`.
 *  @param {HTMLElement | ShadowRoot} root
 *  @param {string} html */
export function buildSkeleton(root, html) {
  const style = document.createElement("style");
  style.textContent = STYLE;
  const element = document.createElement("div");
  element.className = "live";
  element.innerHTML = html;
  root.append(style, element);
  /** @type {Record<string, HTMLElement>} */
  const parts = {};
  for (const part of /** @type {NodeListOf<HTMLElement>} */ (element.querySelectorAll("[data-part]"))) {
    parts[part.dataset.part ?? ""] = part;
  }
  return { element, parts };
}

/** Set an element's text only where it differs: untouched text costs no layout.
 *  @param {HTMLElement} element
 *  @param {string} text */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
