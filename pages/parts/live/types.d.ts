// Values that several modules share: what the server sends, colours and places. Types only: no code comes of them.

import type { Command } from "./player/commands.js";

export type Pair = [number, number];
export type Rgb = number[];
/** A marker on each end of what is drawn: CSS pixels. */
export type Rect = { left: number; top: number; right: number; bottom: number };

export type Palette = { negative: string; zero_light: string; zero_dark: string; positive: string; classes: string[] };

export type Theme = {
  text: Rgb;
  background: Rgb;
  dark: boolean;
  zero: Rgb;
  negative: Rgb;
  positive: Rgb;
  classes: Rgb[];
  /** The colour of a point on an area of this colour. */
  point: (colour: Rgb) => Rgb;
  muted: Rgb;
  grid: Rgb;
  line: { negative: Rgb; positive: Rgb };
  validation: Rgb;
  onPrimary: string;
  primary: Rgb;
  font: string;
  /** How much larger than usual everything is, and in presenter view the height of a letter in pixels, else 0. */
  scale: number;
  unit: number;
  /** Packed pixels from negative to positive, and for each class from faint to full. */
  diverging: Uint32Array;
  shades: Uint32Array[];
};

/** What the map's two axes stand for. */
type Axes = { x: Pair; y: Pair; labels: [string, string]; note: string };
/** A plane of a space with more inputs than two: inputs are origin + u along_x + v along_y. */
export type AffinePlane = Axes & { kind: "affine"; origin: number[]; along_x: number[]; along_y: number[] };
/** A plane of the inputs themselves, or a curve over a single one: inputs are scaled terms of u and v. */
export type FeaturePlane = Axes & { kind: "features" | "curve"; mean: number[]; scale: number[]; terms: string[] };
export type Plane = AffinePlane | FeaturePlane;

/** What the forward pass needs to know of a network. */
export type Network = { sizes: number[]; activations: string[]; output: string; plane: Plane };

/** The network and its data, as the server tells them once. */
export type Scene = Network & {
  /** Of each layer after the inputs: what its activation is called, and whether it leaves the sum as it is. */
  applied: { name: string; is_plain: boolean }[];
  loss: string;
  loss_name: string;
  task: "classification" | "regression";
  classes: string[];
  score: string;
  target: string;
  low: number;
  high: number;
  inputs: string[];
  palette: Palette;
  markers: string[];
  summary: string;
  /** Features that the network can be given: names and labels; none where it is given columns. */
  features: [string, string][];
  /** The most hidden layers there can be, and neurons in each. */
  most: Pair;
  left_out: string;
  pictures?: Pictures | null;
};

/** An array of a message; `points` are rows of map x, map y, label or target, set (0 training, 1 validation, 2 test). */
export type Table = { shape: number[]; values: Float32Array };
export type Branch = { frame: number; text: string };

/** A message about a recorded training: what is not in it has not changed. */
export type Header = {
  kind: "network" | "learning";
  /** Of two views that go together, the left one, 0, or the right one, 1. */
  side?: number;
  run: string;
  arrays: [string, number[]][];
  first: number;
  scores_first: number;
  last?: number | null;
  stop?: { frame: number; text: string } | null;
  limit?: number;
  branches?: Branch[];
  scene?: Scene | LearningScene;
  of?: string | null;
  shared?: number;
  /** Of each frame, where something is said of it. */
  words?: FrameWords[];
  /** Whether the view is to ask for the frames that it lacks. */
  pull?: boolean;
  before?: string | null;
  /** The number of the last command that was followed. */
  heard?: number;
  later?: number;
  says?: string;
  /** The points drawn so far, how many there can be and what they still need; null where the dataset is another. */
  drawn?: { letters: string; most: number; says: string } | null;
  seek?: Seek;
  view?: Settings & { token: number };
};

/** Go to this frame, once for each token. */
export type Seek = { frame: number; token: unknown; plays?: boolean };

export type Settings = { validation: boolean; test: boolean; discrete: boolean; log: boolean; speed: number; focus: string };

/** A neuron's box in the diagram, layer 0 being the inputs, and a layer's column of them. */
export type Box = { layer: number; index: number; x: number; y: number; size: number };
export type Column = { layer: number; x: number; size: number; boxes: Box[]; hidden: number; gap: number; foot: number };

/** The drawn samples as pictures, where their inputs are pixels: a letter "0" to "f" for each, row by row, sample by sample. */
export type Pictures = { rows: number; columns: number; ink: string };

export type Neuron = { layer: number; index: number };
export type Sample = { truth: number; set: number; place: Pair; number: number };

export type PickedNeuron = Neuron & { kind: "neuron" | "bias" | "more" };
export type PickedWeight = { kind: "weight"; layer: number; to: number; from: number };
export type PickedPlace = { kind: "place"; place: Pair; sample: Sample | null };
export type PickedFrame = { kind: "frame"; frame: number };
export type Picked = PickedNeuron | PickedWeight | PickedPlace | PickedFrame;

/** A weight or bias set by hand: layer (0 leads from the inputs), neuron, input (the last is the bias), value. */
export type Edit = [number, number, number, number];

/** A place on one of the canvases, in CSS pixels; `keyed` where the keyboard went there, which may have gone to `target`: of
 *  lines that cross, the place alone does not say which. */
export type Hover = {
  name: "diagram" | "map" | "chart";
  canvas: HTMLCanvasElement;
  x: number;
  y: number;
  keyed?: boolean;
  touch?: boolean;
  target?: PickedWeight | PickedNeuron;
};

/** Pre-activations `z` and activations `a` of every layer for one input vector; `z[0]` is empty. */
export type Traced = { z: number[][]; a: number[][] };

/** Points of a grid over the plane: (u, v) of each, and the columns' x and rows' y. */
export type Grid = { u: Float32Array; v: Float32Array; x: number[]; y: number[] };

/** A training that is watched: what all its frames share. */
export type LearningScene = {
  total: number;
  pace: number;
  heads: number;
  columns: string[];
  longest: number;
  /** Of each head, where it is not just numbered. */
  titles: string[];
  colours: { none: string; all: string; below: string };
  styles: { training: LineStyle; held: LineStyle };
  panels: Panel[];
};
/** One more picture of a frame: places of points, or small pictures below those that they are to be like. */
export type Panel = { title: string; shape: number[] } & (
  | { kind: "points"; marks: string[]; colours: string[] }
  | { kind: "tiles"; inputs?: number[]; across: number }
);
export type LineStyle = { colour: string; dash: "solid" | "dash" | "dot" };
/** What is said of a frame, and the names of its attention's rows. */
export type FrameWords = { rows: string[]; says: string; alt: [string, string] };

/** What Streamlit hands to a component. */
export type Component<D> = {
  data: D;
  parentElement: HTMLElement | ShadowRoot;
  setStateValue: (name: string, value: unknown) => void;
  setTriggerValue: (name: string, value: unknown) => void;
};

declare global {
  /** The style sheet, which `join.py` puts before the modules. */
  const STYLE: string;
  /** The core's activations, in place and by name, which a page's own script finds before it (`activations.py`). */
  const ACTIVATIONS: Record<string, (values: Float64Array) => void>;

  interface Window {
    /** Counters and what was drawn last, for tests. */
    glassbox: Record<string, any>;
    glassboxLearning: { drawn: number; update: number };
    /** What survives a remount, by the kind of view. */
    glassboxMemory: Record<string, any>;
    glassboxEngine: { view: (component: Component<any>) => () => void };
  }
}

/** The way to the server: frames that are wanted, where we stand, and what is to be done there. */
export type Send = {
  need(value: { run: string; from: number; scene: boolean }): void;
  at(value: { run: string; frame: number; playing: boolean }): void;
  command(value: Command & { before: Command[] }): void;
};
