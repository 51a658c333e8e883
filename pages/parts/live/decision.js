// @ts-check
// The decision map: the network's output over the plane, the boundary where it changes its mind, and the samples.

import { Forward, gridPoints } from "./forward.js";
import { css, fitCanvas, markerPath, paint, paintClasses, pixelCanvas } from "./palette.js";
import { inputReach, neuronScale } from "./pick.js";
import { classMargins, contour, drawAxes, drawProbe, sampleColour } from "./plane.js";

const MAP_SIZE = 100;
const MAP_SIZE_BUSY = 60;
const MANY_PARAMETERS = 600;

export class DecisionMap {
  constructor(base, overlay) {
    Object.assign(this, { base, overlay, grids: new Map(), focus: null });
  }

  /** Lay out for a scene, a size in CSS pixels and a theme. */
  layout(scene, points, width, height, theme, unit) {
    Object.assign(this, { scene, points, width, height, theme, unit });
    this.context = fitCanvas(this.base, width, height);
    this.frame = { left: 3.1 * unit, top: 0.5 * unit, right: width - 0.6 * unit, bottom: height - 3 * unit };
    this.grids.clear();
  }

  /** The grid to compute on: coarser while a large network plays. */
  grid(playing) {
    const size = playing && this.parameters.length > MANY_PARAMETERS ? MAP_SIZE_BUSY : MAP_SIZE;
    if (!this.grids.has(size)) {
      const points = gridPoints(this.scene.plane, size, size);
      const forward = new Forward(this.scene, points.u, points.v);
      this.grids.set(size, { ...points, size, forward, reach: inputReach(forward), image: pixelCanvas(size, size) });
    }
    return this.grids.get(size);
  }

  /** Draw one frame; what the grid's points got stays readable in `drawn`. */
  draw(parameters, { playing, discrete }) {
    this.parameters = parameters;
    const grid = this.grid(playing);
    const layers = [grid.forward.inputs, ...grid.forward.run(parameters)];
    this.drawn = { ...grid, outputs: layers.at(-1) };
    this.paintGrid(grid, layers, discrete);
    grid.image.show();
    const { left, top, right, bottom } = this.frame;
    this.context.imageSmoothingEnabled = true;
    this.context.clearRect(0, 0, this.width, this.height);
    this.context.drawImage(grid.image.canvas, left, top, right - left, bottom - top);
    if (!this.focus && this.scene.task === "classification") this.drawBoundaries(grid, layers.at(-1));
  }

  paintGrid(grid, layers, discrete) {
    const { scene, theme, focus } = this;
    const count = grid.size * grid.size, last = layers.length - 1;
    if (!focus && scene.sizes.at(-1) > 1) {
      paintClasses(layers[last], count, theme.shades, grid.image.pixels, discrete);
      return;
    }
    const { layer, index } = focus ?? { layer: last, index: 0 };
    const { low, high, table } = neuronScale(scene, theme, layer, index, grid.reach);
    paint(layers[layer], index * count, count, low, high, table, grid.image.pixels, discrete);
  }

  /** The lines where the network changes its mind: a single output at its threshold, classes where two of them tie. */
  drawBoundaries(grid, values) {
    const { low, high, sizes } = this.scene;
    const classes = sizes.at(-1);
    this.context.lineWidth = 1.3;
    this.context.strokeStyle = css(this.theme.text, 0.6);
    if (classes === 1) this.strokeLevel(values, grid.size, (low + high) / 2);
    else for (const margin of classMargins(values, grid.size ** 2, classes)) this.strokeLevel(margin, grid.size, 0);
  }

  strokeLevel(values, size, level) {
    const { left, top, right, bottom } = this.frame;
    this.context.stroke(contour(values, size, level, (x, y) => [
      left + ((x + 0.5) / size) * (right - left), top + ((y + 0.5) / size) * (bottom - top)]));
  }

  /** Samples, axes and probe: drawn anew only when one of them changes. */
  drawOverlay(view, probe) {
    const context = fitCanvas(this.overlay, this.width, this.height);
    drawAxes(context, this.frame, this.axes(), this.theme, this.unit);
    if (this.showsSamples()) this.drawSamples(context, view);
    if (probe) drawProbe(context, this.frame, this.place(probe), this.theme);
  }

  axes = () => this.scene.plane;
  showsSamples = () => true;

  drawSamples(context, view) {
    if (!this.points) return;
    const { values, shape } = this.points;
    const radius = (shape[0] > 700 ? 0.2 : 0.27) * this.unit;
    context.save();
    const { left, top, right, bottom } = this.frame;
    context.beginPath();
    context.rect(left, top, right - left, bottom - top);
    context.clip();
    for (const set of [2, 1, 0]) {
      if ((set === 1 && !view.validation) || (set === 2 && !view.test)) continue;
      for (let i = 0; i < shape[0]; i++) {
        if (values[4 * i + 3] === set) this.drawSample(context, values.subarray(4 * i, 4 * i + 4), set, radius);
      }
    }
    context.restore();
  }

  /** A training sample is filled; one of validation is hollow, one of the test hollow and smaller. */
  drawSample(context, sample, set, radius) {
    const { scene, theme } = this;
    const [x, y] = this.place(sample);
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

  /** CSS pixels of a point of the plane. */
  place([u, v]) {
    const { x, y } = this.scene.plane, { left, top, right, bottom } = this.frame;
    return [left + ((u - x[0]) / (x[1] - x[0])) * (right - left), bottom - ((v - y[0]) / (y[1] - y[0])) * (bottom - top)];
  }

  /** The point of the plane at CSS pixels, or null outside the frame. */
  pick(px, py) {
    const { x, y } = this.scene.plane, { left, top, right, bottom } = this.frame;
    if (px < left || px > right || py < top || py > bottom) return null;
    return [x[0] + ((px - left) / (right - left)) * (x[1] - x[0]), y[0] + ((bottom - py) / (bottom - top)) * (y[1] - y[0])];
  }

  /** The visible sample within 8 pixels, as {truth, set}. */
  sampleAt(px, py, view) {
    if (!this.points) return null;
    const { values, shape } = this.points;
    let best = null, distance = 8;
    for (let i = 0; i < shape[0]; i++) {
      const [u, v, truth, set] = values.subarray(4 * i, 4 * i + 4);
      if ((set === 1 && !view.validation) || (set === 2 && !view.test)) continue;
      const [x, y] = this.place([u, v]);
      const away = Math.hypot(x - px, y - py);
      if (away < distance) [best, distance] = [{ truth, set, place: [u, v] }, away];
    }
    return best;
  }
}
