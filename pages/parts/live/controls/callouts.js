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

/** The notes that a diagram of these columns has room for.
 *  @param {{columns: import("../types.js").Column[], width: number}} diagram
 *  @returns {Note[]} */
export function notesFor({ columns, width }) {
  const inputs = columns[0], first = columns[1], last = columns[Math.max(1, columns.length - 2)];
  const from = inputs.boxes[inputs.boxes.length - 1], to = first.boxes[first.boxes.length - 1];
  /** @type {Note[]} */
  const notes = [{ text: WORDS.line, corner: "bottom left",
    at: [(from.x + from.size + to.x) / 2, (from.y + from.size / 2 + to.y + to.size / 2) / 2] }];
  if (width >= LARGE) {
    const { x, y, size } = first.boxes[0];
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

/** @param {LiveView} live */
function placeNotes(live) {
  const { parts, diagram, element } = live, outer = element.getBoundingClientRect();
  const inner = parts.diagram.getBoundingClientRect(), map = parts.map.getBoundingClientRect();
  const x = inner.left - outer.left, y = inner.top - outer.top, { unit } = diagram;
  const network = { left: x, top: y + 2.7 * unit, right: x + inner.width, bottom: y + inner.height };
  const { frame } = live.map;
  const onMap = { left: map.left - outer.left + frame.left + 6, top: map.top - outer.top + frame.top + 6,
    right: map.right - outer.left, bottom: map.bottom - outer.top };
  const leads = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  parts.notes.replaceChildren(leads);
  for (const { text, corner, at } of notesFor(diagram)) {
    const note = Object.assign(document.createElement("p"), { textContent: text });
    note.style.maxWidth = `${Math.floor(corner === "map" ? frame.right - frame.left - 12 : roomFor(corner, diagram))}px`;
    parts.notes.append(note);
    const { offsetWidth: width, offsetHeight: height } = note;
    const [left, top] = placeNote(corner, corner === "map" ? onMap : network, width, height);
    note.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
    if (at) leads.append(lead([x + at[0], y + at[1]], { left, top, right: left + width, bottom: top + height }));
  }
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
