// @ts-check
// The code plane: samples where the encoder puts them, and a point that is decoded here as it moves.

import { between, channels, penOn } from "../page/pen.js";

/** @import { Component } from "../live/types.js" */
/** @import { Drawn } from "../page/pen.js" */
/** A layer of the decoder: for each neuron its weights and bias, and the name of its activation.
 *  @typedef {{matrix: number[][], activation: string}} Layer */
/** What the server tells: the decoder, where the samples lie, the point, and how an input is counted and shown.
 *  @typedef {{kind: string, side: number, layers: Layer[], base: number[], places: number[][], marks: string[],
 *    colours: string[], title: string, at: number[], mean: number[], scale: number[], names: string[], view: number[][],
 *    cloud: number[][], ends: {none: string}}} Told */
/** @typedef {ReturnType<typeof build> & {data: Told, reach: number, given: string, tell: () => void}} State */

const STEP = 1 / 40, FAR = 5; // of the plane's half width, by an arrow key; so many times as far with Shift
const EDGE = 12; // pixels around the plane
const SIZE = 340;
/** @type {Record<string, [number, number] | undefined>} */
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** @param {HTMLElement} root */
function build(root) {
  root.innerHTML = '<div class="half"><strong class="title"></strong><canvas class="plane" tabindex="0" role="application"></canvas></div>'
    + '<div class="half"><strong>What the decoder makes of the point</strong><canvas class="out" role="img"></canvas><div class="says" aria-live="polite"></div></div>';
  const find = (/** @type {string} */ name) => /** @type {any} */ (root.querySelector(`.${name}`));
  return {
    plane: /** @type {Drawn} */ (find("plane")), out: /** @type {Drawn} */ (find("out")),
    says: /** @type {HTMLElement} */ (find("says")), title: /** @type {HTMLElement} */ (find("title")),
    point: [0, 0], told: "", isNew: true,
  };
}

/** What the layers behind the code make of it: the same arithmetic as the core's.
 *  @param {Layer[]} layers
 *  @param {number[]} code */
export function decode(layers, code) {
  return layers.reduce((values, { matrix, activation }) => {
    const sums = Float64Array.from(matrix, (row) =>
      row[row.length - 1] + values.reduce((sum, value, j) => sum + value * row[j], 0));
    ACTIVATIONS[activation](sums); // of the core's table, which the page puts before this script
    return Array.from(sums);
  }, code);
}

/** The whole code of a point: numbers that the plane does not show stay at their mean.
 *  @param {number[]} base
 *  @param {number[]} point */
export function codeAt(base, point) {
  return base.map((mean, k) => (k < 2 ? point[k] : mean));
}

/** @param {number[][]} places */
function reachOf(places) {
  return 1.1 * Math.max(0.1, ...places.flat().map(Math.abs));
}

/** The height of a mark's letters: in presenter view all text is at least 24 pixels high.
 *  @param {HTMLElement} canvas
 *  @param {number} small */
function markHeight(canvas, small) {
  const scale = Number(getComputedStyle(canvas).getPropertyValue("--glassbox-scale")) || 1;
  return scale > 1 ? 13 * scale : small;
}

/** The colour of the page's text. A canvas that has left the page, which a switch of themes may still redraw, has none.
 *  @param {HTMLElement} canvas */
const inkOf = (canvas) => (getComputedStyle(canvas).color.match(/[\d.]+/g) ?? [0, 0, 0]).slice(0, 3).map(Number);

/** A class's colour, mixed with that of the page's text so far that letters in it can be read on either theme.
 *  @param {string} colour
 *  @param {number[]} ink */
export const letterColour = (colour, ink) => between(channels(colour), ink, 0.35);

/** @param {State} state */
function drawPlane(state) {
  const { plane, data, point } = state;
  const side = plane.clientWidth || SIZE, context = penOn(plane, side, side), ink = inkOf(plane);
  const at = (/** @type {number} */ value) => EDGE + ((value / state.reach + 1) / 2) * (side - 2 * EDGE);
  context.strokeStyle = "#8886";
  context.strokeRect(at(0), 0, 0, side);
  context.strokeRect(0, at(0), side, 0);
  context.font = `600 ${markHeight(plane, 11)}px sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  data.places.forEach(([x, y], i) => {
    context.fillStyle = letterColour(data.colours[i], ink);
    context.fillText(data.marks[i], at(x), side - at(y));
  });
  const [x, y] = [at(point[0]), side - at(point[1])];
  context.strokeStyle = getComputedStyle(plane).color;
  context.lineWidth = 2.5;
  context.beginPath();
  context.arc(x, y, 8, 0, 7);
  for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
    context.moveTo(x + 8 * dx, y + 8 * dy);
    context.lineTo(x + 14 * dx, y + 14 * dy);
  }
  context.stroke();
}

/** @param {State} state
 *  @param {number[]} values */
function drawPicture({ out, data }, values) {
  const width = out.clientWidth || 200, context = penOn(out, width, width), cell = width / data.side;
  const ink = inkOf(out), paper = channels(data.ends.none);
  values.forEach((value, p) => {
    const share = Math.max(0, Math.min(1, value));
    context.fillStyle = between(paper, ink, share);
    context.fillRect((p % data.side) * cell, Math.floor(p / data.side) * cell, cell - 1, cell - 1);
  });
}

/** @param {State} state
 *  @param {number[]} scaled */
function drawCloud({ out, data }, scaled) {
  const width = out.clientWidth || 200, context = penOn(out, width, width);
  const seen = (/** @type {number[]} */ p) => [0, 1].map((k) => p.reduce((sum, value, j) => sum + value * data.view[j][k], 0));
  const places = data.cloud.map(seen), reach = reachOf(places), at = (/** @type {number} */ value) => ((value / reach + 1) / 2) * width;
  context.font = `${markHeight(out, 9)}px sans-serif`;
  context.textAlign = "center";
  const ink = inkOf(out);
  places.forEach(([x, y], i) => {
    context.fillStyle = letterColour(data.colours[i], ink);
    context.fillText(data.marks[i], at(x), width - at(y));
  });
  const [x, y] = seen(scaled);
  context.strokeStyle = getComputedStyle(out).color;
  context.lineWidth = 2.5;
  context.beginPath();
  context.arc(at(x), width - at(y), 8, 0, 7);
  context.stroke();
}

/** @param {number} value */
const written = (value) => String(Number(value.toPrecision(3))).replace("-", "−");

/** @param {State} state
 *  @param {number[]} values */
function showTable({ says, data }, values) {
  const table = document.createElement("table");
  data.names.forEach((name, k) => {
    const row = table.insertRow();
    row.insertCell().textContent = name;
    row.insertCell().textContent = written(values[k]);
  });
  says.replaceChildren(table);
}

/** @param {State} state */
function draw(state) {
  const { data, point, plane, out } = state;
  const scaled = decode(data.layers, codeAt(data.base, point));
  const raw = scaled.map((value, k) => value * data.scale[k] + data.mean[k]);
  drawPlane(state);
  out.hidden = data.kind === "table";
  const where = `(${written(point[0])}, ${written(point[1])})`;
  if (data.kind === "picture") drawPicture(state, raw);
  if (data.kind === "cloud") drawCloud(state, scaled);
  if (data.kind === "table") showTable(state, raw);
  else state.says.textContent = data.kind === "cloud" ? `Code ${where} → ${raw.map(written).join(", ")}` : `Code ${where} → ${raw.length} pixels`;
  out.setAttribute("aria-label", `What the decoder makes of the code ${where}`);
  plane.setAttribute("aria-label", `${data.title}: ${data.places.length} held-out samples and a point at ${where}. Arrow keys `
    + "move the point, with Shift farther; what is decoded there is shown beside it.");
}

/** @param {State} state
 *  @param {number[]} point */
function moveTo(state, point) {
  const clip = (/** @type {number} */ value) => Math.round(Math.max(-state.reach, Math.min(state.reach, value)) * 1000) / 1000;
  state.point = [clip(point[0]), state.data.base.length > 1 ? clip(point[1]) : 0];
  draw(state);
}

/** @param {State} state */
function listen(state) {
  const { plane } = state;
  plane.redraw = state.out.redraw = () => draw(state);
  let held = false;
  const placeOf = (/** @type {MouseEvent} */ event) => {
    const box = plane.getBoundingClientRect(), inner = box.width - 2 * EDGE;
    const at = (/** @type {number} */ pixels) => ((pixels - EDGE) / inner * 2 - 1) * state.reach;
    return [at(event.clientX - box.left), -at(event.clientY - box.top)];
  };
  plane.addEventListener("pointerdown", (event) => {
    plane.setPointerCapture(event.pointerId);
    held = true;
    moveTo(state, placeOf(event));
  });
  plane.addEventListener("pointermove", (event) => held && moveTo(state, placeOf(event)));
  for (const end of ["pointerup", "pointercancel"]) {
    plane.addEventListener(end, () => {
      if (held) state.tell();
      held = false;
    });
  }
  plane.addEventListener("keydown", (event) => {
    const to = KEYS[event.key];
    if (!to) return;
    event.preventDefault();
    const far = STEP * (event.shiftKey ? FAR : 1) * state.reach;
    moveTo(state, [state.point[0] + far * to[0], state.point[1] + far * to[1]]);
  });
  plane.addEventListener("keyup", (event) => event.key.startsWith("Arrow") && state.tell());
  new ResizeObserver(() => draw(state)).observe(plane);
}

/** @param {Component<Told>} component */
export default function ({ data, parentElement, setStateValue }) {
  const root = /** @type {HTMLElement & {glassbox?: any}} */ (parentElement.querySelector(".code-plane"));
  root.glassbox ??= build(root);
  /** @type {State} */
  const state = root.glassbox;
  state.data = data;
  state.reach = reachOf(data.places);
  state.title.textContent = data.title;
  state.tell = () => {
    state.told = String(state.point);
    setStateValue("at", state.point);
  };
  // What was told here comes back late, when the point may be elsewhere; anything else was brought by a link.
  if (state.isNew || (String(data.at) !== state.told && String(data.at) !== state.given)) state.point = data.at;
  state.given = String(data.at);
  if (state.isNew) listen(state);
  state.isNew = false;
  draw(state);
}
