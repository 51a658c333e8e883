// @ts-check
// The tip: what lies at a place of one of the canvases, explained in a few lines beside it.

import { explain, explainPlace } from "../network/explain.js";
import { pickFromDiagram, placeOf } from "../drawing/pick.js";
import { samplePicture } from "../drawing/sample_picture.js";
import { write } from "./skeleton.js";

/** @import { LiveView } from "../views/live.js" */
/** @import { Hover, Picked } from "../types.js" */

/** What lies at a place of one of the canvases, or null.
 *  @param {LiveView} live
 *  @param {Hover} place
 *  @returns {Picked | null} */
export function pickAt({ chart, diagram, laidOut, map, settings }, { name, x, y, target, touch }) {
  if (!laidOut) return null;
  if (target) return placeOf(diagram, target) && target;
  if (name === "diagram") return pickFromDiagram(diagram, x, y, touch ? 2 : 1);
  if (name === "chart") {
    const frame = chart.pick(x, y);
    return frame === null ? null : { kind: "frame", frame };
  }
  const place = map.places.pick(x, y);
  return place && { kind: "place", place, sample: map.places.sampleAt(x, y, settings) };
}

/** The lines that explain what was picked.
 *  @param {LiveView} live
 *  @param {Picked} picked */
function linesFor(live, picked) {
  const { player, probe } = live;
  const { parameters } = live, { scene } = player.run;
  if (picked.kind === "place") return explainPlace(scene, parameters, picked.place, picked.sample, live.map.focus);
  if (picked.kind === "frame") return live.chart.explain(picked.frame);
  return explain(scene, parameters, picked, probe);
}

/** Show the tip beside the pointer, inside the view whatever the place.
 *  @param {LiveView} live */
export function showTip(live) {
  const { hover, parts: { tip }, hand: { target } } = live, lines = live.picked && linesFor(live, live.picked);
  const shown = hover?.name !== "diagram" || !target; // the panel says it where a weight is changed
  tip.hidden = !lines || !shown;
  if (!lines || !hover || !shown) return;
  if (hover.keyed) write(live.parts.summary, lines.join(". "));
  const sample = live.picked?.kind === "place" ? live.picked.sample : null;
  const { pictures } = live.player.run.scene;
  const key = [...lines, sample?.number].join("\n");
  if (tip.dataset.key !== key) {
    tip.dataset.key = key;
    tip.replaceChildren(...lines.map((line) => Object.assign(document.createElement("div"), { textContent: line })));
    if (pictures && sample) tip.append(samplePicture(pictures, sample.number, live.theme.text));
  }
  const outer = live.element.getBoundingClientRect(), inner = hover.canvas.getBoundingClientRect();
  const x = inner.left - outer.left + hover.x, y = inner.top - outer.top + hover.y;
  const { offsetWidth: width, offsetHeight: height } = tip;
  // Beside the diagram stands the map, with the probed point: a tip on the diagram leaves it free where it can.
  const room = hover.name === "diagram" ? Math.max(inner.right - outer.left, width) : outer.width;
  const left = Math.max(0, Math.min(x + 14, room - width));
  // A formula is large: it lies below the diagram, on the chart, so that the network stays in sight.
  const large = hover.name === "diagram" && lines.length > 3;
  const above = y - height - 12;
  // Over the canvas it speaks of, never over the buttons and the readouts above it.
  const top = large ? inner.bottom - outer.top + 2 : above >= inner.top - outer.top ? above : y + 18;
  tip.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
}
