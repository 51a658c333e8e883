// @ts-check
// Pointer and keyboard: hover (or tap) explains, a click on a neuron shows it large, keys play and step.

import { openHand } from "./hand.js";
import { nextNeuron, nextWeight, placeOf } from "../drawing/pick.js";
import { pickAt } from "./tip.js";

/** @import { LiveView } from "../views/live.js" */
/** @import { Box, Hover, Picked } from "../types.js" */

/** Connect the canvases. `live.hover` is {canvas, x, y, touch}: what is under it is worked out at every draw.
 *  @param {LiveView} live */
export function connectPointer(live) {
  const { parts, signal } = live;
  const canvases = /** @type {const} */ ([["diagram", parts.diagram], ["map", parts.overlay], ["chart", parts.chart]]);
  for (const [name, canvas] of canvases) {
    /** @param {MouseEvent} event
     *  @returns {Hover} */
    const place = (event) => ({ name, canvas, x: event.offsetX, y: event.offsetY,
      touch: event instanceof PointerEvent && event.pointerType === "touch" });
    canvas.addEventListener("pointermove", (event) => live.hoverAt(place(event)), { signal });
    canvas.addEventListener("pointerdown", (event) => {
      live.tapped = event.pointerType !== "mouse" && !samePick(live.picked, pickAt(live, place(event)));
      live.hoverAt(place(event));
    }, { signal });
    canvas.addEventListener("pointerleave", (event) => {
      if (event.pointerType === "mouse") live.hoverAt(null);
    }, { signal });
    canvas.addEventListener("click", (event) => act(live, place(event)), { signal });
  }
  window.addEventListener("pointerdown", (event) => {
    if (!event.composedPath().includes(live.element)) live.hoverAt(null);
  }, { signal });
}

/** With the diagram in the focus of the keyboard, arrows go from neuron to neuron, with Shift through the weights and the bias
 *  of the one that is picked, and each is explained as under a pointer.
 *  @param {LiveView} live */
export function connectNeuronKeys(live) {
  const { diagram: canvas } = live.parts;
  /** @param {Box} box */
  const point = ({ x, y, size }) => live.hoverAt({ name: "diagram", canvas, x: x + size / 2, y: y + size / 2, keyed: true });
  canvas.addEventListener("keydown", (event) => {
    if (event.shiftKey && WEIGHT_STEPS[event.key]) {
      toWeight(live, WEIGHT_STEPS[event.key]);
      event.preventDefault();
      return;
    }
    // Not `live.picked`: keys come faster than frames are drawn, and each leads on from the one before.
    const box = nextNeuron(live.diagram, live.hover && pickAt(live, live.hover), event.key);
    if (box) point(box);
    else if (event.key === "Enter" && live.hover) act(live, live.hover);
    else return;
    event.preventDefault();
  }, { signal: live.signal });
  canvas.addEventListener("blur", () => live.hover?.keyed && live.hoverAt(null), { signal: live.signal });
}

/** What an arrow key with Shift adds to the place among a neuron's weights.
 *  @type {Record<string, number>} */
const WEIGHT_STEPS = { ArrowUp: -1, ArrowDown: 1 };

/** @param {LiveView} live
 *  @param {number} step */
function toWeight(live, step) {
  const { diagram, parts: { diagram: canvas } } = live;
  // To begin with, those of the first neuron.
  const picked = (live.hover && pickAt(live, live.hover)) ?? /** @type {const} */ ({ kind: "neuron", layer: 1, index: 0 });
  const target = nextWeight(diagram, picked, step);
  const place = target && placeOf(diagram, target);
  if (target && place) live.hoverAt({ name: "diagram", canvas, ...place, keyed: true, target });
}

/** What an arrow key adds to the place of the probe, in steps to the right and down.
 *  @type {Record<string, [number, number]>} */
const PROBE_STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const STEPS_ACROSS = 50; // of the map, and a fifth as many with Shift

/** With the map in the focus of the keyboard, arrows move a probe over it, and what the network says there is explained.
 *  @param {LiveView} live */
export function connectMapKeys(live) {
  const { overlay: canvas } = live.parts;
  canvas.addEventListener("keydown", (event) => {
    const step = PROBE_STEPS[event.key];
    if (!step || !live.map) return;
    event.preventDefault();
    const [x, y] = live.map.places.stepFrom(live.probe, step, (event.shiftKey ? 5 : 1) / STEPS_ACROSS);
    live.hoverAt({ name: "map", canvas, x, y, keyed: true });
  }, { signal: live.signal });
  canvas.addEventListener("blur", () => live.hover?.keyed && live.hoverAt(null), { signal: live.signal });
}

/** @param {Picked | null} a
 *  @param {Picked | null} b */
const samePick = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** A click: a neuron becomes the large map (by touch at the second tap), the chart is a way to seek.
 *  @param {LiveView} live
 *  @param {Hover} place */
function act(live, place) {
  const picked = pickAt(live, place);
  if (picked?.kind === "frame") live.player.seek(picked.frame);
  if (place.name !== "diagram" || !picked) return;
  if (picked.kind === "weight" || picked.kind === "bias") live.player.mate || openHand(live, picked, Boolean(place.keyed));
  else if (picked.kind === "neuron" && !live.tapped) live.focusOn({ layer: picked.layer, index: picked.index });
}

const NEEDS_KEYS = "input,select,textarea,button,a,summary,[contenteditable],[role=slider],[role=tab],[role=radio],"
  + "[role=option],[role=combobox],[role=menuitem],[role=spinbutton],[role=switch],[role=dialog],[role=grid]";

/** Space plays and pauses, arrows step, Home rewinds: unless the focus is on something that needs the key itself.
 *  @param {LiveView} live */
export function connectKeys(live) {
  window.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || !live.player.run) return;
    const path = event.composedPath();
    const target = path.find((node) => node instanceof Element);
    if (target && (path.includes(live.element) ? ownUse(target, event.key) : target.closest(NEEDS_KEYS))) return;
    /** @type {Record<string, () => void>} */
    const keys = { " ": () => live.player.toggle(), ArrowLeft: () => live.player.step(-1),
      ArrowRight: () => live.player.step(1), Home: () => live.player.seek(0), Escape: () => live.focusOn(null),
      "?": () => live.parts.help.click() };
    if (!keys[event.key]) return;
    if (event.key !== "Escape") event.preventDefault();
    keys[event.key]();
  }, { signal: live.signal });
}

/** Whether one of the view's own elements uses the key: space presses a button, arrows move a range or a select.
 *  @param {Element} target
 *  @param {string} key */
function ownUse(target, key) {
  if (target.matches("select,input[type=number]")) return true;
  if (target.matches("input[type=range]")) return key !== " ";
  if (target.matches("canvas")) return key.startsWith("Arrow");
  return key === " " && target.matches("button,input");
}

const MENU = 'a[data-testid^="stTopNav"],a[data-testid^="stSidebarNav"]';
const LONGEST_LEAVE = 3000; // milliseconds that a link of the menu waits for the server to have heard the frame
const UNHEARD = 500; // the same where the server does not even begin

/** A link of the menu that is followed while it plays: playing pauses first and the server hears of the frame, so that the
 *  next page shows the one that was on screen. An answer under way would break that page, so the link waits for it.
 *  @param {LiveView} live */
export function connectMenu(live) {
  window.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest(MENU);
    if (!(link instanceof HTMLElement) || !live.player.playing || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    live.player.hush(false);
    live.player.pause();
    const begin = performance.now();
    let heard = false;
    const follow = () => {
      const waited = performance.now() - begin;
      const running = Boolean(document.querySelector("[data-test-script-state=running]"));
      heard ||= running;
      if ((heard ? !running : waited > UNHEARD) || waited > LONGEST_LEAVE) link.click();
      else setTimeout(follow, 30);
    };
    follow();
  }, { capture: true, signal: live.signal });
}

const KEYS_THAT_CHANGE = new Set(["Enter", " ", "Tab", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End",
  "PageUp", "PageDown"]);

/** @param {Event} event */
const onLink = (event) => event.composedPath().some((node) => node instanceof Element && node.matches("a[href]"));

/** @param {Event} event */
const onButton = (event) => event.composedPath().some((node) => node instanceof Element && node.matches("button"));

/** While it plays, a control used elsewhere on the page may branch the run: the server must know from which frame. Of a button
 *  it is told as the finger goes down or the focus comes: what is told in one breath with the press goes in one message with
 *  it, and Streamlit then runs the player's fragment alone.
 *  A link may lead to another page, and an answer that is under way when this page goes breaks the next one: near a
 *  link nothing is sent.
 *  @param {LiveView} live */
export function connectOutside(live) {
  /** @param {Event} event */
  const approach = (event) => live.player.hush(onLink(event));
  for (const type of ["pointerover", "focusin"]) {
    window.addEventListener(type, approach, { capture: true, signal: live.signal });
  }
  /** @param {Event} event */
  const tell = (event) => {
    live.byPointer = event.type === "pointerup" || (live.byPointer && event.type !== "keydown");
    if (!live.player.playing || onLink(event) || event.composedPath().includes(live.element)) return;
    if (event instanceof KeyboardEvent && !KEYS_THAT_CHANGE.has(event.key)) return;
    const isPress = event.type === "pointerup" || (event instanceof KeyboardEvent && ["Enter", " "].includes(event.key));
    if (onButton(event) ? isPress : event.type === "pointerdown") return;
    live.player.report();
  };
  for (const type of ["pointerdown", "pointerup", "change", "keydown"]) {
    window.addEventListener(type, tell, { capture: true, signal: live.signal });
  }
}
