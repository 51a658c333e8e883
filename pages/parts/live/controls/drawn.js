// @ts-check
// Points that a person draws on the square from -6 to 6: the letters that stand for them in the link, and what a tool does to
// them. A point is four letters: its class, and its place in hundredths from the lower left corner (nncore/data/own/drawn.py).

/** @typedef {{x: number, y: number, label: number}} DrawnPoint */
/** What is in the hand: nothing, a class from 0 on, or what changes points that are there.
 *  @typedef {"look" | "move" | "erase" | number} DrawingTool */

const LINK_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const SIDE = 6; // the square reaches from -6 to 6
const HUNDREDTHS = 1201; // of places from one edge to the other, both included
const APART = 0.45; // how far apart a stroke draws points

/** @param {DrawnPoint[]} points */
export function encodePoints(points) {
  return points.map(({ x, y, label }) => {
    const [left, low] = [x, y].map((value) => Math.round((value + SIDE) * 100));
    const code = (label * HUNDREDTHS + left) * HUNDREDTHS + low;
    return [18, 12, 6, 0].map((shift) => LINK_LETTERS[(code >> shift) & 63]).join("");
  }).join("");
}

/** @param {string} letters
 *  @returns {DrawnPoint[]} */
export function decodePoints(letters) {
  return (letters.match(/.{4}/g) ?? []).map((four) => {
    const code = [...four].reduce((sum, letter) => sum * 64 + LINK_LETTERS.indexOf(letter), 0);
    const rest = Math.floor(code / HUNDREDTHS);
    return { x: ((rest % HUNDREDTHS) - 600) / 100, y: ((code % HUNDREDTHS) - 600) / 100, label: Math.floor(rest / HUNDREDTHS) };
  });
}

/** The nearest hundredth on the square.
 *  @param {number} value */
export const onSquare = (value) => Math.round(Math.max(-SIDE, Math.min(SIDE, value)) * 100) / 100;

/** The points, the tool in the hand, and the stroke that is under way. Places are [x, y]; what changes points says so. */
export class DrawnPoints {
  /** @type {DrawnPoint[]} */
  points = [];
  /** @type {DrawingTool} */
  tool = "look";
  /** The most points that there can be; 0 where none can be drawn. */
  most = 0;
  /** The number of the point that is being moved, else -1. */
  held = -1;
  /** Where the stroke added a point last; nothing where none is under way.
   *  @type {[number, number] | null} */
  last = null;
  near = 0.35; // how near a point has to be to be meant; a finger is wider
  /** The letters that the server knows or was told, and what it says of them. */
  told = "";
  says = "";

  get letters() {
    return encodePoints(this.points);
  }

  /** Whether a stroke draws or changes points here. */
  get isOn() {
    return this.most > 0 && this.tool !== "look";
  }

  /** The number of the point nearest to a place, of those that are near enough, else -1.
   *  @param {[number, number]} place */
  nearest([x, y]) {
    let [found, best] = [-1, this.near];
    this.points.forEach((point, k) => {
      const distance = Math.hypot(point.x - x, point.y - y);
      if (distance <= best) [found, best] = [k, distance];
    });
    return found;
  }

  /** A stroke begins.
   *  @param {[number, number]} place */
  begin(place) {
    this.last = place;
    this.held = this.tool === "move" ? this.nearest(place) : -1;
    return this.use(place);
  }

  /** The stroke goes on.
   *  @param {[number, number]} place */
  drag(place) {
    if (!this.last) return false;
    if (typeof this.tool === "number") {
      if (Math.hypot(place[0] - this.last[0], place[1] - this.last[1]) <= APART) return false;
      this.last = place;
    }
    return this.use(place);
  }

  /** The stroke ends; false where none was under way. */
  end() {
    const was = this.last !== null;
    this.last = null;
    this.held = -1;
    return was;
  }

  /** Enter at a place: as a click there, but a point to be moved is taken by the first and put down by the second.
   *  @param {[number, number]} place */
  press(place) {
    if (this.tool !== "move") return this.use(place);
    if (this.held >= 0) {
      this.held = -1;
      return true;
    }
    this.held = this.nearest(place);
    return false;
  }

  /** @param {[number, number]} place */
  use(place) {
    const [x, y] = place.map(onSquare);
    if (this.tool === "erase") {
      const found = this.nearest([x, y]);
      if (found >= 0) this.points.splice(found, 1);
      return found >= 0;
    }
    if (this.tool === "move") {
      if (this.held >= 0) Object.assign(this.points[this.held], { x, y });
      return this.held >= 0;
    }
    if (typeof this.tool !== "number" || this.points.length >= this.most) return false;
    this.points.push({ x, y, label: this.tool });
    return true;
  }

  /** Take over what the server has, unless something is in the hand.
   *  @param {string} letters */
  settle(letters) {
    if (!this.last && this.held < 0) this.points = decodePoints(letters);
  }
}
