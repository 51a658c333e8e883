// @ts-check
// The view of a training that is watched: its loss, what it gets right and its attention, all at the same recorded frame.
// It plays by itself, as frames come; when it has played to the end, or Stop was pressed, it says so until it is heard.

import { AnimatedView } from "../player/animated.js";
import { drawAttention } from "../drawing/attention.js";
import { CurveChart } from "../drawing/chart.js";
import { roundUp } from "../network/numbers.js";
import { readTheme, rgb } from "../drawing/palette.js";
import { drawPanel } from "../drawing/panels.js";
import { LearningRun } from "../player/runs.js";
import { buildSkeleton } from "../controls/skeleton.js";

/** @import { NamedCurve } from "../drawing/chart.js" */
/** @import { Header, LineStyle, Rgb, Table, Theme } from "../types.js" */

const CHART = { width: 440, height: 200, unit: 13 }; // CSS pixels
const DASHES = { solid: [], dash: [5, 3], dot: [2, 4] };

const LEARNING_SKELETON = `
<div class="learning">
  <div class="top"><button type="button" data-part="stop">Stop</button><span data-part="says"></span></div>
  <div class="pictures" data-part="pictures">
    <div><strong data-part="lossname">Loss on the training set</strong><canvas data-part="loss" role="img"></canvas></div>
    <div data-part="shares"><strong>Share of right answers</strong><canvas data-part="right" role="img"></canvas></div>
  </div>
</div>`;

/** @extends {AnimatedView<LearningRun>} */
export class Learning extends AnimatedView {
  pulls = true;
  stopped = false;
  /** The last word about a run, and about which: it is said as a command, until it is heard. */
  lastWord = "";
  /** A canvas for each head.
   *  @type {HTMLCanvasElement[]} */
  heads = [];
  /** @type {Theme} */
  theme;
  /** The colours of a weight of 0, of 1 and of -1.
   *  @type {{none: Rgb, all: Rgb, below: Rgb}} */
  ends;
  /** @type {NamedCurve[]} */
  curves = [];
  isLossOnly = false;
  /** Whether it is drawn for paper, which is light. */
  onPaper = false;

  /** @param {HTMLElement | ShadowRoot} root */
  constructor(root) {
    super("learning", {
      need: ({ run }) => this.need(run),
      command: (value) => this.component.setTriggerValue("command", value),
      at: () => {},
    });
    const { element, parts } = buildSkeleton(root, LEARNING_SKELETON);
    this.element = Object.assign(element, { view: this }); // for pictures of it
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
   *  @param {{header: Header, arrays: Record<string, Table>}} message */
  receive(message) {
    super.receive(message);
    if (!this.stopped && !this.player.atEnd) this.player.play();
  }

  /** @override
   *  @param {string} id */
  newRun(id) {
    return new LearningRun(id);
  }

  /** @override
   *  @param {Header} header
   *  @param {LearningRun} run */
  take(header, run) {
    const { player } = this;
    if (run !== player.run) this.stopped = false;
    this.pulls = header.pull ?? true;
    player.rate = run.scene.pace;
    player.later(run.id, 0); // a message is an answer, with frames or without
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
    if (!player.run?.has(this.frame) || signal.aborted) return;
    const word = this.stopped ? "stop" : player.atEnd ? "played" : "", said = `${player.run.id} ${word}`;
    if (!word || said === this.lastWord) return;
    this.lastWord = said;
    player.position = this.frame; // what is on screen counts
    player.command(word);
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
    const { colours, heads, styles, panels } = run.scene;
    this.ends = { none: this.colour(colours.none), all: this.colour(colours.all), below: this.colour(colours.below) };
    const training = this.curve("training", styles.training), held = this.curve("held out", styles.held);
    this.curves = [{ ...training, column: 1 }, { ...training, column: 2 }, { ...held, column: 3 }];
    this.arrangeHeads(heads + panels.length);
    // Where nothing is right or wrong, scores are two losses.
    this.isLossOnly = run.scores.some((row) => row?.length === 3);
    this.parts.shares.hidden = this.isLossOnly;
    if (this.isLossOnly) {
      this.parts.lossname.textContent = "Loss";
      this.curves = [{ ...training, column: 1 }, { ...held, column: 2 }];
    }
    return true;
  }

  /** A colour that came with the training; on paper the one of light pages.
   *  @param {string} written */
  colour(written) {
    return rgb((this.onPaper && window.glassboxPrint?.lightColour(written)) || written);
  }

  /** @param {string} name
   *  @param {LineStyle} style */
  curve(name, { colour, dash }) {
    return { name, dash: DASHES[dash], colour: this.colour(colour) };
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
    const { says, alt, rows } = run.words[this.frame];
    parts.says.innerHTML = says;
    this.drawCurves();
    parts.loss.setAttribute("aria-label", alt[0]);
    parts.right.setAttribute("aria-label", alt[1]);
    this.drawHeads(run.frames[this.frame], rows);
    window.glassboxLearning = { drawn: (window.glassboxLearning?.drawn ?? 0) + 1, update: run.scores[this.frame][0] };
  }

  drawCurves() {
    const { curves, player: { run } } = this, { total } = run.scene;
    const rows = run.scores.slice(0, this.frame + 1).filter(Boolean), row = run.scores[this.frame];
    const losses = curves.slice(0, this.isLossOnly ? 2 : 1);
    const top = Math.max(...rows.flatMap((scores) => losses.map(({ column }) => scores[column])).filter(Number.isFinite), 1e-9);
    this.loss.draw({ rows, row, end: total, range: [0, roundUp(1.02 * top)], names: ["updates", "loss"],
      curves: losses });
    if (this.isLossOnly) return;
    this.right.draw({ rows, row, end: total, range: [0, 1], names: ["updates", "right"],
      tick: (share) => `${Math.round(100 * share)}%`,
      curves: curves.slice(1) });
  }

  /** @param {Float32Array} shares of each head, a row for each of `rows`
   *  @param {string[]} rows */
  drawHeads(shares, rows) {
    const { columns, heads, longest, panels, titles } = this.player.run.scene, size = rows.length * columns.length;
    let begin = heads * size;
    panels.forEach((panel, k) => {
      const count = panel.shape.reduce((product, n) => product * n, 1), canvas = this.heads[heads + k];
      drawPanel(canvas, panel, shares.subarray(begin, begin + count), this.ends, this.theme, this.element.clientWidth);
      canvas.setAttribute("aria-label", panel.title);
      begin += count;
    });
    this.heads.slice(0, heads).forEach((canvas, head) => {
      const title = titles[head] ?? (this.heads.length > 1 ? `head ${head + 1}` : "attention");
      const weights = rows.map((_, row) => {
        const begin = head * size + row * columns.length;
        return Array.from(shares.subarray(begin, begin + columns.length));
      });
      drawAttention(canvas, { title, weights, rows, columns, longest }, this.ends, this.theme, this.element.clientWidth);
      canvas.setAttribute("aria-label", titles[head] ?? `Attention, ${title}`);
    });
  }
}
