// @ts-check
// What was pressed in a view and the server has to do: said until it is heard, and done once however often it is said.

const FIRST_WAIT_FOR_COMMANDS = 1000; // milliseconds until unheard commands are said again; doubles each time

/** What a button of the view asks for, counted by `n`.
 *  @typedef {{run: string, frame: number, name: string, n: number}} Command */

export class Commands {
  /** Commands that no message has confirmed yet, the oldest first.
   *  @type {Command[]} */
  unheard = [];
  count = Date.now(); // so that it goes on rising when the page is loaded anew
  closed = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer;

  /** @param {(value: Command & {before: Command[]}) => void} send the last command, and those before it */
  constructor(send) {
    this.send = send;
  }

  /** @param {Omit<Command, "n">} command */
  say(command) {
    this.count += 1;
    this.unheard.push({ ...command, n: this.count });
    this.insist(FIRST_WAIT_FOR_COMMANDS);
  }

  /** Say all commands that are not confirmed, now and after waits that double: what is said in the same breath as a change
   *  elsewhere on the page may get lost, or overtaken by the next command.
   *  @param {number} wait milliseconds */
  insist(wait) {
    clearTimeout(this.timer);
    const last = this.unheard.at(-1);
    if (!last || this.closed) return;
    this.send({ ...last, before: this.unheard.slice(0, -1) });
    this.timer = setTimeout(() => this.insist(2 * wait), wait);
  }

  /** The server has followed all commands up to this number.
   *  @param {number} [number] */
  heard(number = 0) {
    this.unheard = this.unheard.filter(({ n }) => n > number);
    if (!this.unheard.length) clearTimeout(this.timer);
  }

  /** The view is gone: nothing is said any more. */
  close() {
    this.closed = true;
    clearTimeout(this.timer);
  }
}
