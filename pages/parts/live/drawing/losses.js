// @ts-check
// The losses over the epochs: training solid, validation dashed; dotted, what the run before the last change did.

import { CurveChart } from "./chart.js";
import { brief, roundUp, epochText } from "../network/numbers.js";

/** @import { Before } from "./chart.js" */
/** @import { NetworkRun } from "../player/runs.js" */

const SETS = ["", "training", "validation"]; // by their columns in a run's scores

export class LossChart extends CurveChart {
  /** @type {NetworkRun} */
  run;
  /** @type {ArrayLike<number>[]} */
  rows = [];

  /** Draw the run's losses with the cursor at `frame`.
   *  @param {NetworkRun} run
   *  @param {number} frame
   *  @param {boolean} log */
  drawRun(run, frame, log) {
    this.run = run;
    this.rows = run.scores.slice(0, run.seen + 1).filter(Boolean);
    if (!this.rows.length) {
      this.clear();
      return;
    }
    const { theme } = this;
    const end = roundUp(Math.max(this.rows[this.rows.length - 1][0], 20));
    this.draw({
      rows: this.rows, row: run.scores[frame], end, range: lossRange(this.rows, log), log,
      curves: [{ name: SETS[1], column: 1, dash: [], colour: theme.text },
        { name: SETS[2], column: 2, dash: [5, 3], colour: theme.validation }],
      names: ["epoch", `${run.scene.loss_name}${log ? ", log" : " loss"}`],
      before: before(run, end),
      flags: run.branches.flatMap(({ frame: at }) => run.scores[at]?.[0] ?? []),
    });
  }

  /** The known frame nearest to a place of the chart, or null.
   *  @param {number} px
   *  @param {number} py */
  pick(px, py) {
    const epoch = this.rows.length ? this.valueAt(px, py) : null;
    if (epoch === null) return null;
    /** @type {number | null} */
    let best = null;
    let distance = Number.POSITIVE_INFINITY;
    this.run.scores.slice(0, this.run.seen + 1).forEach((row, frame) => {
      const away = Math.abs(row[0] - epoch);
      if (away < distance) [best, distance] = [frame, away];
    });
    return best;
  }

  /** What is known about a frame, as lines of text.
   *  @param {number} frame */
  explain(frame) {
    const row = this.run.scores[frame];
    const branch = this.run.branches.find((one) => one.frame === frame);
    const lines = [`epoch ${epochText(row[0])}`];
    for (const column of [1, 2]) if (!Number.isNaN(row[column])) lines.push(`${SETS[column]} loss ${brief(row[column])}`);
    const dotted = this.picture.before;
    const last = dotted?.rows.findLast((one) => one[0] <= row[0]);
    if (dotted && last) lines.push(`dotted: ${SETS[dotted.column]} loss before the change ${brief(last[dotted.column])}`);
    return branch ? [...lines, branch.text] : lines;
  }
}

/** The vertical axis, from what is known; a loss that shoots up is cut at four times where it began.
 *  @param {ArrayLike<number>[]} rows
 *  @param {boolean} log
 *  @returns {[number, number]} */
export function lossRange(rows, log) {
  const values = rows.flatMap((row) => [row[1], row[2]]).filter(Number.isFinite);
  const first = Math.max(...[rows[0][1], rows[0][2]].filter(Number.isFinite), 1e-9);
  const high = Math.max(...values, 1e-9), low = Math.max(Math.min(...values.filter((v) => v > 0), high), 1e-7);
  return log ? [10 ** Math.floor(Math.log10(low)), 10 ** Math.ceil(Math.log10(high * 1.001))]
    : [0, roundUp(Math.min(high, 4 * first) * 1.02)];
}

/** The curve that the last change left behind: validation, or training where there is none.
 *  @param {NetworkRun} run
 *  @param {number} end of the axis
 *  @returns {Before | null} */
function before(run, end) {
  const rows = run.before?.scores.slice(0, run.before.seen + 1).filter((row) => row && row[0] <= end) ?? [];
  const column = Number.isFinite(rows[0]?.[2]) ? 2 : 1;
  const known = rows.filter((row) => Number.isFinite(row[column]));
  return known.length > 1 ? { column, rows: known, end: known[known.length - 1][column] } : null;
}
