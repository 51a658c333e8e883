// @ts-check
// The view of a network that trains: its diagram, its decision map and its losses, all at the same recorded frame.

import { AnimatedView } from "../player/animated.js";
import { Curve } from "../drawing/curve.js";
import { DecisionMap } from "../drawing/decision.js";
import { Diagram } from "../drawing/diagram.js";
import { connectBrush, showBrush, takePoints } from "../controls/brush.js";
import { connectBuild } from "../controls/build.js";
import { connectCallouts, showCallouts } from "../controls/callouts.js";
import { DrawnPoints } from "../controls/drawn.js";
import { connectHand, editedRow, Hand, showHand, showHandValue } from "../controls/hand.js";
import { describe } from "./describe.js";
import { layOutParts, publish, showLegend } from "./layout.js";
import { LossChart } from "../drawing/losses.js";
import { readTheme } from "../drawing/palette.js";
import { firstTraining } from "../drawing/places.js";
import {
  connectKeys, connectMapKeys, connectMenu, connectNeuronKeys, connectOutside, connectPointer,
} from "../controls/pointer.js";
import { NetworkRun } from "../player/runs.js";
import { goTogether } from "../player/together.js";
import { buildSkeleton, SKELETON, write } from "../controls/skeleton.js";
import { pickAt, showTip } from "../controls/tip.js";
import { connectTransport, showMarks, showSettings, showTransport, statusText } from "../controls/transport.js";

/** @import { LiveView, Parts } from "./live.js" */
/** @import { Header, Hover, Neuron, Pair, Picked, Scene, Settings, Table, Theme } from "../types.js" */

const HURRY = 2; // times as fast, once frames lie further apart than an epoch

/** @extends {AnimatedView<NetworkRun>}
 *  @implements {LiveView} */
export class Live extends AnimatedView {
  /** @type {Settings} */
  settings = { validation: false, test: false, discrete: false, log: false, speed: 1, focus: "" };
  /** @type {DecisionMap} */
  map;
  /** @type {Theme} */
  theme;
  /** @type {Hover | null} */
  hover = null;
  /** @type {Picked | null} */
  picked = null;
  /** @type {Pair} */
  probe = [0, 0];
  tapped = false;
  hand = new Hand();
  sketched = new DrawnPoints();
  /** Losses and scores of what is set by hand, where anything is.
   *  @type {number[] | null} */
  edited = null;
  /** @type {Float32Array} */
  parameters;
  byPointer = false;
  /** @type {Table | null} */
  points = null;
  overlaid = "";

  /** @param {HTMLElement | ShadowRoot} root
   *  @param {number} [side] of two views that go together, 0 or 1: there nothing is built or changed */
  constructor(root, side) {
    super(`live${side ?? ""}`, {
      need: (value) => this.tell("needs", () => this.component.setTriggerValue("need", value)),
      command: (value) => this.component.setTriggerValue("command", value),
      at: (value) => this.tell("reports", () => this.component.setStateValue("at", value)),
    });
    window.glassbox ??= { mounts: 0, draws: 0, messages: 0, needs: 0, reports: 0 };
    const { element, parts } = buildSkeleton(root, SKELETON);
    this.element = Object.assign(element, { view: this }); // for pictures of it
    this.parts = /** @type {Parts} */ (parts);
    this.diagram = new Diagram(this.parts.diagram);
    this.chart = new LossChart(this.parts.chart);
    for (const connect of [connectTransport, connectPointer, connectNeuronKeys, connectMapKeys, connectOutside,
      connectMenu, connectBrush, connectBuild, connectCallouts, connectHand]) {
      connect(this);
    }
    if (!side) connectKeys(this);
    if (side !== undefined) {
      this.memory.told = true;
      element.classList.add("beside");
      goTogether(this.player, side);
    }
    this.player.hurry = HURRY;
    this.observer.observe(element);
    window.glassbox.mounts += 1;
  }

  /** @param {string} counter
   *  @param {() => void} send */
  tell(counter, send) {
    window.glassbox[counter] += 1;
    send();
  }

  /** @override
   *  @param {{header: Header, arrays: Record<string, Table>}} message */
  receive(message) {
    window.glassbox.messages += 1;
    super.receive(message);
    const { run, commands } = this.player;
    if (run?.scene && !commands.unheard.length) this.hand.settle(run.scene);
  }

  /** @override
   *  @param {string} id */
  newRun(id) {
    return new NetworkRun(id);
  }

  /** @override
   *  @param {Header} header
   *  @param {NetworkRun} run */
  take(header, run) {
    const { memory } = this;
    if (this.player.run && run !== this.player.run) this.showChange();
    if (header.view && header.view.token !== memory.view) {
      memory.view = header.view.token;
      memory.settings = header.view;
    }
    this.apply(memory.settings);
    takePoints(this, header.drawn);
  }

  /** @param {number} frame */
  row(frame) {
    return this.edited ?? this.player.run.scores[frame];
  }

  /** A run was opened by hand: bring it into sight, and the keys back from the drop-down that the pointer used. */
  showChange() {
    if (this.element.getBoundingClientRect().top < 0) this.element.scrollIntoView({ block: "start" });
    const focused = document.activeElement;
    if (this.byPointer && focused instanceof HTMLElement && focused.matches("input[role=combobox]")) focused.blur();
  }

  /** Take over settings of the view and show them in their controls.
   *  @param {Partial<Settings>} settings */
  apply(settings) {
    const { validation, test, discrete, log, speed, focus } = { ...this.settings, ...settings };
    this.settings = { validation, test, discrete, log, speed, focus };
    this.player.speed = speed;
    showSettings(this);
  }

  /** A setting was changed by hand.
   *  @param {Partial<Settings>} change */
  choose(change) {
    this.apply(change);
    this.memory.settings = { ...this.settings };
    this.component.setStateValue("view", { ...this.settings });
    this.overlaid = "";
    this.wake();
  }

  /** Show this neuron large, or with null the output again.
   *  @param {Neuron | null} focus */
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

  /** Lay out anew where the size, the theme or the scene has changed; false while there is no room.
   *  @override */
  layOut() {
    const { run } = this.player;
    const width = Math.floor(this.element.clientWidth);
    if (!width) return false;
    const key = `${width} ${window.devicePixelRatio} ${run.id} ${run.sceneVersion}`;
    const { laidOut } = this;
    if (key === laidOut) return true;
    this.laidOut = key;
    this.theme = readTheme(this.element, run.scene.palette);
    this.arrangeMap(run.scene);
    layOutParts(this, width);
    showHand(this);
    this.overlaid = "";
    return true;
  }

  /** @param {Scene} scene */
  arrangeMap(scene) {
    const Kind = scene.plane.kind === "curve" ? Curve : DecisionMap;
    if (!this.map || this.map.constructor !== Kind) this.map = new Kind(this.parts.base, this.parts.overlay);
    this.takeFocus();
    const { points } = this.player.run;
    if (this.points !== points) {
      this.points = points;
      this.diagram.sample = 0;
      this.probe = points?.shape[0] ? firstTraining(points) : [(scene.plane.x[0] + scene.plane.x[1]) / 2, 0];
    }
  }

  /** @override */
  draw() {
    const { player, settings, frame } = this;
    const { run } = player;
    this.parameters = this.hand.applied(run.frames[frame]);
    const { parameters, hand } = this;
    run.saw(frame);
    this.edited = hand.edits.size ? editedRow(this, frame) : null;
    this.picked = this.hover ? pickAt(this, this.hover) : null;
    if (this.picked?.kind === "place" && this.picked.sample) this.diagram.sample = this.picked.sample.number;
    this.diagram.draw(parameters, (this.hover?.name === "diagram" ? this.picked : null) ?? hand.target ?? this.map.focus);
    this.map.draw(parameters, { playing: player.playing, discrete: settings.discrete && run.scene.task === "classification" });
    this.chart.drawRun(run, frame, settings.log);
    showBrush(this);
    this.drawOverlay();
    showTransport(this, frame);
    showMarks(this);
    showHandValue(this);
    write(this.parts.status, statusText(this, frame));
    showCallouts(this);
    showTip(this);
    if (!player.playing) describe(this, frame);
    publish(this, frame);
  }

  drawOverlay() {
    const probing = this.picked && (this.hover?.name === "diagram" || (this.hover?.name === "map" && this.hover.keyed));
    const key = JSON.stringify([this.settings, this.map.focus, this.map.sketch, probing ? this.probe : null]);
    if (key === this.overlaid) return;
    this.overlaid = key;
    this.map.drawOverlay(this.settings, probing ? this.probe : null);
  }

  /** @param {Hover | null} hover */
  hoverAt(hover) {
    if (!hover && !this.hover) return;
    this.hover = hover;
    if (hover?.name === "map") this.probe = this.map?.places.pick(hover.x, hover.y) ?? this.probe;
    this.wake();
  }
}
