// @ts-check
// How often something is asked for that may get lost on its way: at once, and then after waits that double.

export class Patience {
  key = "";
  due = 0;

  /** @param {number} firstWait milliseconds until an unanswered request is repeated */
  constructor(firstWait) {
    this.firstWait = firstWait;
    this.wait = firstWait;
  }

  /** Whether to ask for `key` now; asking for something else begins anew.
   *  @param {string} key */
  allows(key) {
    if (key !== this.key) {
      this.key = key;
      this.grant(0);
    }
    const now = performance.now();
    if (now < this.due) return false;
    this.due = now + this.wait;
    this.wait *= 2;
    return true;
  }

  /** There was an answer: the same may be asked for again after so many milliseconds.
   *  @param {number} milliseconds */
  grant(milliseconds) {
    this.wait = this.firstWait;
    this.due = performance.now() + milliseconds;
  }

  /** Milliseconds until the same may be asked for again. */
  get left() {
    return this.due - performance.now();
  }
}
