// @ts-check
// With a single input there is no plane to colour: the predicted curve is drawn over the samples instead.

import { DecisionMap } from "./decision.js";
import { Forward, gridPoints } from "./forward.js";
import { css } from "./palette.js";

const CURVE_POINTS = 240;

export class Curve extends DecisionMap {
  grid() {
    if (!this.grids.has(CURVE_POINTS)) {
      const points = gridPoints(this.scene.plane, CURVE_POINTS, 1);
      const forward = new Forward(this.scene, points.u, points.v);
      this.grids.set(CURVE_POINTS, { ...points, size: CURVE_POINTS, forward });
    }
    return this.grids.get(CURVE_POINTS);
  }

  /** A neuron's own values are on the vertical axis when it is looked at; the samples' targets then have no place there. */
  axes = () => (this.focus ? { ...this.scene.plane, labels: [this.scene.plane.labels[0], "value"] } : this.scene.plane);
  showsSamples = () => !this.focus;

  draw(parameters) {
    this.parameters = parameters;
    const grid = this.grid();
    const layers = [grid.forward.inputs, ...grid.forward.run(parameters)];
    this.drawn = { ...grid, outputs: layers.at(-1) };
    const { layer, index } = this.focus ?? { layer: layers.length - 1, index: 0 };
    this.context.clearRect(0, 0, this.width, this.height);
    this.drawLine(grid, layers[layer], index * CURVE_POINTS);
  }

  drawLine(grid, values, offset) {
    const { context, theme } = this;
    const { left, top, right, bottom } = this.frame;
    context.save();
    context.beginPath();
    context.rect(left, top, right - left, bottom - top);
    context.clip();
    const path = new Path2D();
    for (let p = 0; p < CURVE_POINTS; p++) path.lineTo(...this.place([grid.x[p], values[offset + p]]));
    context.lineJoin = "round";
    context.lineWidth = 3;
    context.strokeStyle = css(theme.line.positive);
    context.stroke(path);
    context.restore();
  }
}
