// @ts-check
// The field among the viewer's own data in which points are drawn. What a stroke does is that of the live map.

import { DrawnPoints, onSquare } from "../live/controls/drawn.js";
import { penOn } from "../page/pen.js";

/** @import { DrawingTool } from "../live/controls/drawn.js" */
/** @import { Drawn } from "../page/pen.js" */
/** @import { Component } from "../live/types.js" */
/** What the server tells: the points, the number of the last stroke it heard, and how they are shown.
 *  @typedef {{letters: string, heard: number, most: number, colours: string[], marks: string[]}} Told */

const OFFERED = 4; // classes
const STEP = 0.25; // of an arrow key
/** @type {Record<string, [number, number]>} */
const KEYS = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] };

class PointsField {
  drawn = new DrawnPoints();
  /** Where the keyboard stands.
   *  @type {[number, number]} */
  cursor = [0, 0];
  /** The number of the last stroke that was told. */
  count = 0;
  /** @type {(name: string, value: unknown) => void} */
  send = () => {};
  tools = document.createElement("div");
  /** @type {Drawn} */
  canvas = document.createElement("canvas");
  says = document.createElement("span");

  /** @param {HTMLElement} root
   *  @param {Told} told */
  constructor(root, told) {
    this.told = told;
    this.drawn.tool = 0;
    this.tools.className = "tools";
    this.says.className = "count";
    this.says.setAttribute("aria-live", "polite");
    this.canvas.tabIndex = 0;
    this.canvas.redraw = () => this.draw();
    this.canvas.setAttribute("role", "application");
    this.tools.append(...told.marks.slice(0, OFFERED).map((mark, k) => this.button(k, ` class ${k + 1}`, mark)));
    this.tools.append(this.button("move", "Move"), this.button("erase", "Erase"), this.button("clear", "Clear all"), this.says);
    root.replaceChildren(this.tools, this.canvas);
    this.listenToPointer();
    this.canvas.addEventListener("keydown", (event) => this.press(event));
    for (const type of ["focus", "blur"]) this.canvas.addEventListener(type, () => this.draw());
  }

  /** @param {DrawingTool | "clear"} tool
   *  @param {string} text
   *  @param {string} [mark] */
  button(tool, text, mark) {
    const made = Object.assign(document.createElement("button"), { type: "button" });
    if (mark) {
      const sign = Object.assign(document.createElement("i"), { textContent: mark });
      sign.style.color = this.told.colours[Number(tool)];
      made.append(sign);
    }
    made.append(text);
    made.dataset.tool = String(tool);
    made.addEventListener("click", () => {
      this.drawn.end();
      if (tool === "clear") {
        this.drawn.points = [];
        this.tell();
      } else this.drawn.tool = tool;
      this.draw();
    });
    return made;
  }

  tell() {
    this.count = Math.max(Date.now(), this.count + 1);
    this.send("drawn", { letters: this.drawn.letters, n: this.count });
  }

  /** @param {PointerEvent} event
   *  @returns {[number, number]} */
  placeOf(event) {
    const box = this.canvas.getBoundingClientRect();
    return [onSquare(((event.clientX - box.left) / box.width) * 12 - 6), onSquare(6 - ((event.clientY - box.top) / box.height) * 12)];
  }

  listenToPointer() {
    const { canvas, drawn } = this;
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      drawn.begin(this.placeOf(event));
      this.draw();
    });
    canvas.addEventListener("pointermove", (event) => {
      if (drawn.drag(this.placeOf(event))) this.draw();
    });
    for (const type of ["pointerup", "pointercancel"]) canvas.addEventListener(type, () => drawn.end() && this.tell());
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const { cursor: [x, y], drawn } = this, step = KEYS[event.key];
    if (step) {
      this.cursor = [onSquare(x + step[0]), onSquare(y + step[1])];
      if (drawn.held >= 0) drawn.use(this.cursor);
    } else if (event.key === "Enter" || event.key === " ") {
      if (drawn.press(this.cursor)) this.tell();
    } else return;
    event.preventDefault();
    this.draw();
  }

  draw() {
    const { canvas, drawn: { points, tool }, told } = this;
    this.picture();
    this.says.textContent = `${points.length} of ${told.most}`;
    canvas.setAttribute("aria-label",
      `A field with ${points.length} drawn points. Arrow keys move a frame over it, Enter uses the tool there.`);
    for (const made of this.tools.querySelectorAll("button")) {
      if (made.dataset.tool !== "clear") made.setAttribute("aria-pressed", String(made.dataset.tool === String(tool)));
    }
  }

  picture() {
    const { canvas, cursor, drawn, told } = this;
    const side = canvas.clientWidth || 260, style = getComputedStyle(canvas), pen = penOn(canvas, side, side);
    /** @param {number} value */
    const at = (value) => ((value + 6) / 12) * side;
    pen.strokeStyle = "#8886";
    pen.strokeRect(at(0), 0, 0, side);
    pen.strokeRect(0, at(0), side, 0);
    pen.font = "14px sans-serif";
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.lineWidth = 2;
    pen.strokeStyle = style.backgroundColor;
    for (const { x, y, label } of drawn.points) {
      pen.fillStyle = told.colours[label];
      pen.strokeText(told.marks[label], at(x), side - at(y));
      pen.fillText(told.marks[label], at(x), side - at(y));
    }
    if (!canvas.matches(":focus")) return;
    pen.strokeStyle = style.color;
    pen.lineWidth = 1;
    pen.strokeRect(at(cursor[0]) - 7, side - at(cursor[1]) - 7, 14, 14);
  }
}

/** @type {WeakMap<Element, PointsField>} */
const fields = new WeakMap();

/** Show a message; one that is older than what was drawn here changes no point.
 *  @param {Component<Told>} component */
export default function ({ data, parentElement, setStateValue }) {
  const root = /** @type {HTMLElement} */ (parentElement.querySelector(".points"));
  const field = fields.get(root) ?? new PointsField(root, data);
  fields.set(root, field);
  field.told = data;
  field.send = setStateValue;
  field.drawn.most = data.most;
  if (data.heard >= field.count) field.drawn.settle(data.letters);
  field.draw();
}
