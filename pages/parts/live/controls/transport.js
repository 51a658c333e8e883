// @ts-check
// The bar on top: what is said in numbers at every frame, and the controls of the player.

import { scoreText, steady, epochText } from "../network/numbers.js";
import { ICONS, write } from "./skeleton.js";

/** @import { LiveView, Parts } from "../views/live.js" */
/** @import { NetworkRun } from "../player/runs.js" */

/** Connect the buttons, the scrubber, the speed and the check boxes to the player and the view's settings.
 *  @param {LiveView} live */
export function connectTransport(live) {
  const { parts, player, signal } = live;
  /** @param {string} name
   *  @param {string} event
   *  @param {() => void} act */
  const on = (name, event, act) => parts[name].addEventListener(event, act, { signal });
  on("play", "click", () => player.toggle());
  on("back", "click", () => player.step(-1));
  on("forward", "click", () => player.step(1));
  for (const name of ["reset", "redraw", "end", "on"]) on(name, "click", () => player.command(name));
  on("scrubber", "input", () => player.seek(Number(parts.scrubber.value)));
  on("speed", "change", () => live.choose({ speed: Number(parts.speed.value) }));
  for (const name of /** @type {const} */ (["validation", "test", "discrete", "log"])) {
    on(name, "change", () => live.choose({ [name]: parts[name].checked }));
  }
  on("unfocus", "click", () => live.focusOn(null));
}

/** Show the view's settings in their controls.
 *  @param {LiveView} live */
export function showSettings({ parts, settings }) {
  for (const name of /** @type {const} */ (["validation", "test", "discrete", "log"])) parts[name].checked = settings[name];
  parts.speed.value = String(settings.speed);
}

/** Show the numbers of the frame and the state of the player.
 *  @param {LiveView} live
 *  @param {number} frame */
export function showTransport(live, frame) {
  const { parts, player } = live;
  const { run, playing } = player;
  const at = Math.floor(player.position); // where the hand put it, even while that frame is still being computed
  const row = live.row(frame);
  write(parts.epoch, row ? epochText(row[0]) : "–");
  write(parts.training, steady(row?.[1]));
  write(parts["validation-loss"], steady(row?.[2]));
  showScore(parts, run, row);
  showPlay(parts.play, playing, player.atEnd && !playing);
  // Where training diverged it would do so again: there the page says what to change.
  parts.on.hidden = !player.atEnd || playing || at < 1 || /diverged/.test(run.stop?.text ?? "");
  const last = run.shownLast;
  const most = Math.max(last, 1); // a range needs two ends, where training diverged in its first epoch too
  if (Number(parts.scrubber.max) !== most) parts.scrubber.max = String(most);
  if (Number(parts.scrubber.value) !== at) parts.scrubber.value = String(at);
  const ready = run.readyUntil(frame);
  parts.scrubber.style.setProperty("--played", `${(100 * at) / most}%`);
  parts.scrubber.style.setProperty("--ready", `${(100 * Math.max(ready, at)) / most}%`);
  parts.scrubber.setAttribute("aria-valuetext", `snapshot ${frame}${row ? `, epoch ${epochText(row[0])}` : ""}`);
  const apart = spacing(run, frame);
  write(parts.count, `snapshot ${at} of ${last}${apart > 1 ? ` · ${apart} epochs apart here` : ""}`);
}

/** How many epochs lie between this frame and the one before it, or after the first.
 *  @param {NetworkRun} run
 *  @param {number} frame */
export function spacing({ scores }, frame) {
  const [before, after] = frame ? [scores[frame - 1], scores[frame]] : [scores[0], scores[1]];
  return before && after ? after[0] - before[0] : 1;
}

/** @param {Parts} parts
 *  @param {NetworkRun} run
 *  @param {ArrayLike<number> | undefined} row */
function showScore(parts, run, row) {
  const name = run.scene?.score ?? "accuracy";
  const validated = row && !Number.isNaN(row[2]); // the score itself may be one that is not defined
  write(parts["score-label"], `${validated ? "Validation" : "Training"} ${name}`);
  write(parts.score, scoreText(row?.[validated ? 4 : 3], name));
}

/** @param {HTMLElement} element
 *  @param {boolean} playing
 *  @param {boolean} again */
function showPlay(element, playing, again) {
  const label = playing ? "Pause" : again ? "Replay" : "Play";
  const text = element.querySelector("span");
  if (!text || text.textContent === label) return;
  text.textContent = label;
  element.querySelector("path")?.setAttribute("d", ICONS[playing ? "pause" : "play"]);
}

/** Where settings were changed: a mark on the scrubber for each.
 *  @param {LiveView} live */
export function showMarks({ parts, player: { run } }) {
  const most = Math.max(run.shownLast, 1); // a range needs two ends, where training diverged in its first epoch too
  const key = JSON.stringify([run.branches, most]);
  if (parts.marks.dataset.key === key) return;
  parts.marks.dataset.key = key;
  parts.marks.replaceChildren(...run.branches.map(({ frame, text }) => {
    const mark = document.createElement("i");
    mark.style.left = `${(100 * frame) / most}%`;
    mark.title = text;
    return mark;
  }));
}

const BRANCH_SAID = 30; // frames: a second at normal speed, so that it can be read while playing

/** The one line below the scrubber: waiting, why it stopped, what was changed here, or what the network is.
 *  @param {LiveView} live
 *  @param {number} frame */
export function statusText({ player }, frame) {
  const { run } = player;
  if (player.waiting || player.missing) return player.says || "computing the next snapshots …";
  if (run.stop && frame >= run.stop.frame) return run.stop.text;
  const branch = run.branches.findLast((one) => frame >= one.frame && frame < one.frame + BRANCH_SAID);
  if (branch) return `${branch.text} · the optimizer starts anew`;
  const { summary, plane, left_out: leftOut } = run.scene;
  return [summary, plane.note, leftOut].filter(Boolean).join(" · ");
}
