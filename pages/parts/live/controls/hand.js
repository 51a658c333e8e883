// @ts-check
// One weight or bias changed by hand: a small panel with a slider and a number. While it moves everything drawn follows; when
// it rests the server makes a branch of it, from which training goes on.

import { neuronName } from "../network/explain.js";
import { layerOffsets } from "../network/forward.js";
import { brief } from "../network/numbers.js";
import { nextWeight, placeOf } from "../drawing/pick.js";
import { scoresOf } from "../network/score.js";
import { write } from "./skeleton.js";

/** @import { LiveView } from "../views/live.js" */
/** @import { Edit, PickedNeuron, PickedWeight, Scene } from "../types.js" */

const REACH = 5; // of the slider; more where the weight is larger
const LARGEST = 1e6; // what the core takes

/** The numbers that a person has set and the server has not taken over yet. */
export class Hand {
  /** What the panel changes.
   *  @type {PickedWeight | PickedNeuron | null} */
  target = null;
  /** By place in the flat vector of parameters.
   *  @type {Map<number, Edit>} */
  edits = new Map();
  /** Whether the slider is held or a number half typed: the server has not heard of it yet. */
  held = false;

  /** Where the target's number stands in the flat vector, and as an edit: the core's layers begin behind the inputs.
   *  @param {Scene} scene
   *  @param {PickedWeight | PickedNeuron} target */
  static place({ sizes }, target) {
    const { layer } = target, row = target.kind === "weight" ? target.to : target.index;
    const column = target.kind === "weight" ? target.from : sizes[layer - 1];
    return { at: layerOffsets(sizes)[layer - 1] + row * (sizes[layer - 1] + 1) + column, layer: layer - 1, row, column };
  }

  /** A recorded frame with the numbers set by hand in it.
   *  @param {Float32Array} parameters */
  applied(parameters) {
    if (!this.edits.size) return parameters;
    const copy = parameters.slice();
    for (const [at, edit] of this.edits) copy[at] = edit[3];
    return copy;
  }

  /** @param {Scene} scene
   *  @param {number} value
   *  @returns {Edit | null} what the server should hear; null where nothing is chosen or the value is none */
  set(scene, value) {
    if (!this.target || !Number.isFinite(value)) return null;
    const { at, layer, row, column } = Hand.place(scene, this.target);
    /** @type {Edit} */
    const edit = [layer, row, column, Math.max(-LARGEST, Math.min(LARGEST, value))];
    this.edits.set(at, edit);
    return edit;
  }

  /** The server has followed all that it was told: what it did not take over is gone, but for what is held.
   *  @param {Scene} scene */
  settle(scene) {
    const kept = this.held && this.target ? this.edits.get(Hand.place(scene, this.target).at) : undefined;
    const { target } = this;
    this.edits.clear();
    if (kept && target) this.edits.set(Hand.place(scene, target).at, kept);
  }
}

/** Connect the panel's slider, number and buttons.
 *  @param {LiveView} live */
export function connectHand(live) {
  const { parts, hand, signal } = live;
  const range = /** @type {HTMLInputElement} */ (parts["hand-range"]);
  const number = /** @type {HTMLInputElement} */ (parts["hand-value"]);
  /** @param {number} value */
  const follow = (value) => {
    hand.set(live.player.run.scene, value);
    live.wake();
  };
  const commit = () => {
    const { scene } = live.player.run, { target } = hand;
    if (!hand.held) return;
    hand.held = false;
    const edit = target && hand.edits.get(Hand.place(scene, target).at);
    if (edit) live.player.command("edit", { edits: [edit] });
  };
  range.addEventListener("input", () => {
    hand.held = true;
    follow(Number(range.value));
  }, { signal });
  range.addEventListener("change", commit, { signal });
  number.addEventListener("input", () => {
    hand.held = true;
    if (number.value) follow(Number(number.value));
  }, { signal });
  number.addEventListener("change", commit, { signal });
  for (const [name, step] of /** @type {const} */ ([["hand-before", -1], ["hand-after", 1]])) {
    parts[name].addEventListener("click", () => {
      commit();
      takeNext(live, step);
    }, { signal });
  }
  parts["hand-close"].addEventListener("click", () => closeHand(live), { signal });
  parts.hand.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeHand(live);
    else if (event.key === "Enter" && event.target === number) {
      commit();
      takeNext(live, 1);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }, { signal });
}

/** Open the panel for a weight or a bias; with `typing` its number takes the keys.
 *  @param {LiveView} live
 *  @param {PickedWeight | PickedNeuron} target
 *  @param {boolean} typing */
export function openHand(live, target, typing) {
  live.player.pause();
  live.memory.told = true; // the notes would lie on what is changed
  live.hand.target = target.kind === "neuron" ? { ...target, kind: "bias" } : target;
  live.hand.held = false;
  showHand(live);
  showHandValue(live); // now, so that what is selected below is the number that stays there
  live.wake();
  if (!typing) return;
  const number = /** @type {HTMLInputElement} */ (live.parts["hand-value"]);
  number.focus();
  number.select();
}

/** @param {LiveView} live
 *  @param {number} step */
function takeNext(live, step) {
  const next = nextWeight(live.diagram, live.hand.target, step);
  if (next) openHand(live, next, document.activeElement !== null && live.parts.hand.matches(":focus-within"));
}

/** @param {LiveView} live */
export function closeHand(live) {
  const had = live.parts.hand.matches(":focus-within"), { hand } = live;
  if (hand.held && hand.target) hand.edits.delete(Hand.place(live.player.run.scene, hand.target).at);
  hand.held = false;
  hand.target = null;
  showHand(live);
  live.wake();
  if (had) live.parts.diagram.focus();
}

/** The panel at the line or the dot that it changes, with its number.
 *  @param {LiveView} live */
export function showHand(live) {
  const { parts, hand, player: { run: { scene } } } = live;
  const place = hand.target && placeOf(live.diagram, hand.target);
  if (!place) hand.target = null;
  parts.hand.hidden = !hand.target;
  if (!hand.target || !place) return;
  const { layer } = hand.target, to = hand.target.kind === "weight" ? hand.target.to : hand.target.index;
  const source = hand.target.kind === "weight" ? neuronName(scene, layer - 1, hand.target.from) : "";
  write(parts["hand-title"], source ? `Weight from ${source} to ${neuronName(scene, layer, to)}` : `Bias of ${neuronName(scene, layer, to)}`);
  const outer = live.element.getBoundingClientRect(), inner = parts.diagram.getBoundingClientRect();
  const left = inner.left - outer.left, { offsetWidth: width, offsetHeight: height } = parts.hand;
  // Below the diagram, on the chart, so that the network stays in sight; on a phone within it, as the map is above.
  const stacked = live.element.classList.contains("stacked");
  const top = stacked ? Math.min(place.y + 14, inner.height - height) : inner.height + 2;
  parts.hand.style.left = `${Math.round(left + Math.max(0, Math.min(place.x - width / 2, inner.width - width)))}px`;
  parts.hand.style.top = `${Math.round(inner.top - outer.top + top)}px`;
}

/** The number of the panel at this frame, and what the training set's loss becomes.
 *  @param {LiveView} live */
export function showHandValue(live) {
  const { parts, hand, player: { run } } = live;
  if (!hand.target) return;
  const value = live.parameters[Hand.place(run.scene, hand.target).at];
  const range = /** @type {HTMLInputElement} */ (parts["hand-range"]);
  const number = /** @type {HTMLInputElement} */ (parts["hand-value"]);
  const reach = Math.max(REACH, Math.ceil(Math.abs(value)));
  if (!hand.held && Number(range.max) !== reach) [range.min, range.max] = [String(-reach), String(reach)];
  const text = String(+value.toPrecision(4));
  if (document.activeElement !== range || !hand.held) range.value = text;
  if (!hand.held || !isFocused(number)) number.value = text;
  const before = run.scores[live.frame]?.[1], now = live.row(live.frame)?.[1];
  const says = !hand.edits.size ? "Press Play to train on from here." : Number.isNaN(now) ? "The loss follows when you let go."
    : `Training loss ${brief(before)} → ${brief(now ?? Number.NaN)}`;
  write(parts["hand-says"], says);
}

/** @param {HTMLElement} element */
const isFocused = (element) => element.matches(":focus");

/** A row of scores for what is set by hand and not trained: epoch, losses, scores.
 *  @param {LiveView} live
 *  @param {number} frame */
export function editedRow({ player: { run }, parameters }, frame) {
  return [run.scores[frame]?.[0] ?? 0, ...scoresOf(run.scene, run.points, parameters)];
}
