// @ts-check
// Points drawn on the decision map, where they are the dataset: a row of tools below it, for pointer, finger and keyboard.

import { css, GLYPHS } from "../drawing/palette.js";
import { sampleColour } from "../drawing/plane.js";
import { write } from "./skeleton.js";

/** @import { DrawingTool, DrawnPoints } from "./drawn.js" */
/** @import { LiveView } from "../views/live.js" */
/** @import { Scene, Theme } from "../types.js" */

const OFFERED = 4; // classes, or as many as there are
const FINGER = 0.6, MOUSE = 0.35; // how near a point has to be to be meant

/** Strokes over the map and Enter at its probe use the tool; what they change is told when they end.
 *  @param {LiveView} live */
export function connectBrush(live) {
  const { parts: { overlay, tools }, sketched, signal } = live;
  /** @param {PointerEvent} event */
  const placeOf = (event) => live.map.places.pick(event.offsetX, event.offsetY);
  overlay.addEventListener("pointerdown", (event) => {
    const place = sketched.isOn && event.button === 0 && placeOf(event);
    if (!place) return;
    overlay.setPointerCapture(event.pointerId);
    sketched.near = event.pointerType === "touch" ? FINGER : MOUSE;
    sketched.begin(place);
    live.hoverAt(null);
    live.wake();
  }, { signal });
  overlay.addEventListener("pointermove", (event) => {
    if (!sketched.isOn) return;
    live.hoverAt(null); // a tip would lie where one draws
    const place = placeOf(event);
    if (place && sketched.drag(place)) live.wake();
  }, { signal });
  for (const type of /** @type {const} */ (["pointerup", "pointercancel"])) {
    overlay.addEventListener(type, () => sketched.end() && tellPoints(live), { signal });
  }
  overlay.addEventListener("keydown", (event) => pressKey(live, event), { signal });
  overlay.addEventListener("blur", () => pickTool(live, sketched.tool), { signal });
  tools.addEventListener("click", (event) => {
    const { tool } = /** @type {HTMLElement} */ (event.target).dataset;
    if (tool) pickTool(live, /** @type {DrawingTool} */ (/^\d/.test(tool) ? Number(tool) : tool));
  }, { signal });
}

/** The probe has moved by then: `connectMapKeys` heard the key first.
 *  @param {LiveView} live
 *  @param {KeyboardEvent} event */
function pressKey(live, event) {
  const { sketched, probe } = live;
  if (!sketched.isOn) return;
  if (event.key === "Escape") pickTool(live, "look");
  else if (event.key === "Enter" || event.key === " ") {
    sketched.near = MOUSE;
    if (sketched.press(probe)) tellPoints(live);
  } else {
    if (event.key.startsWith("Arrow") && sketched.held >= 0 && sketched.use(probe)) live.wake();
    return;
  }
  event.preventDefault();
  live.wake();
}

/** @param {LiveView} live
 *  @param {DrawingTool} tool */
function pickTool(live, tool) {
  live.sketched.end();
  live.sketched.tool = tool;
  tellPoints(live);
  live.wake();
}

/** @param {LiveView} live */
function tellPoints({ sketched, player }) {
  if (sketched.letters !== sketched.told) player.command("points", { letters: sketched.letters });
  sketched.told = sketched.letters;
}

/** What the server says of the points, once it has heard all that was drawn; nothing where the dataset is another.
 *  @param {LiveView} live
 *  @param {{letters: string, most: number, says: string} | null} [said] */
export function takePoints({ sketched, player }, said) {
  if (said === undefined || player.commands.unheard.length) return;
  if (!said) sketched.end();
  sketched.most = said?.most ?? 0;
  sketched.says = said?.says ?? "";
  sketched.settle(said?.letters ?? "");
  if (!sketched.last && sketched.held < 0) sketched.told = sketched.letters;
}

/** Offer a tool for each class of the scene, four at least, each with its mark.
 *  @param {LiveView} live */
export function layOutTools({ sketched, parts: { tools }, player: { run: { scene } }, theme }) {
  tools.hidden = !sketched.most;
  const count = Math.max(OFFERED, scene.classes.length);
  const key = JSON.stringify([sketched.most && scene.classes, theme.classes, theme.dark]);
  if (tools.dataset.key === key) return;
  tools.dataset.key = key;
  const classes = Array.from({ length: count }, (_, k) => classTool(scene, theme, k));
  const says = document.createElement("span");
  says.setAttribute("aria-live", "polite");
  tools.replaceChildren(toolButton("look", "Look", "Look: say what the network answers at a place"), ...classes,
    toolButton("move", "Move", "Move: drag a point to another place"),
    toolButton("erase", "Erase", "Erase: click a point, or drag over several"), says);
}

/** @param {Scene} scene
 *  @param {Theme} theme
 *  @param {number} k */
function classTool(scene, theme, k) {
  const made = toolButton(String(k), ` ${k + 1}`, `Class ${k + 1}: click to add a point, drag to add many`);
  const mark = Object.assign(document.createElement("i"), { textContent: GLYPHS[scene.markers[k]] });
  mark.style.color = css(k < scene.classes.length ? sampleColour(scene, theme, k) : theme.point(theme.classes[k]));
  made.prepend(mark);
  return made;
}

/** @param {string} tool
 *  @param {string} text
 *  @param {string} title */
function toolButton(tool, text, title) {
  const made = Object.assign(document.createElement("button"), { type: "button", title, textContent: text });
  made.setAttribute("aria-label", title);
  made.dataset.tool = tool;
  return made;
}

/** Which tool is in the hand, how many points there are, and what they still need. With a tool in the hand the map shows all
 *  points as they were drawn, whichever set they fell into.
 *  @param {LiveView} live */
export function showBrush({ sketched, map, parts: { overlay, tools } }) {
  for (const made of tools.querySelectorAll("button")) {
    made.setAttribute("aria-pressed", String(made.dataset.tool === String(sketched.tool)));
  }
  overlay.style.touchAction = sketched.isOn ? "none" : "";
  overlay.style.cursor = sketched.isOn ? "crosshair" : "";
  map.sketch = sketched.isOn ? sketched.points.map(({ x, y, label }) => [x, y, label, 0]) : null;
  if (sketched.most && tools.lastElementChild instanceof HTMLElement) {
    write(tools.lastElementChild, `${sketched.points.length} of ${sketched.most}${sketched.says ? `. ${sketched.says}` : ""}`);
  }
}

/** What a screen reader is told of the tool in the hand.
 *  @param {DrawnPoints} sketched */
export const brushWords = ({ isOn, tool }) => isOn
  ? ` Enter ${typeof tool === "number" ? `adds a point of class ${tool + 1}` : tool === "move" ? "takes a point and puts it down"
    : "erases the point"} there, Escape puts the tool away.` : "";
