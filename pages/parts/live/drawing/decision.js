// @ts-check
// The decision map: the network's output over the plane, the boundary where it changes its mind, and the samples.

import { Forward, gridPoints } from "../network/forward.js";
import { css, fitCanvas, markerPath, paint, paintClasses, pixelCanvas } from "./palette.js";
import { inputReach, neuronScale } from "./pick.js";
import { isSeen, Places } from "./places.js";
import { classMargins, contour, drawAxes, drawProbe, sampleColour } from "./plane.js";

/** @import { Grid, Neuron, Pair, Plane, Rect, Scene, Settings, Table, Theme } from "../types.js" */

/** The points at which the network is evaluated, and the pixels that show them.
 *  @typedef {Grid & {size: number, forward: Forward, reach: number[], image: ReturnType<typeof pixelCanvas>}} MapGrid */

const MAP_SIZE = 100;
const MAP_SIZE_BUSY = 60;
const MANY_PARAMETERS = 600;

export class DecisionMap {
  /** The neuron shown instead of the output.
   *  @type {Neuron | null} */
  focus = null;
  /** @type {Map<number, MapGrid>} */
  grids = new Map();
  /** @type {Scene} */
  scene;
  /** @type {Table | null} */
  points = null;
  /** @type {Theme} */
  theme;
  width = 0;
  height = 0;
  unit = 0;
  /** @type {Rect} */
  frame;
  /** @type {Places} */
  places;
  /** @type {CanvasRenderingContext2D} */
  context;
  /** @type {Float32Array} */
  parameters;
  /** The grid of the last frame, and what the network put out there.
   *  @type {MapGrid & {outputs: Float32Array}} */
  drawn;

  /** Points as they are being drawn, in place of the samples: rows of x, y, class, 0.
   *  @type {number[][] | null} */
  sketch = null;

  /** @param {HTMLCanvasElement} base
   *  @param {HTMLCanvasElement} overlay */
  constructor(base, overlay) {
    this.base = base;
    this.overlay = overlay;
  }

  /** Lay out for a scene, a size in CSS pixels and a theme.
   *  @param {Scene} scene
   *  @param {Table | null} points
   *  @param {number} width
   *  @param {number} height
   *  @param {Theme} theme
   *  @param {number} unit */
  layout(scene, points, width, height, theme, unit) {
    this.scene = scene;
    this.points = points;
    this.theme = theme;
    this.width = width;
    this.height = height;
    this.unit = unit;
    this.context = fitCanvas(this.base, width, height);
    this.frame = { left: 3.1 * unit, top: 0.5 * unit, right: width - 0.6 * unit, bottom: height - 3 * unit };
    this.places = new Places(scene.plane, this.frame, points);
    this.grids.clear();
  }

  /** The grid to compute on: coarser while a large network plays.
   *  @param {boolean} playing
   *  @returns {MapGrid} */
  grid(playing) {
    const size = playing && this.parameters.length > MANY_PARAMETERS ? MAP_SIZE_BUSY : MAP_SIZE;
    return this.grids.get(size) ?? this.makeGrid(size, size);
  }

  /** @param {number} columns
   *  @param {number} rows
   *  @returns {MapGrid} */
  makeGrid(columns, rows) {
    const points = gridPoints(this.scene.plane, columns, rows);
    const forward = new Forward(this.scene, points.u, points.v);
    const made = { ...points, size: columns, forward, reach: inputReach(forward), image: pixelCanvas(columns, rows) };
    this.grids.set(columns, made);
    return made;
  }

  /** The values of every layer at the grid's points, the inputs first; the outputs stay readable in `drawn`.
   *  @param {MapGrid} grid
   *  @param {Float32Array} parameters */
  evaluate(grid, parameters) {
    this.parameters = parameters;
    const layers = [grid.forward.inputs, ...grid.forward.run(parameters)];
    this.drawn = { ...grid, outputs: layers[layers.length - 1] };
    return layers;
  }

  /** Draw one frame.
   *  @param {Float32Array} parameters
   *  @param {{playing: boolean, discrete: boolean}} how */
  draw(parameters, { playing, discrete }) {
    this.parameters = parameters;
    const grid = this.grid(playing);
    const layers = this.evaluate(grid, parameters);
    this.paintGrid(grid, layers, discrete);
    grid.image.show();
    const { left, top, right, bottom } = this.frame;
    this.context.imageSmoothingEnabled = true;
    this.context.clearRect(0, 0, this.width, this.height);
    this.context.drawImage(grid.image.canvas, left, top, right - left, bottom - top);
    if (!this.focus && this.scene.task === "classification") this.drawBoundaries(grid, this.drawn.outputs);
  }

  /** @param {MapGrid} grid
   *  @param {Float32Array[]} layers
   *  @param {boolean} discrete */
  paintGrid(grid, layers, discrete) {
    const { scene, theme, focus } = this;
    const count = grid.size * grid.size, last = layers.length - 1;
    if (!focus && scene.sizes[last] > 1) {
      paintClasses(layers[last], count, theme.shades, grid.image.pixels, discrete);
      return;
    }
    const { layer, index } = focus ?? { layer: last, index: 0 };
    const { low, high, table } = neuronScale(scene, theme, layer, index, grid.reach);
    paint(layers[layer], index * count, count, low, high, table, grid.image.pixels, discrete);
  }

  /** The lines where the network changes its mind: a single output at its threshold, classes where two of them tie.
   *  @param {MapGrid} grid
   *  @param {Float32Array} values */
  drawBoundaries(grid, values) {
    const { low, high, sizes } = this.scene;
    const classes = sizes[sizes.length - 1];
    this.context.lineWidth = 1.3;
    this.context.strokeStyle = css(this.theme.text, 0.6);
    if (classes === 1) this.strokeLevel(values, grid.size, (low + high) / 2);
    else for (const margin of classMargins(values, grid.size ** 2, classes)) this.strokeLevel(margin, grid.size, 0);
  }

  /** @param {ArrayLike<number>} values
   *  @param {number} size
   *  @param {number} level */
  strokeLevel(values, size, level) {
    const { left, top, right, bottom } = this.frame;
    this.context.stroke(contour(values, size, level, (x, y) => [
      left + ((x + 0.5) / size) * (right - left), top + ((y + 0.5) / size) * (bottom - top)]));
  }

  /** Samples, axes and probe: drawn anew only when one of them changes.
   *  @param {Settings} view
   *  @param {Pair | null} probe */
  drawOverlay(view, probe) {
    const context = fitCanvas(this.overlay, this.width, this.height);
    drawAxes(context, this.frame, this.axes(), this.theme, this.unit);
    if (this.showsSamples()) this.drawSamples(context, view);
    if (probe) drawProbe(context, this.frame, this.places.of(probe), this.theme);
  }

  /** What the axes stand for.
   *  @returns {Plane} */
  axes() {
    return this.scene.plane;
  }

  showsSamples() {
    return true;
  }

  /** @param {CanvasRenderingContext2D} context
   *  @param {Settings} view */
  drawSamples(context, view) {
    if (!this.points) return;
    const { sketch } = this;
    const { values, shape } = sketch ? { values: Float32Array.from(sketch.flat()), shape: [sketch.length] } : this.points;
    const radius = (shape[0] > 700 ? 0.2 : 0.27) * this.unit;
    context.save();
    const { left, top, right, bottom } = this.frame;
    context.beginPath();
    context.rect(left, top, right - left, bottom - top);
    context.clip();
    for (const set of [2, 1, 0].filter((one) => isSeen(one, view))) {
      for (let i = 0; i < shape[0]; i++) {
        if (values[4 * i + 3] === set) this.drawSample(context, values.subarray(4 * i, 4 * i + 4), set, radius);
      }
    }
    context.restore();
  }

  /** A training sample is filled; one of validation is hollow, one of the test hollow and smaller.
   *  @param {CanvasRenderingContext2D} context
   *  @param {Float32Array} sample
   *  @param {number} set
   *  @param {number} radius */
  drawSample(context, sample, set, radius) {
    const { scene, theme } = this;
    const [x, y] = this.places.of(sample);
    const marker = scene.task === "classification" ? scene.markers[sample[2] % scene.markers.length] : "circle";
    const colour = sampleColour(scene, theme, sample[2]);
    context.beginPath();
    markerPath(context, marker, x, y, set === 2 ? radius * 0.75 : radius);
    context.lineJoin = "round";
    context.lineWidth = set === 0 ? 2 : 4;
    context.strokeStyle = css(theme.background, 0.9);
    context.stroke();
    context.fillStyle = css(set === 0 ? colour : theme.background);
    context.fill();
    if (set === 0) return;
    context.lineWidth = 1.6;
    context.strokeStyle = css(colour);
    context.stroke();
  }
}
