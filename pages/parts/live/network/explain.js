// @ts-check
// Words and formulas with the current numbers in them, for whatever the pointer is on.

import { ACTIVATIONS, layerOffsets, planeInputs, trace } from "./forward.js";
import { brief, MINUS, subscript, superscript, writerOf } from "./numbers.js";

/** @import { Neuron, Pair, PickedNeuron, PickedWeight, Sample, Scene, Traced } from "../types.js" */

const TERMS_SHOWN = 8;
const PROBE_HINT = "point at the map to choose another place";

/** The name of a value: an input's own, a hidden neuron's a₃ (with its layer, a₃⁽²⁾, where there are several), the output's.
 *  @param {Scene} scene
 *  @param {number} layer
 *  @param {number} index */
function valueName(scene, layer, index) {
  if (layer === 0) return scene.inputs[index];
  if (layer < scene.sizes.length - 1) {
    return `a${subscript(index + 1)}${scene.sizes.length > 3 ? `⁽${superscript(layer)}⁾` : ""}`;
  }
  const single = scene.sizes.at(-1) === 1;
  const letter = scene.output === "sigmoid" || scene.output === "softmax" ? "p" : "ŷ";
  return single ? letter : letter + subscript(index + 1);
}

/** The name of a neuron in a sentence.
 *  @param {Scene} scene
 *  @param {number} layer
 *  @param {number} index */
export function neuronName(scene, layer, index) {
  if (layer === 0) return scene.inputs[index];
  if (layer < scene.sizes.length - 1) return `neuron ${index + 1} of layer ${layer}`;
  return scene.sizes.at(-1) === 1 ? "the output" : `the output for ${scene.classes?.[index] ?? index + 1}`;
}

/** "0.52·x₁ − 1.20·x₂ + 0.10": the largest terms in their order, what the others come to, the bias; and how values are written,
 *  so that the sum `z`, as `show` writes it, is computed again from what stands there.
 *  @param {ArrayLike<number>} weights
 *  @param {string[]} names
 *  @param {ArrayLike<number>} values
 *  @param {number} bias
 *  @param {number} z
 *  @param {(value: number) => string} show */
function weightedSum(weights, names, values, bias, z, show) {
  const terms = Array.from(weights, (weight, j) => ({ weight, name: names[j], size: Math.abs(weight * values[j]), j }));
  const shown = [...terms].sort((a, b) => b.size - a.size).slice(0, TERMS_SHOWN).sort((a, b) => a.j - b.j);
  /** @param {number} value
   *  @param {string} text
   *  @param {boolean} first */
  const signed = (value, text, first) => (value < 0 ? (first ? MINUS : ` ${MINUS} `) : first ? "" : " + ") + text;
  const n = shown.length, others = terms.length - n, seen = new Set(shown.map(({ j }) => j));
  const rest = terms.reduce((total, { weight, j }) => total + (seen.has(j) ? 0 : weight * values[j]), 0);
  /** @param {number[]} all weights, values, the bias and the rest */
  const sum = (all) => all[2 * n] + all[2 * n + 1] + all.slice(0, n).reduce((total, weight, j) => total + weight * all[n + j], 0);
  const numbers = [...shown.map(({ weight }) => weight), ...shown.map(({ j }) => values[j]), bias, rest];
  const write = writerOf(numbers, sum, z, show);
  const parts = shown.map(({ weight, name }, i) => signed(weight, `${write(Math.abs(weight))}·${name}`, i === 0));
  if (others) parts.push(signed(rest, `${write(Math.abs(rest))} (${others} more)`, parts.length === 0));
  return { text: parts.join("") + signed(bias, write(Math.abs(bias)), parts.length === 0), shown, write };
}

/** Where the probe is, in the map's units, and as inputs where these are scaled.
 *  @param {Scene} scene
 *  @param {Pair} place */
function probeText(scene, place) {
  const { plane } = scene;
  const [u, v] = place;
  const at = `${plane.labels[0]} = ${brief(u)}`;
  return plane.kind === "curve" ? at : `${at}, ${plane.labels[1]} = ${brief(v)}`;
}

/** @param {Scene} scene
 *  @param {Neuron} neuron
 *  @param {Traced} traced
 *  @param {ArrayLike<number>} weights
 *  @param {number} bias
 *  @param {Pair} place */
function neuronLines(scene, { layer, index }, traced, weights, bias, place) {
  const sources = traced.a[layer - 1];
  const names = Array.from(sources, (_, j) => valueName(scene, layer - 1, j));
  const applied = [...scene.activations, scene.output][layer - 1];
  const { name: activation, is_plain: isPlain } = scene.applied[layer - 1];
  const name = valueName(scene, layer, index);
  const z = traced.z[layer][index], a = traced.a[layer][index];
  const showZ = ACTIVATIONS[applied] ? writerOf([z], ([value]) => appliedTo(applied, value), a) : brief;
  const { text, shown, write } = weightedSum(weights, names, sources, bias, z, showZ);
  const given = shown.map(({ j }) => `${names[j]} = ${write(sources[j])}`).join(", ");
  /** @param {string} inner */
  const wrap = (inner) => isPlain ? inner
    : applied === "softmax" ? `softmax${subscript(index + 1)}(…, ${inner}, …)` : `${activation}(${inner})`;
  const result = isPlain ? `= ${brief(a)}` : `= ${wrap(showZ(z))} = ${brief(a)}`;
  const sourced = layer > 1 ? `where ${given}` : scaled(scene) ? `which the network gets as ${given}` : "";
  return [`${name} = ${wrap(text)}`, result, `at ${probeText(scene, place)} (${PROBE_HINT})`, sourced].filter(Boolean);
}

/** What an activation makes of one number.
 *  @param {string} name
 *  @param {number} value */
function appliedTo(name, value) {
  const one = Float64Array.of(value);
  ACTIVATIONS[name](one);
  return one[0];
}

/** Whether the network is fed something other than the coordinates themselves.
 *  @param {Scene} scene */
function scaled({ plane }) {
  return plane.kind === "affine" || plane.mean.some((mean) => mean !== 0) || plane.scale.some((scale) => scale !== 1)
    || plane.terms.some((term) => term !== "x1" && term !== "x2");
}

/** The lines of text for something picked from the diagram, the first being its title.
 *  @param {Scene} scene
 *  @param {Float32Array} parameters
 *  @param {PickedNeuron | PickedWeight} picked
 *  @param {Pair} place */
export function explain(scene, parameters, picked, place) {
  const { layer } = picked;
  if (picked.kind === "more") return leftOutLines(scene, layer);
  const inputs = planeInputs(scene.plane, [place[0]], [place[1]]);
  const traced = trace(scene, parameters, inputs);
  const width = scene.sizes[layer - 1] ?? 0;
  const index = picked.kind === "weight" ? picked.to : picked.index;
  const row = layer > 0 ? layerOffsets(scene.sizes)[layer - 1] + index * (width + 1) : 0;
  if (picked.kind === "weight") return weightLines(scene, picked, parameters[row + picked.from], traced, place);
  const title = neuronName(scene, layer, index);
  if (layer === 0) {
    const value = `${title} = ${brief(inputs[index])}`;
    return scaled(scene) ? [`Input ${title}`, `${value} (as the network gets it)`, `at ${probeText(scene, place)}`]
      : [`Input ${title}`, value, PROBE_HINT];
  }
  const bias = parameters[row + width];
  if (picked.kind === "bias") return [`b = ${brief(bias)}`, `the bias of ${title}: what it adds before its activation`];
  const weights = parameters.subarray(row, row + width);
  return [title[0].toUpperCase() + title.slice(1), ...neuronLines(scene, picked, traced, weights, bias, place)];
}

/** @param {Scene} scene
 *  @param {PickedWeight} picked
 *  @param {number} weight
 *  @param {Traced} traced
 *  @param {Pair} place */
function weightLines(scene, { layer, to, from }, weight, traced, place) {
  const value = traced.a[layer - 1][from];
  const write = writerOf([weight, value], ([one, other]) => one * other, weight * value);
  const source = layer === 1 ? scene.inputs[from] : neuronName(scene, layer - 1, from);
  return [`w = ${brief(weight)}`, `from ${source} to ${neuronName(scene, layer, to)}`,
    `carries ${write(weight)} · ${write(value)} = ${brief(weight * value)} at ${probeText(scene, place)}`];
}

/** @param {Scene} scene
 *  @param {number} layer */
function leftOutLines(scene, layer) {
  const what = layer === 0 ? "inputs" : layer === scene.sizes.length - 1 ? "outputs" : `neurons of layer ${layer}`;
  return [`${scene.sizes[layer]} ${what}`, "Only the first ones are drawn; all of them take part in everything computed."];
}

/** What the network, or the neuron shown large, says at a place of the map, and the sample that lies there.
 *  @param {Scene} scene
 *  @param {Float32Array} parameters
 *  @param {Pair} place
 *  @param {Sample | null} sample
 *  @param {Neuron | null} focus */
export function explainPlace(scene, parameters, place, sample, focus) {
  const traced = trace(scene, parameters, planeInputs(scene.plane, [place[0]], [place[1]]));
  const said = focus ? [`${valueName(scene, focus.layer, focus.index)} = ${brief(traced.a[focus.layer][focus.index])}`]
    : outputLines(scene, traced.a[traced.a.length - 1]);
  const lines = [probeText(scene, place), ...said];
  if (sample) {
    const set = ["training", "validation", "test"][sample.set];
    const truth = scene.task === "classification" ? scene.classes[sample.truth] : brief(sample.truth);
    lines.push(`${set} sample: ${truth}`);
  }
  return lines;
}

/** @param {Scene} scene
 *  @param {number[]} outputs */
function outputLines(scene, outputs) {
  if (outputs.length === 1) {
    const value = `${scene.task === "classification" ? "output" : `prediction of ${scene.target ?? "the target"}`} = ${brief(outputs[0])}`;
    if (scene.task !== "classification") return [value];
    return [value, `→ ${scene.classes[outputs[0] > (scene.low + scene.high) / 2 ? 1 : 0]}`];
  }
  const ranked = outputs.map((value, k) => ({ value, name: scene.classes?.[k] ?? `output ${k + 1}` }))
    .sort((a, b) => b.value - a.value).slice(0, 3);
  return ranked.map(({ value, name }, k) => `${k === 0 ? "→ " : ""}${name}: ${brief(value)}`);
}
