// @ts-check
// What every view does: takes messages in, lays out, draws, and sleeps. It wakes for a frame of the screen only while it
// plays or once when something has changed; paused or hidden it does nothing at all.

import { memory } from "./memory.js";
import { Player } from "./player.js";
import { decodeMessage, knownRun } from "./runs.js";

/** @import { Run } from "./runs.js" */
/** @import { Component, Header, Send, Table } from "../types.js" */

// How long a picture that plays stands still where the browser is asked for less motion.
const CALM_MILLISECONDS = 500;

/** @template {Run<any, any>} R */
export class AnimatedView {
  abort = new AbortController();
  signal = this.abort.signal;
  /** The last message and the way back to the server.
   *  @type {Component<Uint8Array>} */
  component;
  /** @type {Uint8Array | null} */
  data = null;
  /** Where the view lies on the page.
   *  @type {HTMLElement} */
  element;
  dirty = false;
  /** What was laid out and what was drawn last: nothing is done twice. */
  laidOut = "";
  drawn = "";
  /** The recorded frame that is shown. */
  frame = 0;
  handle = 0;
  drawnAt = 0;
  /** @type {number | null} */
  before = null;
  observer = new ResizeObserver(() => this.wake());

  /** @param {string} kind whose memory this view shares
   *  @param {Send} send */
  constructor(kind, send) {
    this.memory = memory(kind);
    /** @type {Player<R>} */
    this.player = new Player(send, () => this.wake(), this.memory);
    document.addEventListener("visibilitychange", () => this.visibility(), { signal: this.signal });
  }

  /** Called for every message and every change of theme.
   *  @param {Component<Uint8Array>} component */
  update(component) {
    this.component = component;
    if (component.data && component.data !== this.data) {
      this.data = component.data;
      this.receive(decodeMessage(component.data));
    }
    this.laidOut = "";
    this.wake();
  }

  /** Take a message in: frames of a run, which may be another than before, or when to ask for them again.
   *  @param {{header: Header, arrays: Record<string, Table>}} message */
  receive({ header, arrays }) {
    const { memory: { runs }, player } = this;
    if (header.later) {
      player.later(header.run, header.later, header.says);
      return;
    }
    player.commands.heard(header.heard);
    const run = knownRun(runs, header.run, () => this.newRun(header.run), header.of);
    run.absorb(header, arrays, runs);
    this.take(header, run);
    player.open(run, header.seek);
  }

  /** What a run of this kind begins with.
   *  @param {string} _id
   *  @returns {R} */
  newRun(_id) {
    throw new Error("a view makes runs of its own kind");
  }

  /** What else a message says, before its run is opened.
   *  @param {Header} _header
   *  @param {R} _run */
  take(_header, _run) {}

  visibility() {
    if (document.hidden) this.player.report();
    else {
      this.player.require();
      this.wake();
    }
  }

  /** Ask for one frame of the screen, if none is due. */
  wake() {
    this.dirty = true;
    if (this.handle) return;
    this.before = null;
    this.handle = requestAnimationFrame((now) => this.tick(now));
  }

  /** @param {number} now */
  tick(now) {
    this.handle = 0;
    const { player } = this;
    if (!player.run || this.signal.aborted) return;
    if (player.playing) player.advance(Math.min(now - (this.before ?? now), 250) / 1000);
    this.before = now;
    if (player.run.scene && player.run.nearest(Math.floor(player.position)) >= 0) this.drawIfNew(now);
    if (player.playing && !document.hidden && !this.handle) this.handle = requestAnimationFrame((time) => this.tick(time));
  }

  /** @param {number} now */
  drawIfNew(now) {
    const frame = this.player.frame();
    const drawn = `${this.player.run.id} ${frame} ${this.player.waiting}`;
    if (!this.dirty && (drawn === this.drawn || this.isCalm(now))) return;
    this.drawn = drawn;
    this.drawnAt = now;
    this.dirty = false;
    this.frame = frame;
    if (this.layOut()) this.draw();
  }

  /** Whether the picture stands still for a moment more while it plays, as less motion is asked for.
   *  @param {number} now */
  isCalm(now) {
    return this.player.playing && now - this.drawnAt < CALM_MILLISECONDS
      && window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  }

  /** Lay out anew where that is due; false while there is no room.
   *  @returns {boolean} */
  layOut() {
    return true;
  }

  /** Draw `frame`. */
  draw() {}

  /** The view left the page: stop everything. */
  close() {
    this.abort.abort();
    this.observer.disconnect();
    this.player.close();
    cancelAnimationFrame(this.handle);
  }
}
