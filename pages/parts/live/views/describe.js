// @ts-check
// What a screen reader is told of the view: the frame in numbers, and what each canvas shows and can be done on it.

import { brushWords } from "../controls/brush.js";
import { write } from "../controls/skeleton.js";
import { brief, scoreText } from "../network/numbers.js";

/** @import { NetworkRun } from "../player/runs.js" */
/** @import { LiveView } from "./live.js" */

/** Say the frame's numbers, and put them into the names of the canvases, once playing pauses.
 *  @param {LiveView} live
 *  @param {number} frame */
export function describe(live, frame) {
  const { hover, parts, player: { run } } = live, text = spokenSummary(live, frame);
  if (!hover?.keyed) write(parts.summary, text);
  parts.overlay.setAttribute("aria-label", `${parts.title.textContent}. ${text} Arrow keys move a probe over it, `
    + `with Shift five times as far; what the network says there is read out.${brushWords(live.sketched)}`);
  parts.diagram.setAttribute("aria-label", `Network diagram: ${run.scene.summary}. Arrow keys go from `
    + "neuron to neuron, Shift with up and down through the weights and the bias of one. Enter shows a neuron large and "
    + "lets you change a weight or bias; Escape goes back to the output.");
  parts.chart.setAttribute("aria-label", `Loss over the epochs. ${text}`);
}

/** The frame's epoch, losses and score in a sentence, and why training stopped where it did.
 *  @param {{player: {run: NetworkRun}}} live
 *  @param {number} frame */
export function spokenSummary({ player }, frame) {
  const { run } = player;
  const row = run.scores[frame];
  if (!row) return "";
  const parts = [`Epoch ${row[0]}`, `training loss ${brief(row[1])}`];
  if (!Number.isNaN(row[2])) parts.push(`validation loss ${brief(row[2])}`);
  const name = run.scene.score;
  const [set, score] = Number.isNaN(row[2]) ? ["training", row[3]] : ["validation", row[4]];
  parts.push(`${set} ${name} ${scoreText(score, name)}`);
  if (run.stop && frame >= run.stop.frame) parts.push(run.stop.text);
  return `${parts.join(", ")}.`;
}
