// The live view as its helpers see it: connecting, laying out and explaining are modules of their own. Types only.

import type { LossChart } from "../drawing/losses.js";
import type { DecisionMap } from "../drawing/decision.js";
import type { Diagram } from "../drawing/diagram.js";
import type { DrawnPoints } from "../controls/drawn.js";
import type { Hand } from "../controls/hand.js";
import type { Memory } from "../player/memory.js";
import type { Player } from "../player/player.js";
import type { NetworkRun } from "../player/runs.js";
import type { Hover, Neuron, Pair, Picked, Settings, Theme } from "../types.js";

/** The elements of the view, by the names of their `data-part`. */
export type Parts = Record<string, HTMLElement> & {
  diagram: HTMLCanvasElement;
  chart: HTMLCanvasElement;
  base: HTMLCanvasElement;
  overlay: HTMLCanvasElement;
  scrubber: HTMLInputElement;
  speed: HTMLSelectElement;
  validation: HTMLInputElement;
  test: HTMLInputElement;
  discrete: HTMLInputElement;
  log: HTMLInputElement;
};

export interface LiveView {
  element: HTMLElement;
  parts: Parts;
  signal: AbortSignal;
  player: Player<NetworkRun>;
  diagram: Diagram;
  chart: LossChart;
  map: DecisionMap;
  theme: Theme;
  settings: Settings;
  /** The recorded frame on screen, and its parameters with what was set by hand. */
  frame: number;
  parameters: Float32Array;
  hand: Hand;
  /** Points that are drawn on the map, where they are the dataset. */
  sketched: DrawnPoints;
  memory: Memory;
  laidOut: string;
  /** Where the pointer is, what lies there, and the place for which formulas are worked out. */
  hover: Hover | null;
  picked: Picked | null;
  probe: Pair;
  /** Whether the last press by touch was on something new, which it then only explains. */
  tapped: boolean;
  /** Whether the last thing done outside the view was done by pointer. */
  byPointer: boolean;
  choose(change: Partial<Settings>): void;
  focusOn(focus: Neuron | null): void;
  hoverAt(hover: Hover | null): void;
  wake(): void;
  /** Epoch, losses and scores of a frame, with what was set by hand. */
  row(frame: number): ArrayLike<number> | undefined;
}
