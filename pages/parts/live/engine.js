// @ts-check
// The view itself: takes messages in, lays out, draws, and sleeps. It wakes for a frame of the screen only while it
// plays or once when something has changed; paused or hidden it does nothing at all.

import { LossChart } from "./chart.js";
import { Curve } from "./curve.js";
import { DecisionMap } from "./decision.js";
import { Diagram } from "./diagram.js";
import { layOutParts, publish, showLegend } from "./layout.js";
import { memory } from "./memory.js";
import { readTheme } from "./palette.js";
import { pickFromDiagram } from "./pick.js";
import { Player } from "./player.js";
import { connectKeys, connectNeuronKeys, connectOutside, connectPointer, linesFor, showTip } from "./pointer.js";
import { decodeMessage, knownRun } from "./runs.js";
import { buildSkeleton, write } from "./skeleton.js";
import { connectTransport, showMarks, showTransport, spokenSummary, statusText } from "./transport.js";

window.glassbox ??= { mounts: 0, draws: 0, messages: 0, needs: 0, reports: 0 };

export class Live {
  constructor(root) {
    Object.assign(this, buildSkeleton(root));
    this.root = root;
    this.abort = new AbortController();
    this.signal = this.abort.signal;
    this.settings = { validation: false, test: false, discrete: false, log: false, speed: 1, focus: "" };
    this.player = new Player(this.senders(), () => this.wake());
    this.diagram = new Diagram(this.parts.diagram);
    this.chart = new LossChart(this.parts.chart);
    for (const connect of [connectTransport, connectPointer, connectNeuronKeys, connectKeys, connectOutside]) connect(this);
    this.observer = new ResizeObserver(() => this.wake());
    this.observer.observe(this.element);
    document.addEventListener("visibilitychange", () => this.visibility(), { signal: this.signal });
    window.glassbox.mounts += 1;
  }

  /** The way to the server, through whatever setters the last message came with. */
  senders() {
    const count = (name) => { window.glassbox[name] += 1; };
    return {
      need: (value) => { count("needs"); this.component.setTriggerValue("need", value); },
      command: (value) => this.component.setTriggerValue("command", value),
      at: (value) => { count("reports"); this.component.setStateValue("at", value); },
    };
  }

  /** Called for every message and every change of theme. */
  update(component) {
    this.component = component;
    if (component.data && component.data !== this.data) {
      this.data = component.data;
      this.receive(decodeMessage(component.data));
    }
    this.laidOut = "";
    this.wake();
  }

  receive({ header, arrays }) {
    window.glassbox.messages += 1;
    if (header.later) return this.player.later(header.run, header.later);
    const previous = header.of ? window.glassboxRuns?.get(header.of) : null;
    const run = knownRun(header.run, header.of);
    if (this.player.run && run !== this.player.run) this.showChange();
    run.absorb(header, arrays, previous);
    if (header.view && header.view.token !== memory().view) {
      memory().view = header.view.token;
      memory().settings = header.view;
    }
    this.apply(memory().settings ?? {});
    this.player.open(run, header.seek);
  }

  /** A run was opened by hand: bring it into sight, and the keys back from the drop-down that the pointer used. */
  showChange() {
    if (this.element.getBoundingClientRect().top < 0) this.element.scrollIntoView({ block: "start" });
    const focused = document.activeElement;
    if (this.byPointer && focused?.matches("input[role=combobox]")) focused.blur();
  }

  /** Take over settings of the view and show them in their controls. */
  apply(settings) {
    for (const name of Object.keys(this.settings)) if (name in settings) this.settings[name] = settings[name];
    for (const name of ["validation", "test", "discrete", "log"]) this.parts[name].checked = this.settings[name];
    this.parts.speed.value = String(this.settings.speed);
    this.player.speed = this.settings.speed;
  }

  /** A setting was changed by hand. */
  choose(change) {
    this.apply(change);
    memory().settings = { ...this.settings };
    this.component.setStateValue("view", { ...this.settings });
    this.overlaid = "";
    this.wake();
  }

  /** Show this neuron large, or with null the output again. */
  focusOn(focus) {
    const { scene } = this.player.run;
    const isOutput = focus && focus.layer === scene.sizes.length - 1 && scene.sizes.at(-1) === 1;
    const text = focus && !isOutput ? `${focus.layer},${focus.index + 1}` : "";
    if (text === this.settings.focus) return;
    this.choose({ focus: text });
    this.takeFocus();
    showLegend(this);
  }

  /** The neuron that the settings name becomes the large map's; one that this network does not have, none. */
  takeFocus() {
    const { scene } = this.player.run;
    const [layer, number] = this.settings.focus.split(",").map(Number);
    this.map.focus = this.settings.focus && number <= scene.sizes[layer] ? { layer, index: number - 1 } : null;
  }

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

  tick(now) {
    this.handle = 0;
    const { player } = this;
    if (!player.run || this.signal.aborted) return;
    if (player.playing) player.advance(Math.min(now - (this.before ?? now), 250) / 1000);
    this.before = now;
    if (player.run.scene && player.run.nearest(Math.floor(player.position)) >= 0) this.drawIfNew();
    if (player.playing && !document.hidden && !this.handle) this.handle = requestAnimationFrame((time) => this.tick(time));
  }

  drawIfNew() {
    const frame = this.player.frame();
    const state = `${this.player.run.id} ${frame} ${this.player.waiting}`;
    if (!this.dirty && state === this.state) return;
    this.state = state;
    this.dirty = false;
    this.frame = frame;
    if (!this.layOut()) return;
    this.draw();
  }

  /** Lay out anew where the size, the theme or the scene has changed; false while there is no room. */
  layOut() {
    const { run } = this.player;
    const width = Math.floor(this.element.clientWidth);
    if (!width) return false;
    const key = `${width} ${window.devicePixelRatio} ${run.id} ${run.sceneVersion}`;
    if (key === this.laidOut) return true;
    this.laidOut = key;
    this.theme = readTheme(this.element, run.scene.palette);
    this.arrangeMap(run.scene);
    layOutParts(this, width);
    this.overlaid = "";
    return true;
  }

  arrangeMap(scene) {
    const Kind = scene.plane.kind === "curve" ? Curve : DecisionMap;
    if (!this.map || this.map.constructor !== Kind) this.map = new Kind(this.parts.base, this.parts.overlay);
    this.takeFocus();
    const points = this.player.run.points;
    if (this.points !== points) {
      this.points = points;
      this.probe = points?.shape[0] ? firstTraining(points) : [(scene.plane.x[0] + scene.plane.x[1]) / 2, 0];
    }
  }

  draw() {
    const { player, settings, frame } = this;
    const { run } = player;
    const parameters = run.frames[frame];
    this.picked = this.hover ? this.pick(this.hover) : null;
    this.diagram.draw(parameters, this.hover?.name === "diagram" ? this.picked : this.map.focus && { ...this.map.focus });
    this.map.draw(parameters, { playing: player.playing, discrete: settings.discrete && player.run.scene.task === "classification" });
    this.chart.draw(run, frame, settings.log);
    this.drawOverlay();
    showTransport(this, frame);
    showMarks(this);
    write(this.parts.status, statusText(this, frame));
    showTip(this, this.picked && linesFor(this, this.picked));
    if (!player.playing) this.describe(frame);
    publish(this, frame);
  }

  drawOverlay() {
    const probing = this.hover?.name === "diagram" && this.picked;
    const key = JSON.stringify([this.settings, this.map.focus, probing ? this.probe : null]);
    if (key === this.overlaid) return;
    this.overlaid = key;
    this.map.drawOverlay(this.settings, probing ? this.probe : null);
  }

  describe(frame) {
    const text = spokenSummary(this, frame);
    if (!this.hover?.keyed) write(this.parts.summary, text);
    this.parts.base.setAttribute("aria-label", `Decision map. ${text}`);
    this.parts.diagram.setAttribute("aria-label", `Network diagram: ${this.player.run.scene.summary}. Arrow keys go from `
      + "neuron to neuron, Enter shows one large, Escape the output again.");
    this.parts.chart.setAttribute("aria-label", `Loss over the epochs. ${text}`);
  }

  /** What lies at a place {name, x, y} of one of the canvases, or null. */
  pick({ name, x, y }) {
    if (!this.laidOut) return null;
    if (name === "diagram") return pickFromDiagram(this.diagram, x, y);
    if (name === "chart") {
      const frame = this.chart.pick(x, y);
      return frame === null ? null : { kind: "frame", frame };
    }
    const place = this.map.pick(x, y);
    return place && { kind: "place", place, sample: this.map.sampleAt(x, y, this.settings) };
  }

  hoverAt(hover) {
    if (!hover && !this.hover) return;
    this.hover = hover;
    if (hover?.name === "map") this.probe = this.map?.pick(hover.x, hover.y) ?? this.probe;
    this.wake();
  }

  /** The view left the page: stop everything. */
  close() {
    this.abort.abort();
    this.observer.disconnect();
    this.player.close();
    cancelAnimationFrame(this.handle);
  }
}

/** Where the first training sample lies. */
function firstTraining({ values, shape }) {
  for (let i = 0; i < shape[0]; i++) if (values[4 * i + 3] === 0) return [values[4 * i], values[4 * i + 1]];
  return [values[0], values[1]];
}
