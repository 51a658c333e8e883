// @ts-check
// The forward pass in the browser. A frame is a flat vector of parameters; everything that is drawn is computed from it
// here, for many points at once. Values lie neuron by neuron: value of neuron i at point p is `array[i * count + p]`.

/** @import { AffinePlane, Grid, Network, Pair, Plane, Traced } from "../types.js" */
/** @typedef {Float32Array | Float64Array} Floats */

export const INPUTS_DRAWN = 16;

/** tanh(x) to about 3e-7: a rational function (the coefficients are Eigen's), four times as fast as Math.tanh.
 *  @param {number} x */
export function quickTanh(x) {
  const c = x > 7.905311107635498 ? 7.905311107635498 : x < -7.905311107635498 ? -7.905311107635498 : x;
  const s = c * c;
  const top = ((((((-2.76076847742355e-16 * s + 2.00018790482477e-13) * s - 8.60467152213735e-11) * s
    + 5.12229709037114e-8) * s + 1.48572235717979e-5) * s + 6.37261928875436e-4) * s + 4.89352455891786e-3) * c;
  const bottom = ((1.19825839466702e-6 * s + 1.18534705686654e-4) * s + 2.268434632439e-3) * s + 4.89352518554385e-3;
  return top / bottom;
}

/** In-place activation functions over a whole array, by name; `engine_script` fills them in from the core's table.
 *  @type {Record<string, (values: Floats) => void>} */
export const ACTIVATIONS = {};

/** Softmax across the neurons of each point, in place; the largest is subtracted first so that nothing overflows.
 *  @param {Floats} z
 *  @param {number} count */
function softmax(z, count) {
  const neurons = z.length / count;
  for (let p = 0; p < count; p++) {
    let largest = -Infinity;
    for (let i = p; i < z.length; i += count) if (z[i] > largest) largest = z[i];
    let sum = 0;
    for (let i = 0; i < neurons; i++) {
      z[i * count + p] = Math.exp(z[i * count + p] - largest);
      sum += z[i * count + p];
    }
    for (let i = p; i < z.length; i += count) z[i] /= sum;
  }
}

/** Apply the activation called `name` to the pre-activations `z` of `count` points, in place.
 *  @param {string} name
 *  @param {Floats} z
 *  @param {number} count */
function activate(name, z, count) {
  if (name === "softmax") softmax(z, count);
  else ACTIVATIONS[name](z);
}

/** One neuron's pre-activation at every point: its bias plus its weighted inputs, four inputs to a sweep.
 *  @param {ArrayLike<number>} parameters
 *  @param {number} row
 *  @param {number} inputs
 *  @param {Float32Array} source
 *  @param {number} count
 *  @param {Float32Array} target */
function weigh(parameters, row, inputs, source, count, target) {
  target.fill(parameters[row + inputs]);
  let j = 0;
  for (; j + 3 < inputs; j += 4) {
    const a = parameters[row + j], b = parameters[row + j + 1], c = parameters[row + j + 2], d = parameters[row + j + 3];
    const at = j * count, bt = at + count, ct = bt + count, dt = ct + count;
    for (let p = 0; p < count; p++) {
      target[p] += a * source[at + p] + b * source[bt + p] + c * source[ct + p] + d * source[dt + p];
    }
  }
  for (; j < inputs; j++) {
    const a = parameters[row + j], at = j * count;
    for (let p = 0; p < count; p++) target[p] += a * source[at + p];
  }
}

/** Where each layer's matrix (n_out rows of n_in weights and a bias) starts in the flat vector.
 *  @param {number[]} sizes */
export function layerOffsets(sizes) {
  /** @type {number[]} */
  const offsets = [];
  let offset = 0;
  for (let k = 1; k < sizes.length; k++) {
    offsets.push(offset);
    offset += sizes[k] * (sizes[k - 1] + 1);
  }
  return offsets;
}

/** The network evaluated at fixed points (u, v) of the plane, with buffers that are made once.
 *
 *  On an affine plane the inputs are origin + u * along_x + v * along_y, so that the first layer's pre-activation is
 *  affine in u and v too: (W origin + b) + u * (W along_x) + v * (W along_y). It is computed as a layer of the two
 *  inputs u and v, which spares the many multiplications at every point. */
export class Forward {
  /** @param {Network} scene
   *  @param {Float32Array} u
   *  @param {Float32Array} v the points' coordinates */
  constructor(scene, u, v) {
    const { plane, sizes } = scene;
    const affine = plane.kind === "affine";
    this.sizes = sizes;
    this.names = [...scene.activations, scene.output];
    this.count = u.length;
    this.offsets = layerOffsets(sizes);
    this.layers = sizes.slice(1).map((size) => new Float32Array(size * this.count));
    /** The inputs that may be drawn, (at most INPUTS_DRAWN on an affine plane, count). */
    this.inputs = planeInputs(plane, u, v, affine ? INPUTS_DRAWN : undefined);
    this.source = affine ? Float32Array.from([...u, ...v]) : this.inputs;
    this.entry = affine ? { plane, matrix: new Float32Array(3 * sizes[1]) } : null;
  }

  /** The first layer's matrix over (u, v), each row two weights and a bias.
   *  @param {{plane: AffinePlane, matrix: Float32Array}} entry
   *  @param {ArrayLike<number>} parameters */
  enter({ plane: { origin, along_x, along_y }, matrix }, parameters) {
    const inputs = this.sizes[0];
    for (let i = 0; i < this.sizes[1]; i++) {
      const row = i * (inputs + 1);
      let x = 0, y = 0, bias = parameters[row + inputs];
      for (let j = 0; j < inputs; j++) {
        const weight = parameters[row + j];
        x += weight * along_x[j];
        y += weight * along_y[j];
        bias += weight * origin[j];
      }
      matrix.set([x, y, bias], 3 * i);
    }
    return matrix;
  }

  /** The activations of every layer at every point: `layers[k]` is (n_k, count). The arrays are reused.
   *  @param {ArrayLike<number>} parameters */
  run(parameters) {
    let source = this.source;
    this.layers.forEach((layer, k) => {
      const entering = k === 0 ? this.entry : null;
      const matrix = entering ? this.enter(entering, parameters) : parameters;
      const inputs = entering ? 2 : this.sizes[k], offset = entering ? 0 : this.offsets[k];
      for (let i = 0; i < this.sizes[k + 1]; i++) {
        const target = layer.subarray(i * this.count, (i + 1) * this.count);
        weigh(matrix, offset + i * (inputs + 1), inputs, source, this.count, target);
      }
      activate(this.names[k], layer, this.count);
      source = layer;
    });
    return this.layers;
  }
}

/** Pre-activations `z` and activations `a` of every layer for one input vector, `a[0]` being the inputs.
 *  @param {Network} network
 *  @param {ArrayLike<number>} parameters
 *  @param {ArrayLike<number>} inputs
 *  @returns {Traced} */
export function trace(network, parameters, inputs) {
  /** @type {Traced} */
  const { a, z } = { a: [Array.from(inputs)], z: [[]] };
  const names = [...network.activations, network.output];
  layerOffsets(network.sizes).forEach((offset, k) => {
    const width = network.sizes[k];
    const sums = Array.from({ length: network.sizes[k + 1] }, (_, i) => {
      const row = offset + i * (width + 1);
      return a[k].reduce((sum, value, j) => sum + parameters[row + j] * value, parameters[row + width]);
    });
    const values = Float64Array.from(sums);
    activate(names[k], values, 1);
    z.push(sums);
    a.push(Array.from(values));
  });
  return { z, a };
}

/** The features that a network can be given, from the two coordinates of the plane.
 *  @type {Record<string, (u: number, v: number) => number>} */
export const TERMS = {
  x1: (u) => u,
  x2: (_u, v) => v,
  x1_squared: (u) => u * u,
  x2_squared: (_u, v) => v * v,
  x1_x2: (u, v) => u * v,
  sin_x1: (u) => Math.sin(u),
  sin_x2: (_u, v) => Math.sin(v),
};

/** The network's inputs (D, count), or the first `most` of them, at the points (u, v) of the plane that the map shows.
 *  @param {Plane} plane
 *  @param {ArrayLike<number>} u
 *  @param {ArrayLike<number>} v
 *  @param {number} [most] */
export function planeInputs(plane, u, v, most = Infinity) {
  const count = u.length;
  const width = Math.min(most, plane.kind === "affine" ? plane.origin.length : plane.terms.length);
  const inputs = new Float32Array(width * count);
  for (let i = 0; i < width; i++) {
    const value = inputAt(plane, i);
    for (let p = 0; p < count; p++) inputs[i * count + p] = value(u[p], v[p]);
  }
  return inputs;
}

/** Input `i` as a function of the plane's coordinates.
 *  @param {Plane} plane
 *  @param {number} i
 *  @returns {(u: number, v: number) => number} */
function inputAt(plane, i) {
  if (plane.kind === "affine") {
    const origin = plane.origin[i], x = plane.along_x[i], y = plane.along_y[i];
    return (u, v) => origin + u * x + v * y;
  }
  const term = TERMS[plane.terms[i]], mean = plane.mean[i], scale = plane.scale[i];
  return (u, v) => (term(u, v) - mean) / scale;
}

/** Centres of the cells of a grid over the plane, row 0 at the top: {u, v, x, y}; a curve has one row.
 *  @param {Plane} plane
 *  @param {number} columns
 *  @param {number} rows
 *  @returns {Grid} */
export function gridPoints(plane, columns, rows) {
  /** @param {Pair} range
   *  @param {number} i
   *  @param {number} n */
  const centre = ([low, high], i, n) => low + ((i + 0.5) / n) * (high - low);
  const x = Array.from({ length: columns }, (_, i) => centre(plane.x, i, columns));
  const y = Array.from({ length: rows }, (_, i) => centre(plane.y, rows - 1 - i, rows));
  const u = new Float32Array(columns * rows), v = new Float32Array(columns * rows);
  for (let p = 0; p < u.length; p++) {
    u[p] = x[p % columns];
    v[p] = y[Math.floor(p / columns)];
  }
  return { u, v, x, y };
}
