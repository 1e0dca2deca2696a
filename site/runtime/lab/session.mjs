/**
 * A lab's talk with Python: calls of the functions that one cell of the page defines, with a state that lives in Python
 * from call to call (`session`, a dictionary) and of which the page keeps what it needs to begin again.
 */

import { FOLLOWS, errorOf, fault } from "../state/faults.mjs";
import { get, put } from "../state/storage.mjs";
import { say } from "../words/say.mjs";

/** @import { Kernel } from "../state/kernel.mjs" */
/** @import { ErrorOutput, Output } from "../python/protocol.mjs" */
/** @import { Shape } from "../python/shapes.mjs" */

/** What went wrong in the reader's code, and in which cell. */
export class CellFault extends Error {
  /** @param {ErrorOutput} error @param {string} cell @param {string} title */
  constructor(error, cell, title) {
    super(`${error.name}: ${error.message}`);
    this.error = error;
    this.cell = cell;
    this.title = title;
  }
}

const ofTab = () => sessionStorage;

/** @param {string} page @param {string} id */
const placeOf = (page, id) => `lab ${page} ${id}`;

export class Session {
  #kernel;
  #page;
  #id;
  #cell;
  /** The Python that the cell has run in. */
  #life = 0;
  #isRunning = false;
  /** Cells that bear an error of a call. @type {Set<string>} */
  #blamed = new Set();
  /** What a fresh Python begins from: `session["kept"]`. @type {any} */
  kept = null;
  /** What the functions printed in the last call. @type {Output[]} */
  outputs = [];
  /** What each function may give back, by its name: the lab draws nothing else. @type {Record<string, Shape>} */
  answers = {};

  /**
   * @param {Kernel} kernel @param {string} page
   * @param {string} id  of the lab
   * @param {string} cell  that defines the functions
   */
  constructor(kernel, page, id, cell) {
    this.#kernel = kernel;
    this.#page = page;
    this.#id = id;
    this.#cell = cell;
    this.#kernel.renewSession(page, id);
    this.kept = recall(placeOf(page, id));
  }

  /** The cell that defines the functions; it attaches with the page. */
  get cell() {
    const cell = this.#kernel.page(this.#page).cells.get(this.#cell);
    if (cell === undefined) throw new Error(say("this page has no cell “{id}”", { id: this.#cell }));
    return cell;
  }

  /** Whether code was edited that has not run and that the functions rest on. */
  get isBehind() {
    const { cell } = this;
    // stale comes a little later
    return cell.stale || cell.source !== cell.ran || this.#kernel.changedAbove(cell) !== undefined;
  }

  /** Cells with code from a link that `prepare` would run. */
  get foreign() {
    return [...(this.cell.foreign ? [this.cell] : []), ...this.#kernel.foreignWith(this.cell)];
  }

  /** The reader begins: what they edited runs, and so does all that a fresh Python lacks. */
  async prepare() {
    if (this.isBehind || this.#life !== this.#kernel.life || this.#kernel.python.state !== "ready") await this.#run();
  }

  /**
   * `name(session, **named)`: the value that it returns. Its entry `"keep"`, if it has one, is kept for a fresh Python.
   * @param {string} name @param {Record<string, unknown>} [named]
   * @returns {Promise<any>} rejected with a `CellFault` for what the code did, with an `AbortError` when it was stopped
   */
  async call(name, named = {}) {
    for (let isSecond = false; ; isSecond = true) {
      const called = await this.#kernel.call(this.cell, name, named, this.#id, this.kept);
      if (called.lacking && !isSecond) {
        await this.#run(); // a fresh Python
        continue;
      }
      this.outputs = called.outputs ?? [];
      if (called.error) throw this.#blame(called.error, called.cell ?? this.#cell);
      const wrong = this.answers[name]?.(called.value, `${name}(…)`);
      if (wrong) throw this.#blame(strange(name, wrong), this.#cell);
      this.#forgive();
      if (called.value && typeof called.value === "object" && "keep" in called.value) this.kept = called.value.keep;
      return called.value;
    }
  }

  /** The next call begins with an empty session. */
  renew() {
    this.kept = null;
    this.#kernel.renewSession(this.#page, this.#id);
    store(placeOf(this.#page, this.#id), null);
  }

  /** Keeps, as long as this tab is open, what a fresh Python begins from. */
  save() {
    store(placeOf(this.#page, this.#id), this.kept);
  }

  /** Ends a call, or the run before it, at once: what Python was at is lost but for what is kept. */
  stop() {
    if (this.#isRunning) this.#kernel.stop(this.cell);
    else this.#kernel.stopCalls();
  }

  async #run() {
    this.#forgive();
    const { cell } = this;
    this.#isRunning = true;
    const outputs = await this.#kernel.run(cell).finally(() => (this.#isRunning = false));
    const error = errorOf(outputs);
    if (error) throw new CellFault(error, cell.id, cell.title);
    this.#life = this.#kernel.life;
  }

  /** @param {ErrorOutput} error @param {string} id */
  #blame(error, id) {
    this.#forgive();
    const cell = this.#kernel.page(this.#page).cells.get(id) ?? this.cell;
    if (error.name !== FOLLOWS) {
      this.#blamed.add(cell.id);
      this.#kernel.blame(cell, error);
    }
    return new CellFault(error, cell.id, cell.title);
  }

  #forgive() {
    for (const id of this.#blamed) {
      const cell = this.#kernel.page(this.#page).cells.get(id);
      if (cell) this.#kernel.blame(cell);
    }
    this.#blamed.clear();
  }
}

/** @param {string} name @param {string} wrong */
const strange = (name, wrong) =>
  fault(
    "TypeError",
    say("the lab cannot show this: {wrong}", { wrong }),
    say(
      "The lab draws what {name} gives back. " +
        "Give it back as the code did that was here first: Reset brings that back.",
      { name },
    ),
  );

/** @param {string} place */
function recall(place) {
  try {
    return JSON.parse(get(place, ofTab) ?? "null");
  } catch {
    return null; // something else stands there
  }
}

/** Where there is no storage, a reload begins again. @param {string} place @param {unknown} value */
const store = (place, value) => void put(place, value === null ? null : JSON.stringify(value), ofTab);
