// @ts-check
// Places on a map: from points of the plane to CSS pixels and back, and which sample lies there. Numbers alone, no canvas.

/** @import { Pair, Plane, Rect, Sample, Settings, Table } from "../types.js" */

const NEAR = 8; // CSS pixels within which a sample is meant

/** Whether samples of this set are drawn: the training set always, the others where they are asked for.
 *  @param {number} set 0 training, 1 validation, 2 test
 *  @param {Pick<Settings, "validation" | "test">} view */
export const isSeen = (set, view) => (set !== 1 || view.validation) && (set !== 2 || view.test);

/** Where the first training sample lies; where there is none, the first sample.
 *  @param {Table} points
 *  @returns {Pair} */
export function firstTraining({ values, shape }) {
  for (let i = 0; i < shape[0]; i++) if (values[4 * i + 3] === 0) return [values[4 * i], values[4 * i + 1]];
  return [values[0], values[1]];
}

/** A plane laid into a frame, with the samples on it. */
export class Places {
  /** @param {Pick<Plane, "x" | "y">} plane
   *  @param {Rect} frame
   *  @param {Table | null} points */
  constructor(plane, frame, points) {
    this.plane = plane;
    this.frame = frame;
    this.points = points;
  }

  /** CSS pixels of a point of the plane.
   *  @param {Pair | Float32Array} point
   *  @returns {Pair} */
  of([u, v]) {
    const { x, y } = this.plane, { left, top, right, bottom } = this.frame;
    return [left + ((u - x[0]) / (x[1] - x[0])) * (right - left), bottom - ((v - y[0]) / (y[1] - y[0])) * (bottom - top)];
  }

  /** The point of the plane at CSS pixels, or null outside the frame.
   *  @param {number} px
   *  @param {number} py
   *  @returns {Pair | null} */
  pick(px, py) {
    const { x, y } = this.plane, { left, top, right, bottom } = this.frame;
    if (px < left || px > right || py < top || py > bottom) return null;
    return [x[0] + ((px - left) / (right - left)) * (x[1] - x[0]), y[0] + ((bottom - py) / (bottom - top)) * (y[1] - y[0])];
  }

  /** CSS pixels of the place that lies some of the map's widths away from a point, kept inside the frame.
   *  @param {Pair} point
   *  @param {[number, number]} direction to the right and down
   *  @param {number} share of the width
   *  @returns {Pair} */
  stepFrom(point, [right, down], share) {
    const { frame } = this, [x, y] = this.of(point), step = share * (frame.right - frame.left);
    return [Math.max(frame.left, Math.min(frame.right, x + right * step)),
      Math.max(frame.top, Math.min(frame.bottom, y + down * step))];
  }

  /** The nearest sample to CSS pixels, of those that are drawn and near enough.
   *  @param {number} px
   *  @param {number} py
   *  @param {Pick<Settings, "validation" | "test">} view
   *  @returns {Sample | null} */
  sampleAt(px, py, view) {
    if (!this.points) return null;
    const { values, shape } = this.points;
    /** @type {Sample | null} */
    let best = null;
    let distance = NEAR;
    for (let i = 0; i < shape[0]; i++) {
      const [u, v, truth, set] = values.subarray(4 * i, 4 * i + 4);
      if (!isSeen(set, view)) continue;
      const [x, y] = this.of([u, v]);
      const away = Math.hypot(x - px, y - py);
      if (away < distance) [best, distance] = [{ truth, set, place: [u, v], number: i }, away];
    }
    return best;
  }
}
