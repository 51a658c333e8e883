// @ts-check
// What the server has sent: the recorded frames known so far, by absolute number, so that a repeated or out-of-order
// message does no harm.

/** @import { Branch, FrameWords, Header, LearningScene, Scene, Table } from "../types.js" */

const RUNS_KEPT = 6;

/** {header, arrays} of one message; the bytes are copied, since they lie unaligned in a larger buffer.
 *  @param {Uint8Array} bytes */
export function decodeMessage(bytes) {
  const copy = bytes.slice();
  const length = new DataView(copy.buffer).getUint32(0, true);
  /** @type {Header} */
  const header = JSON.parse(new TextDecoder().decode(copy.subarray(4, 4 + length)));
  /** @type {Record<string, Table>} */
  const arrays = {};
  let offset = 4 + length;
  for (const [name, shape] of header.arrays) {
    const size = shape.reduce((product, n) => product * n, 1);
    arrays[name] = { shape, values: new Float32Array(copy.buffer, offset, size) };
    offset += 4 * size;
  }
  return { header, arrays };
}

/** The rows of a two-dimensional array.
 *  @param {Table} table */
function rowsOf({ shape: [rows, width], values }) {
  return Array.from({ length: rows }, (_, i) => values.subarray(i * width, (i + 1) * width));
}

/** Put `rows` into `list`, from index `first` on.
 *  @template T
 *  @param {T[]} list
 *  @param {number} first
 *  @param {T[]} rows */
export function place(list, first, rows) {
  rows.forEach((row, i) => {
    list[first + i] = row;
  });
}

/** A recorded training: frames of any kind, their scores (column 0 is the horizontal axis), and what all frames share.
 *  @template F, S */
export class Run {
  /** @type {F[]} */
  frames = [];
  /** @type {ArrayLike<number>[]} */
  scores = [];
  /** Nothing until the server has told it.
   *  @type {S} */
  scene;
  /** The last frame there is, once training has ended.
   *  @type {number | null} */
  last = null;
  /** The last frame that there can be, where it is known. */
  limit = 0;
  /** The epochs of all frames that there can be, where another run goes along.
   *  @type {ArrayLike<number>} */
  epochs = [];
  /** The last frame that was on screen: what lies beyond it is known, and not shown before it was played. */
  seen = 0;

  /** A frame was on screen.
   *  @param {number} frame */
  saw(frame) {
    this.seen = Math.max(this.seen, frame);
  }

  /** The last frame as far as a person can know: where training ended is told when it is reached. */
  get shownLast() {
    return this.last !== null && this.seen >= this.last ? this.last : this.limit || (this.last ?? 1);
  }

  /** @param {string} id */
  constructor(id) {
    this.id = id;
  }

  /** Take in what a message brings; what it does not say stays as it was.
   *  @param {Header} header
   *  @param {Record<string, Table>} arrays
   *  @param {Map<string, any>} _runs those that are known */
  absorb(header, arrays, _runs) {
    if (header.scene) this.scene = /** @type {S} */ (header.scene);
    if (arrays.frames) place(this.frames, header.first, /** @type {F[]} */ (rowsOf(arrays.frames)));
    if (arrays.scores) place(this.scores, header.scores_first, rowsOf(arrays.scores));
    this.epochs = arrays.epochs?.values ?? this.epochs;
    this.last = header.last ?? this.last;
    this.limit = header.limit ?? this.limit;
  }

  /** @param {number} frame */
  has(frame) {
    return this.frames[frame] !== undefined;
  }

  /** The last frame that can be reached from `frame` without a gap; one less than `frame` if that is missing.
   *  @param {number} frame */
  readyUntil(frame) {
    let ready = frame - 1;
    while (this.has(ready + 1)) ready += 1;
    return ready;
  }

  /** @param {number} frame */
  epochAt(frame) {
    return this.scores[frame]?.[0] ?? this.epochs[frame];
  }

  /** The last frame that is not after this epoch.
   *  @param {number} epoch */
  frameAt(epoch) {
    let frame = 0;
    while (frame < (this.last ?? this.limit) && this.epochAt(frame + 1) <= epoch) frame += 1;
    return frame;
  }

  /** The frame nearest below `frame` that is known, or the first one known; -1 if there is none.
   *  @param {number} frame */
  nearest(frame) {
    for (let i = Math.min(frame, this.frames.length - 1); i >= 0; i--) if (this.has(i)) return i;
    return this.frames.findIndex((known) => known !== undefined);
  }
}

/** A training that is watched: frames are the attention weights of all heads, flat; scores are the updates done, the loss and
 *  the shares of right answers.
 *  @extends {Run<Float32Array, LearningScene>} */
export class LearningRun extends Run {
  /** What is said of each frame.
   *  @type {FrameWords[]} */
  words = [];

  /** @override
   *  @param {Header} header
   *  @param {Record<string, Table>} arrays
   *  @param {Map<string, LearningRun>} runs */
  absorb(header, arrays, runs) {
    super.absorb(header, arrays, runs);
    place(this.words, header.first, header.words ?? []);
  }
}

/** The training of a network: frames are its parameters, flat; scores are epoch, losses and scores.
 *  @extends {Run<Float32Array, Scene>} */
export class NetworkRun extends Run {
  /** @type {Table | null} */
  points = null;
  /** @type {{frame: number, text: string} | null} */
  stop = null;
  /** @type {Branch[]} */
  branches = [];
  /** The run before the last change, to stand beside this one.
   *  @type {NetworkRun | null} */
  before = null;
  sceneVersion = 0;

  /** @override
   *  @param {Header} header
   *  @param {Record<string, Table>} arrays
   *  @param {Map<string, NetworkRun>} runs */
  absorb(header, arrays, runs) {
    const previous = header.of ? runs.get(header.of) : null;
    if (previous) this.inherit(previous, header.shared ?? 0);
    super.absorb(header, arrays, runs);
    if (header.scene) {
      this.points = arrays.points ?? null;
      this.sceneVersion += 1;
    }
    this.stop = header.stop ?? this.stop;
    this.branches = header.branches ?? this.branches;
    if (header.before !== undefined) this.before = runs.get(header.before ?? "") ?? null;
  }

  /** A branch shares its past with the run it came from.
   *  @param {NetworkRun} previous
   *  @param {number} shared the last frame of both */
  inherit(previous, shared) {
    for (let i = 0; i <= shared; i++) {
      this.frames[i] ??= previous.frames[i];
      this.scores[i] ??= previous.scores[i];
    }
    this.saw(Math.min(shared, previous.seen));
    this.scene ??= previous.scene;
    this.points ??= previous.points;
  }
}

/** The run of this id, a new one where it is not known; of those kept the least recently used go first.
 *  @template {Run<any, any>} R
 *  @param {Map<string, R>} runs
 *  @param {string} id
 *  @param {() => R} make
 *  @param {string | null} [previousId] stays too */
export function knownRun(runs, id, make, previousId) {
  const run = runs.get(id) ?? make();
  runs.delete(id);
  runs.set(id, run);
  for (const key of runs.keys()) {
    if (runs.size <= RUNS_KEPT) break;
    if (key !== previousId) runs.delete(key);
  }
  return run;
}
