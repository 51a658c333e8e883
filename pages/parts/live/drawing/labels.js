// @ts-check
// What is written beside the diagram's neurons: the layers' titles and activations, names of inputs and of classes. Where the
// inputs are pixels a sample's picture stands there, as names of pixels would say nothing.

import { isTight, MOST_ROWS } from "./geometry.js";
import { css } from "./palette.js";
import { samplePicture } from "./sample_picture.js";

/** @import { Box, Column, Pictures, Scene, Theme } from "../types.js" */

const WIDEST = 0.16; // that names may be, as a share of the picture

export class Labels {
  /** The sample's picture as it was made last, and of which sample.
   *  @type {HTMLCanvasElement | null} */
  picture = null;
  pictured = -1;

  /** @param {CanvasRenderingContext2D} context
   *  @param {Scene} scene
   *  @param {number} width of the whole picture, in CSS pixels
   *  @param {Theme} theme
   *  @param {number} unit */
  constructor(context, scene, width, theme, unit) {
    this.context = context;
    this.scene = scene;
    this.width = width;
    this.theme = theme;
    this.unit = unit;
  }

  /** @param {number} share of the unit
   *  @param {number} [weight] */
  font(share, weight = 400) {
    return `${weight} ${share * this.unit}px ${this.theme.font}`;
  }

  /** The room that names need left of the inputs and right of the outputs, in CSS pixels. */
  widths() {
    const { context, scene, unit } = this;
    context.font = this.font(0.95);
    /** @param {string[]} names */
    const widest = (names) => Math.max(0, ...names.slice(0, MOST_ROWS).map((name) => context.measureText(name).width));
    const most = WIDEST * this.width;
    const classes = scene.sizes[scene.sizes.length - 1] > 1 ? scene.classes ?? [] : [];
    return { left: (scene.pictures ? Math.min(6 * unit, most) : Math.min(widest(scene.inputs), most)) + 0.7 * unit,
      right: Math.min(widest(classes), most) + (classes.length ? 0.9 : 0.4) * unit };
  }

  /** @param {Column[]} columns
   *  @param {number} sample whose picture stands beside inputs that are pixels */
  draw(columns, sample) {
    const { scene, unit } = this, { pictures } = scene, last = columns.length - 1;
    for (const column of columns) {
      this.drawTitle(column, column.layer === last);
      if (column.hidden) this.context.fillText(`+${column.hidden} more`, column.x + column.size / 2, column.foot + 1.1 * unit);
    }
    const [{ x, boxes, foot }] = columns;
    if (pictures) this.drawSample(pictures, sample, x - 0.5 * unit, (boxes[0].y + foot) / 2);
    else this.drawNames(boxes, scene.inputs, "right", -0.4 * unit);
    if (scene.sizes[last] > 1) this.drawNames(columns[last].boxes, scene.classes ?? [], "left", columns[last].size + 0.4 * unit);
  }

  /** A layer's name and its activation above its neurons; where buttons stand there, the name alone, below them.
   *  @param {Column} column
   *  @param {boolean} isLast */
  drawTitle({ layer, x, size, gap }, isLast) {
    const { context, theme, scene, unit } = this;
    const title = layer === 0 ? "Inputs" : isLast ? "Output" : gap > 5.2 * unit ? `Layer ${layer}` : `L${layer}`;
    const activation = layer === 0 ? "" : scene.applied[layer - 1].name;
    const centre = Math.min(x + size / 2, this.width - 1.9 * unit);
    const crowded = layer > 0 && !isLast && isTight({ gap });
    context.textAlign = "center";
    context.fillStyle = css(theme.text);
    context.font = this.font(0.95, 600);
    if (!crowded) context.fillText(title, centre, 1.1 * unit);
    context.fillStyle = css(theme.muted);
    context.font = this.font(0.9);
    context.fillText(crowded ? title : activation, centre, 2.3 * unit, gap * 0.96);
  }

  /** The sample that was pointed at last, left of its pixels.
   *  @param {Pictures} pictures
   *  @param {number} sample
   *  @param {number} right
   *  @param {number} middle */
  drawSample(pictures, sample, right, middle) {
    const { context, theme, unit } = this;
    if (sample !== this.pictured) [this.pictured, this.picture] = [sample, samplePicture(pictures, sample, theme.text)];
    const size = right - 2;
    context.imageSmoothingEnabled = false;
    if (this.picture) context.drawImage(this.picture, 2, middle - size / 2, size, size);
    context.strokeStyle = css(theme.muted);
    context.lineWidth = 1;
    context.strokeRect(2, middle - size / 2, size, size);
    context.textAlign = "center";
    context.fillStyle = css(theme.muted);
    context.font = this.font(0.9);
    context.fillText("sample", 2 + size / 2, middle - size / 2 - 0.4 * unit);
  }

  /** @param {Box[]} boxes
   *  @param {string[]} names
   *  @param {CanvasTextAlign} align
   *  @param {number} shift */
  drawNames(boxes, names, align, shift) {
    const { context } = this;
    context.textAlign = align;
    context.fillStyle = css(this.theme.text);
    context.font = this.font(0.95);
    const room = WIDEST * this.width;
    for (const { x, y, size, index } of boxes) {
      let name = names[index] ?? "";
      while (name.length > 3 && context.measureText(name).width > room) name = `${name.slice(0, -2)}…`;
      context.fillText(name, x + shift, y + size / 2 + 0.33 * this.unit);
    }
  }
}
