// @ts-check
// The network as a picture: a column for each layer, in every neuron a little map of its output over the plane, weights
// as lines between them (width: size; colour and dashes: sign) and biases as marks at a neuron's lower left corner.

import { Forward, gridPoints } from "../network/forward.js";
import { arrange, isTight, MOST_ROWS } from "./geometry.js";
import { css, fitCanvas, paint, pixelCanvas } from "./palette.js";
import { inputReach, neuronScale } from "./pick.js";
import { samplePicture } from "./sample_picture.js";

/** @import { Box, Column, Neuron, Picked, PickedWeight, Scene, Theme } from "../types.js" */

const TILE = 24;
const CURVE_TILE = 48;
const WIDTH_LEVELS = 24;
const STRONGEST = 5; // lines stop growing at |w| = 5

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
  clarity = 1;
  /** @type {CanvasRenderingContext2D} */
  context;
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
  /** Which sample's picture stands beside the inputs, where these are pixels; and the picture as it was made last. */
  sample = 0;
  pictured = "";
  /** @type {HTMLCanvasElement | null} */
  picture = null;

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
    this.columns = arrange(scene, width, height, unit, this.labelWidths());
    const links = this.columns.slice(1).map((column, k) => column.boxes.length * this.columns[k].boxes.length);
    this.clarity = Math.max(0.5, Math.min(1, 9 / Math.sqrt(Math.max(...links)))); // a crowd of lines is drawn paler
    this.makeTiles();
  }

  /** @param {number} share of the unit
   *  @param {number} [weight] */
  font(share, weight = 400) {
    return `${weight} ${share * this.unit}px ${this.theme.font}`;
  }

  labelWidths() {
    const { context, scene, unit } = this;
    context.font = this.font(0.95);
    /** @param {string[]} names */
    const widest = (names) => Math.max(0, ...names.slice(0, MOST_ROWS).map((name) => context.measureText(name).width));
    const most = 0.16 * this.width;
    const classes = scene.sizes[scene.sizes.length - 1] > 1 ? scene.classes ?? [] : [];
    return { left: (scene.pictures ? Math.min(6 * unit, most) : Math.min(widest(scene.inputs), most)) + 0.7 * unit,
      right: Math.min(widest(classes), most) + (classes.length ? 0.9 : 0.4) * unit };
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
    this.drawLinks();
    if (marked && "from" in marked) this.strokeLink(marked);
    if (this.strip) this.paintStrip(this.strip);
    this.boxes.forEach((box, i) => {
      this.drawBox(box, i, marked);
    });
    for (const column of this.columns) this.drawLabels(column);
    this.drawOutlet();
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

  /** All links, grouped by sign and width: one path and one stroke for each group. */
  drawLinks() {
    /** @type {Map<number, Path2D>} */
    const groups = new Map();
    for (let layer = 1; layer < this.columns.length; layer++) {
      for (const target of this.columns[layer].boxes) {
        for (const source of this.columns[layer - 1].boxes) {
          const weight = this.weight(layer, target.index, source.index);
          const level = Math.round(Math.min(Math.abs(weight) / STRONGEST, 1) ** 0.5 * WIDTH_LEVELS);
          const key = weight < 0 ? -level : level;
          const path = groups.get(key) ?? new Path2D();
          groups.set(key, path);
          this.addLink(path, source, target);
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

  /** @param {Path2D} path
   *  @param {Box} source
   *  @param {Box} target */
  addLink(path, source, target) {
    const x0 = source.x + source.size, x1 = target.x, middle = (x0 + x1) / 2;
    const y0 = source.y + source.size / 2, y1 = target.y + target.size / 2;
    path.moveTo(x0, y0);
    path.bezierCurveTo(middle, y0, middle, y1, x1, y1);
  }

  /** @param {PickedWeight} picked */
  strokeLink({ layer, to, from }) {
    const path = new Path2D();
    this.addLink(path, this.columns[layer - 1].boxes[from], this.columns[layer].boxes[to]);
    this.context.lineWidth = 2.5;
    this.context.strokeStyle = css(this.theme.text);
    this.context.stroke(path);
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

  /** @param {Column} column */
  drawLabels({ layer, x, size, boxes, hidden, foot, gap }) {
    const { context, theme, scene, unit } = this;
    const last = layer === this.columns.length - 1;
    const title = layer === 0 ? "Inputs" : last ? "Output" : gap > 5.2 * unit ? `Layer ${layer}` : `L${layer}`;
    const activation = layer === 0 ? "" : [...scene.activations, scene.output][layer - 1].replace("_", " ");
    const centre = x + size / 2;
    context.textAlign = "center";
    context.fillStyle = css(theme.text);
    context.font = this.font(0.95, 600);
    const crowded = layer > 0 && !last && isTight({ gap }); // the buttons stand there
    if (!crowded) context.fillText(title, Math.min(centre, this.width - 1.9 * unit), 1.1 * unit);
    context.fillStyle = css(theme.muted);
    context.font = this.font(0.9);
    context.fillText(crowded ? title : activation, Math.min(centre, this.width - 1.9 * unit), 2.3 * unit, gap * 0.96);
    if (hidden) context.fillText(`+${hidden} more`, centre, foot + 1.1 * unit);
    if (layer === 0 && scene.pictures) this.drawSample(x - 0.5 * unit, (boxes[0].y + foot) / 2);
    else if (layer === 0) this.drawNames(boxes, scene.inputs, "right", -0.4 * unit);
    else if (last && scene.sizes[layer] > 1) this.drawNames(boxes, scene.classes ?? [], "left", size + 0.4 * unit);
  }

  /** The sample that was pointed at last, left of its pixels: names of pixels would say nothing.
   *  @param {number} right
   *  @param {number} middle */
  drawSample(right, middle) {
    const { context, theme, scene, sample, unit } = this;
    if (!scene.pictures) return;
    const made = `${sample} ${theme.text} ${scene.pictures.ink.length}`;
    if (made !== this.pictured) [this.pictured, this.picture] = [made, samplePicture(scene.pictures, sample, theme.text)];
    const size = right - 2;
    context.imageSmoothingEnabled = false;
    if (this.picture) context.drawImage(this.picture, 2, middle - size / 2, size, size);
    context.strokeStyle = css(theme.muted);
    context.lineWidth = 1;
    context.strokeRect(2, middle - size / 2, size, size);
    context.fillStyle = css(theme.muted);
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
    const room = 0.16 * this.width;
    for (const { x, y, size, index } of boxes) {
      let name = names[index] ?? "";
      while (name.length > 3 && context.measureText(name).width > room) name = `${name.slice(0, -2)}…`;
      context.fillText(name, x + shift, y + size / 2 + 0.33 * this.unit);
    }
  }

  /** A single output goes on, to the right, into the decision map. */
  drawOutlet() {
    const { context, theme, unit } = this, { boxes } = this.columns[this.columns.length - 1];
    if (boxes.length > 1) return;
    const x = boxes[0].x + boxes[0].size + 4, y = boxes[0].y + boxes[0].size / 2, end = this.width - 2;
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
