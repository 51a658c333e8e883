// @ts-check
// The view of a training that is watched: its loss, what it gets right and its attention, all at the same recorded frame.
// It plays by itself, as frames come; when it has played to the end, or Stop was pressed, it says so until it is heard.

import { AnimatedView } from "./animated.js";
import { drawAttention } from "./attention.js";
import { CurveChart } from "./chart.js";
import { roundUp } from "./numbers.js";
import { readTheme, rgb } from "./palette.js";
import { Patience } from "./patience.js";
import { knownRun, place, Run } from "./runs.js";
import { buildSkeleton } from "./skeleton.js";

/** @import { NamedCurve } from "./chart.js" */
/** @import { Component, LearningFrame, LearningMessage, LearningScene, LineStyle, Rgb, Theme } from "./types.js" */

const CHART = { width: 440, height: 200, unit: 13 }; // CSS pixels
const DASHES = { solid: [], dash: [5, 3], dot: [2, 4] };
const FIRST_INSISTENCE = 500; // milliseconds until its last word is said again

const LEARNING_SKELETON = `
<div class="learning">
  <div class="top"><button type="button" data-part="stop">Stop</button><span data-part="says"></span></div>
  <div class="pictures" data-part="pictures">
    <div><strong>Loss on the training set</strong><canvas data-part="loss" role="img"></canvas></div>
    <div><strong>Share of right answers</strong><canvas data-part="right" role="img"></canvas></div>
  </div>
</div>`;

/** @extends {AnimatedView<Run<LearningFrame, LearningScene>, LearningMessage>} */
export class Learning extends AnimatedView {
  /** The number of the last message: a change of theme brings it once more. */
  number = "";
  pulls = true;
  stopped = false;
  patience = new Patience(FIRST_INSISTENCE);
  /** What repeats the last word.
   *  @type {ReturnType<typeof setTimeout> | undefined} */
  insisting;
  /** A canvas for each head.
   *  @type {HTMLCanvasElement[]} */
  heads = [];
  /** @type {Theme} */
  theme;
  /** The colours of an attention of 0 and of 1.
   *  @type {{none: Rgb, all: Rgb}} */
  ends;
  /** @type {NamedCurve[]} */
  curves = [];

  /** @param {HTMLElement | ShadowRoot} root */
  constructor(root) {
    super("learning", {
      need: ({ run }) => this.need(run),
      command: () => {},
      at: () => {},
    });
    const { element, parts } = buildSkeleton(root, LEARNING_SKELETON);
    this.element = element;
    this.parts = parts;
    this.loss = new CurveChart(/** @type {HTMLCanvasElement} */ (parts.loss));
    this.right = new CurveChart(/** @type {HTMLCanvasElement} */ (parts.right));
    parts.stop.addEventListener("click", () => this.stop(), { signal: this.signal });
    this.observer.observe(element);
  }

  /** Ask for the frames from the first one that is missing on: curves begin at the beginning.
   *  @param {string} run */
  need(run) {
    if (this.pulls) this.component.setTriggerValue("need", { run, from: this.player.run.readyUntil(0) + 1 });
  }

  /** @override
   *  @param {Component<LearningMessage>} component */
  update(component) {
    this.component = component;
    if (component.data.number !== this.number) this.receive(component.data);
    super.update(component);
  }

  /** @param {LearningMessage} message */
  receive(message) {
    const { player, memory } = this;
    const run = knownRun(memory.runs, message.run, () => new Run(message.run));
    if (run !== player.run) this.stopped = false;
    this.number = message.number;
    this.pulls = message.pull;
    run.scene = message;
    place(run.frames, message.from, message.frames);
    place(run.scores, message.from, message.frames.map(({ update, scores }) => [update, ...scores]));
    run.last = message.end ? message.from + message.frames.length - 1 : null;
    memory.positions[run.id] ??= message.begin;
    player.rate = message.pace;
    player.later(run.id, 0); // a message is an answer, with frames or without
    player.open(run);
    if (!this.stopped && !player.atEnd) player.play();
  }

  /** Training is to end with the frame on screen; where none has come yet, with the first that does. */
  stop() {
    if (!this.player.run) return;
    this.stopped = true;
    this.player.pause();
    this.player.require();
    this.wake();
  }

  /** @override
   *  @param {number} now */
  tick(now) {
    super.tick(now);
    const { player, signal } = this;
    const frame = player.run?.frames[this.frame];
    if (!frame || signal.aborted) return;
    const { id } = player.run;
    if (this.stopped) this.insist(id, "stop", { run: id, update: frame.update });
    else if (player.atEnd) this.insist(id, "played", { run: id });
  }

  /** Say the last word about a run until it is heard, which ends this view or brings another run: of two triggers that
   *  come at once Streamlit may drop one.
   *  @param {string} id
   *  @param {string} name
   *  @param {object} value */
  insist(id, name, value) {
    if (this.signal.aborted || this.player.run.id !== id) return;
    if (this.patience.allows(`${id} ${name}`)) this.component.setTriggerValue(name, value);
    clearTimeout(this.insisting);
    this.insisting = setTimeout(() => this.insist(id, name, value), this.patience.left + 20);
  }

  /** @override */
  close() {
    clearTimeout(this.insisting);
    super.close();
  }

  /** Lay out anew where the size, the theme or the training has changed; false while there is no room.
   *  @override */
  layOut() {
    const { run } = this.player, { laidOut } = this;
    const width = Math.floor(this.element.clientWidth);
    if (!width) return false;
    const key = `${width} ${window.devicePixelRatio} ${run.id}`;
    if (key === laidOut) return true;
    this.laidOut = key;
    this.theme = readTheme(this.element);
    const { scale, unit } = this.theme, letters = unit || CHART.unit;
    this.element.style.setProperty("--unit", `${letters}px`);
    for (const chart of [this.loss, this.right]) {
      chart.layout(Math.min(scale * CHART.width, width), scale * CHART.height, this.theme, letters, 5.2);
    }
    const { colours, heads, styles } = run.scene;
    this.ends = { none: rgb(colours.none), all: rgb(colours.all) };
    this.curves = [named("training", 1, styles.training), named("training", 2, styles.training), named("held out", 3, styles.held)];
    this.arrangeHeads(heads);
    return true;
  }

  /** @param {number} count */
  arrangeHeads(count) {
    for (const canvas of this.heads.splice(count)) canvas.remove();
    while (this.heads.length < count) {
      const canvas = document.createElement("canvas");
      canvas.setAttribute("role", "img");
      this.heads.push(this.parts.pictures.appendChild(canvas));
    }
  }

  /** @override */
  draw() {
    const { run } = this.player, { parts } = this;
    const frame = run.frames[this.frame];
    parts.says.innerHTML = frame.says;
    this.drawCurves();
    parts.loss.setAttribute("aria-label", frame.alt[0]);
    parts.right.setAttribute("aria-label", frame.alt[1]);
    this.drawHeads(frame);
    window.glassboxLearning = { drawn: (window.glassboxLearning?.drawn ?? 0) + 1, update: frame.update };
  }

  drawCurves() {
    const { curves, player: { run } } = this, { total } = run.scene;
    const rows = run.scores.slice(0, this.frame + 1).filter(Boolean), row = run.scores[this.frame];
    const top = Math.max(...rows.map((scores) => scores[1]).filter(Number.isFinite), 1e-9);
    this.loss.draw({ rows, row, end: total, range: [0, roundUp(1.02 * top)], names: ["updates", "loss"],
      curves: curves.slice(0, 1) });
    this.right.draw({ rows, row, end: total, range: [0, 1], names: ["updates", "right"],
      tick: (share) => `${Math.round(100 * share)}%`,
      curves: curves.slice(1) });
  }

  /** @param {LearningFrame} frame */
  drawHeads({ weights, rows }) {
    const { columns, longest } = this.player.run.scene;
    weights.forEach((shares, head) => {
      const title = weights.length > 1 ? `head ${head + 1}` : "attention";
      drawAttention(this.heads[head], { title, weights: shares, rows, columns, longest }, this.ends, this.theme,
        this.element.clientWidth);
      this.heads[head].setAttribute("aria-label", `Attention, ${title}`);
    });
  }
}

/** @param {string} name
 *  @param {number} column
 *  @param {LineStyle} style
 *  @returns {NamedCurve} */
function named(name, column, { colour, dash }) {
  return { name, column, dash: DASHES[dash], colour: rgb(colour) };
}
