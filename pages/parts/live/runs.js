// @ts-check
// What the server has sent. A message is a header (JSON) and float32 arrays; a run is the recorded frames known so far,
// by absolute number, so that a repeated or out-of-order chunk does no harm.

const RUNS_KEPT = 6;

/** {header, arrays} of one message; the bytes are copied, since they lie unaligned in a larger buffer. */
export function decodeMessage(bytes) {
  const copy = bytes.slice();
  const length = new DataView(copy.buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(copy.subarray(4, 4 + length)));
  const arrays = {};
  let offset = 4 + length;
  for (const [name, shape] of header.arrays) {
    const size = shape.reduce((product, n) => product * n, 1);
    arrays[name] = { shape, values: new Float32Array(copy.buffer, offset, size) };
    offset += 4 * size;
  }
  return { header, arrays };
}

/** Put the rows of a two-dimensional array into `list`, from index `first` on. */
function placeRows(list, first, array) {
  const [rows, width] = array.shape;
  for (let i = 0; i < rows; i++) list[first + i] = array.values.subarray(i * width, (i + 1) * width);
}

class Run {
  constructor(id) {
    Object.assign(this, { id, frames: [], scores: [], scene: null, points: null, last: null, stop: null, limit: 0,
      branches: [], before: null, sceneVersion: 0 });
  }

  /** Take in what a message brings. */
  absorb(header, arrays, previous) {
    if (previous) this.inherit(previous, header.shared);
    if (header.scene) {
      Object.assign(this, { scene: header.scene, points: arrays.points ?? null });
      this.sceneVersion += 1;
    }
    if (arrays.frames) placeRows(this.frames, header.first, arrays.frames);
    if (arrays.scores) placeRows(this.scores, header.scores_first, arrays.scores);
    this.last = header.last ?? this.last;
    this.stop = header.stop ?? this.stop;
    this.limit = header.limit ?? this.limit;
    this.branches = header.branches ?? this.branches;
    if ("before" in header) this.before = window.glassboxRuns.get(header.before) ?? null;
  }

  /** A branch shares its past with the run it came from. */
  inherit(previous, shared) {
    for (let i = 0; i <= shared; i++) {
      this.frames[i] ??= previous.frames[i];
      this.scores[i] ??= previous.scores[i];
    }
    this.scene ??= previous.scene;
    this.points ??= previous.points;
  }

  has = (frame) => this.frames[frame] !== undefined;

  /** The last frame that can be reached from `frame` without a gap; one less than `frame` if that is missing. */
  readyUntil(frame) {
    let ready = frame - 1;
    while (this.frames[ready + 1] !== undefined) ready += 1;
    return ready;
  }

  /** The frame nearest below `frame` that is known, or the first one known; -1 if there is none. */
  nearest(frame) {
    for (let i = Math.min(frame, this.frames.length - 1); i >= 0; i--) if (this.has(i)) return i;
    return this.frames.findIndex((known) => known !== undefined);
  }
}

/** The runs known to this browser tab, kept through a remount; the least recently used go first. */
export function knownRun(id, previousId) {
  window.glassboxRuns ??= new Map();
  const runs = window.glassboxRuns;
  const run = runs.get(id) ?? new Run(id);
  runs.delete(id);
  runs.set(id, run);
  for (const key of runs.keys()) {
    if (runs.size <= RUNS_KEPT) break;
    if (key !== previousId) runs.delete(key);
  }
  return run;
}
