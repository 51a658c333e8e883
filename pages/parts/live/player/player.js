// @ts-check
// The clock: where in the run we stand, whether it moves, and what has to be asked of the server so that it can go on.
// Frames are pulled: nothing is asked for while nothing moves, unless the very frame to be shown is missing.

import { Commands } from "./commands.js";
import { fullRate, paceOf } from "./pace.js";
import { Patience } from "./patience.js";
import { bringMate, freeUntil, leaderOf, takeLead } from "./together.js";

/** @import { Memory } from "./memory.js" */
/** @import { Run } from "./runs.js" */
/** @import { Seek, Send } from "../types.js" */

const FRAMES_PER_SECOND = 32;
const SECONDS_AHEAD = 1;
const FIRST_WAIT = 4000; // milliseconds until an unanswered request is repeated; doubles each time

const KEEPS_PLAYING = ["redraw", "build", "points"];

/** @template {Run<any, any>} R */
export class Player {
  /** What is played; nothing before the first message.
   *  @type {R} */
  run;
  position = 0;
  playing = false;
  /** Playing, and the next frame is not there. */
  waiting = false;
  rate = FRAMES_PER_SECOND; // at normal speed
  speed = 1;
  hurry = 1; // times as fast at most where frames lie more than an epoch apart
  patience = new Patience(FIRST_WAIT);
  reported = "";
  quiet = false;
  /** Whether the next run plays at once: this one goes on in it. */
  playsNext = false;
  owed = false;
  closed = false;
  /** Why the frames that were asked for are not there yet, as the server says. */
  says = "";
  /** The player that goes together with this one, and whether it is the one that leads.
   *  @type {Player<any> | null} */
  mate = null;
  follows = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  retry;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  reportTimer;

  /** @param {Send} send
   *  @param {() => void} changed called when something should be drawn anew
   *  @param {Memory} memory what survives this player */
  constructor(send, changed, memory) {
    this.send = send;
    this.commands = new Commands(send.command);
    this.changed = changed;
    this.memory = memory;
  }

  /** The recorded frame to show: where the clock stands, or the nearest earlier one that is known. */
  frame() {
    const at = Math.floor(this.position);
    return this.run.has(at) ? at : this.run.nearest(at);
  }

  get missing() {
    return !this.run.scene || !this.run.has(Math.floor(this.position));
  }

  get atEnd() {
    return this.run.last !== null && this.position >= this.run.last;
  }

  /** Take up a run (it may be the current one, with more frames); go where `seek` says if that is new.
   *  @param {R} run
   *  @param {Seek} [seek] */
  open(run, seek) {
    const { memory } = this;
    this.says = "";
    let goesOn = this.playsNext && run !== this.run;
    if (!this.commands.unheard.length) this.playsNext = false;
    if (run !== this.run) {
      this.run = run;
      this.position = memory.positions[run.id] ?? 0;
      this.patience = new Patience(FIRST_WAIT);
    }
    if (seek && seek.token !== memory.seek) {
      memory.seek = seek.token;
      this.position = memory.positions[run.id] = seek.frame;
      goesOn ||= Boolean(seek.plays);
    }
    if (run.last !== null && this.position > run.last) {
      this.position = run.last;
      if (this.reported && !this.playing) this.report();
    }
    this.require();
    this.resume();
    if (goesOn) this.play();
  }

  /** After a remount: within a second it is the page's doing and playing goes on; later the server is told the frame. */
  resume() {
    const { left } = this.memory;
    this.memory.left = null;
    if (left?.run !== this.run.id) return;
    if (left.playing && performance.now() - left.time < 1000) this.play();
    else this.reportTimer = setTimeout(() => this.report(), 300);
  }

  /** Move on by a time; stop at the end of the run, wait where frames are missing.
   *  @param {number} seconds */
  advance(seconds) {
    const ready = this.run.readyUntil(Math.floor(this.position)), free = this.follows ? -1 : freeUntil(this, ready);
    if (free >= this.position) this.position = Math.min(this.position + seconds * paceOf(this, free), free);
    this.memory.positions[this.run.id] = Math.floor(this.position);
    const ends = this.run.last !== null && ready >= this.run.last;
    if (!ends && ready - this.position < fullRate(this) * SECONDS_AHEAD) this.ask(ready + 1);
    if (this.follows) return;
    if (this.atEnd && leaderOf(this) === this) this.pause();
    bringMate(this);
    this.waiting = free <= this.position && this.playing;
  }

  play() {
    const leader = leaderOf(this);
    if (leader !== this) leader.play();
    if (this.playing) return;
    if (this.atEnd) this.position = 0;
    this.playing = true;
    bringMate(this);
    this.changed();
  }

  pause() {
    const leader = leaderOf(this);
    if (leader !== this) leader.pause();
    if (!this.playing) return;
    this.playing = this.waiting = false;
    this.position = Math.floor(this.position);
    bringMate(this);
    this.report();
    this.changed();
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  /** Go to a frame; the server hears of it, and of a missing frame, once the hand rests.
   *  @param {number} frame */
  seek(frame) {
    const last = this.run.last ?? this.run.limit ?? frame;
    this.position = Math.max(0, Math.min(frame, last));
    this.memory.positions[this.run.id] = this.position;
    takeLead(this);
    bringMate(this);
    this.rest();
    this.changed();
  }

  /** What is missing is asked for, and the server told the frame, once the hand rests. */
  rest() {
    clearTimeout(this.reportTimer);
    this.reportTimer = setTimeout(() => {
      this.require();
      this.report();
    }, 150);
  }

  /** One recorded frame forward or back.
   *  @param {number} by */
  step(by) {
    this.pause();
    const leader = leaderOf(this);
    const one = leader.atEnd || !this.atEnd ? this : leader; // where training has ended there is nothing to step through
    one.seek(Math.floor(one.position) + by);
  }

  /** Send nothing for a while; what was held back is made good afterwards.
   *  @param {boolean} quiet */
  hush(quiet) {
    if (this.quiet === quiet) return;
    this.quiet = quiet;
    if (quiet || !this.run) return;
    if (this.owed) this.report();
    if (!this.playing) this.require();
  }

  /** Tell the server where we stand, if it does not know. */
  report() {
    if (!this.run) return;
    this.owed = this.quiet;
    if (this.quiet) return;
    const at = { run: this.run.id, frame: Math.floor(this.position), playing: this.playing };
    const text = JSON.stringify(at);
    if (text === this.reported) return;
    this.reported = text;
    this.send.at(at);
  }

  /** Ask the server to reset, to redraw the first weights, to train to the end or to go on there, or for what `details` say
   *  of a network that is built or edited by hand.
   *  @param {string} name
   *  @param {object} [details] */
  command(name, details = {}) {
    if (!KEEPS_PLAYING.includes(name)) this.playing = this.waiting = false;
    this.playsNext = name === "on";
    if (name === "reset") this.position = this.memory.positions[this.run.id] = 0;
    this.reported = "";
    this.commands.say({ ...details, run: this.run.id, frame: Math.floor(this.position), name });
    this.changed();
  }

  /** See to it that the frame to be shown arrives: ask for it until it is there. */
  require() {
    clearTimeout(this.retry);
    if (!this.run || !this.missing || document.hidden || this.closed || this.quiet) return;
    this.ask(Math.floor(this.position));
    this.retry = setTimeout(() => this.require(), Math.max(50, this.patience.left + 20));
  }

  /** Ask for frames from `from` on; the same request is repeated only after a wait that doubles.
   *  @param {number} from */
  ask(from) {
    const scene = !this.run.scene;
    if (this.quiet || !this.patience.allows(`${this.run.id} ${from} ${scene}`)) return;
    this.send.need({ run: this.run.id, from, scene });
  }

  /** The server has answered without the frames: the same request again after `seconds`.
   *  @param {string} runId
   *  @param {number} seconds
   *  @param {string} [says] why they are not there */
  later(runId, seconds, says = "") {
    if (runId !== this.run?.id) return;
    this.says = says;
    this.patience.grant(1000 * seconds);
    if (!this.playing) this.require();
  }

  /** The view is gone: no timer may fire any more; what the server does not know is said when the view is back. */
  close() {
    const unsaid = this.run && (this.playing || this.owed);
    this.memory.left = unsaid ? { run: this.run.id, playing: this.playing, time: performance.now() } : null;
    this.closed = true;
    this.commands.close();
    for (const timer of [this.retry, this.reportTimer]) clearTimeout(timer);
  }
}
