// @ts-check
// The losses over the epochs: training solid, validation dashed, everything known beyond the frame on screen faint; dotted,
// what the run before the last change did.

import { brief, linearTicks, logTicks, roundUp, tickText, whole } from "./numbers.js";
import { css, fitCanvas } from "./palette.js";
import { drawAxisNames } from "./plane.js";

const SERIES = [{ column: 1, name: "training" }, { column: 2, name: "validation" }];

export class LossChart {
  constructor(canvas) {
    this.canvas = canvas;
  }

  /** Lay out for a size in CSS pixels and a theme. */
  layout(width, height, theme, unit) {
    Object.assign(this, { width, height, theme, unit });
    this.context = fitCanvas(this.canvas, width, height);
    this.frame = { left: 4 * unit, top: 0.8 * unit, right: width - 6.2 * unit, bottom: height - 3 * unit };
  }

  /** Draw the run's losses with the cursor at `frame`. */
  draw(run, frame, log) {
    const { context } = this;
    Object.assign(this, { run, log });
    this.rows = run.scores.filter(Boolean);
    context.clearRect(0, 0, this.width, this.height);
    if (!this.rows.length) return;
    this.findRanges();
    this.findBefore();
    this.drawGrid();
    const epoch = run.scores[frame]?.[0] ?? 0;
    context.save();
    const { left, top, right, bottom } = this.frame;
    context.beginPath();
    context.rect(left, top - 2, right - left + 1, bottom - top + 3);
    context.clip();
    this.drawBefore();
    this.drawBranches();
    for (const series of SERIES) this.drawSeries(series, epoch);
    this.drawCursor(epoch);
    context.restore();
    this.drawNames(run.scores[frame]);
  }

  /** Both axes: from what is known; a loss that shoots up is cut at four times where it began. */
  findRanges() {
    const values = this.rows.flatMap((row) => [row[1], row[2]]).filter(Number.isFinite);
    const first = Math.max(...[this.rows[0][1], this.rows[0][2]].filter(Number.isFinite), 1e-9);
    const high = Math.max(...values, 1e-9), low = Math.max(Math.min(...values.filter((v) => v > 0), high), 1e-7);
    this.epochs = [0, roundUp(Math.max(this.rows.at(-1)[0], 20))];
    this.losses = this.log ? [10 ** Math.floor(Math.log10(low)), 10 ** Math.ceil(Math.log10(high * 1.001))]
      : [0, roundUp(Math.min(high, 4 * first) * 1.02)];
  }

  x(epoch) {
    const { left, right } = this.frame;
    return left + (epoch / this.epochs[1]) * (right - left);
  }

  y(loss) {
    const { top, bottom } = this.frame, [low, high] = this.losses;
    const share = this.log ? Math.log(Math.max(loss, low) / low) / Math.log(high / low) : (loss - low) / (high - low);
    return bottom - Math.min(share, 1.5) * (bottom - top);
  }

  drawGrid() {
    const { context, theme, unit, run } = this, { left, top, right, bottom } = this.frame;
    context.font = `${0.88 * unit}px ${theme.font}`;
    context.fillStyle = css(theme.muted);
    context.lineWidth = 1;
    context.textAlign = "right";
    const rows = Math.max(2, Math.floor((bottom - top) / (1.6 * unit)));
    for (const tick of this.log ? logTicks(...this.losses, rows) : linearTicks(...this.losses, rows)) {
      const y = Math.round(this.y(tick)) + 0.5;
      context.strokeStyle = css(theme.grid);
      context.strokeRect(left, y, right - left, 0);
      context.fillText(tickText(tick), left - 6, y + 0.3 * unit);
    }
    context.textAlign = "center";
    for (const tick of linearTicks(...this.epochs, 6)) {
      context.fillRect(this.x(tick), bottom, 1, 4);
      context.fillText(tickText(tick), this.x(tick), bottom + 1.25 * unit);
    }
    context.strokeStyle = css(theme.muted);
    context.strokeRect(left, bottom, right - left, 0);
    drawAxisNames(context, this.frame, ["epoch", `${run.scene.loss.replace("_", "-")}${this.log ? ", log" : " loss"}`], theme, unit);
  }

  colour = ({ column }) => (column === 1 ? this.theme.text : this.theme.validation);

  drawSeries(series, epoch) {
    const { context } = this;
    const past = new Path2D(), future = new Path2D();
    let started = false;
    for (const row of this.rows) {
      const loss = row[series.column];
      if (!Number.isFinite(loss)) continue;
      const x = this.x(row[0]), y = this.y(loss);
      if (row[0] <= epoch) past.lineTo(x, y);
      if (row[0] >= epoch) future.lineTo(x, y);
      started = true;
    }
    if (!started) return;
    context.lineJoin = "round";
    context.setLineDash(series.column === 2 ? [5, 3] : []);
    context.lineWidth = 1.5;
    context.strokeStyle = css(this.colour(series), 0.3);
    context.stroke(future);
    context.lineWidth = 2.2;
    context.strokeStyle = css(this.colour(series));
    context.stroke(past);
    context.setLineDash([]);
  }

  /** The curve that the last change left behind: validation, or training where there is none; {column, rows, end}. */
  findBefore() {
    const rows = this.run.before?.scores.filter((row) => row && row[0] <= this.epochs[1]) ?? [];
    const column = Number.isFinite(rows[0]?.[2]) ? 2 : 1;
    const known = rows.filter((row) => Number.isFinite(row[column]));
    this.before = known.length > 1 ? { column, rows: known, end: known.at(-1)[column] } : null;
  }

  drawBefore() {
    if (!this.before) return;
    const { context, theme, before: { column, rows } } = this;
    const path = new Path2D();
    for (const row of rows) path.lineTo(this.x(row[0]), this.y(row[column]));
    context.setLineDash([1.5, 3.5]);
    context.lineWidth = 2;
    context.strokeStyle = css(theme.muted);
    context.stroke(path);
    context.setLineDash([]);
  }

  drawCursor(epoch) {
    const { context, theme } = this, { top, bottom } = this.frame;
    context.strokeStyle = css(theme.text, 0.55);
    context.lineWidth = 1;
    context.strokeRect(Math.round(this.x(epoch)) + 0.5, top, 0, bottom - top);
  }

  /** Where the settings were changed: a dotted line with a small flag. */
  drawBranches() {
    const { context, theme, run } = this, { top, bottom } = this.frame;
    for (const { frame } of run.branches) {
      const epoch = run.scores[frame]?.[0];
      if (epoch === undefined) continue;
      const x = Math.round(this.x(epoch)) + 0.5;
      context.strokeStyle = context.fillStyle = css(theme.primary);
      context.setLineDash([2, 3]);
      context.strokeRect(x, top, 0, bottom - top);
      context.setLineDash([]);
      context.beginPath();
      context.moveTo(x, top - 2);
      context.lineTo(x + 8, top + 2);
      context.lineTo(x, top + 6);
      context.fill();
    }
  }

  /** Each line is named at its end, where the eye is; the names never overlap. */
  drawNames(row) {
    if (!row) return;
    const { context, theme, unit } = this, { right } = this.frame;
    const names = SERIES.map((series) => ({ name: series.name, loss: row[series.column], colour: this.colour(series) }));
    if (this.before) names.push({ name: "before", loss: this.before.end, colour: theme.muted });
    context.font = `600 ${0.92 * unit}px ${theme.font}`;
    context.textAlign = "left";
    for (const { name, y, colour } of this.setApart(names.filter(({ loss }) => Number.isFinite(loss)))) {
      context.fillStyle = css(colour);
      context.fillText(name, right + 0.5 * unit, y + 0.3 * unit);
    }
  }

  /** Give each of {loss} a height y beside its loss, a line of text from the next and inside the frame. */
  setApart(names) {
    const { top, bottom } = this.frame, line = 1.15 * this.unit;
    names.sort((a, b) => b.loss - a.loss);
    names.forEach((one, k) => {
      const y = Math.max(top, Math.min(bottom, this.y(one.loss)));
      one.y = k ? Math.max(y, names[k - 1].y + line) : y;
    });
    names.forEach((one, k) => { one.y = Math.min(one.y, bottom - (names.length - 1 - k) * line); });
    return names;
  }

  /** The known frame nearest to a place of the chart, or null. */
  pick(px, py) {
    if (!this.rows?.length) return null;
    const { left, top, right, bottom } = this.frame;
    if (px < left - 4 || px > right + 4 || py < top || py > bottom + 4) return null;
    const epoch = ((px - left) / (right - left)) * this.epochs[1];
    let best = null;
    this.run.scores.forEach((row, frame) => {
      if (best === null || Math.abs(row[0] - epoch) < Math.abs(this.run.scores[best][0] - epoch)) best = frame;
    });
    return best;
  }

  /** What is known about a frame, as lines of text. */
  explain(frame) {
    const row = this.run.scores[frame];
    const branch = this.run.branches.find((one) => one.frame === frame);
    const lines = [`epoch ${whole(row[0])}`];
    for (const { column, name } of SERIES) if (!Number.isNaN(row[column])) lines.push(`${name} loss ${brief(row[column])}`);
    if (this.before) {
      const { column, rows } = this.before;
      const last = rows.findLast(([epoch]) => epoch <= row[0]);
      lines.push(`dotted: ${SERIES[column - 1].name} loss before the change ${brief(last[column])}`);
    }
    return branch ? [...lines, branch.text] : lines;
  }
}
