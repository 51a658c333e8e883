// @ts-check
// The network as a picture: a column for each layer, in every neuron a little map of its output over the plane, weights as
// lines between them (`links.js`), biases as marks at a neuron's lower left corner, and what is written beside (`labels.js`).

import { Forward, gridPoints } from "../network/forward.js";
import { arrange } from "./geometry.js";
import { Labels } from "./labels.js";
import { Links } from "./links.js";
import { css, fitCanvas, paint, pixelCanvas } from "./palette.js";
import { inputReach, neuronScale } from "./pick.js";

/** @import { Box, Column, Neuron, Picked, Scene, Theme } from "../types.js" */

const TILE = 24;
const CURVE_TILE = 48;

export class Diagram {
  /** @type {Column[]} */
  columns = [];
  /** All boxes, column by column.
   *  @type {Box[]} */
  boxes = [];
  /** @type {Scene} */
  scene;
  /** @type {Theme} */
  theme;
  width = 0;
  height = 0;
  unit = 0;
  /** @type {CanvasRenderingContext2D} */
  context;
  /** @type {Labels} */
  labels;
  /** @type {Links} */
  links;
  /** The forward pass at the points of the neurons' maps, and the values of every layer there.
   *  @type {Forward} */
  forward;
  /** @type {Float32Array[]} */
  layers = [];
  /** @type {Float32Array} */
  parameters;
  /** @type {ReturnType<typeof pixelCanvas> | null} */
  strip = null;
  /** @type {number[]} */
  reach = [];
  /** Which sample's picture stands beside the inputs, where these are pixels. */
  sample = 0;

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
  }

  /** Lay out for a scene, a size in CSS pixels and a theme.
   *  @param {Scene} scene
   *  @param {number} width
   *  @param {number} height
   *  @param {Theme} theme
   *  @param {number} unit */
  layout(scene, width, height, theme, unit) {
    this.scene = scene;
    this.theme = theme;
    this.width = width;
    this.height = height;
    this.unit = unit;
    this.context = fitCanvas(this.canvas, width, height);
    this.labels = new Labels(this.context, scene, width, theme, unit);
    this.columns = arrange(scene, width, height, unit, this.labels.widths());
    this.links = new Links(this.context, this.columns, theme, unit);
    this.makeTiles();
  }

  /** The neurons' maps: their points, a forward pass over them, and one strip of pixels for all of them. */
  makeTiles() {
    const { plane } = this.scene;
    const curve = plane.kind === "curve";
    const columns = curve ? CURVE_TILE : TILE, rows = curve ? 1 : TILE;
    const grid = gridPoints(plane, columns, rows);
    this.forward = new Forward(this.scene, grid.u, grid.v);
    this.boxes = this.columns.flatMap((column) => column.boxes);
    this.strip = curve ? null : pixelCanvas(TILE, TILE * this.boxes.length);
    this.reach = inputReach(this.forward);
  }

  /** Draw one frame. `marked` are the boxes or links to set off.
   *  @param {Float32Array} parameters
   *  @param {Picked | Neuron | null} marked */
  draw(parameters, marked) {
    const { context } = this;
    this.parameters = parameters;
    this.layers = [this.forward.inputs, ...this.forward.run(parameters)];
    context.clearRect(0, 0, this.width, this.height);
    this.links.draw((layer, to, from) => this.weight(layer, to, from));
    if (marked && "from" in marked) this.links.mark(marked);
    if (this.strip) this.paintStrip(this.strip);
    this.boxes.forEach((box, i) => {
      this.drawBox(box, i, marked);
    });
    this.labels.draw(this.columns, this.sample);
    this.links.drawOutlet(this.width - 2);
  }

  /** @param {number} layer
   *  @param {number} to
   *  @param {number} from */
  weight(layer, to, from) {
    const width = this.scene.sizes[layer - 1] + 1;
    return this.parameters[this.forward.offsets[layer - 1] + to * width + from];
  }

  /** @param {number} layer
   *  @param {number} index */
  bias(layer, index) {
    return this.weight(layer, index, this.scene.sizes[layer - 1]);
  }

  /** @param {ReturnType<typeof pixelCanvas>} strip */
  paintStrip(strip) {
    const count = TILE * TILE;
    this.boxes.forEach((box, i) => {
      const { low, high, table } = neuronScale(this.scene, this.theme, box.layer, box.index, this.reach);
      const pixels = strip.pixels.subarray(i * count, (i + 1) * count);
      paint(this.layers[box.layer], box.index * count, count, low, high, table, pixels);
    });
    strip.show();
  }

  /** @param {Box} box
   *  @param {number} i
   *  @param {Picked | Neuron | null} marked */
  drawBox(box, i, marked) {
    const { context, theme } = this;
    const { x, y, size } = box;
    const set = marked && "index" in marked && marked.layer === box.layer && marked.index === box.index;
    context.save();
    context.beginPath();
    context.roundRect(x, y, size, size, 0.14 * size);
    context.clip();
    if (this.strip) context.drawImage(this.strip.canvas, 0, i * TILE, TILE, TILE, x, y, size, size);
    else this.drawTileCurve(box);
    context.restore();
    context.lineWidth = set ? 2.5 : 1;
    context.strokeStyle = set ? css(theme.text) : css(theme.text, 0.45);
    context.stroke();
    if (box.layer > 0) this.drawBias(box);
  }

  /** With one input a neuron's map is its curve, drawn to its own largest value (at least 1).
   *  @param {Box} box */
  drawTileCurve({ layer, index, x, y, size }) {
    const { context, theme } = this;
    const values = this.layers[layer].subarray(index * CURVE_TILE, (index + 1) * CURVE_TILE);
    const reach = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1) * 1.1;
    context.fillStyle = css(theme.zero);
    context.fillRect(x, y, size, size);
    const path = new Path2D();
    values.forEach((value, p) => {
      path.lineTo(x + ((p + 0.5) / CURVE_TILE) * size, y + size / 2 - (value / reach) * size / 2);
    });
    context.lineWidth = 1.6;
    context.strokeStyle = css(theme.line.positive);
    context.stroke(path);
    context.beginPath();
    context.roundRect(x, y, size, size, 0.14 * size);
  }

  /** A bias: a filled dot when positive, a hollow one when negative, larger for larger; small and grey at 0.
   *  @param {Box} box */
  drawBias({ layer, index, x, y, size }) {
    const { context, theme, unit } = this;
    const bias = this.bias(layer, index);
    const radius = Math.min(0.3 * size, (0.14 + 0.2 * Math.min(Math.abs(bias), 2) / 2) * unit);
    const colour = css(bias === 0 ? theme.muted : bias < 0 ? theme.line.negative : theme.line.positive);
    context.beginPath();
    context.arc(x, y + size, radius + 1.2, 0, 2 * Math.PI);
    context.fillStyle = css(theme.background);
    context.fill();
    context.beginPath();
    context.arc(x, y + size, radius, 0, 2 * Math.PI);
    context.fillStyle = context.strokeStyle = colour;
    context.lineWidth = 1.5;
    if (bias < 0) context.stroke(); else context.fill();
  }
}
