/**
 * The one door to all state, for the elements of the page: they ask it and listen to it; they never talk to each other
 * or to the worker. Behind it: `pages` (the cells as they are), `edits` (what the reader types), `runs` (what runs),
 * `calls` (what labs ask of cells' functions) and `life` (Python itself).
 */

import { Calls } from "./calls.mjs";
import { limits } from "../config.mjs";
import { Edits } from "./edits.mjs";
import { Marks } from "./marks.mjs";
import { LAB } from "./link.mjs";
import { Life } from "../python/life.mjs";
import { Pages } from "./pages.mjs";
import { valuesOf } from "./parameters.mjs";
import { Runs } from "./runs.mjs";
import { Store } from "./storage.mjs";
import { say } from "../words/say.mjs";

/** @import { Edit } from "./link.mjs" */
/** @import { Cell, Program, Seen } from "./pages.mjs" */
/** @import { Tell } from "../python/life.mjs" */
/** @import { Called, ErrorOutput, Output } from "../python/protocol.mjs" */
/** @import { Offer } from "./storage.mjs" */

/**
 * What goes on with Python, in an event `python`; a change of a cell is an event `cell`, of its code or its parameters
 * an event `form` before that, of numbers in prose `values`; `attach` when the cells of a page have come; `behind` when
 * a control has moved that not all of the page follows yet, and when it does.
 */
export class Kernel extends EventTarget {
  /** @type {Tell} */
  #tell = (type, detail) => void this.dispatchEvent(new CustomEvent(type, { detail }));
  #store = new Store();
  #pages = new Pages(this.#tell);
  #edits = new Edits(this.#pages, this.#store);
  #marks = new Marks(this.#pages, this.#tell);
  /** @type {Life} */
  #life = new Life(this.#tell, this.#store, {
    begin: () => {
      this.#runs.begin();
      this.#calls.begin();
    },
    hear: (report) => {
      if (report.type === "called") this.#calls.hear(report);
      else this.#runs.hear(report);
      if (this.#runs.isIdle && this.#calls.isIdle) this.#life.rest();
    },
    fail: (message) => {
      this.#runs.fail(message);
      this.#calls.end(new Error(message));
    },
    together: (work) => this.#pages.together(work),
    crash: (failed) => {
      this.#runs.crash(failed, !this.#calls.isIdle);
      this.#calls.end(new Error(failed.message));
    },
    timeUp: () => {
      this.#runs.timeUp(!this.#calls.isIdle);
      this.#calls.end(new Error(say("stopped after {seconds} s", { seconds: this.seconds })));
    },
  });
  #runs = new Runs(this.#pages, this.#life, this.#edits);
  #calls = new Calls(this.#life);
  /** When controls moved, the last time and the latest. @type {[number, number]} */
  #moves = [-Infinity, -Infinity];

  // What others have, as they have it
  page = this.#pages.page.bind(this.#pages);
  see = this.#pages.see.bind(this.#pages);
  blame = this.#pages.blame.bind(this.#pages);
  mark = this.#marks.mark.bind(this.#marks);
  /** What the reader changed on a page. */
  edits = this.#edits.of.bind(this.#edits);
  edit = this.#edits.edit.bind(this.#edits);
  overtake = this.#edits.overtake.bind(this.#edits);
  take = this.#edits.take.bind(this.#edits);
  leave = this.#edits.leave.bind(this.#edits);
  run = this.#runs.run.bind(this.#runs);
  start = this.#runs.start.bind(this.#runs);
  renewSession = this.#calls.renew.bind(this.#calls);

  /**
   * The state of a cell, made when it is first seen.
   * @param {string} page @param {string} id @param {string} title @param {Program} program
   */
  attach(page, id, title, program) {
    const { cell, isNew } = this.#pages.attach(page, id, title, program);
    if (isNew) this.#edits.recall(cell);
    return cell;
  }

  /** What other cells of the page define, for the editor. @param {Cell} cell */
  names(cell) {
    const others = this.#pages.cells(cell.page).filter((other) => other !== cell);
    return others.flatMap(({ id, defines }) => defines.map((name) => ({ name, cell: id })));
  }

  get python() {
    return this.#life.python;
  }

  /** Whether Stop costs nothing: another Python is ready. */
  get hasSpare() {
    return this.#life.hasSpare;
  }

  /** Seconds that a run may take. */
  get seconds() {
    return this.#life.watch.seconds;
  }

  set seconds(seconds) {
    this.#life.watch.seconds = seconds;
  }

  /** Whether a cell waits for a Python that could not start. @param {Cell} cell */
  isHeldUp(cell) {
    return this.python.state === "failed" && this.page(cell.page).wanted.has(cell.id);
  }

  /** The nearest cell that a cell reads from and that was edited and has not run. @param {Cell} cell */
  changedAbove(cell) {
    return this.#pages.above(cell).find(({ source, ran }) => source !== ran);
  }

  /** Cells with code from a link that Run of a cell would run, too, as far as is known. @param {Cell} cell */
  foreignWith(cell) {
    const needed = this.#pages.above(cell);
    const follow = [cell, ...needed].flatMap((one) => (one === cell || one.foreign ? this.#pages.below(one) : []));
    const needs = follow.flatMap((one) => this.#pages.above(one));
    return [...new Set([...needed, ...follow, ...needs])].filter((one) => one !== cell && one.foreign);
  }

  /** The cell that runs now, on whatever page. */
  get running() {
    const cells = this.#pages.names().flatMap((name) => this.#pages.cells(name));
    return cells.find(({ state }) => state === "running");
  }

  /** What a lab adds to links; "" is nothing. @param {string} page @param {string} lab @param {string} state */
  share(page, lab, state) {
    const { labs } = this.page(page);
    if (state) labs.set(lab, state);
    else labs.delete(lab);
  }

  /** What a link to a page holds: edits, and labs. @param {string} page @returns {Record<string, Edit>} */
  shared(page) {
    const labs = [...this.page(page).labs].map(([id, state]) => [LAB + id, state]);
    const cells = this.#pages.cells(page).filter(({ source, built }) => source !== built.source);
    const edits = cells.map(({ id, source, built }) => [
      id,
      valuesOf(built.source, source, built.parameters) ?? source,
    ]);
    return Object.fromEntries([...edits, ...labs]);
  }

  /**
   * A figure pulls at a cell's parameters: its element hears an event `pull`, and does as when a control moves.
   * @param {string} page @param {string} id @param {string} source
   */
  pull(page, id, source) {
    this.#tell("pull", { page, id, source });
  }

  /** Lines of a cell that are marked; an event `marks` says when to look. @param {Cell} cell */
  marked({ page, id }) {
    return this.#marks.lines(page, id);
  }

  /**
   * A page as a link has it: shown, and its code run only when the reader says so; where it does no more than set
   * controls, that is as if the reader had. The reader's own edits are kept and offered.
   * @param {string} page @param {Record<string, Edit>} edits @returns {Cell[]} whose controls it sets
   * @throws {Error} saying what it sets and cannot
   */
  adopt(page, edits) {
    const set = this.#edits.adopt(page, edits);
    if (this.#edits.hasForeign(page)) this.#runs.letGo(page);
    for (const cell of set) this.follow(cell);
    return set;
  }

  /**
   * What is wanted of a page waits while a link for it is read, which may bring other code.
   * @param {string} name @param {Promise<unknown>} read
   */
  async hold(name, read) {
    const page = this.page(name);
    page.links += 1;
    await read;
    page.links -= 1;
    if (this.python.state === "ready") this.#runs.begin();
  }

  /** The reader has read why nothing is kept. @param {Cell} cell */
  dismiss(cell) {
    this.#pages.change(cell, { trouble: undefined });
  }

  /** Back to before Reset. @param {Cell} cell */
  undo(cell) {
    if (cell.undo === undefined) return;
    this.#edits.undo(cell);
    this.#followUp(cell);
  }

  /** Back to the cell as it was built. @param {Cell} cell */
  reset(cell) {
    this.#edits.reset(cell);
    this.#followUp(cell);
  }

  /** Nothing of what the reader typed stays in this browser, on no page; what is in sight can be had back by Undo. */
  forget() {
    for (const cell of this.#edits.forget()) this.#followUp(cell);
  }

  /** Where something has run, what is changed by a button follows. @param {Cell} cell */
  #followUp(cell) {
    const hasRun = [...this.page(cell.page).cells.values()].some(({ runs, state }) => runs > 0 || state !== "static");
    if (hasRun) this.follow(cell);
  }

  /**
   * A control moved: the code says so, and runs. Python is asked first, and works while the page is written.
   * @param {Cell} cell @param {string} source
   */
  move(cell, source) {
    this.#pages.together(() => {
      this.edit(cell, source);
      this.follow(cell);
    });
  }

  /** A control moved: run; but a link's code needs the reader's word first. @param {Cell} cell */
  follow(cell) {
    this.#moves = [this.#moves[1], performance.now()];
    const isUp = this.python.state === "loading" || this.python.state === "ready";
    if (isUp || !this.#edits.hasForeign(cell.page)) this.#runs.want(cell);
  }

  /** Whether controls move so fast that the next step is to be expected. */
  get isDrag() {
    const [last, latest] = this.#moves;
    return latest - last < limits.drag && performance.now() - latest < limits.unseen;
  }

  /**
   * Calls a function that a cell defines: `name(session, **named)`. Runs no cell before: see `Session`, which does.
   * @param {Cell} cell @param {string} name @param {Record<string, unknown>} named @param {string} session
   * @param {unknown} kept  what the session begins from in a fresh Python
   * @returns {Promise<Called>} rejected if Python cannot start, is stopped or breaks
   */
  call(cell, name, named, session, kept) {
    this.#runs.start();
    return this.#calls.call(cell, name, named, session, kept);
  }

  /** Which Python of this visit is at work: sessions live as long as it does. */
  get life() {
    return this.#life.number;
  }

  /** Ends Python in the middle of a call, for a lab that was stopped; a fresh one takes its place. */
  stopCalls() {
    if (this.#calls.isIdle) return;
    this.#runs.yield();
    this.#calls.end(new DOMException("stopped", "AbortError"));
  }

  /** Ends what runs and waits, if this cell is part of it. @param {Cell} cell */
  stop(cell) {
    if (this.#runs.stop(cell)) this.#calls.end(new DOMException("stopped", "AbortError"));
  }
}
