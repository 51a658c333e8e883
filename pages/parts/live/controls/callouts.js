// @ts-check
// Short notes inside the picture that name what one sees: there until the first Play, and again on request.

/** @import { LiveView } from "../views/live.js" */
/** @import { Pair, Rect } from "../types.js" */

/** What is said, the corner in which it stands, and what it points at, in CSS pixels of the view.
 *  @typedef {{text: string, corner: "top left" | "bottom left" | "bottom right" | "map", at: Pair | null}} Note */

const WORDS = {
  line: "A line is a weight: thick is large, blue positive, dashed orange negative.",
  bias: "The dot is the bias: filled is positive, hollow negative.",
  neuron: "The small map in a neuron: what it answers at each point.",
  output: "The big map: the network's answer everywhere. The dots are the data.",
};
const LARGE = 430; // CSS pixels of width from which the diagram has room for all of them

/** @param {LiveView} live */
export function connectCallouts(live) {
  live.parts.help.addEventListener("click", () => {
    live.memory.told = !live.parts.notes.hidden;
    live.wake();
    showCallouts(live);
  }, { signal: live.signal });
}

/** Show the notes, or nothing once they were told. They go with the first Play.
 *  @param {LiveView} live */
export function showCallouts(live) {
  const { parts, memory, player } = live;
  if (player.playing) memory.told = true;
  const shown = !(memory.told ?? isPresented());
  parts.help.setAttribute("aria-pressed", String(shown));
  parts.notes.hidden = !shown;
  // The line above the picture grows and shrinks with what it says, and moves all that is below it.
  const key = shown ? `${live.laidOut} ${parts.diagram.offsetTop} ${parts.map.offsetTop}` : "";
  if (parts.notes.dataset.key === key) return;
  parts.notes.dataset.key = key;
  if (shown) placeNotes(live);
  else parts.notes.replaceChildren();
}

/** Before a class the lecturer's words are the notes. */
const isPresented = () => new URLSearchParams(window.location.search).get("present") === "1";

/** The notes that a diagram of these columns has room for. Of those that stand `below` it no lead may cross the neurons.
 *  @param {{columns: import("../types.js").Column[], width: number}} diagram
 *  @param {boolean} [below]
 *  @returns {Note[]} */
export function notesFor({ columns, width }, below = false) {
  const inputs = columns[0], first = columns[1], last = columns[Math.max(1, columns.length - 2)];
  const from = inputs.boxes[inputs.boxes.length - 1], to = first.boxes[first.boxes.length - 1];
  /** @type {Note[]} */
  const notes = [{ text: WORDS.line, corner: "bottom left",
    at: [(from.x + from.size + to.x) / 2, (from.y + from.size / 2 + to.y + to.size / 2) / 2] }];
  if (width >= LARGE) {
    const { x, y, size } = below ? to : first.boxes[0];
    notes.push({ text: WORDS.bias, corner: "top left", at: [x, y + size] });
  }
  const { x, y, size } = last.boxes[last.boxes.length - 1];
  notes.push({ text: WORDS.neuron, corner: "bottom right", at: [x + size, y + size / 2] });
  return [...notes, { text: WORDS.output, corner: "map", at: null }];
}

/** Where a note of this size stands in its corner of a frame.
 *  @param {Note["corner"]} corner
 *  @param {Rect} frame
 *  @param {number} width
 *  @param {number} height
 *  @returns {Pair} */
export function placeNote(corner, { left, top, right, bottom }, width, height) {
  return [corner.endsWith("right") ? right - width : left, corner.startsWith("bottom") ? bottom - height : top];
}

/** Whether a note hides a neuron: more than a tenth of its map.
 *  @param {Rect} note
 *  @param {{x: number, y: number, size: number}[]} boxes */
export function hidesOne({ left, top, right, bottom }, boxes) {
  return boxes.some(({ x, y, size }) => {
    const wide = Math.min(right, x + size) - Math.max(left, x), high = Math.min(bottom, y + size) - Math.max(top, y);
    return wide > 0 && wide * high > 0.1 * size * size;
  });
}

/** In the corners of the diagram where no neuron stands there, else side by side in the chart while that is empty.
 *  @param {LiveView} live */
function placeNotes(live) {
  const { parts, diagram, element, chart } = live, outer = element.getBoundingClientRect();
  /** @param {HTMLElement} part
   *  @param {Partial<Rect>} frame within it, by default all of it */
  const within = (part, { left = 0, top = 0, right = part.offsetWidth, bottom = part.offsetHeight }) => {
    const box = part.getBoundingClientRect(), x = box.left - outer.left, y = box.top - outer.top;
    return { left: x + left, top: y + top, right: x + right, bottom: y + bottom };
  };
  const all = within(parts.diagram, {}), corners = { ...all, top: all.top + 2.7 * diagram.unit };
  const onMap = within(parts.map, live.map.frame), onChart = within(parts.chart, chart.frame);
  const boxes = diagram.boxes.map(({ x, y, size }) => ({ x: all.left + x, y: all.top + y, size }));
  /** Whether none hides a neuron.
   *  @param {boolean} below */
  const place = (below) => {
    const leads = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    parts.notes.replaceChildren(leads);
    const notes = notesFor(diagram, below), each = (onChart.right - onChart.left) / (notes.length - 1);
    return notes.map(({ text, corner, at }, slot) => {
      const onto = corner === "map" ? { ...onMap, left: onMap.left + 6, top: onMap.top + 6, right: onMap.right - 6 } :
        below ? { ...onChart, left: onChart.left + slot * each + 6, right: onChart.left + (slot + 1) * each } : corners;
      const fills = corner === "map" || below, room = fills ? onto.right - onto.left : roomFor(corner, diagram);
      const note = Object.assign(document.createElement("p"), { textContent: text });
      note.style.maxWidth = `${Math.floor(room)}px`;
      parts.notes.append(note);
      const { offsetWidth: width, offsetHeight: height } = note;
      const [left, top] = placeNote(fills ? "top left" : corner, onto, width, height);
      note.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
      const box = { left, top, right: left + width, bottom: top + height };
      if (at) leads.append(lead([all.left + at[0], all.top + at[1]], box));
      return !hidesOne(box, boxes);
    }).every(Boolean);
  };
  if (!place(false) && chart.rows.length < 2) place(true);
}

/** How wide a note in a corner of the diagram can be without hiding the neurons beside it, but never too narrow to read.
 *  @param {Note["corner"]} corner
 *  @param {import("../drawing/diagram.js").Diagram} diagram */
function roomFor(corner, { columns, width, unit }) {
  const last = columns[Math.max(1, columns.length - 2)];
  const room = corner.endsWith("left") ? columns[1].x - 0.6 * unit : width - last.x - last.size - unit;
  return Math.max(9 * unit, Math.min(room, 15 * unit));
}

/** A thin line from what is meant to the nearest edge of its note.
 *  @param {Pair} at
 *  @param {Rect} note */
function lead([x, y], { left, top, right, bottom }) {
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", `M${x} ${y}L${Math.max(left, Math.min(right, x))} ${Math.max(top, Math.min(bottom, y))}`);
  return line;
}
