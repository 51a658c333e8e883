// @ts-check
// The drawing board: a picture drawn by strokes, and what the network makes of it while the stroke is drawn; or a given
// picture, to look at, and its answer.

import { between, channels, penOn } from "../page/pen.js";
import { answer, percent } from "./forward.js";

/** @import { Component } from "../live/types.js" */
/** @import { Drawn } from "../page/pen.js" */
/** @import { Block } from "./forward.js" */
/** What the server tells: the network, the pixels with ink, the last drawing it heard, and how all is shown; of a picture
 *  that is given, its pixels, 0 to 1, and its title.
 *  @typedef {{blocks: Block[], dense: number[][], ink: number[], heard: number, side: number, order: number[],
 *    classes: string[], ends: {none: string, ink: string, all: string}, given: null | {pixels: number[], title: string}}} Told */
/** @typedef {ReturnType<typeof build> & {data: Told, tell: () => void}} Board */

const GAP = 4; // pixels between two maps
/** @type {Record<string, [number, number] | undefined>} */
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** @param {HTMLElement} root */
function build(root) {
  root.innerHTML = '<div class="half"><strong class="what">Draw here</strong><canvas class="picture"></canvas></div>'
    + '<div class="half"><strong class="says">The answer, as you draw</strong><div class="bars"></div></div>'
    + '<div class="all"><strong class="title"></strong><canvas class="maps" role="img"></canvas></div>';
  const find = (/** @type {string} */ name) => /** @type {any} */ (root.querySelector(`.${name}`));
  return {
    picture: /** @type {Drawn} */ (find("picture")), maps: /** @type {Drawn} */ (find("maps")),
    root, bars: /** @type {HTMLElement} */ (find("bars")), title: /** @type {HTMLElement} */ (find("title")),
    ink: /** @type {Set<number>} */ (new Set()), cursor: 0, told: 0, isNew: true,
    held: /** @type {{id: number, last: number, wipes: boolean} | null} */ (null),
  };
}

/** The pixels on the straight way from one to another, both with it.
 *  @param {number} from
 *  @param {number} to
 *  @param {number} side */
export function way(from, to, side) {
  const [x, y] = [from % side, Math.floor(from / side)], [across, down] = [(to % side) - x, Math.floor(to / side) - y];
  const steps = Math.max(Math.abs(across), Math.abs(down));
  return Array.from({ length: steps + 1 }, (_, k) =>
    Math.round(y + (down * k) / (steps || 1)) * side + Math.round(x + (across * k) / (steps || 1)));
}

/** Values as squares of a picture that lies at (x, y) and is `size` pixels wide.
 *  @param {CanvasRenderingContext2D} context
 *  @param {number[] | Float64Array} values
 *  @param {number} side
 *  @param {{x: number, y: number, size: number}} place
 *  @param {(value: number) => string} colour */
function drawCells(context, values, side, { x, y, size }, colour) {
  const cell = size / side;
  values.forEach((value, p) => {
    context.fillStyle = colour(value);
    context.fillRect(x + (p % side) * cell, y + Math.floor(p / side) * cell, cell - (cell > 6 ? 1 : 0), cell - (cell > 6 ? 1 : 0));
  });
}

/** The picture as a person sees it, row by row, 0 to 1.
 *  @param {Board} board */
const seenPixels = ({ data, ink }) =>
  data.given?.pixels ?? Array.from({ length: data.side * data.side }, (_, p) => (ink.has(p) ? 1 : 0));

/** @param {Board} board */
function drawPicture(board) {
  const { picture, data, cursor } = board;
  const size = picture.clientWidth || 250, context = penOn(picture, size, size), { side } = data, cell = size / side;
  const none = channels(data.ends.none), ink = channels(data.ends.ink);
  drawCells(context, seenPixels(board), side, { x: 0, y: 0, size }, (value) => between(none, ink, value));
  const within = /** @type {Document | ShadowRoot} */ (picture.getRootNode());
  if (document.activeElement !== picture && within.activeElement !== picture) return;
  context.strokeStyle = data.ends.all;
  context.lineWidth = 3;
  context.strokeRect((cursor % side) * cell + 1.5, Math.floor(cursor / side) * cell + 1.5, cell - 4, cell - 4);
}

/** @param {Board} board
 *  @param {Float64Array[][]} made */
function drawMaps({ maps, data }, made) {
  const width = maps.clientWidth || 500, columns = Math.max(...made.map((block) => block.length));
  const size = Math.min(64, width / columns - GAP);
  maps.style.height = `${made.length * (size + GAP)}px`;
  const context = penOn(maps, width, made.length * (size + GAP));
  const none = channels(data.ends.none), all = channels(data.ends.all);
  made.forEach((block, k) => {
    const most = Math.max(1e-9, ...block.flatMap((map) => Array.from(map)));
    block.forEach((map, f) => {
      const place = { x: f * (size + GAP), y: k * (size + GAP), size };
      drawCells(context, map, data.blocks[k].side, place, (value) => between(none, all, value / most));
    });
  });
}

/** @param {Board} board
 *  @param {number[]} shares */
function drawBars({ bars, data }, shares) {
  bars.style.setProperty("--bar", data.ends.all);
  if (bars.children.length !== 3 * shares.length) {
    bars.replaceChildren(...shares.flatMap(() => ["span", "i", "span"].map((name) => document.createElement(name))));
  }
  const most = Math.max(...shares);
  shares.forEach((share, k) => {
    const [name, bar, number] = [0, 1, 2].map((part) => /** @type {HTMLElement} */ (bars.children[3 * k + part]));
    name.textContent = data.classes[k];
    bar.style.width = `${100 * share}%`;
    number.textContent = percent(share);
    for (const part of [name, number]) part.className = share === most ? "most" : "";
  });
}

/** @param {Board} state */
function draw(state) {
  const { data, ink, picture, maps, title } = state, pixels = seenPixels(state);
  const given = data.order.map((pixel) => pixels[pixel]); // to the network
  const { made, shares } = answer(data, given), said = data.classes[shares.indexOf(Math.max(...shares))];
  drawPicture(state);
  drawBars(state, shares);
  if (data.given) {
    picture.setAttribute("aria-label", `${data.given.title}. The network says ${said}.`);
    return;
  }
  drawMaps(state, made);
  title.textContent = made.length > 1 ? "All maps after ReLU, a row for each block" : "All maps, after ReLU";
  picture.setAttribute("aria-label", `A picture of ${data.side} by ${data.side} pixels, ${ink.size} of them with ink. Draw by `
    + `mouse or finger; or move with the arrow keys, row ${Math.floor(state.cursor / data.side) + 1}, column `
    + `${(state.cursor % data.side) + 1} now, and press the space bar. The network says ${said}.`);
  maps.setAttribute("aria-label", `The maps of all filters for the drawing`);
}

/** @param {Board} board
 *  @param {number} pixel
 *  @param {boolean} wipes */
function put({ ink }, pixel, wipes) {
  if (wipes) ink.delete(pixel);
  else ink.add(pixel);
}

/** @param {Board} state */
function listen(state) {
  const { picture, root, data } = state;
  picture.redraw = state.maps.redraw = () => draw(state);
  new ResizeObserver(() => draw(state)).observe(picture);
  picture.setAttribute("role", data.given ? "img" : "application");
  root.classList.toggle("given", data.given !== null);
  if (data.given) {
    for (const [name, words] of [["what", data.given.title], ["says", "The answer"]]) {
      /** @type {HTMLElement} */ (root.querySelector(`.${name}`)).textContent = words;
    }
    return;
  }
  picture.tabIndex = 0;
  const pixelOf = (/** @type {MouseEvent} */ event) => {
    const box = picture.getBoundingClientRect(), { side } = state.data;
    const at = (/** @type {number} */ pixels, /** @type {number} */ all) => Math.max(0, Math.min(side - 1, Math.floor((pixels / all) * side)));
    return at(event.clientY - box.top, box.height) * side + at(event.clientX - box.left, box.width);
  };
  picture.addEventListener("pointerdown", (event) => {
    if (state.held || event.button) return;
    picture.setPointerCapture(event.pointerId);
    const last = pixelOf(event);
    state.held = { id: event.pointerId, last, wipes: state.ink.has(last) };
    put(state, last, state.held.wipes);
    state.cursor = last;
    draw(state);
  });
  picture.addEventListener("pointermove", (event) => {
    const { held } = state;
    if (held?.id !== event.pointerId) return;
    for (const each of event.getCoalescedEvents?.() ?? [event]) {
      const pixel = pixelOf(each);
      for (const one of way(held.last, pixel, state.data.side)) put(state, one, held.wipes);
      held.last = state.cursor = pixel;
    }
    draw(state);
  });
  for (const end of /** @type {const} */ (["pointerup", "pointercancel"])) {
    picture.addEventListener(end, (event) => {
      if (state.held?.id !== event.pointerId) return;
      state.held = null;
      state.tell();
    });
  }
  picture.addEventListener("keydown", (event) => {
    const { side } = state.data, [x, y] = [state.cursor % side, Math.floor(state.cursor / side)];
    const to = KEYS[event.key];
    if (!to && event.key !== " ") return;
    event.preventDefault();
    if (to) {
      const within = (/** @type {number} */ value) => Math.max(0, Math.min(side - 1, value));
      state.cursor = within(y + to[1]) * side + within(x + to[0]);
    } else {
      put(state, state.cursor, state.ink.has(state.cursor));
      state.tell();
    }
    draw(state);
  });
  for (const turn of ["focus", "blur"]) picture.addEventListener(turn, () => draw(state));
}

/** @param {Component<Told>} component */
export default function ({ data, parentElement, setStateValue }) {
  const root = /** @type {HTMLElement & {glassbox?: any}} */ (parentElement.querySelector(".drawing-board"));
  root.glassbox ??= build(root);
  /** @type {Board} */
  const state = root.glassbox;
  const isOther = state.data && state.data.side !== data.side;
  state.data = data;
  state.tell = () => {
    state.told += 1;
    setStateValue("drawn", { number: state.told, ink: [...state.ink] });
  };
  // What was drawn here comes back late, when there may be more of it already; anything else was brought by a link or a button.
  if (state.isNew || isOther) state.told = data.heard;
  if (state.isNew || isOther || (!state.held && data.heard >= state.told)) state.ink = new Set(data.ink);
  if (isOther) state.cursor = 0;
  if (state.isNew) listen(state);
  state.isNew = false;
  draw(state);
}
