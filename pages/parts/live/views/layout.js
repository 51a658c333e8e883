// @ts-check
// Sizes of the parts, the legend, and the counters for tests.

import { layOutTools } from "../controls/brush.js";
import { showBuild } from "../controls/build.js";
import { neuronName } from "../network/explain.js";
import { tickText } from "../network/numbers.js";
import { css, GLYPHS, SCALE_STEPS } from "../drawing/palette.js";
import { neuronScale } from "../drawing/pick.js";
import { sampleColour } from "../drawing/plane.js";
import { write } from "../controls/skeleton.js";

/** @import { LiveView } from "./live.js" */
/** @import { Neuron, Rgb, Scene, Theme } from "../types.js" */

const STACKED_BELOW = 600, SMALL_STACKED_BELOW = 460; // CSS pixels; the latter of two views that go together

/** Give every canvas its size for a width of the whole; side by side where there is room, else one below the other.
 *  @param {LiveView} live
 *  @param {number} width */
export function layOutParts(live, width) {
  const { element, parts, theme, player: { run } } = live;
  const stacked = width < (element.classList.contains("beside") ? SMALL_STACKED_BELOW : STACKED_BELOW);
  const presents = theme.scale > 1; // before a class: large letters, and the map as high as the screen
  const unit = presents ? theme.unit : Math.max(12, Math.min(width / 72, 17));
  element.classList.toggle("stacked", stacked);
  element.style.setProperty("--unit", `${unit}px`);
  element.style.setProperty("--on-primary", theme.onPrimary);
  const mapWidth = Math.floor(stacked ? Math.min(width, 480) : Math.min(0.42 * width, presents ? mostHeight(unit) : 620));
  const mapHeight = Math.round(mapWidth - 0.2 * unit);
  parts.map.style.width = `${mapWidth}px`;
  parts.map.style.height = `${mapHeight}px`;
  live.map.layout(run.scene, run.points, mapWidth, mapHeight, theme, unit);
  showSets(live);
  layOutTools(live);
  showLegend(live);
  const left = stacked ? width : width - mapWidth - Math.round(1.2 * unit);
  const height = stacked ? 480 : parts.plane.offsetHeight;
  // Large letters take more of the curve's height for its axes, so that it needs more of the whole.
  const chartHeight = Math.round(Math.max(stacked ? 180 : 150, (presents ? 0.44 : 0.33) * height));
  parts.build.style.maxWidth = parts.build.style.width = `${left}px`;
  // Stacked, no more than its tallest column can use, and the call-outs need.
  const room = stacked ? Math.min(300, Math.max(190, (3.4 + 4.6 * Math.max(...run.scene.sizes)) * unit)) :
    height - chartHeight - parts.build.offsetHeight - 2;
  live.diagram.layout(run.scene, left, room, theme, unit);
  showBuild(live);
  live.chart.layout(left, chartHeight, theme, unit);
}

/** The height that the map can have so that all of the view stands on the screen: the bar, the scrubber, the line below it,
 *  the map's heading, legend and switches take about thirteen units, and the page's question with its answer three more.
 *  @param {number} unit */
const mostHeight = (unit) => Math.max(300, window.innerHeight - 16.4 * unit);

/** Offer only the sets that there are.
 *  @param {LiveView} live */
function showSets({ parts, player: { run: { points, scene } } }) {
  const sets = new Set(points?.values.filter((_, i) => i % 4 === 3));
  parts["validation-label"].hidden = !sets.has(1);
  parts["test-label"].hidden = !sets.has(2);
  parts["discrete-label"].hidden = scene.plane.kind === "curve" || scene.task !== "classification";
}

/** What the colours mean, and what the map shows: the output, or one neuron.
 *  @param {LiveView} live */
export function showLegend(live) {
  const { parts, map: { focus }, theme, player: { run: { scene } } } = live;
  parts.unfocus.hidden = !focus;
  const name = focus ? neuronName(scene, focus.layer, focus.index) : "";
  write(parts.title, focus ? name[0].toUpperCase() + name.slice(1) :
    scene.plane.kind !== "curve" && scene.task === "classification" ? "Decision map" : "Prediction");
  const layer = scene.sizes.length - 1;
  parts.legend.replaceChildren(...(!focus && scene.sizes[layer] > 1 ? classChips(scene, theme) :
    scaleBar(live, focus ?? { layer, index: 0 })));
}

/** @param {string} text
 *  @param {Rgb} [colour] */
const span = (text, colour) => {
  const element = Object.assign(document.createElement("span"), { textContent: text });
  if (colour) element.style.color = css(colour);
  return element;
};

/** @param {Scene} scene
 *  @param {Theme} theme */
function classChips(scene, theme) {
  return scene.classes.map((name, k) => {
    const chip = span("");
    chip.append(span(`${GLYPHS[scene.markers[k % scene.markers.length]] ?? "●"} `,
      theme.classes[k % theme.classes.length]), name);
    return chip;
  });
}

/** A bar of the scale with the values, and for the output the names, of its two ends.
 *  @param {LiveView} live
 *  @param {Neuron} neuron */
function scaleBar({ theme, map, player: { run: { scene } } }, { layer, index }) {
  if (scene.plane.kind === "curve") return curveKey(scene, theme, map.focus);
  const { low, high, table } = neuronScale(scene, theme, layer, index, map.grid(false).reach);
  const bar = document.createElement("i");
  const colours = [0, 0.5, 1].map((share) => table[Math.round(share * (SCALE_STEPS - 1))])
    .map((word) => css([word & 255, (word >> 8) & 255, (word >> 16) & 255]));
  bar.style.background = `linear-gradient(90deg, ${colours.join(",")})`;
  const named = scene.task === "classification" && layer === scene.sizes.length - 1 && scene.sizes.at(-1) === 1;
  /** @param {number} k */
  const end = (k) => named
    ? [span(GLYPHS[scene.markers[k]] ?? "●", theme.point(k ? theme.positive : theme.negative)), span(scene.classes[k])] : [];
  const clamped = layer > 0 && layer < scene.sizes.length - 1;
  return [...end(0), span(`${clamped ? "≤ " : ""}${tickText(low)}`), bar,
    span(`${clamped ? "≥ " : ""}${tickText(high)}`), ...end(1)];
}

/** @param {Scene} scene
 *  @param {Theme} theme
 *  @param {Neuron | null} focus */
function curveKey(scene, theme, focus) {
  const line = [span("━", theme.line.positive), span(focus ? "neuron" : "network")];
  return focus ? line : [...line, span("●", sampleColour(scene, theme, scene.high)), span("training sample")];
}

/** Counters and the last map, for tests: the numbers that were drawn, not their colours.
 *  @param {LiveView} live
 *  @param {number} frame */
export function publish(live, frame) {
  // The page marks what it shows beside the view as waiting for the next pause.
  document.body.classList.toggle("glassbox-playing", live.player.playing);
  const { player, map, picked, parts } = live;
  const row = player.run.scores[frame];
  Object.assign(window.glassbox, {
    draws: window.glassbox.draws + 1, frame, epoch: row ? row[0] : null, playing: player.playing, run: player.run.id,
    waiting: Boolean(player.waiting), formula: picked ? [...parts.tip.children].map((line) => line.textContent).join(" ") : "",
    settings: live.settings, focus: map.focus, known: player.run.frames.filter(Boolean).length,
    mapValues: () => pointsFirst(map.drawn), mapGrid: () => ({ size: map.drawn.size, u: [...map.drawn.u], v: [...map.drawn.v] }),
    live,
  });
}

/** The network's outputs at the grid's points as (points, outputs), row 0 at the top.
 *  @param {{outputs: Float32Array, u: Float32Array}} drawn */
function pointsFirst({ outputs, u }) {
  const count = u.length, width = outputs.length / count;
  const values = new Float32Array(outputs.length);
  for (let p = 0; p < count; p++) for (let k = 0; k < width; k++) values[p * width + k] = outputs[k * count + p];
  return values;
}
