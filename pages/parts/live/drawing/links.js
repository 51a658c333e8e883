// @ts-check
// The lines of the diagram: weights from neuron to neuron (width: size; colour and dashes: sign), and the arrow by which a
// single output goes on into the decision map.

import { css } from "./palette.js";

/** @import { Box, Column, PickedWeight, Theme } from "../types.js" */

const WIDTH_LEVELS = 24;
const STRONGEST = 5; // lines stop growing at |w| = 5

export class Links {
  /** @param {CanvasRenderingContext2D} context
   *  @param {Column[]} columns
   *  @param {Theme} theme
   *  @param {number} unit */
  constructor(context, columns, theme, unit) {
    this.context = context;
    this.columns = columns;
    this.theme = theme;
    this.unit = unit;
    const counts = columns.slice(1).map((column, k) => column.boxes.length * columns[k].boxes.length);
    this.clarity = Math.max(0.5, Math.min(1, 9 / Math.sqrt(Math.max(...counts)))); // a crowd of lines is drawn paler
  }

  /** All weights, grouped by sign and width: one path and one stroke for each group, the widest last.
   *  @param {(layer: number, to: number, from: number) => number} weightOf */
  draw(weightOf) {
    /** @type {Map<number, Path2D>} */
    const groups = new Map();
    for (let layer = 1; layer < this.columns.length; layer++) {
      for (const target of this.columns[layer].boxes) {
        for (const source of this.columns[layer - 1].boxes) {
          const weight = weightOf(layer, target.index, source.index);
          const level = Math.round(Math.min(Math.abs(weight) / STRONGEST, 1) ** 0.5 * WIDTH_LEVELS);
          const key = weight < 0 ? -level : level;
          const path = groups.get(key) ?? new Path2D();
          groups.set(key, path);
          addLink(path, source, target);
        }
      }
    }
    for (const [key, path] of [...groups].sort(([a], [b]) => Math.abs(a) - Math.abs(b))) this.strokeGroup(key, path);
    this.context.setLineDash([]);
  }

  /** @param {number} key
   *  @param {Path2D} path */
  strokeGroup(key, path) {
    const { context, theme, unit } = this;
    const share = (Math.abs(key) / WIDTH_LEVELS) ** 2; // |w| / 5
    context.lineWidth = 0.5 + share * 8 * Math.min(1, this.columns[1].size / (2 * unit)) * (unit / 13);
    const colour = key === 0 ? theme.muted : key < 0 ? theme.line.negative : theme.line.positive;
    context.strokeStyle = css(colour, this.clarity * (0.25 + 0.7 * Math.min(1, share * 4)));
    context.setLineDash(key < 0 ? [0.55 * unit, 0.3 * unit] : []);
    context.stroke(path);
  }

  /** Set one weight off from the others.
   *  @param {PickedWeight} picked */
  mark({ layer, to, from }) {
    const path = new Path2D();
    addLink(path, this.columns[layer - 1].boxes[from], this.columns[layer].boxes[to]);
    this.context.lineWidth = 2.5;
    this.context.strokeStyle = css(this.theme.text);
    this.context.stroke(path);
  }

  /** A single output goes on, to the right as far as `end`, into the decision map.
   *  @param {number} end */
  drawOutlet(end) {
    const { context, theme, unit } = this, { boxes } = this.columns[this.columns.length - 1];
    if (boxes.length > 1) return;
    const x = boxes[0].x + boxes[0].size + 4, y = boxes[0].y + boxes[0].size / 2;
    context.strokeStyle = context.fillStyle = css(theme.text, 0.55);
    context.lineWidth = 2;
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(end - 0.5 * unit, y);
    context.stroke();
    context.beginPath();
    context.moveTo(end, y);
    context.lineTo(end - 0.6 * unit, y - 0.4 * unit);
    context.lineTo(end - 0.6 * unit, y + 0.4 * unit);
    context.fill();
  }
}

/** @param {Path2D} path
 *  @param {Box} source
 *  @param {Box} target */
function addLink(path, source, target) {
  const x0 = source.x + source.size, x1 = target.x, middle = (x0 + x1) / 2;
  const y0 = source.y + source.size / 2, y1 = target.y + target.size / 2;
  path.moveTo(x0, y0);
  path.bezierCurveTo(middle, y0, middle, y1, x1, y1);
}
