// @ts-check
// With a single input there is no plane to colour: the predicted curve is drawn over the samples instead.

import { DecisionMap } from "./decision.js";
import { css } from "./palette.js";

/** @import { Plane } from "../types.js" */

const CURVE_POINTS = 240;

export class Curve extends DecisionMap {
  /** @override */
  grid() {
    return this.grids.get(CURVE_POINTS) ?? this.makeGrid(CURVE_POINTS, 1);
  }

  /** A neuron's own values are on the vertical axis when it is looked at; the samples' targets then have no place there.
   *  @override
   *  @returns {Plane} */
  axes() {
    const { plane } = this.scene;
    return this.focus ? { ...plane, labels: [plane.labels[0], "value"] } : plane;
  }

  /** @override */
  showsSamples() {
    return !this.focus;
  }

  /** @override
   *  @param {Float32Array} parameters */
  draw(parameters) {
    const layers = this.evaluate(this.grid(), parameters);
    const { layer, index } = this.focus ?? { layer: layers.length - 1, index: 0 };
    this.context.clearRect(0, 0, this.width, this.height);
    this.drawLine(layers[layer].subarray(index * CURVE_POINTS, (index + 1) * CURVE_POINTS));
  }

  /** @param {Float32Array} values */
  drawLine(values) {
    const { context, theme, drawn, places } = this;
    const { left, top, right, bottom } = this.frame;
    context.save();
    context.beginPath();
    context.rect(left, top, right - left, bottom - top);
    context.clip();
    const path = new Path2D();
    values.forEach((value, p) => {
      path.lineTo(...places.of([drawn.x[p], value]));
    });
    context.lineJoin = "round";
    context.lineWidth = 3;
    context.strokeStyle = css(theme.line.positive);
    context.stroke(path);
    context.restore();
  }
}
