// @ts-check
// The losses and scores of a network that was changed by hand and not trained yet, over the samples that the map shows.

import { planeInputs, trace } from "./forward.js";

/** @import { Scene, Table } from "../types.js" */

/** What one output adds to the loss of one example, by the loss's name; `engine_script` fills them in from the core's table:
 *  z is the pre-activation, a the output, t its target, k the number of outputs.
 *  @type {Record<string, (z: number, a: number, t: number, k: number) => number>} */
export const LOSSES = {};

/** Loss and score of the training set and of the validation set, as a row of a run's scores without its epoch; NaN for a set
 *  that is empty, or where the samples cannot be told from their places: on a slice through more than two inputs.
 *  @param {Scene} scene
 *  @param {Table | null} points
 *  @param {Float32Array} parameters
 *  @returns {number[]} loss and validation loss, score and validation score */
export function scoresOf(scene, points, parameters) {
  if (!points || scene.plane.kind === "affine") return [Number.NaN, Number.NaN, Number.NaN, Number.NaN];
  const [training, validation] = [0, 1].map((set) => scoreOfSet(scene, points, parameters, set));
  return [training.loss, validation.loss, training.score, validation.score];
}

/** @param {Scene} scene
 *  @param {Table} points
 *  @param {Float32Array} parameters
 *  @param {number} set */
function scoreOfSet(scene, { values, shape }, parameters, set) {
  let count = 0, loss = 0, right = 0, squares = 0, sum = 0, spread = 0;
  for (let i = 0; i < shape[0]; i++) {
    const [u, v, truth, of] = values.subarray(4 * i, 4 * i + 4);
    if (of !== set) continue;
    const { z, a } = trace(scene, parameters, planeInputs(scene.plane, [u], [v]));
    const outputs = a[a.length - 1], sums = z[z.length - 1];
    outputs.forEach((output, k) => {
      loss += LOSSES[scene.loss](sums[k], output, targetOf(scene, truth, k), outputs.length);
    });
    count += 1;
    if (classOf(scene, outputs) === truth) right += 1;
    squares += (outputs[0] - truth) ** 2;
    sum += truth;
    spread += truth * truth;
  }
  if (!count) return { loss: Number.NaN, score: Number.NaN };
  const around = spread - sum * sum / count;
  const fit = count > 1 && around > 0 ? 1 - squares / around : Number.NaN;
  return { loss: loss / count, score: scene.task === "classification" ? right / count : fit };
}

/** What output `k` should be for a sample of this class or target.
 *  @param {Scene} scene
 *  @param {number} truth
 *  @param {number} k */
function targetOf({ task, sizes, low, high }, truth, k) {
  if (task !== "classification") return truth;
  return (sizes[sizes.length - 1] === 1 ? truth === 1 : truth === k) ? high : low;
}

/** The class that the outputs name.
 *  @param {Scene} scene
 *  @param {number[]} outputs */
function classOf({ low, high }, outputs) {
  if (outputs.length === 1) return outputs[0] > (low + high) / 2 ? 1 : 0;
  return outputs.indexOf(Math.max(...outputs));
}
